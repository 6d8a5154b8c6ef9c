"""What was sent lately: to a candidate, for the caps; by a route, for its budget."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.sending.delivery import State
from sync.sending.docket import Past
from sync.store import tables as t

_PAST: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
_COUNTED: Final = [
    State.READY.value,
    State.SENDING.value,
    State.SENT.value,
    State.IN_DOUBT.value,
]


def past_of(
    connection: sa.Connection, candidates: Sequence[str], now: datetime
) -> dict[str, tuple[Past, ...]]:
    """Return what was sent to each candidate lately, or is on its way."""
    rows = t.delivery.c
    at = sa.func.coalesce(rows.sent_at, rows.claimed_at, rows.due_at)
    query = sa.select(
        rows.candidate_id, rows.journey, rows.channel, at.label("at")
    ).where(
        rows.candidate_id.in_(candidates),
        rows.state.in_(_COUNTED),
        rows.due_at > now - _PAST,
    )
    found: dict[str, tuple[Past, ...]] = {}
    for row in connection.execute(query):
        entry = Past(row.journey, row.channel, row.at)
        found[row.candidate_id] = (*found.get(row.candidate_id, ()), entry)
    return found


def spent_of(connection: sa.Connection, now: datetime) -> dict[str, int]:
    """Return how many messages each route took in the last day."""
    rows = t.delivery.c
    query = (
        sa.select(rows.route, sa.func.count())
        .where(rows.state.in_(_COUNTED), rows.claimed_at > now - _DAY)
        .group_by(rows.route)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
