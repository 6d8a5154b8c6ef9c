"""Rows and values: one place where columns and attributes meet."""

import os
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from governance.names import Channel, Digest, JourneyId, TemplateId, new_ulid
from sync.candidates.facts import ApplicationId, CandidateId
from sync.planning.intent import Intent
from sync.sending.decision import Decision, Gate, Reason, Verdict
from sync.sending.delivery import Delivery, DeliveryId, State
from sync.sending.stops import Scope, Stop
from sync.store import tables as t

# SQL's own types of a row cannot be known before it runs.
Row: TypeAlias = sa.RowMapping

_ENTROPY: Final = 10


def new_id(now: datetime) -> str:
    """Return a new ULID."""
    return new_ulid(now, os.urandom(_ENTROPY))


def intent_of(row: Row) -> Intent:
    """Read the intent of a delivery's row."""
    return Intent(
        workspace=row["workspace"],
        journey=JourneyId(row["journey"]),
        step=row["step"],
        application=ApplicationId(row["application_id"]),
        candidate=CandidateId(row["candidate_id"]),
        channel=Channel(row["channel"]),
        template=TemplateId(row["template"]),
        fact=row["fact"],
        event=row["event"],
        stage=row["stage"],
        happened_at=row["happened_at"],
        due_at=row["due_at"],
        deadline=row["deadline"],
    )


def intent_columns(intent: Intent) -> dict[str, object]:
    """Spell an intent as columns."""
    return {
        "key": intent.key,
        "workspace": intent.workspace,
        "journey": intent.journey,
        "step": intent.step,
        "application_id": intent.application,
        "candidate_id": intent.candidate,
        "channel": intent.channel.value,
        "template": intent.template,
        "fact": intent.fact,
        "event": str(intent.event),
        "stage": intent.stage,
        "happened_at": intent.happened_at,
        "due_at": intent.due_at,
        "deadline": intent.deadline,
    }


def delivery_of(row: Row) -> Delivery:
    """Read a delivery."""
    return Delivery(
        id=DeliveryId(row["id"]),
        intent=intent_of(row),
        key=Digest(row["key"]),
        message_id=row["message_id"],
        state=State(row["state"]),
        reason=Reason(row["reason"]),
        until=row["until"],
        route=row["route"],
        chunk=row["chunk_id"],
        epoch=row["epoch"],
        attempts=row["attempts"],
        version=row["version"],
        closure=row["closure"],
        sha256=row["sha256"],
        provider_id=row["provider_id"],
        created_at=row["created_at"],
        claimed_at=row["claimed_at"],
        sent_at=row["sent_at"],
    )


def decision_of(row: Row) -> Decision:
    """Read a decision."""
    return Decision(
        gate=Gate(row["gate"]),
        verdict=Verdict(row["verdict"]),
        reason=Reason(row["reason"]),
        inputs=Digest(row["inputs"]),
        until=row["until"],
        detail=row["detail"],
    )


def stop_of(row: Row) -> Stop:
    """Read a stop."""
    return Stop(
        id=row["id"],
        scope=Scope(row["scope"]),
        subject=row["subject"],
        reason=row["reason"],
        by=row["set_by"],
        at=row["set_at"],
        code=row["code"],
        until=row["until"],
    )


def insert_new(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]]
) -> int:
    """Insert the rows that are not there yet; say how many were."""
    statement = _inserting(table, connection.dialect.name)
    return sum(connection.execute(statement, row).rowcount for row in rows)


def put(
    connection: sa.Connection,
    table: sa.Table,
    keys: dict[str, object],
    values: dict[str, object],
) -> None:
    """Insert a row, or change it where it is there."""
    statement = _putting(table, connection.dialect.name, tuple(keys), tuple(values))
    connection.execute(statement, keys | values)


def announce(connection: sa.Connection, kind: str, subject: str, now: datetime) -> None:
    """Add a line to what clients poll for; it carries ids only."""
    connection.execute(_ANNOUNCE, {"kind": kind, "subject": subject, "at": now})


_ANNOUNCE: Final = t.change.insert()


# Statements are made once: making them costs more than running them.
@cache
def _inserting(table: sa.Table, dialect: str) -> sa.Insert:
    made = postgresql if dialect == "postgresql" else sqlite
    statement: sa.Insert = made.insert(table).on_conflict_do_nothing()
    return statement


@cache
def _putting(
    table: sa.Table, dialect: str, keys: tuple[str, ...], names: tuple[str, ...]
) -> sa.Insert:
    made = postgresql if dialect == "postgresql" else sqlite
    statement = made.insert(table)
    changes = {name: statement.excluded[name] for name in names}
    put_or_change: sa.Insert = statement.on_conflict_do_update(
        index_elements=list(keys), set_=changes
    )
    return put_or_change
