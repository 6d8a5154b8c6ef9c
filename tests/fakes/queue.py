"""A queue in memory that a test drains by hand."""

from collections.abc import Mapping, Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy import event

from sync.sending.queue import Handler, Job, JobReport, JobState, Transaction


class InMemoryQueue:
    """Keeps the promises of ``Queue``; what it holds dies with the process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._states: dict[str, JobState] = {}
        self._workers: dict[str, str] = {}
        self._handlers: dict[str, Handler] = {}

    def start(self, handlers: Mapping[str, Handler], lanes: Mapping[str, int]) -> None:
        """Know the handlers; nothing runs before ``drain``."""
        self._handlers = dict(handlers)

    def stop(self) -> None:
        """Forget the handlers."""
        self._handlers = {}

    def drain(self) -> int:
        """Run what waits, and what that brings; say how many jobs ran."""
        count = 0
        while waiting := [j for j, s in self._states.items() if s is JobState.WAITING]:
            for name in waiting:
                self.run(name)
                count += 1
        return count

    def run(self, name: str, worker: str = "me") -> None:
        """Run one job, again if need be."""
        job = self._jobs[name]
        self._states[name], self._workers[name] = JobState.RUNNING, worker
        self._handlers[job.handler](job.argument)
        self._states[name] = JobState.DONE

    def begin(self, name: str, worker: str) -> None:
        """Let ``worker`` take a job and then do nothing with it."""
        self._states[name], self._workers[name] = JobState.RUNNING, worker

    def forget(self) -> None:
        """Lose everything, as a queue may."""
        self._jobs.clear()
        self._states.clear()

    def enqueue_in_tx(self, transaction: Transaction, job: Job) -> None:
        """Add ``job`` when ``transaction`` commits."""
        assert isinstance(transaction, sa.Connection)
        add = partial(self._added, job)
        event.listen(transaction, "commit", add, once=True)

    def enqueue(self, job: Job) -> None:
        """Add ``job`` now."""
        if job.id not in self._jobs:
            self._jobs[job.id], self._states[job.id] = job, JobState.WAITING

    def schedule(self, handler: str, *, every_seconds: int) -> None:
        """Do nothing: a test runs what it wants to run."""

    def cancel(self, job: str) -> None:
        """Take back a job that waits."""
        if self._states.get(job) is JobState.WAITING:
            self._states[job] = JobState.CANCELLED

    def list(self, *, state: JobState, limit: int = 200) -> Sequence[JobReport]:
        """Return jobs, the oldest first."""
        found = [
            JobReport(
                name, self._jobs[name].handler, state, self._workers.get(name, "")
            )
            for name, known in self._states.items()
            if known is state
        ]
        return tuple(found[:limit])

    def resume(self, worker: str) -> int:
        """Let the jobs of ``worker`` wait again."""
        mine = [
            name
            for name, state in self._states.items()
            if state is JobState.RUNNING and self._workers.get(name) == worker
        ]
        for name in mine:
            self._states[name] = JobState.WAITING
        return len(mine)

    def _added(self, job: Job, connection: sa.Connection) -> None:
        self.enqueue(job)
