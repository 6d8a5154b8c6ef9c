"""What the search shows, without a screen."""

from dataclasses import replace

import pytest

from governance.content.search import Query, Scope, look, pattern_of
from widgets.kit.values import Tone
from widgets.search.sought import SHOWN, Report, Sought
from widgets.search.state import Excerpt, SearchState, search_state

OFFER = "templates/offer/offer-letter/en/email.mjml"
INVITE = "templates/interview/invitation/en/sms.txt"
FOLDER = "templates/offer/offer-letter"


def sought(
    words: str = "salary",
    texts: dict[str, str] | None = None,
    known: dict[str, object] | None = None,
) -> Sought:
    query = Query(words)
    texts = texts or {OFFER: "Your salary\nSalary again", INVITE: "no salary"}
    found = tuple(
        look(path, text, pattern_of(query), 9_000) for path, text in texts.items()
    )
    made = Sought(query, "pay", found, {FOLDER: "Offer letter"}, ended=True)
    return replace(made, **(known or {}))  # type: ignore[arg-type]


def deed(state: SearchState) -> tuple[str, str]:
    return state.deeds[0].title, state.deeds[0].why_not


def test_places_stand_under_their_template_with_part_and_line() -> None:
    state = search_state(sought())

    first = state.table.rows[1]
    assert first.group == "Offer letter"
    assert [cell.text for cell in first.cells] == ["Salary again", "E-mail, en", "2"]
    assert isinstance(first.cells[0], Excerpt)
    assert (first.cells[0].start, first.cells[0].end) == (0, 6)
    assert state.count == "3 places in 2 templates"
    assert deed(state) == ("Replace in 3 places", "")


def test_a_place_without_a_tick_is_not_counted() -> None:
    state = search_state(replace(sought(), off=frozenset({f"{INVITE}:3"})))

    assert deed(state)[0] == "Replace in 2 places"
    assert state.table.rows[2].cells[0].icons == ("square",)


def test_what_is_in_an_open_change_is_locked_and_says_whose() -> None:
    state = search_state(
        replace(sought(), locked={FOLDER: "It is in Lena’s open change."})
    )

    assert deed(state)[0] == "Replace in 1 place"
    assert state.table.rows[0].tooltip == "It is in Lena’s open change."
    assert dict(state.table.notes)["Offer letter"] == "It is in Lena’s open change."
    assert state.inspector.note == "It is in Lena’s open change."


def test_the_inspector_shows_what_a_line_becomes() -> None:
    inspector = search_state(sought()).inspector

    assert inspector.now == "Your salary"
    assert inspector.then == "Your pay"


def test_a_group_that_there_is_none_of_is_said_before_anything_is_written() -> None:
    query = Query("(salary)", is_pattern=True)
    state = search_state(replace(sought(), query=query, instead=r"\2"))

    assert "cannot stand instead" in state.inspector.note


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"ended": False}, "The search is still under way."),
        ({"is_replacing": True}, "It is being replaced."),
        ({"found": ()}, "Nothing is found yet."),
        ({"instead": "salary"}, "Both are the same."),
        (
            {"off": frozenset({f"{OFFER}:5", f"{OFFER}:12", f"{INVITE}:3"})},
            "Nothing is ticked.",
        ),
    ],
)
def test_replacing_says_why_it_is_off(known: dict[str, object], reason: str) -> None:
    assert deed(search_state(sought(known=known)))[1] == reason


def test_nothing_instead_is_called_deleting() -> None:
    state = search_state(replace(sought(), instead=""))

    assert state.deeds[0].title == "Delete in 3 places"
    assert state.deeds[0].kind == "stop"


def test_more_places_than_are_shown_are_counted_and_said() -> None:
    state = search_state(sought("a", {OFFER: "a " * (SHOWN + 500)}))

    assert len(state.table.rows) == SHOWN
    assert "2\u2009000 of 2\u2009500" in state.notices[0].bold
    assert deed(state)[0] == "Replace in 2500 places"


def test_two_templates_of_one_title_are_told_apart() -> None:
    other = "templates/offer/other-letter/en/sms.txt"
    titles = {FOLDER: "Offer letter", other.rpartition("/en/")[0]: "Offer letter"}
    state = search_state(replace(sought("a", {OFFER: "a", other: "a"}), titles=titles))

    assert {row.group for row in state.table.rows} == {
        "Offer letter",
        "Offer letter (other-letter)",
    }


def test_nothing_found_offers_to_look_in_everything() -> None:
    state = search_state(replace(sought(), found=()))

    assert state.empty is not None
    assert state.empty.key == "everything"
    everywhere = Query("salary", scope=Scope.EVERYTHING)
    everything = search_state(replace(sought(), query=everywhere, found=()))
    assert everything.empty is not None
    assert everything.empty.key == ""


def test_the_summary_names_what_was_left_alone_and_offers_undo() -> None:
    left = (("Offer letter", "It is in an open change."), *[("More", "No.")] * 4)
    notice = search_state(replace(sought(), report=Report(7, 3, left))).notices[0]

    assert notice.bold == "7 places are changed in 3 templates."
    assert "Offer letter: It is in an open change." in notice.plain
    assert "2 more were left alone." in notice.plain
    assert (notice.action, notice.tone) == ("Undo", Tone.WARN)


def test_a_slow_expression_is_said() -> None:
    assert (
        "too long in 5 files" in search_state(replace(sought(), slow=5)).notices[0].bold
    )
