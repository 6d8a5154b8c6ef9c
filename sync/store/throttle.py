"""The throttle: a bucket of tokens for each route, shared by all workers."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.sending.mailer import Route
from sync.store import tables as t
from sync.store.rows import insert_new

# No two clocks that are believed differ by so much.
_AHEAD: Final = timedelta(minutes=5)

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
    fills nothing; one that was far ahead and is set right counts from now on.
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
    was_ahead = found.filled_at - now > _AHEAD
    filled = now if was_ahead else max(now, found.filled_at)
    if tokens < 1 and not was_ahead:
        return False
    left = max(tokens - 1, 0.0)
    connection.execute(_TAKE, given | {"b_tokens": left, "b_filled_at": filled})
    return True
