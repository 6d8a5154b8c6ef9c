"""What the practice ATS and its capture mailbox say on the wire.

The practice ATS and its connector share these values, as a vendor and a client share a
published specification. A field may be added with a default; one that changes its
meaning needs a new path under ``/ats/v2``.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

IDENTITY: Final = "/ats/v1/identity"
JOBS: Final = "/ats/v1/jobs"
STAGES: Final = "/ats/v1/stages"
CANDIDATE: Final = "/ats/v1/candidates/{id}"
APPLICATIONS: Final = "/ats/v1/applications"
APPLICATION: Final = "/ats/v1/applications/{id}"
FIELDS: Final = "/ats/v1/applications/{id}/fields"
FILL: Final = "/ats/v1/jobs/{id}/fill"
MOVE: Final = "/ats/v1/applications/{id}/move"
MOVES: Final = "/ats/v1/moves"
WITHDRAW: Final = "/ats/v1/applications/{id}/withdraw"
INTERVIEW: Final = "/ats/v1/applications/{id}/interview"
TIMELINE: Final = "/ats/v1/applications/{id}/timeline"
CHANGES: Final = "/ats/v1/changes"
TEMPLATES: Final = "/ats/v1/templates"
TEMPLATE: Final = "/ats/v1/templates/{id}"
WEBHOOKS: Final = "/ats/v1/webhooks"
WEBHOOK: Final = "/ats/v1/webhooks/{id}"
MESSAGES: Final = "/mailbox/messages"
MESSAGE: Final = "/mailbox/messages/{id}"
RAW: Final = "/mailbox/messages/{id}/raw"
BEHAVIOUR: Final = "/mailbox/behaviour"

SIGNATURE: Final = "Practice-Signature"  # "v1=" and HMAC-SHA256 in hexadecimal
TIMESTAMP: Final = "Practice-Timestamp"  # seconds since 1970
EVENT_ID: Final = "Practice-Event-Id"
ONCE: Final = "Idempotency-Key"

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


class EventKind(StrEnum):
    """What the practice ATS tells of."""

    RECEIVED = "application.received"
    MOVED = "application.moved"
    WITHDRAWN = "application.withdrawn"
    INTERVIEW_SCHEDULED = "interview.scheduled"
    INTERVIEW_CHANGED = "interview.changed"
    INTERVIEW_CANCELLED = "interview.cancelled"
    CHANGED = "application.changed"
    POSITION_FILLED = "position.filled"
    CANDIDATE_CHANGED = "candidate.changed"
    TEMPLATE_CHANGED = "template.changed"


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

    def __repr__(self) -> str:
        return f"Application({self.id})"


class Applications(msgspec.Struct, frozen=True):
    """A stretch of the list.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
    """

    applications: tuple[Application, ...]
    next: str = ""


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to fill custom fields; others stay."""

    fields: dict[str, FieldValue]

    def __repr__(self) -> str:
        return "Fields()"


class Appointment(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The wish for an interview."""

    mode: str
    starts_at: datetime
    minutes: int = 45
    time_zone: str = "Europe/Berlin"
    place: str = ""
    url: str = ""
    interviewers: tuple[str, ...] = ()


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to move an application.

    Attributes:
        interview: The appointment that comes with it.
    """

    stage: str
    interview: Appointment | None = None


class Moves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to move many at once."""

    stage: str
    applications: tuple[str, ...]
    interview: Appointment | None = None


class NewApplication(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Somebody applies."""

    job: str
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    country: str = ""
    city: str = ""
    time_zone: str = ""
    locale: str = "en"

    def __repr__(self) -> str:
        return "NewApplication()"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened; a hint to read the thing itself again.

    It carries ids only, so it may be logged and kept.
    """

    id: str
    sequence: int
    kind: EventKind
    subject: str
    stage: str = ""
    occurred_at: datetime


class Changes(msgspec.Struct, frozen=True):
    """What happened after a position."""

    changes: tuple[Change, ...]
    last: int


class NewTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to write a template: our compiled parts, verbatim."""

    key: str
    title: str
    parts: dict[str, str]


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A message template of the ATS.

    Attributes:
        key: The caller's own name for it, unique.
        etag: Changes with every edit; an update names the one that it has seen.
        parts: "subject", "html", … → text; None in a list.
    """

    id: str
    key: str
    title: str
    etag: str
    updated_at: datetime
    is_archived: bool = False
    parts: dict[str, str] | None = None


class Templates(msgspec.Struct, frozen=True):
    """All templates, without their texts."""

    templates: tuple[Template, ...]


class NewTimelineEntry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The wish to note a message that was sent."""

    kind: str
    message_id: str
    sent_at: datetime
    title: str = ""


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an application's timeline."""

    id: str
    kind: str
    message_id: str
    sent_at: datetime
    title: str = ""


class Timeline(msgspec.Struct, frozen=True):
    """The timeline of an application, the oldest first."""

    entries: tuple[TimelineEntry, ...]


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to be told.

    Attributes:
        secret: Signs what is sent; both sides know it.
        owner: Who asks. The same owner again has moved: what still waits goes to the
            new address. "" for nobody in particular, then the address counts.
    """

    url: str
    secret: str
    owner: str = ""

    def __repr__(self) -> str:
        return f"NewWebhook({self.url})"


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told, and how much is still to be told."""

    id: str
    url: str
    waiting: int = 0


class Webhooks(msgspec.Struct, frozen=True):
    """All webhooks."""

    webhooks: tuple[Webhook, ...]


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A captured mail, without its bytes.

    Attributes:
        recipients: The envelope's, as the SMTP server was told.
        sha256: Of the raw bytes.
    """

    id: str
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    received_at: datetime
    size: int
    sha256: str

    def __repr__(self) -> str:
        return f"Mail({self.id})"


class Mails(msgspec.Struct, frozen=True):
    """A stretch of what was captured, the oldest first.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
    """

    messages: tuple[Mail, ...]
    next: str = ""


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the capture mailbox treats what it gets, to practise bad days.

    Attributes:
        delay: Seconds between keeping a mail and saying so.
        refused: Addresses that it does not accept.
    """

    delay: float = 0.0
    refused: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Why the practice ATS did not do it."""

    problem: str
    remedy: str = ""
