"""The inbox, by keyboard and mouse."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from governance.changes.reading import Reading
from tests.fakes.library import INVITE_TEXT, OFFER_TEXT, a_library
from tests.fakes.make import BEN, NOON
from tests.fakes.workplace import in_memory
from widgets.reviews.inbox_state import inbox_state
from widgets.reviews.inbox_values import ALL, Inbox, InboxState
from widgets.reviews.inbox_view import InboxView


@pytest.fixture(scope="module")
def reading() -> Reading:
    place = in_memory()
    place.open(a_library().with_text(OFFER_TEXT, "Hi!\n"))
    place.open(a_library().with_text(INVITE_TEXT, "Come!\n"))
    return place.read()


@pytest.fixture
def view(reading: Reading, qtbot: QtBot) -> InboxView:
    view = InboxView()
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.render_state(a_state(reading))
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def a_state(
    reading: Reading, words: str = "", selected: str = "", most: int = 2
) -> InboxState:
    changes = dict(list(reading.changes.items())[-most:])
    seen = Inbox(changes, reading.state, BEN, NOON + timedelta(hours=1))
    return inbox_state(seen, ALL, words, selected)


def test_arrows_go_through_changes_and_enter_opens_one(
    view: InboxView, reading: Reading, qtbot: QtBot
) -> None:
    keys = [row.key for row in a_state(reading).table.rows]
    view.table.setFocus()

    with qtbot.waitSignal(view.selected) as selected:
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert selected.args == opened.args == [keys[1]]


def test_what_is_typed_narrows_the_list(
    view: InboxView, reading: Reading, qtbot: QtBot
) -> None:
    def narrow(words: str) -> None:
        view.render_state(a_state(reading, words))

    view.words_changed.connect(narrow)
    view.focus_filter()

    qtbot.keyClicks(view.search, "zzz")

    assert view.table.rows.table.rows == ()
    assert view.empty.isVisible()


def test_the_selection_stays_when_a_change_arrives(
    reading: Reading, qtbot: QtBot
) -> None:
    view = InboxView()
    qtbot.addWidget(view)
    view.render_state(a_state(reading, most=1))
    before = view.table.key

    view.render_state(a_state(reading, selected=before))

    assert view.table.key == before
    assert len(view.table.rows.table.rows) == 2


def test_single_letters_ask_for_what_they_stand_for(
    view: InboxView, qtbot: QtBot
) -> None:
    asked: list[str] = []
    view.deed_chosen.connect(asked.append)
    view.table.setFocus()

    for key in (Qt.Key.Key_R, Qt.Key.Key_U, Qt.Key.Key_E):
        qtbot.keyClick(view.table, key)
    qtbot.keyClick(view.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    assert asked == ["request", "unread", "tomorrow"]


def test_a_row_says_who_signs_and_what_changes(
    view: InboxView, reading: Reading
) -> None:
    state = a_state(reading)
    key = state.table.rows[0].key

    words = view.table.lines[key]

    assert words.summary == "Candidates asked."
    assert [mark.word for mark in words.roles] == ["Hr", "Legal, you"]
    assert not view.grab().isNull()
