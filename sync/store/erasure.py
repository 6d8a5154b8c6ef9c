"""Erasure: a candidate's key goes, and then every copy that files still hold of it.

SQLite leaves old bytes in the write-ahead log until a checkpoint, and, even with
``secure_delete``, in the gaps of pages that were once split. So the log is emptied at
once, and a chore rewrites the file and looks that nothing is left behind a reader.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from governance.trust.canonical import digest
from sync.candidates.facts import CandidateId
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.store import state
from sync.store import tables as t
from sync.store.engine import reading, translated, writing
from sync.store.rounds import forget_whys
from sync.store.rows import announce

_PENDING: Final = "erasure_pending"
_MOMENT: Final = 200  # milliseconds to wait for somebody who reads an old state
_UNSENT: Final = (State.PLANNED.value, State.HELD.value, State.READY.value)


def erase(
    connection: sa.Connection,
    candidate: CandidateId,
    now: datetime,
    proof: bytes = b"",
) -> None:
    """Destroy the key of ``candidate``, and what only the key could open."""
    people, jobs, rows = t.candidate.c, t.application.c, t.delivery.c
    erased = connection.execute(
        t.candidate.update()
        .where(people.id == candidate, people.erased_at.is_(None))
        .values(wrapped_key=None, email_index=None, phone_index=None, erased_at=now)
    )
    if erased.rowcount and proof:
        state.note(connection, _proof_name(candidate), proof.decode())
    connection.execute(
        t.application.update()
        .where(jobs.candidate_id == candidate)
        .values(facts=None, revision=jobs.revision + 1)
    )
    sent = sa.select(rows.id).where(rows.candidate_id == candidate)
    forget_whys(connection, sent)
    connection.execute(t.parcel.delete().where(t.parcel.c.delivery_id.in_(sent)))
    connection.execute(
        t.delivery.update()
        .where(rows.candidate_id == candidate, rows.state.in_(_UNSENT))
        .values(
            state=State.SKIPPED.value,
            reason=Reason.ERASED.value,
            until=None,
            next_at=None,
        )
    )
    state.note(connection, _PENDING, f"{now.isoformat()} {candidate}")
    announce(connection, "candidate", candidate, now)


def proof_of(connection: sa.Connection, candidate: CandidateId) -> bytes:
    """Return what says who erased ``candidate``, b"" where nothing does."""
    return state.get(connection, _proof_name(candidate)).encode()


def _proof_name(candidate: CandidateId) -> str:
    return f"erased {digest(candidate.encode())[:32]}"  # a name has room for 40


def empty_log(engine: sa.Engine) -> bool:
    """Empty SQLite's write-ahead log; False where somebody still reads from it.

    Raises:
        StoreUnavailableError: The database cannot be used.
    """
    if engine.dialect.name != "sqlite":
        return True  # a server keeps a log of its own, and backups that expire
    with translated():
        is_busy = _outside(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    return not is_busy


def clear_erased(engine: sa.Engine) -> bool:
    """Take what was erased out of all files; False where that has to wait.

    Raises:
        StoreUnavailableError: The database is locked, full or away.
        StoreBrokenError: It, or a backup beside it, cannot be read.
    """
    with reading(engine) as connection:
        pending = state.get(connection, _PENDING)
        gone = sa.select(t.candidate.c.id).where(t.candidate.c.erased_at.is_not(None))
        erased = list(connection.scalars(gone)) if pending else []
    if not pending:
        return True
    with translated():
        if engine.dialect.name == "sqlite":
            _outside(engine, "VACUUM")
    _clear_backups(engine, erased)
    if not empty_log(engine):
        return False
    with writing(engine) as connection:
        # Who was erased meanwhile is for the next time.
        meta = t.meta.c
        connection.execute(
            t.meta.delete().where(meta.name == _PENDING, meta.value == pending)
        )
    return True


def _clear_backups(engine: sa.Engine, erased: list[str]) -> None:
    """Take the keys of the erased out of what was copied before a migration."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path:
        return
    for backup in Path(path).parent.glob(f"{Path(path).name}.before-*.backup"):
        with translated(), closing(sqlite3.connect(backup)) as copy:
            # Not in WAL, so that nothing is left in a file beside the backup.
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA secure_delete=ON")
            with copy:
                copy.executemany(
                    "UPDATE candidate SET wrapped_key = NULL, email_index = NULL,"
                    " phone_index = NULL WHERE id = ?",
                    [(candidate,) for candidate in erased],
                )
                copy.executemany(
                    "UPDATE decision SET detail = '' WHERE reason = 'SENT_ANYWAY'"
                    " AND delivery_id IN"
                    " (SELECT id FROM delivery WHERE candidate_id = ?)",
                    [(candidate,) for candidate in erased],
                )
            copy.execute("VACUUM")


def _outside(engine: sa.Engine, statement: str) -> bool:
    """Run what cannot stand in a transaction; say whether somebody was in the way."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={_MOMENT}")
        try:
            row = cursor.execute(statement).fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(patience)}")
    finally:
        raw.close()
    return bool(row and row[0])
