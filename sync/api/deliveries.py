"""What the service says about messages: ids, states, reasons; never a name."""

from datetime import datetime
from typing import Final, Self

import msgspec

from governance.names import Channel, JourneyId, TemplateId
from sync.sending.decision import Decision, Gate, Reason, Verdict
from sync.sending.deliveries import Attested
from sync.sending.delivery import Attempt, Delivery, Round
from sync.sending.delivery import State as State  # noqa: PLC0414 -- callers name it

DELIVERIES: Final = "/v1/deliveries"
DELIVERY: Final = "/v1/deliveries/{id}"
ATTESTATION: Final = "/v1/deliveries/{id}/attestation"
DECISION: Final = "/v1/deliveries/{id}/decision"
ANYWAY: Final = "/v1/deliveries/{id}/anyway"
RECONCILE: Final = "/v1/reconcile"
CHAIN: Final = "/v1/attestations"


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one candidate for one reason.

    Attributes:
        message_id: In angle brackets, as the mail bears it.
        fact: The reason for it: "stage_entered interview 2026-11-24T09:00:00+00:00".
        until: For one that is held: when it is judged again.
        version: Of the release that was sent or judged, 0 before.
        sha256: Of the exact bytes, "" before they were made.
        key: The idempotency key, "" where the row contradicts itself.
        closure: Of the release, "" before.
    """

    id: str
    message_id: str
    candidate: str
    application: str
    template: TemplateId
    channel: Channel
    journey: JourneyId
    step: str
    fact: str
    state: State
    reason: Reason
    due_at: datetime
    deadline: datetime
    until: datetime | None = None
    route: str = ""
    version: int = 0
    sha256: str = ""
    provider_id: str = ""
    attempts: int = 0
    sent_at: datetime | None = None
    key: str = ""
    closure: str = ""

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """Put a delivery on the wire."""
        intent = delivery.intent
        return cls(
            id=delivery.id,
            message_id=delivery.message_id,
            candidate=intent.candidate,
            application=intent.application,
            template=intent.template,
            channel=intent.channel,
            journey=intent.journey,
            step=intent.step,
            fact=intent.fact,
            state=delivery.state,
            reason=delivery.reason,
            due_at=intent.due_at,
            deadline=intent.deadline,
            until=delivery.until,
            route=delivery.route,
            version=delivery.version,
            sha256=delivery.sha256,
            provider_id=delivery.provider_id,
            attempts=delivery.attempts,
            sent_at=delivery.sent_at,
            key=delivery.key if delivery.key == intent.key else "",
            closure=delivery.closure,
        )


class Deliveries(msgspec.Struct, frozen=True):
    """A stretch of messages, the oldest first.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
        counts: State → how many there are in all.
    """

    deliveries: tuple[DeliveryRow, ...]
    next: str = ""
    counts: dict[str, int] = {}


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one gate said."""

    gate: Gate
    verdict: Verdict
    reason: Reason
    inputs: str
    until: datetime | None = None
    detail: str = ""

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """Put a decision on the wire."""
        return msgspec.convert(decision, type=cls, from_attributes=True)


class RoundRow(msgspec.Struct, frozen=True):
    """All gates at one moment."""

    at: datetime
    decisions: tuple[DecisionRow, ...]

    @classmethod
    def of(cls, round_: Round) -> Self:
        """Put a judging on the wire."""
        return cls(round_.at, tuple(map(DecisionRow.of, round_.decisions)))


class AttemptRow(msgspec.Struct, frozen=True, kw_only=True):
    """One try to send."""

    number: int
    worker: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """Put an attempt on the wire."""
        return msgspec.convert(attempt, type=cls, from_attributes=True)


class DeliveryDetail(msgspec.Struct, frozen=True):
    """One message with all that was decided and tried.

    Attributes:
        is_attested: Whether there is a proof to fetch.
    """

    delivery: DeliveryRow
    rounds: tuple[RoundRow, ...] = ()
    attempts: tuple[AttemptRow, ...] = ()
    is_attested: bool = False


class AttestationAnswer(msgspec.Struct, frozen=True):
    """The proof of one message.

    Attributes:
        position: From 0, in its route's chain.
        envelope: The signed bytes, exactly as kept.
    """

    delivery: str
    route: str
    position: int
    envelope: bytes

    @classmethod
    def of(cls, attested: Attested) -> Self:
        """Put a proof on the wire."""
        return msgspec.convert(attested, type=cls, from_attributes=True)


class Chain(msgspec.Struct, frozen=True):
    """A stretch of a route's proofs, the oldest first."""

    attestations: tuple[AttestationAnswer, ...]


class DecisionWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person found out about a message in doubt.

    Attributes:
        was_sent: If not, it is judged again and may be sent.
    """

    was_sent: bool


class AnywayWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to send a held message now, past what a person may open.

    Attributes:
        why: In a person's words; kept with the message until the candidate is erased.
    """

    why: str

    def __repr__(self) -> str:
        return "AnywayWish()"


class Reconciled(msgspec.Struct, frozen=True):
    """How far a restored database has been compared with the providers.

    Attributes:
        in_doubt: How many messages a person still has to decide about.
    """

    in_doubt: int
