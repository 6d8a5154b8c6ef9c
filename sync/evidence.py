"""What a service's database says of one message, read where it lies, for auditors.

No service runs for it, and nothing is written: what it returns is judged by
``sync.api.proofs.judge``, which believes none of it.
"""

from pathlib import Path
from typing import Final

import msgspec

from governance.texts import _
from sync.api.deliveries import AttestationAnswer, DeliveryRow
from sync.errors import ServiceRefusedError
from sync.settings.service import read_settings
from sync.store.deliveries import SqlDeliveries
from sync.store.engine import make_engine

_PATIENCE: Final = 5.0  # seconds for a lock on the database
_MOST: Final = 1_000_000  # attestations of one route


class Evidence(msgspec.Struct, frozen=True):
    """What proves a message, as kept.

    Attributes:
        attestation: The signed envelope.
        chain: Its route's attestations, from the first to the one after this.
    """

    row: DeliveryRow
    attestation: bytes
    chain: tuple[AttestationAnswer, ...]


def read_evidence(settings: Path, message: str) -> Evidence:
    """Read the evidence of a message, by its id or Message-ID.

    Raises:
        SettingsError: The settings cannot be used.
        UnknownMessageError: The database knows no such message.
        ServiceRefusedError: Nothing was sent, so there is nothing to prove.
        ExpectedError: The database cannot be read.
    """
    engine = make_engine(read_settings(settings).database, patience=_PATIENCE)
    try:
        deliveries = SqlDeliveries(engine)
        delivery = deliveries.find(message)
        attested = deliveries.attestation(delivery.id)
        if attested is None:
            raise ServiceRefusedError(
                _("Nothing was sent for this message, so there is nothing to prove.")
            )
        chain = deliveries.chain(
            attested.route, limit=min(attested.position + 2, _MOST)
        )
        return Evidence(
            DeliveryRow.of(delivery),
            attested.envelope,
            tuple(map(AttestationAnswer.of, chain)),
        )
    finally:
        engine.dispose()
