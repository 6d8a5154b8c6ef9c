"""Judging what the service proves of a message: by whoever asked, never by it."""

from collections.abc import Sequence

from sync.api.deliveries import AttestationAnswer, DeliveryRow
from sync.sending.proof import Evidence, Proof, Record, prove

__all__ = ["Proof", "judge"]


def judge(
    attestation: bytes,
    chain: Sequence[AttestationAnswer],
    entries: Sequence[bytes],
    *,
    message: bytes | None = None,
    row: DeliveryRow | None = None,
) -> Proof:
    """Follow a message back to those who signed it.

    Args:
        attestation: The envelope as kept.
        chain: The route's proofs from its first on, at least to the one after this.
        entries: The ledger's, from one's own clone.
        message: The bytes that arrived, None where nobody has them.
        row: What the service's database says of it, None where it is not at hand.
    """
    return prove(
        Evidence(
            envelope=attestation,
            chain=tuple(one.envelope for one in chain),
            entries=entries,
            message=message,
            record=_record(row) if row else None,
        )
    )


def _record(row: DeliveryRow) -> Record:
    return Record(
        id=row.id,
        key=row.key,
        message_id=row.message_id,
        sha256=row.sha256,
        provider_id=row.provider_id,
        version=row.version,
        closure=row.closure,
        journey_step=f"{row.journey}/{row.step}",
        subject=f"templates/{row.template}",
        channel=row.channel.value,
    )
