"""A delivery: an intent with what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from governance.names import Digest
from sync.planning.intent import Intent
from sync.sending.decision import Decision, Reason

DeliveryId = NewType("DeliveryId", str)  # a ULID


class State(StrEnum):
    """Where a delivery stands."""

    PLANNED = "planned"
    HELD = "held"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"
    FAILED = "failed"


OPEN: Final = frozenset({State.PLANNED, State.HELD})
FINAL: Final = frozenset({State.SENT, State.SKIPPED, State.FAILED})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox; it carries ids only.

    Attributes:
        key: The idempotency key of the intent.
        message_id: In angle brackets, made of the key.
        reason: Why it is where it is; OK where nothing needs to be said.
        until: For one that is held: when it is judged again.
        chunk: The batch that it is sent in, "" for none.
        epoch: The chunk's, when it was claimed.
        version: Of the release that was judged (for one sent: that was sent), or 0.
        closure: Of that release, "" before.
        sha256: Of the exact bytes, "" before a claim.
    """

    id: DeliveryId
    intent: Intent
    key: Digest
    message_id: str
    state: State
    reason: Reason = Reason.OK
    until: datetime | None = None
    route: str = ""
    chunk: str = ""
    epoch: int = 0
    attempts: int = 0
    version: int = 0
    closure: str = ""
    sha256: str = ""
    provider_id: str = ""
    created_at: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """The decisions of one judging, as recorded."""

    at: datetime
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send.

    Attributes:
        ended_at: None for one whose end nobody saw.
        outcome: "sent", "unavailable", "refused", "in_doubt", "found", "not_found", "".
    """

    number: int
    worker: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""
