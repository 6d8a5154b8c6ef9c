"""What the database knows about itself."""

from datetime import datetime

import sqlalchemy as sa

from sync.store import tables as t
from sync.store.rows import put

IDENTITY = "identity"
KEY = "key"
CLOCK = "clock_high"
RESTORED = "restored_at"


def get(connection: sa.Connection, name: str) -> str:
    """Return a note, "" for none."""
    query = sa.select(t.meta.c.value).where(t.meta.c.name == name)
    return connection.execute(query).scalar() or ""


def note(connection: sa.Connection, name: str, value: str) -> None:
    """Write a note."""
    put(connection, t.meta, {"name": name}, {"value": value})


def moment(connection: sa.Connection, name: str) -> datetime | None:
    """Return a note that is a moment."""
    text = get(connection, name)
    return datetime.fromisoformat(text) if text else None


def restored_at(connection: sa.Connection) -> datetime | None:
    """Return when the database was last found to be older than it should be."""
    return moment(connection, RESTORED)
