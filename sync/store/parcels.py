"""Parcels: the messages that were claimed, sealed with the candidate's key."""

import msgspec
import sqlalchemy as sa

from governance.names import Digest
from governance.texts import _
from sync.errors import StoreBrokenError
from sync.sending.delivery import Delivery
from sync.sending.outbox import Parcel
from sync.store import tables as t
from sync.store.candidates import keys_of
from sync.store.rows import put
from sync.store.sealing import Sealer


class _Sealed(msgspec.Struct, frozen=True):
    """A parcel before it is sealed."""

    recipient: str
    sender: str
    body: bytes
    sha256: str
    inputs: str
    segments: int


def keep_parcel(
    connection: sa.Connection, sealer: Sealer, delivery: Delivery, parcel: Parcel
) -> bool:
    """Keep ``parcel``; False where the candidate was erased."""
    candidate = delivery.intent.candidate
    key = keys_of(connection, sealer, [candidate]).get(candidate)
    if key is None:
        return False
    data = msgspec.msgpack.encode(
        _Sealed(
            parcel.recipient,
            parcel.sender,
            parcel.body,
            parcel.sha256,
            parcel.inputs,
            parcel.segments,
        )
    )
    sealed = key.seal(data, _place(delivery))
    put(connection, t.parcel, {"delivery_id": delivery.id}, {"sealed": sealed})
    return True


def parcel_of(
    connection: sa.Connection, sealer: Sealer, delivery: Delivery
) -> Parcel | None:
    """Return the message that was claimed, None where it was erased.

    Raises:
        WrongStoreKeyError: It was sealed by another key.
        StoreBrokenError: It was opened and is no parcel.
    """
    candidate = delivery.intent.candidate
    query = sa.select(t.parcel.c.sealed).where(t.parcel.c.delivery_id == delivery.id)
    sealed = connection.execute(query).scalar()
    key = keys_of(connection, sealer, [candidate]).get(candidate)
    if sealed is None or key is None:
        return None
    data = key.open(sealed, _place(delivery))
    try:
        found = msgspec.msgpack.decode(data, type=_Sealed)
    except msgspec.MsgspecError as error:
        raise StoreBrokenError(_("A stored message cannot be read.")) from error
    return Parcel(
        recipient=found.recipient,
        sender=found.sender,
        body=found.body,
        sha256=Digest(found.sha256),
        inputs=Digest(found.inputs),
        segments=found.segments,
    )


def _place(delivery: Delivery) -> str:
    return f"parcel/sealed/{delivery.id}"
