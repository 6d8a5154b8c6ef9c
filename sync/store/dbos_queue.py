"""The durable queue on DBOS: one generic workflow that calls a handler by its name.

Only open-source features are used. The facts that this rests on are contract tested:
an id runs once, a row appears with the caller's transaction, a dead worker's rows can
be resumed, nothing is pickled. One queue a process: DBOS itself is one.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Final

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from dbos._queue import queue_worker_thread

from governance.errors import ExpectedError
from sync.errors import log_unexpected
from sync.sending.queue import Handler, Job, JobReport, JobState, Transaction
from sync.store.alarm import Lane, after_transaction
from sync.store.dbos_end import end_dbos
from sync.store.engine import engine_for_queue, translated
from sync.store.queue_json import Json

_NAME: Final = "countersign"
_VERSION: Final = "1"  # constant: another release of DBOS must not strand rows
_WORKFLOW: Final = "countersign_job"
# What this process adds rings; only what other processes add is found by looking.
_POLL_SECONDS: Final = 2.0
_FORGET_SECONDS: Final = 600
_PURGE_EVERY: Final = 60.0
_PURGE_ROWS: Final = 500

_STATES: Final[Mapping[JobState, tuple[str, ...]]] = {
    JobState.WAITING: ("ENQUEUED", "DELAYED"),
    JobState.RUNNING: ("PENDING",),
    JobState.DONE: ("SUCCESS",),
    JobState.FAILED: ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"),
    JobState.CANCELLED: ("CANCELLED",),
}

log = logging.getLogger(__name__)

_handlers: dict[str, Handler] = {}
_lanes: dict[str, Lane] = {}


def _ring(lanes: set[str]) -> None:
    """Have the threads of ``lanes`` look for work, where this process has them."""
    for lane in lanes:
        if known := _lanes.get(lane):
            known.alarm.ring()


@DBOS.workflow(name=_WORKFLOW)
def _job(handler: str, argument: str, lane: str = "") -> None:
    """Run one job. The handler may be run again, so it needs no steps of DBOS's."""
    work = _handlers.get(handler)
    if work is None:
        log.error("No handler %s", handler)
        return
    with known.at_work() if (known := _lanes.get(lane)) else nullcontext():
        try:
            work(argument)
        except ExpectedError:
            raise
        except Exception as error:  # noqa: BLE001 -- told without its words
            # Its words would stand in the queue's rows, and may name people.
            log_unexpected(log, f"{handler} {argument} failed", error)
            raise _FailedError(type(error).__name__) from None


class _FailedError(Exception):
    """A job ended in a way that nobody expected; the log says where."""


