"""What happened to an application, named alike by a webhook and a poll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.journeys.journey import Event
from sync.candidates.facts import ApplicationSnapshot, InterviewState, Status

# How long before a consent ends a person is asked to renew it.
CONSENT_NOTICE: Final = timedelta(days=30)

_BY_STATUS: Final = {
    Status.WITHDRAWN: Event.WITHDRAWN,
    Status.HIRED: Event.HIRED,
    Status.REJECTED: Event.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact that may start a step.

    Attributes:
        name: The same however and whenever it is learnt.
        at: When; in the future for one that only time brings.
    """

    event: Event
    name: str
    at: datetime
    stage: str = ""


def happenings(snapshot: ApplicationSnapshot) -> tuple[Happening, ...]:
    """Return all that happened, and what time will bring."""
    return tuple(_happenings(snapshot))


def _happenings(snapshot: ApplicationSnapshot) -> Iterator[Happening]:
    yield _plain(Event.APPLICATION_RECEIVED, snapshot.applied_at)
    yield from _stages(snapshot)
    yield from _interview(snapshot)
    if event := _BY_STATUS.get(snapshot.status):
        yield _dated(event, snapshot.status_at or snapshot.updated_at)
    for event, at in (
        (Event.OFFER_MADE, snapshot.offer_made_at),
        (Event.POSITION_FILLED, snapshot.position_filled_at),
        (Event.ERASED, snapshot.erasure_asked_at),
    ):
        if at is not None:
            yield _dated(event, at)
    for consent in snapshot.candidate.consents:
        if consent.expires_at is not None:
            at = consent.expires_at - CONSENT_NOTICE
            yield _dated(Event.CONSENT_EXPIRING, at, consent.purpose)


def _stages(snapshot: ApplicationSnapshot) -> Iterator[Happening]:
    current = (snapshot.stage, snapshot.stage_entered_at)
    entered = {(visit.stage, visit.entered_at) for visit in snapshot.visits} | {current}
    for stage, at in sorted(entered, key=lambda visit: (visit[1], visit[0])):
        name = f"{Event.STAGE_ENTERED} {stage} {at.isoformat()}"
        yield Happening(Event.STAGE_ENTERED, name, at, stage)
    for visit in snapshot.visits:
        if visit.left_at is not None:
            # Named by when it was entered: pollers learn the end at different times.
            name = f"{Event.STAGE_LEFT} {visit.stage} {visit.entered_at.isoformat()}"
            yield Happening(Event.STAGE_LEFT, name, visit.left_at, visit.stage)


def _interview(snapshot: ApplicationSnapshot) -> Iterator[Happening]:
    interview = snapshot.interview
    if interview is None:
        return
    if interview.state is InterviewState.CANCELLED:
        yield _plain(Event.INTERVIEW_CANCELLED, interview.changed_at, interview.id)
        return
    yield _plain(Event.INTERVIEW_SCHEDULED, interview.changed_at, interview.id)
    first = interview.first_starts_at or interview.starts_at
    starts = f"{interview.id} {interview.starts_at.isoformat()}"
    if interview.starts_at != first:
        yield _plain(Event.INTERVIEW_CHANGED, interview.changed_at, starts)
    ends = interview.starts_at + timedelta(minutes=interview.minutes)
    yield _plain(Event.INTERVIEW_PASSED, ends, starts)


def _plain(event: Event, at: datetime, *words: str) -> Happening:
    return Happening(event, " ".join([event, *words]), at)


def _dated(event: Event, at: datetime, *words: str) -> Happening:
    return _plain(event, at, *words, at.isoformat())
