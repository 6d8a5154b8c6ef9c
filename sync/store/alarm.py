"""What a thread that looks for work waits on: a ring, or a while without one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# A job that ends has still to be written down before its place is free.
_FREE_AFTER: Final = (0.02, 0.1, 0.4)

_RUNG: Final = "countersign_rung"


class Alarm(threading.Event):
    """An event whose wait ends early: for good once it is set, and once for each ring.

    It stands where DBOS expects the event that ends a thread, so ``wait`` returns
    whether to end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bell = threading.Condition()
        self._looks: list[float] = []

    def ring(self, *after: float) -> None:
        """Have the thread look for work now, or after so many seconds each."""
        with self._bell:
            now = monotonic()
            looks = {now + seconds for seconds in after or (0.0,)}
            self._looks = sorted(looks.union(self._looks))
            self._bell.notify_all()

    def set(self) -> None:
        """End the thread."""
        super().set()
        with self._bell:
            self._bell.notify_all()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a ring, for the end, or for so long; return whether to end."""
        until = None if timeout is None else monotonic() + timeout
        with self._bell:
            while not self.is_set():
                now = monotonic()
                ends = [*self._looks[:1], *([] if until is None else [until])]
                if ends and min(ends) <= now:
                    self._looks = [look for look in self._looks if look > now]
                    break
                self._bell.wait(min(ends) - now if ends else None)
        return self.is_set()


class Lane:
    """A queue in the queue, as this process works on it."""

    def __init__(self, width: int) -> None:
        self.alarm = Alarm()
        self._width, self._busy, self._lock = width, 0, threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count a job; where it was the last for which there was room, ring."""
        with self._lock:
            self._busy += 1
        try:
            yield
        finally:
            with self._lock:
                was_full = self._busy >= self._width
                self._busy -= 1
            if was_full:
                self.alarm.ring(*_FREE_AFTER)


def after_transaction(
    connection: sa.Connection, lane: str, ring: Callable[[set[str]], None]
) -> None:
    """Call ``ring`` with ``lane`` once the transaction of ``connection`` has ended.

    A ring after a transaction that failed finds nothing, and does no harm.
    """
    pool = connection.engine.pool
    if not event.contains(pool, "checkin", _at_checkin):
        event.listen(pool, "checkin", _at_checkin)
    rung = connection.info.setdefault(_RUNG, {})
    rung.setdefault(ring, set()).add(lane)


def _at_checkin(_raw: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    rung: dict[Callable[[set[str]], None], set[str]] = entry.info.pop(_RUNG, {})
    for ring, lanes in rung.items():
        ring(lanes)
