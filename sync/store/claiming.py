"""What a claim must find at its very moment, and what it leaves behind.

These statements are made once: making them costs more than running them.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.sending.attestation import link_digest
from sync.sending.delivery import Delivery, State
from sync.sending.outbox import Link
from sync.store import tables as t

_ROWS: Final = t.delivery.c


def _in_force(
    subject: sa.ColumnElement[str], closure: sa.ColumnElement[str]
) -> sa.Exists:
    columns = t.release.c
    return sa.exists().where(columns.subject == subject, columns.closure == closure)


def _may_be_claimed() -> sa.ColumnElement[bool]:
    """All that must hold at the very moment of the claim."""
    batches, jobs, stops, bans = t.chunk.c, t.application.c, t.stop.c, t.suppression.c
    covered = sa.or_(
        stops.scope == "all",
        sa.and_(stops.scope == "template", stops.subject == _ROWS.template),
        sa.and_(stops.scope == "journey", stops.subject == _ROWS.journey),
        sa.and_(stops.scope == "channel", stops.subject == _ROWS.channel),
        sa.and_(stops.scope == "candidate", stops.subject == _ROWS.candidate_id),
    )
    is_template = _in_force(sa.literal("templates/") + _ROWS.template, _ROWS.closure)
    is_journey = _in_force(
        sa.literal("journeys/") + _ROWS.journey, _ROWS.journey_closure
    )
    return sa.and_(
        _AS_IT_WAS,
        _ROWS.state == State.READY.value,
        _ROWS.deadline >= sa.bindparam("b_now"),
        sa.exists().where(
            batches.id == _ROWS.chunk_id, batches.epoch == sa.bindparam("b_new_epoch")
        ),
        sa.exists().where(
            jobs.id == _ROWS.application_id, jobs.revision == _ROWS.revision
        ),
        ~sa.exists().where(stops.lifted_at.is_(None), covered),
        ~sa.exists().where(
            bans.candidate_id == _ROWS.candidate_id,
            sa.or_(bans.channel == "", bans.channel == _ROWS.channel),
        ),
        is_template.where(t.release.c.version == _ROWS.version),
        is_journey,
    )


_AS_IT_WAS: Final = sa.and_(
    _ROWS.id == sa.bindparam("b_id"),
    _ROWS.epoch == sa.bindparam("b_epoch"),
    _ROWS.attempts == sa.bindparam("b_attempts"),
)

CLAIM: Final = (
    t.delivery.update()
    .where(_may_be_claimed())
    .values(
        state=State.SENDING.value,
        epoch=sa.bindparam("b_new_epoch"),
        attempts=_ROWS.attempts + 1,
        sha256=sa.bindparam("b_sha256"),
        inputs=sa.bindparam("b_inputs"),
        segments=sa.bindparam("b_segments"),
        claimed_at=sa.bindparam("b_now"),
    )
    .returning(t.delivery)
)

CONFIRM: Final = (
    t.delivery.update()
    .where(_AS_IT_WAS, _ROWS.state.in_([State.SENDING.value, State.IN_DOUBT.value]))
    .values(
        state=State.SENT.value,
        reason=sa.bindparam("b_reason"),
        provider_id=sa.bindparam("b_provider_id"),
        sent_at=sa.bindparam("b_now"),
        until=None,
        next_at=sa.bindparam("b_now"),  # the ATS's timeline is still to be told
    )
    .returning(t.delivery)
)

_WORKER: Final = (
    sa.select(t.chunk.c.worker)
    .join(t.delivery, t.delivery.c.chunk_id == t.chunk.c.id)
    .where(t.delivery.c.id == sa.bindparam("b_id"))
    .scalar_subquery()
)

_BEGIN: Final = t.attempt.insert().values(
    delivery_id=sa.bindparam("b_id"),
    number=sa.bindparam("b_number"),
    worker=sa.func.coalesce(_WORKER, ""),
    started_at=sa.bindparam("b_now"),
    outcome="",
)

_END: Final = (
    t.attempt.update()
    .where(
        t.attempt.c.delivery_id == sa.bindparam("b_id"),
        t.attempt.c.number == sa.bindparam("b_number"),
        t.attempt.c.ended_at.is_(None),
    )
    .values(ended_at=sa.bindparam("b_now"), outcome=sa.bindparam("b_outcome"))
)

_LINK: Final = (
    sa.select(t.route.c.head, t.route.c.length)
    .where(t.route.c.name == sa.bindparam("b_name"))
    .with_for_update()
)

_LENGTHEN: Final = (
    t.route.update()
    .where(t.route.c.name == sa.bindparam("b_name"))
    .values(head=sa.bindparam("b_head"), length=sa.bindparam("b_length"))
)


def known_as(delivery: Delivery) -> dict[str, object]:
    """Return what ``CLAIM`` and ``CONFIRM`` compare a delivery with."""
    return {
        "b_id": delivery.id,
        "b_epoch": delivery.epoch,
        "b_attempts": delivery.attempts,
    }


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
    given = {"b_id": delivery, "b_number": number, "b_now": now}
    connection.execute(_BEGIN, given)


def end_attempt(
    connection: sa.Connection, delivery: Delivery, outcome: str, now: datetime
) -> None:
    """Note how a try ended."""
    connection.execute(
        _END,
        {
            "b_id": delivery.id,
            "b_number": delivery.attempts,
            "b_now": now,
            "b_outcome": outcome,
        },
    )


def link_of(connection: sa.Connection, route: str) -> Link:
    """Return the end of a route's chain, held until the transaction ends."""
    row = connection.execute(_LINK, {"b_name": route}).one()
    return Link(route, row.length, row.head)


def lengthen(
    connection: sa.Connection, link: Link, delivery: Delivery, envelope: bytes
) -> None:
    """Add an attestation to its route's chain."""
    connection.execute(
        t.attestation.insert(),
        {
            "delivery_id": delivery.id,
            "route": link.route,
            "position": link.position,
            "envelope": envelope,
        },
    )
    connection.execute(
        _LENGTHEN,
        {
            "b_name": link.route,
            "b_head": link_digest(envelope),
            "b_length": link.position + 1,
        },
    )
