"""Taking in what is told and what is read, each in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

import msgspec
import sqlalchemy as sa

from sync.candidates.facts import ApplicationId, ApplicationSnapshot
from sync.candidates.ports import Kept
from sync.candidates.remember import remember
from sync.errors import ErasedError
from sync.planning.intent import Intent, message_id
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.inbox import InboundEvent, Planner
from sync.sending.queue import Job, Queue
from sync.store import tables as t
from sync.store.candidates import facts_place, kept_of, key_of
from sync.store.engine import reading, writing
from sync.store.rows import Row, announce, insert_new, intent_columns, new_id, put
from sync.store.sealing import Sealer
from sync.store.state import restored_at

TAKE_EVENT = "take_event"


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """Keeps events and facts, and plans from them, in the service's database."""

    engine: sa.Engine
    sealer: Sealer
    queue: Queue
    domain: str

    def receive(self, event: InboundEvent, now: datetime) -> bool:
        """Keep ``event`` and wake the service, in one transaction.

        Returns whether it was new.

        Raises:
            StoreUnavailableError: It was not kept: the teller should try again.
        """
        row: dict[str, object] = {
            "name": event.name,
            "source": event.source,
            "event_id": event.id,
            "application_id": event.application,
            "kind": event.kind,
            "occurred_at": event.occurred_at,
            "received_at": now,
            "attempts": 0,
            "next_at": now,
            "outcome": "",
        }
        with writing(self.engine) as connection:
            if not insert_new(connection, t.inbound_event, [row]):
                return False
            job = Job(f"event-{event.name}", TAKE_EVENT, event.name)
            self.queue.enqueue_in_tx(connection, job)
        return True

    def waiting_events(self, now: datetime, limit: int = 200) -> Sequence[InboundEvent]:
        """Return what was told and not taken in, whose time to try has come."""
        columns = t.inbound_event.c
        query = (
            sa.select(t.inbound_event)
            .where(columns.next_at <= now)
            .order_by(columns.next_at)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(_event(row) for row in rows)

    def event(self, name: str) -> InboundEvent | None:
        """Return an event that waits, None for one that is done or strange."""
        columns = t.inbound_event.c
        query = sa.select(t.inbound_event).where(
            columns.name == name, columns.next_at.is_not(None)
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        return _event(row) if row else None

    def take_in(
        self,
        snapshot: ApplicationSnapshot,
        plan: Planner,
        *,
        event: str,
        now: datetime,
    ) -> Kept:
        """Keep ``snapshot``, plan what follows, close ``event``; in one transaction.

        What is planned already stays as it is. ``event`` is "" for a poll.

        Raises:
            ErasedError: The candidate was erased; the event is closed.
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        try:
            with writing(self.engine) as connection:
                kept = self._keep(connection, snapshot, now)
                self._plan(connection, plan(kept.snapshot), now)
                _close(connection, event, "taken in")
        except ErasedError:
            self.drop(event, "erased")
            raise
        return kept

    def put_off(self, event: str, *, until: datetime) -> None:
        """Try ``event`` again later."""
        columns = t.inbound_event.c
        with writing(self.engine) as connection:
            connection.execute(
                t.inbound_event.update()
                .where(columns.name == event, columns.next_at.is_not(None))
                .values(next_at=until, attempts=columns.attempts + 1)
            )

    def drop(self, event: str, reason: str) -> None:
        """Close ``event`` without effect."""
        with writing(self.engine) as connection:
            _close(connection, event, reason)

    def cursor(self, source: str) -> str:
        """Return where polling ``source`` stands, "" for the beginning."""
        query = sa.select(t.cursor.c.value).where(t.cursor.c.source == source)
        with reading(self.engine) as connection:
            return connection.execute(query).scalar() or ""

    def move_cursor(self, source: str, *, before: str, after: str) -> None:
        """Say how far ``source`` was read; a lost race is left to the winner."""
        with writing(self.engine) as connection:
            row: dict[str, object] = {"source": source, "value": after}
            if before == "" and insert_new(connection, t.cursor, [row]):
                return
            connection.execute(
                t.cursor.update()
                .where(t.cursor.c.source == source, t.cursor.c.value == before)
                .values(value=after)
            )

    def _keep(
        self, connection: sa.Connection, snapshot: ApplicationSnapshot, now: datetime
    ) -> Kept:
        key = key_of(connection, self.sealer, snapshot.candidate)
        before = kept_of(connection, self.sealer, [snapshot.id]).get(snapshot.id)
        merged = remember(before.snapshot if before else None, snapshot)
        if before is not None and merged == before.snapshot:
            return before
        revision = before.revision + 1 if before else 1
        facts = key.seal(msgspec.json.encode(merged), facts_place(merged.id))
        values: dict[str, object] = {
            "candidate_id": merged.candidate.id,
            "revision": revision,
            "status": merged.status.value,
            "stage": merged.stage,
            "facts": facts,
        }
        put(connection, t.application, {"id": merged.id}, values)
        connection.execute(_JUDGE_AGAIN, {"b_id": merged.id, "b_now": now})
        announce(connection, "application", merged.id, now)
        return Kept(merged, revision)

    def _plan(
        self, connection: sa.Connection, intents: Sequence[Intent], now: datetime
    ) -> None:
        keys = [intent.key for intent in intents]
        known = set(connection.scalars(_KNOWN, {"b_keys": keys}))
        restored = restored_at(connection)
        for intent in intents:
            if intent.key in known:
                continue
            # It may have been sent by what the restored database has forgotten.
            is_doubtful = restored is not None and intent.due_at <= restored
            state = State.IN_DOUBT if is_doubtful else State.PLANNED
            row = intent_columns(intent) | {
                "id": new_id(now),
                "message_id": message_id(intent.key, self.domain),
                "state": state.value,
                "reason": (Reason.RESTORED if is_doubtful else Reason.OK).value,
                "next_at": now if is_doubtful else max(now, intent.due_at),
                "created_at": now,
            }
            if insert_new(connection, t.delivery, [_defaults() | row]):
                announce(connection, "delivery", str(row["id"]), now)


_JUDGE_AGAIN: Final = (
    t.delivery.update()
    .where(
        t.delivery.c.application_id == sa.bindparam("b_id"),
        t.delivery.c.state == State.HELD.value,
    )
    .values(next_at=sa.bindparam("b_now"))
)

_KNOWN: Final = sa.select(t.delivery.c.key).where(
    t.delivery.c.key.in_(sa.bindparam("b_keys", expanding=True))
)

_CLOSE: Final = (
    t.inbound_event.update()
    .where(t.inbound_event.c.name == sa.bindparam("b_name"))
    .values(next_at=None, outcome=sa.bindparam("b_outcome"))
)


@cache
def _defaults() -> dict[str, object]:
    return {
        column.name: column.default.arg
        for column in t.delivery.columns
        if isinstance(column.default, sa.ColumnDefault)
    }


def _close(connection: sa.Connection, event: str, outcome: str) -> None:
    if event:
        connection.execute(_CLOSE, {"b_name": event, "b_outcome": outcome})


def _event(row: Row) -> InboundEvent:
    return InboundEvent(
        source=row["source"],
        id=row["event_id"],
        application=ApplicationId(row["application_id"]),
        kind=row["kind"],
        occurred_at=row["occurred_at"],
        attempts=row["attempts"],
    )
