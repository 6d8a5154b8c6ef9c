"""Where the practice systems keep what they know: a SQLite file of their own.

What was acknowledged is on the disk, so a restart loses nothing.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Final, TypeVar

import msgspec

from governance.errors import ExpectedError
from governance.texts import N_, _

Thing = TypeVar("Thing", bound=msgspec.Struct)

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS thing (
    kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
);
CREATE TABLE IF NOT EXISTS change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS once (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS note (
    number INTEGER PRIMARY KEY AUTOINCREMENT, application TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
    webhook TEXT NOT NULL, sequence INTEGER NOT NULL, attempts INTEGER NOT NULL,
    due REAL NOT NULL, PRIMARY KEY (webhook, sequence)
);
CREATE TABLE IF NOT EXISTS mail (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL,
    body BLOB NOT NULL, raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS mail_message_id ON mail (message_id);
CREATE TABLE IF NOT EXISTS recipient (
    mail INTEGER NOT NULL, address TEXT NOT NULL, PRIMARY KEY (address, mail)
);
"""


class RecordsUnusableError(ExpectedError):
    """The sandbox's file cannot be used."""

    remedy = N_(
        "Is another sandbox running on this folder? Else move the file away: the "
        "sandbox begins anew with made-up candidates."
    )


class Records:
    """The sandbox's file; any thread may use it, one at a time."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                path, timeout=5, isolation_level=None, check_same_thread=False
            )
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = FULL")
            self._file.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise RecordsUnusableError(
                _("The sandbox's file {path} cannot be used: {reason}.").format(
                    path=path, reason=error
                )
            ) from error
        self._lock = RLock()
        self._depth = 0

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what happens inside happen whole or not at all; may be nested."""
        with self._lock:
            if self._depth == 0:
                self._file.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._file.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._file.execute("COMMIT")

    def execute(self, statement: str, *values: object) -> Sequence[tuple[object, ...]]:
        """Run one statement and return its rows."""
        with self._lock:
            cursor = self._file.execute(statement, values)
            return cursor.fetchall()

    def insert(self, statement: str, *values: object) -> int:
        """Insert a row, and return its number."""
        with self._lock:
            number = self._file.execute(statement, values).lastrowid
        assert number is not None, "a number column makes one"
        return number

    def put(self, id_: str, thing: msgspec.Struct) -> None:
        """Keep ``thing`` under ``id_``, in place of an older one."""
        self.execute(
            "INSERT OR REPLACE INTO thing VALUES (?, ?, ?)",
            type(thing).__name__,
            id_,
            msgspec.json.encode(thing),
        )

    def get(self, kind: type[Thing], id_: str) -> Thing | None:
        """Return what is kept under ``id_``."""
        statement = "SELECT body FROM thing WHERE kind = ? AND id = ?"
        rows = self.execute(statement, kind.__name__, id_)
        return decoded(rows[0][0], kind) if rows else None

    def all(
        self, kind: type[Thing], *, after: str = "", limit: int = -1
    ) -> tuple[Thing, ...]:
        """Return what is kept of a kind, in the order of the ids."""
        statement = (
            "SELECT body FROM thing WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
        )
        rows = self.execute(statement, kind.__name__, after, limit)
        return tuple(decoded(row[0], kind) for row in rows)

    def drop(self, kind: type[Thing], id_: str) -> None:
        """Forget what is kept under ``id_``."""
        statement = "DELETE FROM thing WHERE kind = ? AND id = ?"
        self.execute(statement, kind.__name__, id_)


def decoded(body: object, kind: type[Thing]) -> Thing:
    """Read a column that this file wrote."""
    assert isinstance(body, bytes), "bodies are written as bytes"
    return msgspec.json.decode(body, type=kind)
