"""The outbox: its rows are the truth, and every write names what it was made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from governance.names import Digest
from sync.candidates.consent import ConsentRecord, Suppression
from sync.candidates.facts import ApplicationId, ApplicationSnapshot, CandidateId
from sync.candidates.ports import Kept
from sync.planning.intent import Intent
from sync.publishing.releases import VerifiedRelease
from sync.sending.decision import Decision, Judgement, Reason
from sync.sending.delivery import Attempt, Delivery, DeliveryId, Round, State
from sync.sending.mailer import Receipt, Route
from sync.sending.stops import Stop


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """A hint that something changed; it carries ids only.

    Attributes:
        source: Who told: the connector's name.
        id: The teller's own id of the telling: the same twice is one.
        kind: The teller's own word, for the record.
        attempts: How often taking it in failed.
    """

    source: str
    id: str
    application: ApplicationId
    kind: str
    occurred_at: datetime
    attempts: int = 0

    @property
    def name(self) -> str:
        """One word that names it."""
        return f"{self.source}:{self.id}"


Planner: TypeAlias = Callable[[ApplicationSnapshot], Sequence[Intent]]


class Inbox(Protocol):
    """Takes in what is told and what is read."""

    def receive(self, event: InboundEvent, now: datetime) -> bool:
        """Keep ``event`` and wake the service, in one transaction.

        Returns whether it was new.

        Raises:
            StoreUnavailableError: It was not kept: the teller should try again.
        """

    def waiting_events(self, now: datetime, limit: int = 200) -> Sequence[InboundEvent]:
        """Return what was told and not taken in, whose time to try has come."""

    def event(self, name: str) -> InboundEvent | None:
        """Return an event that waits, None for one that is done or strange."""

    def take_in(
        self,
        snapshot: ApplicationSnapshot,
        plan: Planner,
        *,
        event: str,
        now: datetime,
    ) -> Kept:
        """Keep ``snapshot``, plan what follows, close ``event``; in one transaction.

        What is planned already stays as it is. ``event`` is "" for a poll.

        Raises:
            ErasedError: The candidate was erased; the event is closed.
        """

    def put_off(self, event: str, *, until: datetime) -> None:
        """Try ``event`` again later."""

    def drop(self, event: str, reason: str) -> None:
        """Close ``event`` without effect."""

    def cursor(self, source: str) -> str:
        """Return where polling ``source`` stands, "" for the beginning."""

    def move_cursor(self, source: str, *, before: str, after: str) -> None:
        """Say how far ``source`` was read; a lost race is left to the winner."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was sent to a candidate or is on its way, for the caps."""

    journey: str
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the database knows about one delivery, read in one moment.

    Attributes:
        kept: None where the candidate was erased.
        past: The last 31 days, without the delivery itself.
        spent: Route → messages of the last day.
        clock_high: The latest time that any worker has seen.
        since: When this service began to watch the ATS.
    """

    delivery: Delivery
    kept: Kept | None
    consents: tuple[ConsentRecord, ...]
    suppressions: tuple[Suppression, ...]
    past: tuple[Past, ...]
    stops: tuple[Stop, ...]
    spent: Mapping[str, int]
    clock_high: datetime | None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A delivery with its judgement, and what it was judged by."""

    delivery: Delivery
    judgement: Judgement
    release: VerifiedRelease | None
    journey: VerifiedRelease | None
    revision: int
    route: str


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


@dataclass(frozen=True, slots=True)
class Attested:
    """An attestation as kept.

    Attributes:
        envelope: The signed bytes.
        position: From 0, in its route's chain.
    """

    delivery: DeliveryId
    route: str
    position: int
    envelope: bytes


class Docket(Protocol):
    """What is to be judged, and what the judge said."""

    def due(
        self,
        now: datetime,
        limit: int = 200,
        *,
        application: ApplicationId | None = None,
    ) -> Sequence[Dossier]:
        """Return what is to be judged now, the longest due first.

        One delivery for each candidate: the next has to wait for its turn.
        """

    def settle(self, judged: Sequence[Judged], now: datetime) -> int:
        """Record judgements; what may go is put into chunks, with a wake for each.

        Who was judged by another worker meanwhile is left alone. A judgement like the
        one before is not recorded twice. Returns how many may go.
        """

    def note_releases(self, releases: Sequence[VerifiedRelease]) -> None:
        """Say what is in force: a claim compares with it. Older news change nothing."""

    def recheck(self, now: datetime) -> None:
        """Let everything that is held be judged again at once."""


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


class Upkeep(Protocol):
    """Finds what the dead left behind."""

    def beat(self, worker: str, now: datetime, patience: timedelta) -> Sequence[str]:
        """Say that ``worker`` lives; return those found dead, each to one finder."""

    def leave(self, worker: str) -> None:
        """Say that ``worker`` ends in good order."""

    def orphans(self, now: datetime, patience: timedelta) -> Sequence[str]:
        """Return open chunks whose worker has gone, or that nobody took in time.

        Single messages whose sender has gone are put in doubt on the way.
        """

    def wake_chunk(self, chunk: str, now: datetime) -> None:
        """Put a fresh wake for ``chunk`` into the queue."""

    def in_doubt(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what nobody knows about, whose time to ask has come."""

    def untold(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what was sent and is not yet in the ATS's timeline."""

    def told(self, delivery: Delivery, *, again: datetime | None) -> None:
        """Say that the timeline knows, or when to tell it ``again``."""

    def restored_at(self) -> datetime | None:
        """Say when the service found its database older than it should be."""

    def accept_clock(self, now: datetime) -> None:
        """Believe this computer's clock again, on a person's word."""


class Deliveries(Protocol):
    """What there is to read about deliveries, for people."""

    def list(
        self,
        after: str = "",
        limit: int = 200,
        *,
        state: State | None = None,
        candidate: CandidateId | None = None,
    ) -> Sequence[Delivery]:
        """Return deliveries, the oldest first."""

    def find(self, text: str) -> Delivery:
        """Return the delivery of an id, an idempotency key or a Message-ID.

        Raises:
            UnknownMessageError: There is none.
        """

    def rounds(self, delivery: DeliveryId) -> Sequence[Round]:
        """Return how it was judged, the oldest first."""

    def attempts(self, delivery: DeliveryId) -> Sequence[Attempt]:
        """Return the tries to send it, the oldest first."""

    def attestation(self, delivery: DeliveryId) -> Attested | None:
        """Return the proof, None where nothing was sent."""

    def chain(
        self, route: str, after: int = -1, limit: int = 200
    ) -> Sequence[Attested]:
        """Return a route's proofs, the oldest first."""

    def counts(self) -> Mapping[State, int]:
        """Return how many there are of each state."""
