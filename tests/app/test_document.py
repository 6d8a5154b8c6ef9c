from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.controllers.studio.document import Document
from governance.content.sources import Sources
from governance.standards.finding import Edit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=30)
MAIL, SMS = "templates/a/b/en/email.mjml", "templates/a/b/en/sms.txt"


def a_document(mail: str = "Hello", sms: str = "Hi") -> Document:
    return Document(Sources({MAIL: mail, SMS: sms}, {}))


def test_there_is_one_history_over_all_parts() -> None:
    document = a_document()
    document.type(MAIL, "Hello you", NOON)
    document.type(SMS, "Hi you", LATER)

    first, second = document.undo(), document.undo()

    assert (first and first.path, second and second.path) == (SMS, MAIL)
    assert (document.text(MAIL), document.text(SMS)) == ("Hello", "Hi")


def test_letters_typed_together_go_together() -> None:
    document = a_document("")
    for at, text in enumerate(("H", "He", "Hel")):
        document.type(MAIL, text, NOON + timedelta(milliseconds=200 * at))

    document.undo()

    assert document.text(MAIL) == ""
    assert not document.can_undo


def test_a_pause_begins_another_step() -> None:
    document = a_document("")
    document.type(MAIL, "One", NOON)
    document.type(MAIL, "One two", LATER)

    document.undo()

    assert document.text(MAIL) == "One"


def test_a_fix_in_two_files_is_one_step() -> None:
    document = a_document()
    document.apply((Edit(MAIL, 0, 5, "Good day"), Edit(SMS, 0, 2, "Hey")), NOON)

    document.undo()

    assert (document.text(MAIL), document.text(SMS)) == ("Hello", "Hi")


def test_what_was_typed_while_it_was_saved_stays_unsaved() -> None:
    document = a_document()
    document.type(MAIL, "Hello you", NOON)
    written = document.sources
    document.type(MAIL, "Hello you there", LATER)

    document.mark_saved(written)

    assert document.unsaved == {MAIL: "Hello you there"}


def test_what_others_changed_comes_in_and_clashes_only_where_both_did() -> None:
    document = a_document()
    document.type(MAIL, "Hello from here", NOON)

    clashes = document.reload(Sources({MAIL: "Hello from there", SMS: "Hi there"}, {}))

    assert clashes == (MAIL,)
    assert document.text(MAIL) == "Hello from here"
    assert document.text(SMS) == "Hi there"


def test_back_to_what_is_saved_is_nothing_unsaved() -> None:
    document = a_document()
    document.type(MAIL, "Hello!", NOON)

    document.type(MAIL, "Hello", NOON)

    assert document.unsaved == {}


texts = st.lists(st.text("ab\n", max_size=6), min_size=1, max_size=8)


@given(typed=texts, is_slow=st.booleans())
def test_undo_leads_back_and_redo_forth(typed: list[str], *, is_slow: bool) -> None:
    document = a_document("ab")
    now = NOON
    for text in typed:
        document.type(MAIL, text, now)
        now += timedelta(seconds=5 if is_slow else 0)
    last = document.text(MAIL)

    while document.undo() is not None or document.can_undo:
        pass
    assert document.text(MAIL) == "ab"
    while document.can_redo:
        document.redo()
    assert document.text(MAIL) == last
