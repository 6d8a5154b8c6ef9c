"""Small work that comes again and again, in one thread of its own."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

from governance.errors import ExpectedError
from sync.errors import log_unexpected

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Chore:
    """One thing to do.

    Attributes:
        every: Seconds from one time to the next.
        work: What is done; what it fails with is logged, and it is tried again.
    """

    name: str
    every: float
    work: Callable[[], None]


class Chores:
    """Does chores, one after the other, until it is stopped."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._due = dict.fromkeys(chores, 0.0)
        self._over = Event()
        self._thread = Thread(target=self._run, name="chores", daemon=True)
        self._failing: set[Chore] = set()

    def start(self) -> None:
        """Begin; each chore is done at once, for the first time."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the chore under way if it ends soon."""
        self._over.set()
        self._thread.join(2)

    def once(self, chore: Chore) -> None:
        """Do one chore now; a failure is logged when it begins and when it ends."""
        try:
            chore.work()
        except ExpectedError as error:
            if chore not in self._failing:
                _log.warning("%s waits: %s", chore.name, error)
            self._failing.add(chore)
        except Exception as error:  # noqa: BLE001 -- the only net of this thread
            log_unexpected(_log, f"{chore.name} failed", error)
        else:
            if chore in self._failing:
                _log.info("%s goes on", chore.name)
            self._failing.discard(chore)

    def _run(self) -> None:
        while not self._over.is_set():
            for chore, due in self._due.items():
                if due <= monotonic() and not self._over.is_set():
                    self.once(chore)
                    self._due[chore] = monotonic() + chore.every
            pause = min(self._due.values(), default=60.0) - monotonic()
            self._over.wait(max(0.01, pause))
