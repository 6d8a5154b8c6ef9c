"""What the database knows about itself."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from sync.store import tables as t
from sync.store.rows import put

IDENTITY = "identity"
KEY = "key"
CLOCK = "clock_high"
RESTORED = "restored_at"
SINCE = "watching_since"

_GET: Final = sa.select(t.meta.c.value).where(t.meta.c.name == sa.bindparam("b_name"))


def get(connection: sa.Connection, name: str) -> str:
    """Return a note, "" for none."""
    return connection.execute(_GET, {"b_name": name}).scalar() or ""


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
