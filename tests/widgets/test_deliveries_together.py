"""Several doubts at once, a held message sent now, and what is stopped in part."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from governance.names import Channel, TemplateId
from sync.api.deliveries import DecisionRow, State
from sync.api.stops import Scope, StopRow
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import NOW, a_box, a_detail, a_round, a_row, a_stop
from widgets.deliveries.inspected_state import inspected
from widgets.deliveries.listed_state import Filters
from widgets.deliveries.state import DeliveriesState, deliveries_state
from widgets.deliveries.stop_state import ends_of, question_of, turn_on_question
from widgets.deliveries.view import DeliveriesView
from widgets.kit.ticked import OFF, ON
from widgets.kit.values import Deed
from widgets.outbox.anyway_state import said_anyway
from widgets.outbox.gates_state import gates_of

ONE, TWO = (a_row(n, State.IN_DOUBT, reason=Reason.PERSON_DECIDES) for n in (1, 2))
OTHER = a_row(
    3, State.IN_DOUBT, reason=Reason.PERSON_DECIDES, template=TemplateId("offer")
)
NIGHT = a_row(4, State.HELD, reason=Reason.QUIET_HOURS)
BOX = a_box(ONE, TWO, OTHER, NIGHT)


def a_state(*ticked: str, selected: str = "") -> DeliveriesState:
    return deliveries_state(BOX, Filters(), selected, None, frozenset(ticked))


def deed(state: DeliveriesState, key: str) -> Deed:
    return next(one for one in state.inspected.answers if one.key == key)


def anyway(**changes: object) -> Deed:
    row = replace(NIGHT, **changes)
    held = a_round((Gate.QUIET_HOURS, Verdict.HOLD, row.reason))
    one = inspected(row, a_box(row), a_detail(row, held))
    return next(deed for deed in one.deeds if deed.key == "anyway")


def test_only_what_is_in_doubt_has_a_box_to_tick() -> None:
    icons = {row.key: row.cells[0].icons for row in a_state(ONE.id).table.rows}

    assert icons == {ONE.id: (ON,), TWO.id: (OFF,), OTHER.id: (OFF,), NIGHT.id: ()}


def test_messages_that_are_ticked_are_asked_about_together() -> None:
    state = a_state(ONE.id, TWO.id)

    assert state.inspected.title == "2 messages in doubt"
    assert state.inspected.question == "Did all of them arrive?"
    assert deed(state, "arrived").title == "They arrived: mark 2 as sent…"
    assert not deed(state, "arrived").why_not
    assert len(state.inspected.facts) == 2


def test_two_templates_or_causes_are_not_decided_at_once() -> None:
    state = a_state(ONE.id, OTHER.id)

    for key in ("arrived", "not-arrived"):
        assert deed(state, key).why_not == (
            "Decide about one template and one cause at a time."
        )


def test_a_tick_goes_with_the_doubt() -> None:
    assert a_state(ONE.id, NIGHT.id, "gone").ticked == (ONE.id,)


def test_all_of_the_same_cause_are_ticked_with_one_deed() -> None:
    assert deed(a_state(selected=ONE.id), "alike").title == "Tick all 2 like this"
    assert "alike" not in {
        one.key for one in a_state(selected=OTHER.id).inspected.answers
    }


def test_a_row_that_is_ticked_is_read_as_ticked() -> None:
    (said,) = [row.said for row in a_state(ONE.id).table.rows if row.key == ONE.id]

    assert said.endswith("Ticked.")


def test_a_message_of_the_night_may_be_sent_now() -> None:
    deed = anyway()

    assert (deed.is_shown, deed.why_not) == (True, "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": Reason.STOPPED}, "Sending is stopped. Turn it on first."),
        (
            {"reason": Reason.NOT_VERIFIED},
            "Nobody may send a text whose signatures are not proved.",
        ),
        (
            {"channel": Channel.SMS},
            "The hours for SMS are set by law in many countries, so nobody may.",
        ),
        ({"reason": Reason.CLOCK_DIFFERS}, "Nobody may send past this."),
    ],
)
def test_what_protects_somebody_is_passed_by_nobody(
    changes: dict[str, object], why: str
) -> None:
    assert anyway(**changes).why_not == why


def test_one_hold_that_nobody_may_pass_is_enough() -> None:
    rounds = a_round(
        (Gate.QUIET_HOURS, Verdict.HOLD, Reason.QUIET_HOURS),
        (Gate.FRESHNESS, Verdict.HOLD, Reason.REMOTE_SILENT),
    )
    one = inspected(NIGHT, a_box(NIGHT), a_detail(NIGHT, rounds))

    (found,) = [deed for deed in one.deeds if deed.key == "anyway"]
    assert found.why_not == "Nobody may send past this."


def test_what_is_not_held_is_not_sent_anyway() -> None:
    (found,) = [
        deed for deed in inspected(ONE, a_box(ONE), None).deeds if deed.key == "anyway"
    ]

    assert not found.is_shown


def test_a_gate_that_a_person_opened_says_who_and_why() -> None:
    opened = a_round((Gate.QUIET_HOURS, Verdict.PASS, Reason.SENT_ANYWAY))
    word = DecisionRow(
        gate=Gate.PERSON,
        verdict=Verdict.PASS,
        reason=Reason.SENT_ANYWAY,
        inputs="ab",
        detail="anyway ruth@northwind.example quiet_hours she asked for it",
    )
    rounds = (replace(opened, decisions=(*opened.decisions, word)),)

    gates = gates_of(rounds, NIGHT, BOX)

    assert [(one.mark.word, one.value) for one in gates.lines] == [
        ("Opened", "It waited, and a person opened it."),
        ("Opened", "ruth@northwind.example had it sent anyway: she asked for it"),
    ]
    assert said_anyway(rounds) == ("ruth@northwind.example", "she asked for it")


# Stops -------------------------------------------------------------------------------


def a_part(until: bool = False) -> StopRow:  # noqa: FBT001, FBT002 -- a test's own words
    end = NOW + timedelta(hours=1) if until else None
    return replace(a_stop(), scope=Scope.CHANNEL, subject="sms", until=end)


def test_what_is_stopped_in_part_is_told_beside_what_is_sent() -> None:
    state = deliveries_state(a_box(NIGHT, stops=(a_part(until=True),)), Filters())

    assert state.sending.is_on
    assert state.sending.is_in_part
    (notice,) = state.notices
    assert notice.key == "turn-on:stop-1"
    assert notice.bold == "All SMS is stopped."
    assert notice.plain == (
        "wrong salary. Stopped at 12:36. It goes on by itself at 13:41."
    )
    assert notice.action == "Turn on…"


def test_who_may_not_turn_on_is_not_offered_to() -> None:
    box = a_box(NIGHT, stops=(a_part(),), may_release=False)

    assert deliveries_state(box, Filters()).notices[0].action == ""


def test_what_stops_everything_is_told_in_every_room_and_not_twice() -> None:
    assert deliveries_state(a_box(stops=(a_stop(),)), Filters()).notices == ()


def test_one_can_stop_for_some_hours_or_until_a_morning() -> None:
    ends = ends_of(NOW)

    assert [one.title for one in ends] == [
        "Until I turn it on again",
        "For 1 hour, until 13:41",
        "For 4 hours, until 16:41",
        "Until tomorrow, 08:00",
        "Until Monday 30 November, 08:00",
    ]
    assert ends[1].key == (NOW + timedelta(hours=1)).isoformat()


def test_what_can_be_stopped_names_the_way_that_messages_take() -> None:
    row = replace(NIGHT, route="email/practice")

    titles = [one.title for one in question_of(a_box(row)).what]

    assert titles[:3] == [
        "Everything",
        "All e-mail (all that goes by email/practice)",
        "All SMS",
    ]


def test_turning_one_thing_on_counts_only_what_nothing_else_holds() -> None:
    sms = replace(NIGHT, id="sms", channel=Channel.SMS, reason=Reason.STOPPED)
    offer = replace(
        NIGHT,
        id="offer",
        channel=Channel.SMS,
        template=TemplateId("offer"),
        reason=Reason.STOPPED,
    )
    other = replace(a_part(), id="2", scope=Scope.TEMPLATE, subject="offer")
    box = a_box(sms, offer, NIGHT, stops=(a_part(), other))

    question = turn_on_question((a_part(),), box, "")

    facts = {fact.label: fact.value for fact in question.facts if fact.label}
    assert facts["Goes out"] == "1 message that waits or is due within an hour"
    assert "All SMS is stopped" in facts["Stopped"]


# The view ----------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot) -> DeliveriesView:
    view = DeliveriesView()
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.show()
    view.render_state(a_state())
    return view


def test_space_ticks_a_message_in_doubt(view: DeliveriesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.ticked) as ticked:
        qtbot.keyClick(view.table, Qt.Key.Key_Space)

    assert ticked.args == [ONE.id]


def test_space_ticks_nothing_else(view: DeliveriesView, qtbot: QtBot) -> None:
    view.render_state(a_state(selected=NIGHT.id))

    with qtbot.assertNotEmitted(view.ticked):
        qtbot.keyClick(view.table, Qt.Key.Key_Space)


def test_a_click_on_the_box_ticks_and_one_beside_it_does_not(
    view: DeliveriesView, qtbot: QtBot
) -> None:
    table = view.table
    box = table.visualRect(table.rows.place(TWO.id))
    left, middle = box.left() + 28, box.center()

    with qtbot.waitSignal(view.ticked) as ticked:
        qtbot.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(left, middle.y()),
        )
    with qtbot.assertNotEmitted(view.ticked):
        qtbot.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(box.left() + 90, middle.y()),
        )

    assert ticked.args == [TWO.id]
