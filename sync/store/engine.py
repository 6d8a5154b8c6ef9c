"""Engines and transactions: durable on SQLite, translated at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from governance.texts import _
from sync.errors import StoreBrokenError, StoreUnavailableError

# FULL: a claim that was confirmed to us survives a loss of power.
# secure_delete: what is erased is overwritten; for what that misses see ``erasure``.
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
)

_READING: Final = "countersign_reading"

_BROKEN: Final = ("malformed", "not a database", "disk image", "corrupt")


def make_engine(url: str, *, patience: float = 30.0) -> sa.Engine:
    """Return an engine whose transactions begin as writers, unless they say else.

    Args:
        url: SQLAlchemy's, "sqlite:///…" or "postgresql+psycopg://…".
        patience: Seconds to wait for a lock that somebody else holds.
    """
    if not url.startswith("sqlite"):
        return _engine(url)
    engine = _engine(url)

    @event.listens_for(engine, "connect")
    def prepare(raw: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver begins transactions on its own and too late: we begin them.
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout={round(patience * 1000)}")
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        is_reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    return engine


def engine_for_queue(url: str) -> sa.Engine:
    """Return an engine as DBOS expects it: it begins its transactions itself."""
    if not url.startswith("sqlite"):
        return _engine(url)
    engine = _engine(url)

    @event.listens_for(engine, "connect")
    def prepare(raw: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        raw.isolation_level = "IMMEDIATE"
        raw.execute("PRAGMA busy_timeout=30000")
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    return engine


def _engine(url: str) -> sa.Engine:
    # What was written is in no error and no log.
    return sa.create_engine(url, pool_size=20, max_overflow=10, hide_parameters=True)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that writes; it commits at the end, or nothing happened.

    Raises:
        StoreUnavailableError: The database is locked, full or away.
        StoreBrokenError: It cannot be read.
    """
    with translated(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that reads, all of it at one moment.

    Raises:
        StoreUnavailableError: The database is locked or away.
        StoreBrokenError: It cannot be read.
    """
    with (
        translated(),
        engine.connect().execution_options(**{_READING: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Say in our words what the database says in its own.

    Raises:
        StoreUnavailableError: It is locked, full or away.
        StoreBrokenError: It cannot be read.
    """
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        raise _said(error.orig) from error
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DatabaseError as error:
        raise _said(error.orig) from error
    except SqliteError as error:  # where we speak with the driver ourselves
        raise _said(error) from error


def _said(error: BaseException | None) -> StoreBrokenError | StoreUnavailableError:
    # The driver's own words only: SQLAlchemy's text would quote what was written.
    words = str(error).lower()
    if any(word in words for word in _BROKEN):
        return StoreBrokenError(_("The service's database is damaged."))
    if "full" in words:
        return StoreUnavailableError(
            _("There is no room left for the service's database.")
        )
    if "locked" in words:
        return StoreUnavailableError(_("Another program holds the service's database."))
    return StoreUnavailableError(
        _("The service's database cannot be used: {reason}").format(reason=words)
    )
