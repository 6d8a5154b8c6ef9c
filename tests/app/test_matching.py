from app.commands import Command, Target
from app.matching import matching


def nothing() -> None:
    pass


def open_nothing(_key: str) -> None:
    pass


def a_command(title: str, why_not: str = "") -> Command:
    return Command(title, title, "Commands", nothing, why_not=lambda: why_not)


NEW = a_command("New template…")
STOP = a_command("Stop sending…")
OFFER = Target("offer", "Offer letter", "Templates", open_nothing)
PAGE = Target("stop", "Stop sending", "Help", open_nothing, prefix="?")
MAYA = Target("c1", "Maya Fernandes", "Candidates", open_nothing, prefix="@")


def titles(query: str, *commands: Command) -> list[str]:
    found = matching(query, commands or (NEW, STOP), (OFFER, MAYA, PAGE))
    return [one.title for one in found]


def test_words_may_be_begun_in_any_order() -> None:
    assert titles("temp new") == ["New template…"]
    assert titles("let off") == ["Offer letter"]


def test_a_sign_narrows_to_one_kind() -> None:
    assert titles("@ma") == ["Maya Fernandes"]
    assert titles(">st") == ["Stop sending…"]
    assert titles("#offer") == []
    assert titles("?sto") == ["Stop sending"]


def test_what_cannot_be_done_comes_last() -> None:
    off = a_command("Stop sending…", "You are no release manager.")

    assert titles(">s", off, a_command("Submit…"))[-1] == "Stop sending…"


def test_nothing_fits_words_that_are_nowhere() -> None:
    assert titles("zebra") == []
