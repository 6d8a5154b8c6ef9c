import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from governance.ledger.history import read_history
from tests.fakes.make import BEN, HR, NOON, OFFER, Chain
from tests.fakes.qt import child
from widgets.history.listed import Filter, listed
from widgets.history.state import HistoryState, Verifying, history_state
from widgets.history.view import HistoryView
from widgets.kit.controls import Button
from widgets.kit.values import Outcome


def a_state(
    chain: Chain | None = None, *, busy: str = "", selected: str = ""
) -> HistoryState:
    chain = chain or Chain.with_a_release()
    history = read_history(chain.entries, chain.state, {OFFER: "Offer letter"})
    verifying = Verifying(label=busy, done=3, total=8 if busy else 0)
    return history_state(listed(history, NOON), Filter(), selected, NOON, verifying)


@pytest.fixture
def view(qtbot: QtBot) -> HistoryView:
    view = HistoryView()
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.show()
    view.render_state(a_state())
    return view


def test_arrow_keys_walk_through_the_entries(view: HistoryView, qtbot: QtBot) -> None:
    view.table.setFocus()

    with qtbot.waitSignal(view.selected) as selected:
        qtbot.keyClick(view.table, Qt.Key.Key_Down)

    assert selected.args == ["6"]


def test_enter_opens_the_entry(view: HistoryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert opened.args == ["7"]


def test_typing_filters(view: HistoryView, qtbot: QtBot) -> None:
    heard: list[str] = []
    view.words_changed.connect(heard.append)

    qtbot.keyClicks(view.search, "of")

    assert heard == ["o", "of"]


def test_details_are_closed_at_first_and_open_with_a_click(
    view: HistoryView, qtbot: QtBot
) -> None:
    before = view.panel.details.is_open

    qtbot.mouseClick(
        child(view.panel.details, Button, "disclose"), Qt.MouseButton.LeftButton
    )

    assert (before, view.panel.details.is_open) == (False, True)


def test_details_are_copied_whole(view: HistoryView, qtbot: QtBot) -> None:
    view.render_state(a_state(selected="5"))

    qtbot.mouseClick(
        child(view.panel.details, Button, "copy"), Qt.MouseButton.LeftButton
    )

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Kind: approval/v1\nPosition: 5\n")


def test_a_button_of_the_header_says_its_deed(view: HistoryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.mouseClick(child(view, Button, "verify"), Qt.MouseButton.LeftButton)

    assert chosen.args == ["verify"]


def test_verifying_shows_how_far_it_is(view: HistoryView) -> None:
    view.render_state(a_state(busy="Verifying 8 entries"))

    bar = child(view, QProgressBar)
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 3, 8)
    assert bar.accessibleName() == "Verifying 8 entries"


def test_a_row_is_read_as_one_sentence(view: HistoryView) -> None:
    index = view.table.rows.place("6")

    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(
        "Signed Offer letter, version 1, verified, “I agree.”, Cara, Hr, "
    )


def test_each_check_is_read_with_its_outcome(view: HistoryView) -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, HR)
    state = a_state(chain, selected=str(len(chain.entries) - 1))

    view.render_state(state)

    assert state.inspector.checks[1].outcome is Outcome.FAILED
    lines = [w.accessibleName() for w in view.panel.findChildren(QWidget)]
    said = [name for name in lines if name.startswith("Check ")]
    assert said[1] == "Check 2 of 4 failed: They were not allowed to do this"


def test_a_small_window_folds_the_sidebar_and_its_card(view: HistoryView) -> None:
    view.set_compact(is_compact=True)

    assert not view.sidebar.isVisible()
    assert view.table.isVisible()
