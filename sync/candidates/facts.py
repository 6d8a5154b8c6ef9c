"""What is known of an application, as the ATS says it now.

Only the values of this room hold names and addresses; their ``repr`` is the id, so that
no log line, error or queue row carries them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from governance.names import FieldName, Locale

ENGLISH: Final = Locale("en")

CandidateId = NewType("CandidateId", str)
ApplicationId = NewType("ApplicationId", str)

# A merge field's value in JSON's own shapes: text, number, truth, list of texts, date
# and time as ISO 8601 text, a moment as {"at", "zone"}, money as {"amount",
# "currency"}.
FieldValue: TypeAlias = str | int | bool | tuple[str, ...] | Mapping[str, str] | None


class Status(StrEnum):
    """Whether an application is still open, and if not, why."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    REJECTED = "rejected"


class InterviewState(StrEnum):
    """Where an appointment stands."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Consent:
    """What the ATS says a candidate agreed to.

    Attributes:
        purpose: "recruiting", "talent_pool", or a channel's name, "sms".
        expires_at: None for one without an end.
    """

    purpose: str
    given_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A person who applies.

    Attributes:
        zone: An IANA name, "" where nobody knows.
        country: ISO 3166 alpha 2, "" where nobody knows.
    """

    id: CandidateId
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    country: str = ""
    zone: str = ""
    locale: Locale = ENGLISH
    do_not_contact: bool = False
    consents: tuple[Consent, ...] = ()

    def __repr__(self) -> str:
        return f"Candidate({self.id})"


@dataclass(frozen=True, slots=True, repr=False)
class Interview:
    """An appointment.

    Attributes:
        mode: "video", "phone" or "on_site".
        zone: Where it takes place, an IANA name.
        changed_at: When it was made or last moved.
        first_starts_at: What the service saw first; a connector leaves it out.
    """

    id: str
    mode: str
    starts_at: datetime
    minutes: int
    zone: str
    changed_at: datetime
    place: str = ""
    url: str = ""
    interviewers: tuple[str, ...] = ()
    state: InterviewState = InterviewState.SCHEDULED
    first_starts_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Interview({self.id})"


@dataclass(frozen=True, slots=True, repr=False)
class Owner:
    """The recruiter who looks after an application."""

    id: str
    name: str
    email: str
    phone: str = ""
    title: str = ""

    def __repr__(self) -> str:
        return f"Owner({self.id})"


@dataclass(frozen=True, slots=True)
class Visit:
    """A stage that an application is in, or was."""

    stage: str
    entered_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ApplicationSnapshot:
    """One person's application for one job, as a connector reads it.

    Attributes:
        visits: Stages of the past, the oldest first; a connector may leave them out,
            since the service remembers those that it has seen.
        status_at: When ``status`` became what it is.
        values: Further merge fields that the ATS has, by our name for them; they win
            over those made of the other attributes.
    """

    id: ApplicationId
    candidate: Candidate
    job_id: str
    job_title: str
    owner: Owner
    stage: str
    stage_entered_at: datetime
    applied_at: datetime
    updated_at: datetime
    status: Status = Status.ACTIVE
    status_at: datetime | None = None
    interview: Interview | None = None
    offer_made_at: datetime | None = None
    position_filled_at: datetime | None = None
    erasure_asked_at: datetime | None = None
    visits: tuple[Visit, ...] = ()
    values: Mapping[FieldName, FieldValue] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"ApplicationSnapshot({self.id})"
