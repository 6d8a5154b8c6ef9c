"""The outbox: its rows are the truth, and every write names what it was made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from governance.names import Digest
from sync.sending.decision import Decision, Reason
from sync.sending.delivery import Delivery
from sync.sending.mailer import Receipt, Route


@dataclass(frozen=True, slots=True)
class OpenChunk:
    """A batch in the hands of one worker: who has the epoch may write."""

    id: str
    route: str
    epoch: int
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """A message made for a claim.

    Attributes:
        recipient: Kept encrypted with the bytes.
        inputs: The HMAC of what was rendered with.
    """

    recipient: str
    sender: str
    body: bytes
    sha256: Digest
    inputs: Digest
    segments: int = 0

    def __repr__(self) -> str:
        return f"Parcel({self.sha256[:12]})"


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a route's chain of attestations."""

    route: str
    position: int
    previous: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What an attestation is made from, read in the transaction that keeps it.

    Attributes:
        judged: The releases that were judged, as ``attestation.judged_text`` spelt.
        inputs: The HMAC of what was rendered with.
    """

    delivery: Delivery
    inputs: Digest
    segments: int
    judged: str
    decisions: tuple[Decision, ...]
    receipt: Receipt
    sent_at: datetime
    link: Link


Attest: TypeAlias = Callable[[Sent], bytes]


class Refusal(StrEnum):
    """Why a claim was not granted."""

    LOST = "lost"  # a stop, new facts, a newer release, another worker, the deadline
    THROTTLED = "throttled"


class Outbox(Protocol):
    """Moves deliveries from ready to sent; each move is one compare-and-swap."""

    def open_chunk(self, chunk: str, worker: str, now: datetime) -> OpenChunk | None:
        """Take a chunk in hand: its epoch goes up, so nobody else may write.

        What a former worker was sending is in doubt from here on. None for a chunk that
        is done or strange.
        """

    def claim(
        self,
        delivery: Delivery,
        epoch: int,
        parcel: Parcel,
        route: Route,
        now: datetime,
    ) -> Delivery | Refusal:
        """Begin to send: one UPDATE whose WHERE is the last gate.

        The parcel is kept with it, sealed. Where it is refused nothing was written.
        """

    def claim_again(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """Begin to send a message in doubt once more; None if another one does."""

    def parcel(self, delivery: Delivery) -> Parcel | None:
        """Return the message that was claimed, None where it was erased."""

    def confirm(
        self,
        delivery: Delivery,
        receipt: Receipt,
        attest: Attest,
        *,
        now: datetime,
        reason: Reason = Reason.OK,
        word: Decision | None = None,
    ) -> bool:
        """Say that a claimed message was sent, and keep its attestation, in one.

        A person's ``word`` for it is kept among the decisions. False where the delivery
        is no longer as ``delivery`` says.
        """

    def give_back(
        self,
        delivery: Delivery,
        reason: Reason,
        *,
        until: datetime,
        now: datetime,
        word: Decision | None = None,
    ) -> bool:
        """Let a delivery be judged again at ``until``: it was surely not sent.

        A person's ``word`` for it is kept among the decisions.
        """

    def hurry(self, delivery: Delivery, word: Decision, *, now: datetime) -> bool:
        """Have a held delivery judged at once, with a person's ``word`` for it.

        False where it is not held any more.
        """

    def doubt(self, delivery: Delivery, reason: Reason, *, now: datetime) -> bool:
        """Say that nobody knows whether a claimed message was sent."""

    def ask_later(
        self, delivery: Delivery, reason: Reason, until: datetime | None
    ) -> bool:
        """Leave a delivery in doubt until ``until``; None: until a person decides."""

    def fail(self, delivery: Delivery, reason: Reason, *, now: datetime) -> bool:
        """Say that a delivery was not sent and never will be."""

    def close_chunk(self, chunk: OpenChunk, now: datetime) -> bool:
        """Lay a chunk aside; what it still holds is judged again.

        False where another worker has it by now.
        """
