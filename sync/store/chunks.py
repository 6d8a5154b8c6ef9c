"""Chunks: the batches that workers take in hand, one epoch after the other."""

from datetime import datetime

import sqlalchemy as sa

from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.outbox import OpenChunk
from sync.store import tables as t
from sync.store.claiming import is_free
from sync.store.rows import delivery_of


def take_chunk(
    connection: sa.Connection, chunk: str, worker: str, now: datetime
) -> OpenChunk | None:
    """Take a chunk in hand; None for one that is done, strange or somebody else's."""
    rows, batches = t.delivery.c, t.chunk.c
    opened = connection.execute(
        t.chunk.update()
        .where(batches.id == chunk, batches.closed_at.is_(None), is_free(now))
        .values(epoch=batches.epoch + 1, worker=worker, woken_at=now)
        .returning(batches.epoch, batches.route)
    ).first()
    if opened is None:
        return None
    connection.execute(
        t.delivery.update()
        .where(rows.chunk_id == chunk, rows.state == State.SENDING.value)
        .values(
            state=State.IN_DOUBT.value,
            reason=Reason.IN_DOUBT.value,
            next_at=now,
        )
    )
    query = (
        sa.select(t.delivery)
        .where(rows.chunk_id == chunk, rows.state == State.READY.value)
        .order_by(rows.due_at, rows.id)
    )
    found = connection.execute(query).mappings().all()
    deliveries = tuple(delivery_of(row) for row in found)
    return OpenChunk(chunk, opened.route, opened.epoch, deliveries)


def lay_chunk_aside(connection: sa.Connection, chunk: OpenChunk, now: datetime) -> bool:
    """Lay a chunk aside; False where another worker has it by now."""
    rows, batches = t.delivery.c, t.chunk.c
    won = connection.execute(
        t.chunk.update()
        .where(batches.id == chunk.id, batches.epoch == chunk.epoch)
        .values(closed_at=now)
    ).rowcount
    if won:
        connection.execute(
            t.delivery.update()
            .where(rows.chunk_id == chunk.id, rows.state == State.READY.value)
            .values(state=State.PLANNED.value, next_at=now, chunk_id="")
        )
    return bool(won)
