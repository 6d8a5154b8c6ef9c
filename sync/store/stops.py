"""Stops in the service's database: one that is set holds from the next claim on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sync.sending.delivery import State
from sync.sending.stops import Scope, Stop
from sync.store import tables as t
from sync.store.engine import reading, writing
from sync.store.rows import announce, new_id, stop_of

SERVICE = "service"


@dataclass(frozen=True, slots=True)
class SqlStops:
    """Keeps stops."""

    engine: sa.Engine

    def set(
        self,
        scope: Scope,
        subject: str,
        *,
        reason: str,
        by: str,
        now: datetime,
        until: datetime | None = None,
    ) -> Stop:
        """Stop sending, until somebody lifts it or a moment comes.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing is stopped.
        """
        stop = Stop(new_id(now), scope, subject, reason, by, now, until=until)
        with writing(self.engine) as connection:
            add_stop(connection, stop)
        return stop

    def lift(self, stop: str, *, by: str, now: datetime) -> None:
        """Let a stop go; one that is gone is left alone."""
        with writing(self.engine) as connection:
            lift_stop(connection, stop, by=by, now=now)

    def list(self) -> Sequence[Stop]:
        """Return the stops that hold, the oldest first."""
        with reading(self.engine) as connection:
            return stops_that_hold(connection)


def stops_that_hold(connection: sa.Connection) -> tuple[Stop, ...]:
    """Return the stops that hold, the oldest first."""
    query = (
        sa.select(t.stop).where(t.stop.c.lifted_at.is_(None)).order_by(t.stop.c.set_at)
    )
    return tuple(stop_of(row) for row in connection.execute(query).mappings())


def add_stop(connection: sa.Connection, stop: Stop) -> None:
    """Keep ``stop``."""
    connection.execute(
        t.stop.insert().values(
            id=stop.id,
            scope=stop.scope.value,
            subject=stop.subject,
            reason=stop.reason,
            code=stop.code,
            set_by=stop.by,
            set_at=stop.at,
            until=stop.until,
        )
    )
    announce(connection, "stop", stop.id, stop.at)


def lift_stop(connection: sa.Connection, stop: str, *, by: str, now: datetime) -> None:
    """Let ``stop`` go, and have what it held judged again."""
    connection.execute(
        t.stop.update()
        .where(t.stop.c.id == stop, t.stop.c.lifted_at.is_(None))
        .values(lifted_by=by, lifted_at=now)
    )
    connection.execute(
        t.delivery.update()
        .where(t.delivery.c.state == State.HELD.value)
        .values(next_at=now)
    )
    announce(connection, "stop", stop, now)
