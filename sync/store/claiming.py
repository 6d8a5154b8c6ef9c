"""What a claim must find at its very moment, and what it leaves behind."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.sending.attestation import link_digest
from sync.sending.delivery import Delivery, State
from sync.sending.outbox import Link
from sync.store import tables as t


def may_be_claimed(
    delivery: Delivery, epoch: int, now: datetime
) -> sa.ColumnElement[bool]:
    """All that must hold at the very moment of the claim."""
    intent, rows = delivery.intent, t.delivery.c
    batches, jobs, stops, bans = t.chunk.c, t.application.c, t.stop.c, t.suppression.c
    covered = sa.or_(
        stops.scope == "all",
        sa.and_(stops.scope == "template", stops.subject == intent.template),
        sa.and_(stops.scope == "journey", stops.subject == intent.journey),
        sa.and_(stops.scope == "channel", stops.subject == intent.channel.value),
        sa.and_(stops.scope == "candidate", stops.subject == intent.candidate),
    )
    return sa.and_(
        as_it_was(delivery),
        rows.state == State.READY.value,
        rows.deadline >= now,
        sa.exists().where(batches.id == rows.chunk_id, batches.epoch == epoch),
        sa.exists().where(
            jobs.id == rows.application_id, jobs.revision == rows.revision
        ),
        ~sa.exists().where(stops.lifted_at.is_(None), covered),
        ~sa.exists().where(
            bans.candidate_id == rows.candidate_id,
            bans.channel.in_(["", intent.channel.value]),
        ),
        _in_force(f"templates/{intent.template}", rows.closure, rows.version),
        _in_force(f"journeys/{intent.journey}", rows.journey_closure, None),
    )


def _in_force(
    subject: str,
    closure: sa.ColumnElement[str],
    version: sa.ColumnElement[int] | None,
) -> sa.ColumnElement[bool]:
    columns = t.release.c
    same = sa.exists().where(columns.subject == subject, columns.closure == closure)
    return same if version is None else same.where(columns.version == version)


# A chunk that even a living worker has held for so long is given away: its epoch keeps
# the former holder from writing.
MUCH_PATIENCE: Final = timedelta(minutes=10)


def is_free(now: datetime) -> sa.ColumnElement[bool]:
    """Whether nobody who lives has a chunk in hand."""
    batches = t.chunk.c
    lives = sa.exists().where(t.worker.c.id == batches.worker)
    return sa.or_(batches.worker == "", ~lives, batches.woken_at < now - MUCH_PATIENCE)


def as_it_was(delivery: Delivery) -> sa.ColumnElement[bool]:
    """Compare what would show that somebody wrote meanwhile."""
    rows = t.delivery.c
    return sa.and_(
        rows.id == delivery.id,
        rows.epoch == delivery.epoch,
        rows.attempts == delivery.attempts,
    )


def begin_attempt(
    connection: sa.Connection, delivery: str, number: int, now: datetime
) -> None:
    """Note that a try begins."""
    worker = (
        sa.select(t.chunk.c.worker)
        .join(t.delivery, t.delivery.c.chunk_id == t.chunk.c.id)
        .where(t.delivery.c.id == delivery)
    )
    connection.execute(
        t.attempt.insert().values(
            delivery_id=delivery,
            number=number,
            worker=sa.func.coalesce(worker.scalar_subquery(), ""),
            started_at=now,
            outcome="",
        )
    )


def end_attempt(
    connection: sa.Connection, delivery: Delivery, outcome: str, now: datetime
) -> None:
    """Note how a try ended."""
    columns = t.attempt.c
    connection.execute(
        t.attempt.update()
        .where(
            columns.delivery_id == delivery.id,
            columns.number == delivery.attempts,
            columns.ended_at.is_(None),
        )
        .values(ended_at=now, outcome=outcome)
    )


def link_of(connection: sa.Connection, route: str) -> Link:
    """Return the end of a route's chain, held until the transaction ends."""
    columns = t.route.c
    query = sa.select(columns.head, columns.length).where(columns.name == route)
    row = connection.execute(query.with_for_update()).one()
    return Link(route, row.length, row.head)


def lengthen(
    connection: sa.Connection, link: Link, delivery: Delivery, envelope: bytes
) -> None:
    """Add an attestation to its route's chain."""
    connection.execute(
        t.attestation.insert().values(
            delivery_id=delivery.id,
            route=link.route,
            position=link.position,
            envelope=envelope,
        )
    )
    connection.execute(
        t.route.update()
        .where(t.route.c.name == link.route)
        .values(head=link_digest(envelope), length=link.position + 1)
    )
