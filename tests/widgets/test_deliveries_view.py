from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sync.api.deliveries import State
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import NOW, a_box, a_detail, a_round, a_row, a_stop
from tests.fakes.qt import child
from widgets.deliveries.listed_state import FAILED, HELD, Filters
from widgets.deliveries.state import DeliveriesState
from widgets.deliveries.state import deliveries_state as state_of
from widgets.deliveries.stop_dialog import StopDialog, StopQuestion
from widgets.deliveries.view import DeliveriesView
from widgets.kit.controls import Button
from widgets.kit.values import Choice

DOUBT = a_row(1, State.IN_DOUBT, reason=Reason.PERSON_DECIDES)
HELD_ROW = a_row(2, State.HELD, reason=Reason.ZONE_UNKNOWN)
DONE = a_row(3)


def a_state(selected: str = "", filters: Filters | None = None) -> DeliveriesState:
    judged = a_round((Gate.CONSENT, Verdict.PASS, Reason.OK))
    box = a_box(DOUBT, HELD_ROW, DONE)
    return state_of(box, filters or Filters(), selected, a_detail(DONE, judged))


@pytest.fixture
def view(qtbot: QtBot) -> DeliveriesView:
    view = DeliveriesView()
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.render_state(a_state())
    return view


def test_arrows_go_from_message_to_message(view: DeliveriesView, qtbot: QtBot) -> None:
    view.table.setFocus()

    with qtbot.waitSignal(view.selected) as selected:
        qtbot.keyClick(view.table, Qt.Key.Key_J)

    assert selected.args == [HELD_ROW.id]


def test_a_count_filters_and_a_second_click_lets_go(
    view: DeliveriesView, qtbot: QtBot
) -> None:
    count = view.counts._buttons[2]  # noqa: SLF001 -- held

    with qtbot.waitSignal(view.filters_changed) as first:
        qtbot.mouseClick(count, Qt.MouseButton.LeftButton)
    view.render_state(a_state(filters=Filters(show=HELD)))
    with qtbot.waitSignal(view.filters_changed) as second:
        qtbot.mouseClick(count, Qt.MouseButton.LeftButton)

    assert first.args == [Filters(show=HELD)]
    assert second.args == [Filters()]


def test_alt_and_a_figure_chooses_a_count(view: DeliveriesView, qtbot: QtBot) -> None:
    view.table.setFocus()

    with qtbot.waitSignal(view.filters_changed) as filtered:
        qtbot.keyClick(view.table, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)

    assert filtered.args == [Filters(show=FAILED)]


def test_typing_filters_at_once(view: DeliveriesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.filters_changed) as filtered:
        view.search.setText("maya")

    assert filtered.args == [Filters(words="maya")]


def test_counts_are_read_with_what_stands_under_them(view: DeliveriesView) -> None:
    names = [one.accessibleName() for one in view.counts._buttons]  # noqa: SLF001

    assert names[3] == "In doubt: 1. needs a person"


def test_the_question_is_asked_only_in_doubt(view: DeliveriesView) -> None:
    assert child(view.inspector, Button, "arrived").isVisible()

    view.render_state(a_state(DONE.id))

    assert not view.inspector.findChildren(Button, "arrived")


def test_p_shows_the_proof_of_what_was_sent(view: DeliveriesView, qtbot: QtBot) -> None:
    view.render_state(a_state(DONE.id))
    view.table.setFocus()

    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.keyClick(view.table, Qt.Key.Key_P)

    assert chosen.args == ["proof"]


def test_rows_that_arrive_do_not_move_the_selection(view: DeliveriesView) -> None:
    view.render_state(a_state(DONE.id))
    more = a_row(9, State.IN_DOUBT, reason=Reason.IN_DOUBT)

    view.render_state(state_of(a_box(more, DOUBT, DONE), Filters(), DONE.id))

    assert view.table.key == DONE.id


def test_while_stopped_the_deed_is_to_turn_on(
    view: DeliveriesView, qtbot: QtBot
) -> None:
    view.render_state(state_of(a_box(DONE, stops=(a_stop(),)), Filters()))

    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.mouseClick(
            child(view.counts, Button, "stop-sending"), Qt.MouseButton.LeftButton
        )

    assert chosen.args == ["turn-on"]


def test_offline_stands_in_place_of_the_table(view: DeliveriesView) -> None:
    view.render_state(state_of(a_box(is_there=False), Filters(span="week")))

    assert view.content.currentWidget() is view.empty


@pytest.fixture
def dialog(qtbot: QtBot) -> StopDialog:
    what = (Choice("all:", "Everything"), Choice("channel:sms", "All SMS"))
    question = StopQuestion(what, {"all:": "38 wait.", "channel:sms": "2 wait."})
    dialog = StopDialog(None, question)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_stopping_asks_for_a_reason_and_no_passphrase(
    dialog: StopDialog, qtbot: QtBot
) -> None:
    stop = child(dialog, Button, "stop")
    assert not stop.isEnabled()

    dialog.reason.setPlainText("wrong salary")
    with qtbot.waitSignal(dialog.stopped) as stopped:
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)

    assert stopped.args == ["all:", "wrong salary", ""]


def test_enter_alone_does_not_stop_but_ctrl_enter_does(
    dialog: StopDialog, qtbot: QtBot
) -> None:
    dialog.reason.setPlainText("wrong salary")
    dialog.what.setFocus()

    with qtbot.assertNotEmitted(dialog.stopped):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.stopped):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_stop_that_did_not_work_keeps_what_was_typed(dialog: StopDialog) -> None:
    dialog.reason.setPlainText("wrong salary")

    dialog.fail("Sending was not stopped.")

    assert dialog.reason.toPlainText() == "wrong salary"
    assert child(dialog, Button, "stop").isEnabled()


def test_old_messages_come_with_an_older_span(view: DeliveriesView) -> None:
    old = a_row(7, sent_at=NOW - timedelta(days=20))

    view.render_state(state_of(a_box(old), Filters(span="month")))

    assert view.table.key == old.id
