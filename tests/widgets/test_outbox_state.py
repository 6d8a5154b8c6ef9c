from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sync.api.deliveries import AttemptRow, DecisionRow, RoundRow, State
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import NOW, a_box, a_person, a_round, a_row
from widgets.outbox.causes_state import cause_words, stage_title
from widgets.outbox.gates_state import gates_of
from widgets.outbox.state import day_words, moment_words, stamp_words, state_mark, why


@given(state=st.sampled_from(State), reason=st.sampled_from(Reason))
def test_no_state_is_shown_without_a_reason_and_what_happens_next(
    state: State, reason: Reason
) -> None:
    row = a_row(state=state, reason=reason)

    said, next_ = why(row, a_box(row))

    assert said.endswith((".", "?"))
    if state is State.HELD:
        assert next_.endswith((".", "?"))
    assert state_mark(row, NOW).word
    assert state_mark(row, NOW).icon


def test_quiet_hours_say_when_it_goes_out_there_and_here() -> None:
    until = NOW.replace(hour=22, minute=0)
    row = a_row(2, State.HELD, reason=Reason.QUIET_HOURS, until=until)

    _said, next_ = why(row, a_box(row, people=(a_person(2),)))

    assert next_ == "Goes out at 07:00 in Tokyo, 22:00 here."


def test_quiet_hours_of_someone_unknown_say_when_here() -> None:
    until = NOW + timedelta(days=1)
    row = a_row(2, State.HELD, reason=Reason.QUIET_HOURS, until=until)

    assert why(row, a_box(row))[1] == "Goes out tomorrow at 12:41."


def test_a_place_with_the_same_time_is_not_told_twice() -> None:
    until = NOW.replace(hour=18, minute=0)
    row = a_row(1, State.HELD, reason=Reason.QUIET_HOURS, until=until)

    said = why(row, a_box(row, people=(a_person(1),)))

    assert said[1] == "Goes out at 18:00, in London too."


def test_a_message_becomes_due_an_hour_before_it_goes() -> None:
    row = a_row(state=State.PLANNED, due_at=NOW + timedelta(minutes=61))

    assert state_mark(row, NOW).word == "Planned"
    assert state_mark(row, NOW + timedelta(minutes=1)).word == "Due"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "at 12:41"),
        (NOW + timedelta(days=1), "tomorrow at 12:41"),
        (NOW - timedelta(days=1), "yesterday at 12:41"),
        (NOW + timedelta(days=7), "on 1 December at 12:41"),
        (NOW + timedelta(days=70), "on 2 February 2027 at 12:41"),
    ],
)
def test_moments_are_said_as_people_do(moment: datetime, words: str) -> None:
    assert moment_words(moment, NOW) == words


def test_days_are_those_of_this_computer() -> None:
    here = NOW.replace(hour=23).astimezone(timezone(timedelta(hours=2)))

    assert day_words(NOW.replace(hour=21), here) == "yesterday"
    assert stamp_words(NOW.replace(hour=23), here) == "today, 01:41"


def test_what_decided_stands_before_the_gates_that_were_open() -> None:
    row = a_row(state=State.HELD, reason=Reason.QUIET_HOURS)
    judged = a_round(
        (Gate.CONSENT, Verdict.PASS, Reason.OK),
        (Gate.QUIET_HOURS, Verdict.HOLD, Reason.QUIET_HOURS),
    )

    gates = gates_of((judged,), row, a_box(row))

    assert [(one.name, one.mark.word) for one in gates.lines] == [
        ("Quiet hours", "Waits"),
        ("Consent", "Open"),
    ]
    assert gates.title == "Gates, asked at 12:32:00"


def test_the_last_try_stands_with_the_gates() -> None:
    row = a_row(state=State.FAILED, reason=Reason.MAILER_REFUSED)
    tried = AttemptRow(number=2, worker="w", started_at=NOW, outcome="refused")
    judged = a_round((Gate.CONSENT, Verdict.PASS, Reason.OK))

    first = gates_of((judged,), row, a_box(row), (tried,)).lines[0]

    assert (first.name, first.mark.word) == ("Handed to the provider", "Refused")
    assert first.value == "12:41:00: the provider refused it."


@given(gate=st.sampled_from(Gate), verdict=st.sampled_from(Verdict))
def test_every_gate_says_what_it_saw(gate: Gate, verdict: Verdict) -> None:
    reason = Reason.OK if verdict is Verdict.PASS else Reason.NO_CONSENT
    one = DecisionRow(
        gate=gate,
        verdict=verdict,
        reason=reason,
        inputs="ab",
        until=NOW,
        detail="sent ruth@northwind.example",
    )

    (line,) = gates_of((RoundRow(NOW, (one,)),), a_row(), a_box()).lines

    assert line.name
    assert line.value.endswith(".") or "ruth" in line.value


def test_a_person_s_word_names_the_person() -> None:
    one = DecisionRow(
        gate=Gate.PERSON,
        verdict=Verdict.SKIP,
        reason=Reason.DECIDED_BY_PERSON,
        inputs="ab",
        detail="sent ruth@northwind.example",
    )

    (line,) = gates_of((RoundRow(NOW, (one,)),), a_row(), a_box()).lines

    assert line.value == "ruth@northwind.example said that it had arrived."


def test_a_planned_message_says_when_gates_are_asked() -> None:
    assert gates_of((), a_row(state=State.PLANNED), a_box()).lines == ()


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            "stage_entered interview 2026-11-24T12:30:00+00:00",
            "The stage became Interview",
        ),
        ("interview_scheduled int-001", "An interview was arranged"),
        ("something_new x", "Something new"),
    ],
)
def test_a_cause_is_said_in_words(fact: str, words: str) -> None:
    assert cause_words(a_row(fact=fact)) == words


def test_an_unknown_stage_keeps_its_own_name() -> None:
    assert stage_title("phone_screen") == "Phone screen"


def test_what_is_held_without_an_end_still_says_what_happens() -> None:
    row = a_row(state=State.HELD, reason=Reason.TOO_MANY)
    later = replace(row, until=datetime(2026, 11, 25, 8, tzinfo=UTC))

    assert why(row, a_box(row))[1] == "Judged again when something changes."
    assert why(later, a_box(row))[1] == "Judged again tomorrow at 08:00."
