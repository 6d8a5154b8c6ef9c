"""A journey: which message goes out when, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import IntEnum, StrEnum
from typing import Final, TypeAlias

from governance.names import Channel, FieldName, JourneyId, TemplateId


class Event(StrEnum):
    """What may start a step."""

    APPLICATION_RECEIVED = "application_received"
    STAGE_ENTERED = "stage_entered"
    STAGE_LEFT = "stage_left"
    INTERVIEW_SCHEDULED = "interview_scheduled"
    INTERVIEW_CHANGED = "interview_changed"
    INTERVIEW_CANCELLED = "interview_cancelled"
    INTERVIEW_PASSED = "interview_passed"
    OFFER_MADE = "offer_made"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    REJECTED = "rejected"
    POSITION_FILLED = "position_filled"
    CONSENT_EXPIRING = "consent_expiring"
    ERASED = "erased"


OF_A_STAGE: Final = frozenset({Event.STAGE_ENTERED, Event.STAGE_LEFT})


class Day(IntEnum):
    """A day of the week, counted as ``date.weekday`` does."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


EVERY_DAY: Final = frozenset(Day)

# What a condition may compare with.
Plain: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a step.

    Attributes:
        stage: For the events of a stage: which; "" for the others.
    """

    event: Event
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A merge field must have one of these values, or none of them.

    Attributes:
        is_negated: Whether it must not.
    """

    field: FieldName
    values: tuple[Plain, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment in a merge field, and how far from it a step is due."""

    field: FieldName
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """When a message may arrive, in the candidate's own time.

    Attributes:
        opens: The first moment of the day.
        closes: The moment after the last; ``time.max`` for midnight.
        holidays: Whether public holidays count as days like any other: always, so far.
            It stays a part of what is signed.
    """

    days: frozenset[Day] = EVERY_DAY
    opens: time = time(8)
    closes: time = time(20)
    holidays: bool = True

    @property
    def is_always(self) -> bool:
        """Whether it never closes."""
        return (self.days, self.opens, self.closes) == (EVERY_DAY, time(0), time.max)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many messages of a journey to one candidate in a stretch of time."""

    messages: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a journey.

    Attributes:
        delay: How long after the event; for a step with ``at``, nothing.
        at: The moment in a field that counts instead of the event's.
        window: None for the service's own quiet hours.
        deadline: How long after it was due a message still makes sense.
    """

    id: str
    template: TemplateId
    channel: Channel
    on: Trigger
    when: tuple[Condition, ...] = ()
    delay: timedelta = timedelta(0)
    at: Anchor | None = None
    window: Window | None = None
    deadline: timedelta = timedelta(days=2)
    cap: Cap | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A stretch of a candidate's way, with its messages.

    Attributes:
        record: Title, owner, goal and their like: no part of the closure.
    """

    id: JourneyId
    purpose: str
    steps: tuple[Step, ...]
    record: Mapping[str, str] = field(default_factory=dict)
