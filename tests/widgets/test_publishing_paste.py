"""The paste sheet: the parts one by one, and what is proved or not."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.api.publications import PublicationRow
from sync.publishing.capabilities import Mode
from sync.publishing.publication import State
from tests.fakes.qt import child
from widgets.kit.controls import Button
from widgets.kit.values import Tone
from widgets.publishing.paste_sheet import PasteSheet
from widgets.publishing.paste_state import Paste, compared, not_proven, read_back

PIECES = {
    "de": {"subject": "Ihr Gespräch", "text": "Hallo {{ candidate.first_name }}"},
    "en": {
        "subject": "Your interview",
        "html": "<p>Hello</p>",
        "text": "Hello\nBring notes.\n",
    },
}


def a_row(state: State) -> PublicationRow:
    return PublicationRow(
        ats="practice",
        key="interview-invitation/en",
        version=2,
        tag="",
        mode=Mode.ASSISTED,
        state=state,
        remote_id="",
        sent="",
        found="",
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("found", "words", "tone"),
    [
        ("", "Nothing was pasted here yet.", Tone.QUIET),
        ("Hello  \r\nBring notes.", "It equals what was signed", Tone.OK),
        ("Hello\nBring a laptop.", "It differs from line 2 on", Tone.ERROR),
        ("Hello", "It ends too early, after line 1.", Tone.ERROR),
        ("Hello\nBring notes.\nNow.", "It has more lines", Tone.ERROR),
        ("hello\nBring notes.", "It differs from line 1 on", Tone.ERROR),
    ],
)
def test_what_was_copied_back_is_compared_letter_by_letter(
    found: str, words: str, tone: Tone
) -> None:
    mark = compared(PIECES["en"]["text"], found)

    assert mark.word.startswith(words)
    assert mark.tone is tone


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.LIVE, "Read back: it matches what was signed."),
        (State.DRIFTED, "Read back: it differs from what was signed."),
        (State.BY_HAND, "Read back: nothing lies there yet."),
    ],
)
def test_what_was_read_back_is_said(state: State, words: str) -> None:
    assert read_back((a_row(state),), "en").word == words
    assert read_back((a_row(state),), "de").tone is Tone.QUIET


def test_what_is_not_proved_is_said() -> None:
    assert "not proved" in not_proven(())
    assert "at that moment" in not_proven((a_row(State.LIVE),))


@pytest.fixture
def sheet(qtbot: QtBot) -> PasteSheet:
    sheet = PasteSheet(None, Paste("Interview invitation", 2, PIECES))
    qtbot.addWidget(sheet)
    sheet._on_language("en")  # noqa: SLF001
    sheet.show()
    return sheet


def test_parts_are_copied_one_by_one_and_marked(sheet: PasteSheet) -> None:
    button = child(sheet, Button, "html")
    assert button.accessibleName() == "Copy: E-mail (HTML)"

    button.click()

    assert QApplication.clipboard().text() == "<p>Hello</p>"
    assert button.text() == "Copied"
    assert child(sheet, Button, "subject").text() == "Copy"


def test_a_part_that_the_language_lacks_is_not_offered(sheet: PasteSheet) -> None:
    assert not child(sheet, Button, "sms").isVisible()


def test_reading_back_is_asked_for_and_told(sheet: PasteSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.check_wanted):
        child(sheet, Button, "check").click()
    sheet.render_found((a_row(State.LIVE),))

    assert "at that moment" in sheet._not_proven.text()  # noqa: SLF001
    assert child(sheet, Button, "check").isEnabled()


def test_what_could_not_be_read_back_says_why(sheet: PasteSheet) -> None:
    sheet._on_deed("check")  # noqa: SLF001

    sheet.fail("The ATS is away.")

    assert sheet._problem.text() == "The ATS is away."  # noqa: SLF001
    assert child(sheet, Button, "check").isEnabled()
