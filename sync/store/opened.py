"""The store, opened: everything that the service keeps, wired over one database."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from governance.texts import _
from sync.errors import WrongStoreKeyError
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.queue import Queue
from sync.sending.stops import Scope, Stop
from sync.store import state
from sync.store import tables as t
from sync.store.candidates import SqlCandidates
from sync.store.dbos_pickles import forbid_pickles
from sync.store.dbos_queue import DbosQueue
from sync.store.deliveries import SqlDeliveries
from sync.store.docket import SqlDocket
from sync.store.engine import make_engine, reading, writing
from sync.store.erasure import clear_erased
from sync.store.inbox import SqlInbox
from sync.store.marker import Marker
from sync.store.outbox import SqlOutbox
from sync.store.records import SqlRecords
from sync.store.rows import new_id
from sync.store.schema import is_current
from sync.store.sealing import Sealer
from sync.store.stops import SERVICE, SqlStops, add_stop, stops_that_hold
from sync.store.upkeep import SqlUpkeep

RESTORED: Final = "RESTORED"


@dataclass(frozen=True, slots=True)
class Store:
    """All rooms of the service's database."""

    engine: sa.Engine
    queue: Queue
    sealer: Sealer
    candidates: SqlCandidates
    inbox: SqlInbox
    docket: SqlDocket
    outbox: SqlOutbox
    upkeep: SqlUpkeep
    deliveries: SqlDeliveries
    stops: SqlStops
    records: SqlRecords
    marker: Marker | None

    def mark(self) -> None:
        """Note beside the database how far it is.

        Raises:
            StoreUnavailableError: The note or the database cannot be used.
        """
        if self.marker is not None:
            with reading(self.engine) as connection:
                identity, seq = _position(connection)
            self.marker.write(identity, seq)

    def clear_erased(self) -> bool:
        """Take what was erased out of all files; False where that has to wait.

        Raises:
            StoreUnavailableError: The database is locked, full or away.
            StoreBrokenError: It, or a backup beside it, cannot be read.
        """
        return clear_erased(self.engine)

    def close(self) -> None:
        """Let go of the database; the queue is stopped before."""
        self.engine.dispose()


def open_store(
    url: str,
    sealer: Sealer,
    *,
    domain: str,
    worker: str,
    now: datetime,
    marker: Path | None = None,
    queue: Queue | None = None,
    patience: float = 30.0,
) -> Store:
    """Open the database, bring it to this program's schema, and look whether it is old.

    Args:
        url: "sqlite:////folder/service.sqlite" or "postgresql+psycopg://…".
        sealer: The key above all keys of candidates.
        domain: Of the Message-IDs.
        worker: Who this process is, unique for ever.
        now: The time of opening.
        marker: Where to note how far the database is; None to do without.
        queue: Another queue than DBOS, for tests.
        patience: Seconds to wait for a lock.

    Raises:
        StoreTooNewError: A newer program wrote it; nothing was changed.
        StoreBrokenError: It cannot be read, or is no database of ours.
        StoreUnavailableError: It is locked, full or away.
        WrongStoreKeyError: The personal data was sealed with another key.
    """
    engine = make_engine(url, patience=patience)
    if not is_current(engine):
        from sync.store.migrate import migrate  # noqa: PLC0415 -- seldom, and slow to load

        migrate(engine)
    note = Marker(marker) if marker else None
    _look(engine, sealer, note, now)
    if queue is None:
        forbid_pickles()
        durable = DbosQueue(url, worker)
        durable.open()
        queue = durable
    store = Store(
        engine=engine,
        queue=queue,
        sealer=sealer,
        candidates=SqlCandidates(engine, sealer),
        inbox=SqlInbox(engine, sealer, queue, domain),
        docket=SqlDocket(engine, sealer, queue),
        outbox=SqlOutbox(engine, sealer),
        upkeep=SqlUpkeep(engine, queue),
        deliveries=SqlDeliveries(engine),
        stops=SqlStops(engine),
        records=SqlRecords(engine),
        marker=note,
    )
    store.mark()
    return store


def _look(
    engine: sa.Engine, sealer: Sealer, marker: Marker | None, now: datetime
) -> None:
    with writing(engine) as connection:
        if not state.get(connection, state.IDENTITY):
            state.note(connection, state.IDENTITY, new_id(now))
            state.note(connection, state.KEY, sealer.fingerprint)
            state.note(connection, state.SINCE, now.isoformat())
        if not sealer.knows(state.get(connection, state.KEY)):
            raise WrongStoreKeyError(
                _("The service's database was made with another key.")
            )
        if marker is not None and marker.is_ahead_of(*_position(connection)):
            _pause(connection, now)


def _pause(connection: sa.Connection, now: datetime) -> None:
    """Send nothing, and put in doubt what may have been sent already."""
    rows = t.delivery.c
    state.note(connection, state.RESTORED, now.isoformat())
    unsent = [State.PLANNED, State.HELD, State.READY, State.SENDING]
    connection.execute(
        t.delivery.update()
        .where(rows.state.in_([item.value for item in unsent]), rows.due_at <= now)
        .values(state=State.IN_DOUBT.value, reason=Reason.RESTORED.value, next_at=now)
    )
    connection.execute(
        t.chunk.update().where(t.chunk.c.closed_at.is_(None)).values(closed_at=now)
    )
    if not any(stop.code == RESTORED for stop in stops_that_hold(connection)):
        reason = _("The database is older than what was seen of it.")
        stop = Stop(new_id(now), Scope.ALL, "", reason, SERVICE, now, RESTORED)
        add_stop(connection, stop)


def _position(connection: sa.Connection) -> tuple[str, int]:
    query = sa.select(sa.func.coalesce(sa.func.max(t.change.c.seq), 0))
    seq = connection.execute(query).scalar_one()
    return state.get(connection, state.IDENTITY), seq
