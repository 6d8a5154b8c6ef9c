"""Proof: from one message back to the signatures, offline and from values alone.

It is given the attestation, the chain that it stands in, the ledger's entries and the
bytes that arrived; it asks no service and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from governance.approval.candidate import Candidate
from governance.approval.verify import verify
from governance.errors import BadSignatureError, UnknownFormatError
from governance.ledger.replay import replay
from governance.ledger.state import EMPTY, LedgerState, Signed
from governance.names import Digest, Fingerprint, SubjectName
from governance.texts import _
from governance.trust.dsse import Envelope
from sync.sending.attestation import (
    Attestation,
    ReleaseLine,
    link_digest,
    read_attestation,
)
from sync.sending.delivery import Delivery


class ProofCode(StrEnum):
    """What a proof says; where the ledger refuses, a verdict's code stands here."""

    PROVEN = "PROVEN"
    BYTES_DIFFER = "BYTES_DIFFER"
    RECORD_DIFFERS = "RECORD_DIFFERS"
    ATTESTATION_BROKEN = "ATTESTATION_BROKEN"
    CHAIN_BROKEN = "CHAIN_BROKEN"
    SERVICE_UNKNOWN = "SERVICE_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a proof is made from.

    Attributes:
        envelope: The attestation as kept.
        chain: The route's attestations from its first up to this one or further.
        entries: The ledger's, the oldest first.
        message: The bytes that arrived; None where nobody has them, and then only the
            attestation is proved.
        record: What the service's database says of it; None where it is not at hand.
    """

    envelope: bytes = field(repr=False)
    chain: Sequence[bytes] = field(repr=False)
    entries: Sequence[bytes] = field(repr=False)
    message: bytes | None = field(default=None, repr=False)
    record: "Record | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the service's database says of a message: the part that it also attested."""

    id: str
    key: str
    message_id: str
    sha256: str
    provider_id: str
    version: int
    closure: str
    journey_step: str
    subject: str
    channel: str

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """Take it from a row of the outbox.

        A row whose key is not its intent's names none, and so agrees with nothing.
        """
        intent = delivery.intent
        return cls(
            id=delivery.id,
            key=delivery.key if delivery.key == intent.key else "",
            message_id=delivery.message_id,
            sha256=delivery.sha256,
            provider_id=delivery.provider_id,
            version=delivery.version,
            closure=delivery.closure,
            journey_step=f"{intent.journey}/{intent.step}",
            subject=f"templates/{intent.template}",
            channel=intent.channel.value,
        )

    @classmethod
    def attested(cls, attestation: Attestation) -> Self:
        """Take it from what the service signed."""
        return cls(
            id=attestation.id,
            key=attestation.key,
            message_id=attestation.message_id,
            sha256=attestation.sha256,
            provider_id=attestation.provider_id,
            version=attestation.template.version,
            closure=attestation.template.closure,
            journey_step=attestation.journey_step,
            subject=attestation.template.subject,
            channel=attestation.channel,
        )


