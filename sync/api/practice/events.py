"""What the practice ATS tells of, and whom."""

from datetime import datetime
from enum import StrEnum

import msgspec


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
