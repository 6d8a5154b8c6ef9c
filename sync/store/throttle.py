"""The throttle: a bucket of tokens for each route, shared by all workers."""

from datetime import datetime

import sqlalchemy as sa

from sync.sending.mailer import Route
from sync.store import tables as t
from sync.store.rows import insert_new


def take_token(connection: sa.Connection, route: Route, now: datetime) -> bool:
    """Take one message's worth of a route's budget; False where there is none.

    A bucket fills by ``rate`` tokens a second up to ``burst``. A clock that goes back
    fills nothing.
    """
    row: dict[str, object] = {
        "name": route.name,
        "tokens": float(route.burst),
        "filled_at": now,
        "head": "",
        "length": 0,
    }
    columns = t.route.c
    query = sa.select(columns.tokens, columns.filled_at).where(
        columns.name == route.name
    )
    found = connection.execute(query.with_for_update()).first()
    if found is None:
        insert_new(connection, t.route, [row])
        found = connection.execute(query.with_for_update()).one()
    seconds = max(0.0, (now - found.filled_at).total_seconds())
    tokens = min(float(route.burst), found.tokens + seconds * route.rate)
    if tokens < 1:
        return False
    connection.execute(
        t.route.update()
        .where(columns.name == route.name)
        .values(tokens=tokens - 1, filled_at=max(now, found.filled_at))
    )
    return True
