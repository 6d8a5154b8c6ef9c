"""Plain records by kind and id, for rooms that need no tables of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sync.store import tables as t
from sync.store.engine import reading, writing
from sync.store.rows import announce, insert_new


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        version: Counts its changes from 1; a write names the one it read.
        data: Whatever the room that owns the kind spells; no personal data.
    """

    kind: str
    id: str
    version: int
    data: bytes
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SqlRecords:
    """Keeps records: publications, operations, logins."""

    engine: sa.Engine

    def read(self, kind: str, name: str) -> Record | None:
        """Return a record, None where there is none."""
        query = sa.select(t.record).where(
            t.record.c.kind == kind, t.record.c.id == name
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return Record(*row) if row else None

    def list(self, kind: str, after: str = "", limit: int = 200) -> Sequence[Record]:
        """Return records of a kind, in the order of their ids."""
        columns = t.record.c
        query = (
            sa.select(t.record)
            .where(columns.kind == kind, columns.id > after)
            .order_by(columns.id)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return tuple(Record(*row) for row in connection.execute(query))

    def write(
        self, kind: str, name: str, data: bytes, *, after: int, now: datetime
    ) -> bool:
        """Write a record where it still is of version ``after``; 0 for a new one.

        Returns whether it was written: False for a lost race.
        """
        columns = t.record.c
        values: dict[str, object] = {
            "version": after + 1,
            "data": data,
            "updated_at": now,
        }
        with writing(self.engine) as connection:
            if after == 0:
                row: dict[str, object] = {"kind": kind, "id": name, **values}
                won = insert_new(connection, t.record, [row])
            else:
                won = connection.execute(
                    t.record.update()
                    .where(
                        columns.kind == kind,
                        columns.id == name,
                        columns.version == after,
                    )
                    .values(values)
                ).rowcount
            if won:
                announce(connection, "record", f"{kind}/{name}", now)
        return bool(won)

    def forget(self, kind: str, *, before: datetime) -> int:
        """Delete records of a kind that were last written before a moment."""
        columns = t.record.c
        with writing(self.engine) as connection:
            return connection.execute(
                t.record.delete().where(
                    columns.kind == kind, columns.updated_at < before
                )
            ).rowcount
