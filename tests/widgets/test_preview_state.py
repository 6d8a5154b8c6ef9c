"""What previews say, without drawing any."""

from governance.clients.previews import Wanted, previews
from governance.clients.profile import CLIENTS, client
from governance.clients.rule import Scheme
from widgets.preview.closer_state import client_state
from widgets.preview.state import (
    BOTH,
    DARK,
    FIRST_CLIENTS,
    LIGHT,
    cards,
    chosen_clients,
    everyone,
    key_of,
    wanted,
    wanted_of,
)

MAIL = (
    "<!doctype html><html><head></head><body>"
    '<p style="border-radius:6px;max-width:300px">Hello there</p></body></html>'
)
WORD = Wanted("outlook-classic", Scheme.LIGHT)


def test_both_shows_each_scheme_that_a_client_has() -> None:
    found = wanted(("gmail-web", "outlook-classic"), BOTH)

    assert [key_of(one) for one in found] == [
        "gmail-web light",
        "outlook-classic light",
        "outlook-classic dark",
    ]


def test_a_client_whose_messages_stay_as_they_are_is_shown_in_dark_too() -> None:
    assert [key_of(one) for one in wanted(("gmail-web",), DARK)] == ["gmail-web light"]
    assert wanted(("outlook-classic",), LIGHT) == (WORD,)


def test_the_first_choice_is_twelve_previews() -> None:
    assert len(wanted(FIRST_CLIENTS, BOTH)) == 12


def test_remembered_clients_that_are_gone_are_left_out() -> None:
    assert chosen_clients(("yahoo", "eudora")) == ("yahoo",)
    assert chosen_clients(("eudora",)) == FIRST_CLIENTS


def test_a_key_leads_back_to_its_card_and_no_other_key_does() -> None:
    assert wanted_of(key_of(WORD)) == WORD
    assert wanted_of("eudora light") is None
    assert wanted_of("yahoo blue") is None
    assert wanted_of("") is None


def test_everyone_is_shown_in_a_scheme_that_they_have() -> None:
    assert len(everyone(Scheme.DARK)) == len(CLIENTS)
    assert all(
        one.scheme in client(one.client).schemes for one in everyone(Scheme.DARK)
    )


def test_a_card_says_client_scheme_and_changes_in_words() -> None:
    made = previews(MAIL, "", [WORD, Wanted("apple-mail-mac", Scheme.DARK)])

    word, apple = cards(made.shown)

    assert word.note == f"{made.shown[0].changed} changes"
    assert word.said == f"Outlook classic, light, {word.note}"
    assert apple.note == ""
    assert apple.said == "Apple Mail, Mac, dark, shown as it was written"
    assert apple.is_dark


def test_a_closer_look_names_rule_source_date_and_confidence_in_words() -> None:
    made = previews(MAIL, "", everyone(Scheme.LIGHT), (), WORD)
    assert made.closer is not None

    state = client_state(made.closer, made.shown, 0)

    corners = next(one for one in state.changes if one.key == "css-border-radius")
    assert "caniemail.com · " in corners.evidence
    assert corners.confidence == "B · Dated tests"
    assert "Hello there" in corners.where
    assert corners.places
    assert state.title == "What Outlook classic changes"
    assert state.width == 600
    counts = {one.key: one.count for part in state.sections for one in part.entries}
    assert counts["outlook-classic"] == str(len(state.changes))
    assert set(counts) == {one.id for one in CLIENTS}


def test_a_client_that_changes_nothing_says_so() -> None:
    which = Wanted("thunderbird", Scheme.LIGHT)
    made = previews("<!doctype html><p>Hello</p>", "", [], (), which)
    assert made.closer is not None

    state = client_state(made.closer, made.shown, 0)

    assert state.changes == ()
    assert state.nothing == "Thunderbird shows this message as it was written."


def test_a_scheme_that_a_client_does_not_have_is_off_with_its_reason() -> None:
    which = Wanted("gmail-web", Scheme.LIGHT)
    made = previews(MAIL, "", [], (), which)
    assert made.closer is not None

    dark = client_state(made.closer, (), 0).schemes[1]

    assert dark.why_not == "Messages look the same in its dark scheme."