@dataclass(frozen=True, slots=True)
class Approver:
    """Who said yes, and as what."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A code for programs, a reason for people, and what was found on the way.

    Attributes:
        code: A ``ProofCode``, or a verdict's code.
        attestation: None where it could not be read.
        signers: Those whose approvals the release rests on.
    """

    code: str
    reason: str
    attestation: Attestation | None = None
    signers: tuple[Approver, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether everything holds."""
        return self.code == ProofCode.PROVEN


def prove(evidence: Evidence) -> Proof:
    """Follow a message back to those who signed it."""
    try:
        envelope = Envelope.from_bytes(evidence.envelope)
        attestation = read_attestation(envelope.payload)
    except UnknownFormatError as error:
        now = replay(evidence.entries)
        if now.fault is not None:
            return Proof(now.fault.code.value, now.fault.reason)
        return Proof(ProofCode.ATTESTATION_BROKEN, str(error))
    then = _history(evidence.entries, attestation)
    now = then[len(evidence.entries)]
    if now.fault is not None:
        return Proof(now.fault.code.value, now.fault.reason)
    return (
        _service(now, envelope, attestation)
        or _bytes(evidence, attestation)
        or _record(evidence, attestation)
        or _chain(evidence, attestation)
        or _releases(then, attestation)
        or _proven(evidence, now, attestation)
    )


def _service(
    state: LedgerState, envelope: Envelope, attestation: Attestation
) -> Proof | None:
    held = state.keys.get(Fingerprint(envelope.keyid))
    member = state.members.get(held.person) if held else None
    if held is None or member is None or not member.is_service:
        reason = _("{key} is no key of a service that an administrator enrolled.")
        return Proof(
            ProofCode.SERVICE_UNKNOWN, reason.format(key=envelope.keyid), attestation
        )
    if held.stolen_at is not None:
        reason = _("The service's key is no longer believed.")
        return Proof(ProofCode.SERVICE_UNKNOWN, reason, attestation)
    try:
        envelope.check(held.key)
    except BadSignatureError as error:
        return Proof(ProofCode.ATTESTATION_BROKEN, str(error))
    return None


def _bytes(evidence: Evidence, attestation: Attestation) -> Proof | None:
    if evidence.message is None:
        return None
    if sha256(evidence.message).hexdigest() == attestation.sha256:
        return None
    reason = _("The message is not, byte for byte, the one that was sent.")
    return Proof(ProofCode.BYTES_DIFFER, reason, attestation)


def _record(evidence: Evidence, attestation: Attestation) -> Proof | None:
    if evidence.record in {None, Record.attested(attestation)}:
        return None
    reason = _("The database says something else than what the service signed.")
    return Proof(ProofCode.RECORD_DIFFERS, reason, attestation)


def _chain(evidence: Evidence, attestation: Attestation) -> Proof | None:
    """Look at every link up to this one, and at the one after it."""
    position, previous = attestation.position, ""
    problem = _("The route's attestations do not follow one another.")
    broken = Proof(ProofCode.CHAIN_BROKEN, problem, attestation)
    if position >= len(evidence.chain) or (
        evidence.chain[position] != evidence.envelope
    ):
        return broken
    for number, data in enumerate(evidence.chain[: position + 2]):
        try:
            link = read_attestation(Envelope.from_bytes(data).payload)
        except UnknownFormatError:
            return broken
        if (link.position, link.previous) != (number, previous):
            return broken
        previous = link_digest(data)
    return None


def _history(
    entries: Sequence[bytes], attestation: Attestation
) -> Mapping[int, LedgerState]:
    """Replay the ledger once; keep how it was when releases were judged, and is now."""
    lengths = {attestation.template.length, attestation.journey.length, len(entries)}
    state, kept = EMPTY, dict[int, LedgerState]()
    for length in sorted(lengths):
        if 0 <= length <= len(entries):
            state = kept[length] = replay(entries[state.length : length], state)
    return kept


def _releases(
    history: Mapping[int, LedgerState], attestation: Attestation
) -> Proof | None:
    sent_at = datetime.fromisoformat(attestation.sent_at)
    for line in (attestation.template, attestation.journey):
        if not 0 < line.length <= max(history):
            reason = _("The ledger is shorter than the one that was sent by.")
            return Proof("LEDGER_REWOUND", reason, attestation)
        # What was known then decides: a later recall does not make it unsigned.
        then = history[line.length]
        verdict = verify(then, _candidate(line), now=sent_at)
        if not verdict.is_verified:
            return Proof(verdict.code.value, verdict.reason, attestation)
        given = {one.envelope for one in _approvals(then)}
        if not given.issuperset(line.approvals):
            reason = _("The ledger lacks an approval that the service counted.")
            return Proof("QUORUM_MISSING", reason, attestation)
    return None


def _proven(evidence: Evidence, state: LedgerState, attestation: Attestation) -> Proof:
    wanted = set(attestation.template.approvals)
    signers = tuple(
        Approver(signed.person, signed.approval.role)
        for signed in _approvals(state)
        if signed.envelope in wanted
    )
    reason = (
        _("What arrived is, byte for byte, what was signed and sent.")
        if evidence.message is not None
        else _("The service signed that it sent this; the message was not compared.")
    )
    return Proof(ProofCode.PROVEN, reason, attestation, signers)


def _approvals(state: LedgerState) -> tuple[Signed, ...]:
    return tuple(
        signed for change in state.changes.values() for signed in change.approvals
    )


def _candidate(line: ReleaseLine) -> Candidate:
    return Candidate(
        SubjectName(line.subject),
        Digest(line.closure),
        Digest(line.compiled),
        line.version,
    )
