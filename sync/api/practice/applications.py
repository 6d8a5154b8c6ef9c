"""What the practice ATS says of people, vacancies and applications."""

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

# A custom field, in JSON's own shapes; dates, times, moments and money as Countersign
# writes them in its samples.
FieldValue: TypeAlias = str | int | bool | tuple[str, ...] | dict[str, str]

STAGE_NAMES: Final = (
    "applied",
    "screening",
    "assessment",
    "interview",
    "offer",
    "hired",
    "rejected",
)


class Status(StrEnum):
    """Whether an application is still open, and if not, why."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    REJECTED = "rejected"


class Identity(msgspec.Struct, frozen=True):
    """Whose account this is, and what the other clock says."""

    account: str
    version: str
    now: datetime


class Job(msgspec.Struct, frozen=True):
    """A vacancy."""

    id: str
    title: str
    department: str
    location: str
    filled_at: datetime | None = None


class Owner(msgspec.Struct, frozen=True):
    """The recruiter who looks after an application."""

    id: str
    name: str
    email: str
    phone: str = ""
    title: str = ""

    def __repr__(self) -> str:
        return f"Owner({self.id})"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A person who applies.

    Attributes:
        time_zone: An IANA name, "" where nobody knows.
        country: ISO 3166 alpha 2, "" where nobody knows.
        consents: "recruiting", "talent_pool", or a channel → when it was given.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    country: str = ""
    city: str = ""
    time_zone: str = ""
    locale: str = "en"
    do_not_contact: bool = False
    consents: dict[str, datetime] = {}

    def __repr__(self) -> str:
        return f"Candidate({self.id})"


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment.

    Attributes:
        mode: "video", "phone" or "on_site".
        changed_at: When it was made or last moved.
        time_zone: Where it takes place: an IANA name.
    """

    id: str
    mode: str
    starts_at: datetime
    changed_at: datetime
    minutes: int = 45
    time_zone: str = "Europe/Berlin"
    place: str = ""
    url: str = ""
    interviewers: tuple[str, ...] = ()
    is_cancelled: bool = False

    def __repr__(self) -> str:
        return f"Interview({self.id})"


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """One person's application for one job, with all that hangs on it.

    Attributes:
        status_at: When ``status`` became what it is.
        fields: Custom fields, by Countersign's names for them.
    """

    id: str
    candidate: Candidate
    job: Job
    owner: Owner
    stage: str
    stage_entered_at: datetime
    applied_at: datetime
    updated_at: datetime
    status: Status = Status.ACTIVE
    status_at: datetime | None = None
    interview: Interview | None = None
    offer_made_at: datetime | None = None
    fields: dict[str, FieldValue] = {}
    erasure_asked_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Application({self.id})"


class Applications(msgspec.Struct, frozen=True):
    """A stretch of the list.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
    """

    applications: tuple[Application, ...]
    next: str = ""
