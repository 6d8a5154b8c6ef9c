"""The throttle: a bucket of tokens for each route, shared by all workers."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from sync.sending.mailer import Route
from sync.store import tables as t
from sync.store.rows import insert_new

_FIND: Final = (
    sa.select(t.route.c.tokens, t.route.c.filled_at)
    .where(t.route.c.name == sa.bindparam("b_name"))
    .with_for_update()
)

_TAKE: Final = (
    t.route.update()
    .where(t.route.c.name == sa.bindparam("b_name"))
    .values(tokens=sa.bindparam("b_tokens"), filled_at=sa.bindparam("b_filled_at"))
)


def take_token(connection: sa.Connection, route: Route, now: datetime) -> bool:
    """Take one message's worth of a route's budget; False where there is none.

    A bucket fills by ``rate`` tokens a second up to ``burst``. A clock that goes back
    fills nothing.
    """
    given = {"b_name": route.name}
    found = connection.execute(_FIND, given).first()
    if found is None:
        row: dict[str, object] = {
            "name": route.name,
            "tokens": float(route.burst),
            "filled_at": now,
            "head": "",
            "length": 0,
        }
        insert_new(connection, t.route, [row])
        found = connection.execute(_FIND, given).one()
    seconds = max(0.0, (now - found.filled_at).total_seconds())
    tokens = min(float(route.burst), found.tokens + seconds * route.rate)
    if tokens < 1:
        return False
    filled = max(now, found.filled_at)
    connection.execute(_TAKE, given | {"b_tokens": tokens - 1, "b_filled_at": filled})
    return True
