"""The publishing room by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.library import OFFER_SUBJECT, OFFER_TEXT, a_library
from tests.fakes.make import DAN, NOON
from tests.fakes.workplace import in_memory
from widgets.publishing.shelf import BY_TEMPLATE, Shelf
from widgets.publishing.state import publishing_state
from widgets.publishing.view import PublishingView


@pytest.fixture
def view(qtbot: QtBot) -> PublishingView:
    place = in_memory()
    place.agree_and_release(a_library().with_text(OFFER_TEXT, "Hi!\n"))
    reading = place.read()
    titles = {OFFER_SUBJECT: "Offer accepted"}
    shelf = Shelf(reading.state, reading.changes, titles, (), DAN, NOON)
    view = PublishingView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.render_state(publishing_state(shelf, BY_TEMPLATE, "", ""), "Checked")
    return view


def test_space_ticks_what_is_published_at_once(
    view: PublishingView, qtbot: QtBot
) -> None:
    view.table.setFocus()

    with qtbot.waitSignal(view.ticked) as ticked:
        qtbot.keyClick(view.table, Qt.Key.Key_Space)

    assert ticked.args == [str(OFFER_SUBJECT)]


def test_ctrl_enter_publishes_from_the_list(view: PublishingView, qtbot: QtBot) -> None:
    view.table.setFocus()

    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.keyClick(
            view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )

    assert chosen.args == ["publish"]


def test_tab_goes_as_one_reads(view: PublishingView, qtbot: QtBot) -> None:
    view.search.setFocus()
    seen = []
    for _number in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert seen == ["Filter templates", "Check now", "What is live where"]
