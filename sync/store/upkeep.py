"""Finding what the dead left behind, in the service's database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.sending.decision import Reason
from sync.sending.delivery import Delivery, State
from sync.sending.queue import Job, Queue
from sync.store import tables as t
from sync.store.claiming import is_free
from sync.store.docket import SEND_CHUNK
from sync.store.engine import reading, writing
from sync.store.rows import announce, delivery_of, new_id, put
from sync.store.state import CLOCK, moment, note, restored_at

# A wake may wait behind others for longer than a sign of life may.
_WAKES: Final = 4


@dataclass(frozen=True, slots=True)
class SqlUpkeep:
    """Keeps an eye on workers and chunks."""

    engine: sa.Engine
    queue: Queue

    def beat(self, worker: str, now: datetime, patience: timedelta) -> Sequence[str]:
        """Say that ``worker`` lives; return those found dead, each to one finder.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        columns = t.worker.c
        with writing(self.engine) as connection:
            put(connection, t.worker, {"id": worker}, {"seen_at": now})
            high = moment(connection, CLOCK)
            if high is None or now > high:
                note(connection, CLOCK, now.isoformat())
            dead = connection.execute(
                t.worker.delete()
                .where(columns.seen_at < now - patience, columns.id != worker)
                .returning(columns.id)
            ).scalars()
            return tuple(dead)

    def leave(self, worker: str) -> None:
        """Say that ``worker`` ends in good order."""
        with writing(self.engine) as connection:
            connection.execute(t.worker.delete().where(t.worker.c.id == worker))

    def orphans(self, now: datetime, patience: timedelta) -> Sequence[str]:
        """Return open chunks whose worker has gone, or that nobody took in time.

        Single messages whose sender has gone are put in doubt on the way.
        """
        rows, batches = t.delivery.c, t.chunk.c
        is_late = batches.woken_at < now - patience * _WAKES
        orphaned = sa.and_(is_free(now), sa.or_(batches.worker != "", is_late))
        query = (
            sa.select(batches.id)
            .where(batches.closed_at.is_(None), orphaned)
            .order_by(batches.id)
        )
        held = sa.exists().where(
            batches.id == rows.chunk_id, batches.closed_at.is_(None)
        )
        with writing(self.engine) as connection:
            connection.execute(
                t.delivery.update()
                .where(
                    rows.state == State.SENDING.value,
                    rows.claimed_at < now - patience,
                    ~held,
                )
                .values(
                    state=State.IN_DOUBT.value,
                    reason=Reason.IN_DOUBT.value,
                    next_at=now,
                )
            )
            return tuple(connection.scalars(query))

    def wake_chunk(self, chunk: str, now: datetime) -> None:
        """Put a fresh wake for ``chunk`` into the queue."""
        columns = t.chunk.c
        with writing(self.engine) as connection:
            route = connection.execute(
                t.chunk.update()
                .where(columns.id == chunk, columns.closed_at.is_(None))
                .values(worker="", woken_at=now)
                .returning(columns.route)
            ).scalar()
            if route is not None:
                job = Job(f"chunk-{new_id(now)}", SEND_CHUNK, chunk, lane=route)
                self.queue.enqueue_in_tx(connection, job)

    def in_doubt(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what nobody knows about, whose time to ask has come."""
        return self._waiting(State.IN_DOUBT, now, limit)

    def untold(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what was sent and is not yet in the ATS's timeline."""
        return self._waiting(State.SENT, now, limit)

    def told(self, delivery: Delivery, *, again: datetime | None) -> None:
        """Say that the timeline knows, or when to tell it ``again``."""
        rows = t.delivery.c
        with writing(self.engine) as connection:
            connection.execute(
                t.delivery.update()
                .where(rows.id == delivery.id, rows.state == State.SENT.value)
                .values(next_at=again)
            )

    def restored_at(self) -> datetime | None:
        """Say when the service found its database older than it should be."""
        with reading(self.engine) as connection:
            return restored_at(connection)

    def accept_clock(self, now: datetime) -> None:
        """Believe this computer's clock again, on a person's word."""
        with writing(self.engine) as connection:
            note(connection, CLOCK, now.isoformat())
            rows = t.delivery.c
            connection.execute(
                t.delivery.update()
                .where(rows.state == State.HELD.value)
                .values(next_at=now)
            )
            announce(connection, "clock", "", now)

    def _waiting(self, state: State, now: datetime, limit: int) -> Sequence[Delivery]:
        rows = t.delivery.c
        query = (
            sa.select(t.delivery)
            .where(rows.state == state.value, rows.next_at <= now)
            .order_by(rows.next_at)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            found = connection.execute(query).mappings().all()
        return tuple(delivery_of(row) for row in found)
