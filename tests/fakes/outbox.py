"""Messages and people for the rooms that show them."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from governance.names import Channel, JourneyId, TemplateId
from sync.api.deliveries import (
    AttemptRow,
    DecisionRow,
    DeliveryDetail,
    DeliveryRow,
    RoundRow,
    State,
)
from sync.api.practice import Application, Candidate, Job, Owner
from sync.api.stops import StopRow
from sync.sending.decision import Gate, Reason, Verdict
from sync.sending.stops import Scope
from widgets.outbox.state import Outbox

NOW = datetime(2026, 11, 24, 12, 41, tzinfo=UTC)  # a Tuesday
TITLES = {"interview-invitation": "Interview invitation", "offer": "Offer letter"}


def a_row(number: int = 1, state: State = State.SENT, **changes: object) -> DeliveryRow:
    """Return a message to a candidate."""
    row = DeliveryRow(
        id=f"01{number:024}",
        message_id=f"<{number}@northwind.example>",
        candidate=f"cand-{number:03}",
        application=f"app-{number:03}",
        template=TemplateId("interview-invitation"),
        channel=Channel.EMAIL,
        journey=JourneyId("interview"),
        step="invite",
        fact="stage_entered interview 2026-11-24T12:30:00+00:00",
        state=state,
        reason=Reason.OK,
        due_at=NOW - timedelta(minutes=10),
        deadline=NOW + timedelta(days=2),
        sent_at=NOW - timedelta(minutes=9) if state is State.SENT else None,
        version=2 if state is State.SENT else 0,
    )
    return replace(row, **changes)


def a_person(number: int = 1, **changes: object) -> Application:
    """Return somebody in the practice ATS."""
    names = ("Maya", "Yuki", "Elena", "Sasha")
    zones = ("Europe/London", "Asia/Tokyo", "Europe/Sofia", "")
    at = (number - 1) % len(names)
    person = Application(
        id=f"app-{number:03}",
        candidate=Candidate(
            id=f"cand-{number:03}",
            first_name=names[at],
            last_name=f"Okonkwo{number}",
            email=f"{names[at].lower()}{number}@candidate.example",
            city="London",
            time_zone=zones[at],
        ),
        job=Job("job", "Firmware engineer", "Engineering", "London"),
        owner=Owner("own", "Amara Diallo", "amara@northwind.example"),
        stage="screening",
        stage_entered_at=NOW - timedelta(days=3),
        applied_at=NOW - timedelta(days=9),
        updated_at=NOW - timedelta(days=3),
    )
    return replace(person, **changes)


def a_stop(reason: str = "wrong salary", code: str = "STOPPED") -> StopRow:
    """Return a stop of everything."""
    return StopRow(
        id="stop-1",
        scope=Scope.ALL,
        subject="",
        reason=reason,
        by="ruth@northwind.example",
        at=NOW - timedelta(minutes=5),
        code=code,
    )


def a_box(
    *rows: DeliveryRow,
    people: tuple[Application, ...] = (),
    stops: tuple[StopRow, ...] = (),
    is_there: bool = True,
    may_release: bool = True,
) -> Outbox:
    """Return what the window knows."""
    return Outbox(
        rows,
        NOW,
        stops,
        {one.id: one for one in people},
        TITLES,
        is_there=is_there,
        may_release=may_release,
        who_releases="Ruth Okafor",
    )


def a_round(*reasons: tuple[Gate, Verdict, Reason]) -> RoundRow:
    """Return one judging."""
    return RoundRow(
        NOW - timedelta(minutes=9),
        tuple(
            DecisionRow(gate=gate, verdict=verdict, reason=reason, inputs="ab12")
            for gate, verdict, reason in reasons
        ),
    )


def a_detail(row: DeliveryRow, *rounds: RoundRow, outcome: str = "") -> DeliveryDetail:
    """Return a message with its decisions."""
    tries = (
        (AttemptRow(number=1, worker="w", started_at=NOW, outcome=outcome),)
        if outcome
        else ()
    )
    return DeliveryDetail(row, rounds, tries, row.state is State.SENT)
