"""Windows: when a message may arrive, in all zones that a candidate may be in."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from governance.journeys.journey import Day, Window

# A week has every kind of day; the second one covers a change of the clocks.
_HORIZON: Final = timedelta(days=15)


def is_open(window: Window, zone: ZoneInfo, moment: datetime) -> bool:
    """Whether a message may arrive at ``moment`` where ``zone`` is."""
    local = moment.astimezone(zone)
    return (
        Day(local.weekday()) in window.days
        and window.opens <= local.time() < window.closes
    )


def next_open(
    window: Window, zones: Iterable[ZoneInfo], moment: datetime
) -> datetime | None:
    """Return the first moment, not before ``moment``, that suits all ``zones``.

    None where no moment of the next two weeks does.
    """
    places = tuple(zones)
    at = moment
    while at <= moment + _HORIZON:
        closed = [zone for zone in places if not is_open(window, zone, at)]
        if not closed:
            return at
        at = max(_opening(window, zone, at) for zone in closed)
    return None


def _opening(window: Window, zone: ZoneInfo, after: datetime) -> datetime:
    """Return when ``window`` opens next, later than ``after``."""
    day = after.astimezone(zone).date()
    for number in range(9):
        date = day + timedelta(days=number)
        opens = datetime.combine(date, window.opens, zone).astimezone(UTC)
        if opens > after and Day(date.weekday()) in window.days:
            return opens
    return after + _HORIZON * 2
