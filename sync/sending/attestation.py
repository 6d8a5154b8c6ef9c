"""The attestation: what the service signs for every message that it sent."""

from collections.abc import Callable
from typing import ClassVar, Final, Literal

import msgspec

from governance.errors import UnknownFormatError
from governance.names import Digest
from governance.texts import _
from governance.trust.canonical import canonical, digest, read_canonical
from governance.trust.dsse import seal
from governance.trust.keys import SigningKey
from sync.publishing.releases import VerifiedRelease
from sync.sending.decision import stamp
from sync.sending.outbox import Sent

_TYPE: Final = "https://in-toto.io/Statement/v1"
_KIND: Final = "https://countersign.example/attestation/v1"


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all tables share: an unknown word is refused."""


class ReleaseLine(_Strict, frozen=True):
    """A release as it was in force when the message was judged."""

    subject: str
    version: int
    closure: str
    compiled: str
    policy: str
    approvals: tuple[str, ...]
    tag: str
    tip: str
    length: int


class Judged(_Strict, frozen=True):
    """The two releases behind every message."""

    template: ReleaseLine
    journey: ReleaseLine


class GateLine(_Strict, frozen=True):
    """One gate's decision."""

    gate: str
    verdict: str
    reason: str
    inputs: str


class Attestation(_Strict, frozen=True):
    """What is claimed of one message.

    Attributes:
        sha256: Of the exact bytes that were handed to the provider.
        inputs: The HMAC of the merge fields' values; only the service can repeat it.
        position: In the route's chain, from 0.
        previous: The digest of the attestation before, "" for the first.
        seen: "sent" or, for one that was in doubt, "found" at the provider.
    """

    KIND: ClassVar[str] = _KIND

    id: str
    key: str
    message_id: str
    workspace: str
    journey_step: str
    channel: str
    template: ReleaseLine
    journey: ReleaseLine
    gates: tuple[GateLine, ...]
    inputs: str
    sha256: str
    segments: int
    route: str
    provider: str
    provider_id: str
    sent_at: str
    seen: Literal["sent", "found", "told"]
    position: int
    previous: str


class _Subject(_Strict, frozen=True):
    name: str
    digest: dict[str, str]


class _Statement(_Strict, frozen=True):
    type: Literal["https://in-toto.io/Statement/v1"] = msgspec.field(name="_type")
    subject: tuple[_Subject]
    predicate_type: str = msgspec.field(name="predicateType")
    predicate: Attestation


def line_of(release: VerifiedRelease) -> ReleaseLine:
    """Return what is said of ``release``."""
    return ReleaseLine(
        subject=release.subject,
        version=release.version,
        closure=release.closure,
        compiled=release.compiled,
        policy=release.policy,
        approvals=tuple(release.approvals),
        tag=release.tag,
        tip=release.tip,
        length=release.length,
    )


def judged_text(template: VerifiedRelease, journey: VerifiedRelease) -> str:
    """Spell the releases that a message was judged by, for keeping with it."""
    judged = Judged(template=line_of(template), journey=line_of(journey))
    return canonical(msgspec.to_builtins(judged)).decode()


def attestation_bytes(attestation: Attestation) -> bytes:
    """Spell ``attestation`` as the statement that is signed."""
    return canonical(
        {
            "_type": _TYPE,
            "subject": [
                {
                    "name": f"message/{attestation.id}",
                    "digest": {"sha256": attestation.sha256},
                }
            ],
            "predicateType": _KIND,
            "predicate": msgspec.to_builtins(attestation),
        }
    )


def read_attestation(payload: bytes) -> Attestation:
    """Read what ``attestation_bytes`` wrote.

    Raises:
        UnknownFormatError: Anything else, or one of a newer program.
    """
    try:
        statement = msgspec.convert(read_canonical(payload), type=_Statement)
    except msgspec.ValidationError as error:
        raise UnknownFormatError(_("An attestation is of an unknown kind.")) from error
    if attestation_bytes(statement.predicate) != payload:
        raise UnknownFormatError(_("An attestation contradicts itself."))
    return statement.predicate


def link_digest(envelope: bytes) -> Digest:
    """Return what the next attestation of the chain names this one by."""
    return digest(envelope)


def attester(key: SigningKey) -> Callable[[Sent], bytes]:
    """Return what makes and signs attestations with the service's ``key``."""

    def attest(sent: Sent) -> bytes:
        return seal(attestation_bytes(_attestation(sent)), key).to_bytes()

    return attest


_SEEN: Final[dict[str, Literal["sent", "found", "told"]]] = {
    "FOUND_AT_PROVIDER": "found",
    "DECIDED_BY_PERSON": "told",
}


def _attestation(sent: Sent) -> Attestation:
    delivery, intent = sent.delivery, sent.delivery.intent
    judged = msgspec.json.decode(sent.judged, type=Judged)
    return Attestation(
        id=delivery.id,
        key=delivery.key,
        message_id=delivery.message_id,
        workspace=intent.workspace,
        journey_step=f"{intent.journey}/{intent.step}",
        channel=intent.channel,
        template=judged.template,
        journey=judged.journey,
        gates=tuple(
            GateLine(
                gate=decision.gate,
                verdict=decision.verdict,
                reason=decision.reason,
                inputs=decision.inputs,
            )
            for decision in sent.decisions
        ),
        inputs=sent.inputs,
        sha256=delivery.sha256,
        segments=sent.segments,
        route=sent.link.route,
        provider=sent.receipt.provider,
        provider_id=sent.receipt.provider_id,
        sent_at=stamp(sent.sent_at),
        seen=_SEEN.get(delivery.reason, "sent"),
        position=sent.link.position,
        previous=sent.link.previous,
    )
