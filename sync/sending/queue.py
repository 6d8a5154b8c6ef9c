"""The durable queue: what wakes the service, on this computer and the others.

Its rows are wakes and nothing more: they hold ids, and losing them all loses nothing,
since the outbox's own rows say what is still to be done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

Handler: TypeAlias = Callable[[str], None]


class Transaction(Protocol):
    """An open transaction of the store; only adapters look inside."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One wake.

    Attributes:
        id: Unique for ever; the same twice is one job.
        handler: Which of the handlers it is for.
        argument: An id; never personal data.
        lane: The queue in the queue, so that a slow way out holds up no other.
    """

    id: str
    handler: str
    argument: str
    lane: str = "work"


@dataclass(frozen=True, slots=True)
class JobReport:
    """A job and where it stands.

    Attributes:
        worker: Who runs it or ran it last, "" for nobody yet.
    """

    id: str
    handler: str
    state: JobState
    worker: str = ""


class Queue(Protocol):
    """Runs handlers at least once each; a handler may be run again at any time."""

    def start(self, handlers: Mapping[str, Handler], lanes: Mapping[str, int]) -> None:
        """Begin to run jobs; ``lanes`` says how many of each at once here."""

    def stop(self) -> None:
        """End: what runs is waited for a moment, what waits stays."""

    def enqueue_in_tx(self, transaction: Transaction, job: Job) -> None:
        """Add ``job`` if and when ``transaction`` commits."""

    def enqueue(self, job: Job) -> None:
        """Add ``job`` now.

        Raises:
            StoreUnavailableError: The database is locked or full.
        """

    def schedule(self, handler: str, *, every_seconds: int) -> None:
        """Run ``handler`` again and again, once in all however many workers there are.

        It is given the time it was due at, in ISO 8601.
        """

    def cancel(self, job: str) -> None:
        """Take back a job that waits; one that runs or is gone is left alone."""

    def list(self, *, state: JobState, limit: int = 200) -> Sequence[JobReport]:
        """Return jobs, the oldest first."""

    def resume(self, worker: str) -> int:
        """Give the jobs of a dead ``worker`` to the living; say how many."""