class DbosQueue:
    """The queue in the service's own database."""

    def __init__(self, url: str, worker: str) -> None:
        os.environ.pop("DBOS__CLOUD", None)  # it would wait for a vendor's cloud
        self.worker = worker
        self._url = url
        self._engine = engine_for_queue(url)
        self._client: DBOSClient | None = None
        self._schedules: dict[str, int] = {}
        self._ending = threading.Event()
        self._ticker: threading.Thread | None = None
        self._listeners: list[threading.Thread] = []
        self._has_started = False

    def open(self) -> None:
        """Make the queue's tables, so that jobs can be added; nothing runs yet.

        Raises:
            StoreUnavailableError: The database is locked, full or away.
        """
        logging.getLogger("dbos").setLevel(logging.ERROR)
        with translated():
            client = DBOSClient(
                system_database_engine=self._engine,
                application_name=_NAME,
                serializer=Json(),
            )
            client._sys_db.run_migrations()  # noqa: SLF001 -- launch does the same
        self._client = client

    def start(self, handlers: Mapping[str, Handler], lanes: Mapping[str, int]) -> None:
        """Begin to run jobs; ``lanes`` says how many of each at once here.

        Raises:
            StoreUnavailableError: The database is locked, full or away.
        """
        _handlers.clear()
        _handlers.update(handlers)
        _lanes.clear()
        config: DBOSConfig = {
            "name": _NAME,
            "system_database_url": self._url,
            "system_database_engine": self._engine,
            "log_level": "ERROR",
            "application_version": _VERSION,
            "executor_id": self.worker,
            "serializer": Json(),
            "use_listen_notify": False,
            "enable_otlp": False,
            "notification_listener_polling_interval_sec": 0.1,  # how soon it ends
            "scheduler_polling_interval_sec": 3600.0,  # our own ticker does that
        }
        with translated():
            engine = DBOS(config=config)
            DBOS.listen_queues([])  # it only knows how to look again and again
            DBOS.launch()
            for lane, width in lanes.items():
                self._listen(engine, lane, width)
        self._has_started = True
        self._ending.clear()
        self._ticker = threading.Thread(
            target=self._tick, name="queue-ticker", daemon=True
        )
        self._ticker.start()

    def stop(self) -> None:
        """End: what runs is waited for a moment, what waits stays."""
        self._ending.set()
        for lane in _lanes.values():
            lane.alarm.set()
        for thread in (self._ticker, *self._listeners):
            if thread is not None:
                thread.join(timeout=5)
        self._listeners.clear()
        if self._has_started:
            end_dbos(patience=5)
            self._has_started = False
        if self._client is not None:
            self._client.destroy()
            self._client = None
        self._engine.dispose()

    def enqueue_in_tx(self, transaction: Transaction, job: Job) -> None:
        """Add ``job`` if and when ``transaction`` commits."""
        assert isinstance(transaction, sa.Connection), "transactions are the store's"
        self._jobs.enqueue_in_transaction(
            transaction, _options(job), job.handler, job.argument, job.lane
        )
        after_transaction(transaction, job.lane, _ring)

    def enqueue(self, job: Job) -> None:
        """Add ``job`` now.

        Raises:
            StoreUnavailableError: The database is locked or full.
        """
        with translated():
            self._jobs.enqueue(_options(job), job.handler, job.argument, job.lane)
        _ring({job.lane})

    def schedule(self, handler: str, *, every_seconds: int) -> None:
        """Run ``handler`` again and again, once in all however many workers there are.

        It is given the time it was due at, in ISO 8601.
        """
        self._schedules[handler] = every_seconds

    def cancel(self, job: str) -> None:
        """Take back a job that waits; one that runs or is gone is left alone."""
        with translated():
            found = self._jobs.list_workflows(
                workflow_ids=[job], status=list(_STATES[JobState.WAITING])
            )
            if found:
                self._jobs.cancel_workflow(job)

    def list(self, *, state: JobState, limit: int = 200) -> Sequence[JobReport]:
        """Return jobs, the oldest first."""
        with translated():
            found = self._jobs.list_workflows(
                status=list(_STATES[state]), limit=limit, load_output=False
            )
        reports = []
        for row in found:
            handler = str(row.input["args"][0]) if row.input else ""
            worker = row.executor_id or ""
            reports.append(JobReport(row.workflow_id, handler, state, worker))
        return tuple(reports)

    def resume(self, worker: str) -> int:
        """Give the jobs of a dead ``worker`` to the living; say how many."""
        with translated():
            found = self._jobs.list_workflows(
                status=list(_STATES[JobState.RUNNING]),
                executor_id=worker,
                load_input=False,
                load_output=False,
            )
            for lane in {row.queue_name for row in found if row.queue_name}:
                names = [row.workflow_id for row in found if row.queue_name == lane]
                self._jobs.resume_workflows(names, queue_name=lane)
                _ring({lane})
        return len(found)

    @property
    def _jobs(self) -> DBOSClient:
        assert self._client is not None, "open() comes first"
        return self._client

    def _listen(self, engine: DBOS, name: str, width: int) -> None:
        """Take jobs of a lane whenever one is added here, and look now and then."""
        queue = DBOS.register_queue(
            name,
            worker_concurrency=width,
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )
        lane = _lanes[name] = Lane(width)
        lane.alarm.ring()
        thread = threading.Thread(
            target=queue_worker_thread,
            args=(lane.alarm, engine, queue),
            name=f"lane-{name}",
            daemon=True,
        )
        thread.start()
        self._listeners.append(thread)

    def _tick(self) -> None:
        """Add scheduled jobs: one id for each turn, so that only one worker runs it."""
        last: dict[str, int] = {}
        purged = time.monotonic()
        while not self._ending.wait(0.2):
            now = time.time()
            for handler, seconds in list(self._schedules.items()):
                turn = int(now // seconds)
                if last.get(handler) != turn:
                    last[handler] = turn
                    due = datetime.fromtimestamp(turn * seconds, UTC).isoformat()
                    job = Job(f"tick-{handler}-{turn}", handler, due)
                    self._quietly(partial(self.enqueue, job))
            if time.monotonic() - purged > _PURGE_EVERY:
                purged = time.monotonic()
                self._quietly(self._purge)

    def _purge(self) -> None:
        """Delete rows of jobs that ended a while ago."""
        before = datetime.fromtimestamp(time.time() - _FORGET_SECONDS, UTC)
        found = self._jobs.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before.isoformat(),
            limit=_PURGE_ROWS,
            load_input=False,
            load_output=False,
        )
        if found:
            self._jobs.delete_workflows([row.workflow_id for row in found])

    def _quietly(self, work: Callable[[], None]) -> None:
        """Do ``work``; the ticker lives on whatever happens, and tries again."""
        try:
            work()
        except Exception:
            if not self._ending.is_set():
                log.exception("The queue's ticker failed")


def _options(job: Job) -> EnqueueOptions:
    return {
        "workflow_name": _WORKFLOW,
        "queue_name": job.lane,
        "workflow_id": job.id,
        "app_version": _VERSION,
    }
