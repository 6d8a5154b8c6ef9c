"""What every queue promises, the fake and DBOS alike."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from sync.errors import StoreUnavailableError
from sync.sending.queue import Job, JobState, Queue
from sync.store.dbos_queue import DbosQueue
from sync.store.engine import make_engine, writing
from tests.fakes.queue import InMemoryQueue

ROOT = Path(__file__).parents[2]


@dataclass
class Bench:
    """A queue with one handler that remembers."""

    queue: Queue
    engine: sa.Engine
    path: Path
    done: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Run jobs from now on."""
        self.queue.start({"note": self.done.append, "tick": self.tick}, {"work": 2})

    def tick(self, due: str) -> None:
        """Remember a scheduled turn."""
        self.done.append(f"tick {due}")

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Let the queue work until ``is_so``, or for ten seconds."""
        deadline = time.monotonic() + 10
        while not is_so() and time.monotonic() < deadline:
            if isinstance(self.queue, InMemoryQueue):
                self.queue.drain()
            time.sleep(0.02)


@pytest.fixture(params=["fake", "dbos"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    path = tmp_path / "queue.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    if request.param == "fake":
        yield Bench(InMemoryQueue(), engine, path)
    else:
        queue = DbosQueue(f"sqlite:///{path}", "worker-1")
        queue.open()
        yield Bench(queue, engine, path)
        queue.stop()
    engine.dispose()


def test_a_job_appears_with_its_transaction_and_runs_once(bench: Bench) -> None:
    bench.start()

    with writing(bench.engine) as connection:
        bench.queue.enqueue_in_tx(connection, Job("j1", "note", "one"))
        bench.queue.enqueue_in_tx(connection, Job("j2", "note", "two"))
    bench.queue.enqueue(Job("j1", "note", "again"))
    bench.wait(lambda: len(bench.done) >= 2)
    bench.queue.enqueue(Job("j3", "note", "three"))
    bench.wait(lambda: "three" in bench.done)

    assert sorted(bench.done) == ["one", "three", "two"]


def test_a_job_of_a_transaction_that_failed_never_was(bench: Bench) -> None:
    bench.start()

    with pytest.raises(ZeroDivisionError):
        _add_and_fail(bench)
    bench.queue.enqueue(Job("j2", "note", "after"))
    bench.wait(lambda: bool(bench.done))

    assert bench.done == ["after"]


def test_a_job_that_waits_can_be_taken_back(bench: Bench) -> None:
    bench.queue.enqueue(Job("j1", "note", "never"))
    bench.queue.enqueue(Job("j2", "note", "kept"))

    waiting = [job.id for job in bench.queue.list(state=JobState.WAITING)]
    bench.queue.cancel("j1")
    bench.start()
    bench.wait(lambda: bool(bench.done))

    assert sorted(waiting) == ["j1", "j2"]
    assert bench.done == ["kept"]
    assert [job.id for job in bench.queue.list(state=JobState.CANCELLED)] == ["j1"]


def test_a_job_that_raises_is_known_to_have_failed(tmp_path: Path) -> None:
    queue = DbosQueue(f"sqlite:///{tmp_path / 'q.sqlite'}", "worker-1")
    queue.open()

    def fail(_argument: str) -> None:
        raise StoreUnavailableError("full")

    queue.start({"fail": fail}, {"work": 1})
    queue.enqueue(Job("j1", "fail", ""))
    deadline = time.monotonic() + 10
    while not queue.list(state=JobState.FAILED) and time.monotonic() < deadline:
        time.sleep(0.05)

    failed = queue.list(state=JobState.FAILED)
    queue.stop()
    assert [job.id for job in failed] == ["j1"]


def test_a_turn_is_run_once_by_however_many(tmp_path: Path) -> None:
    queue = DbosQueue(f"sqlite:///{tmp_path / 'q.sqlite'}", "worker-1")
    other = DbosQueue(f"sqlite:///{tmp_path / 'q.sqlite'}", "worker-2")
    queue.open()
    other.open()
    done: list[str] = []

    queue.start({"tick": done.append}, {"work": 2})
    queue.schedule("tick", every_seconds=1)
    other.schedule("tick", every_seconds=1)
    other._ticker = None  # noqa: SLF001 -- one engine a process: only its ticks are tried
    deadline = time.monotonic() + 10
    while len(done) < 2 and time.monotonic() < deadline:
        other._quietly(lambda: other.enqueue(_turn()))  # noqa: SLF001 -- as above
        time.sleep(0.1)
    queue.stop()
    other.stop()

    assert len(done) == len(set(done)) >= 2


def test_what_is_added_here_runs_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.sqlite"
    engine, queue = (
        make_engine(f"sqlite:///{path}"),
        DbosQueue(f"sqlite:///{path}", "w"),
    )
    queue.open()
    done: list[float] = []
    queue.start({"note": lambda _: done.append(time.monotonic())}, {"work": 1})
    time.sleep(0.5)  # what it looked at first has nothing

    began = time.monotonic()
    with writing(engine) as connection:
        for number in range(6):  # more than there is room for at once
            job = Job(f"j{number}", "note", "")
            queue.enqueue_in_tx(connection, job)
    while len(done) < 6 and time.monotonic() < began + 10:
        time.sleep(0.01)
    queue.stop()
    engine.dispose()

    gaps = [b - a for a, b in zip([began, *done], done, strict=False)]
    assert len(gaps) == 6
    assert max(gaps) < 1.5  # sooner than it would look by itself


def test_what_another_process_adds_is_found_by_looking(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'q.sqlite'}"
    queue = DbosQueue(url, "w")
    queue.open()
    done: list[str] = []
    queue.start({"note": done.append}, {"work": 1})
    time.sleep(0.5)

    subprocess.run(
        [sys.executable, "-c", ADDS, url], cwd=ROOT, check=True
    )  # it ends, and nobody rings
    deadline = time.monotonic() + 10
    while not done and time.monotonic() < deadline:
        time.sleep(0.02)
    queue.stop()

    assert done == ["from elsewhere"]


ADDS = """
import sys
from sync.sending.queue import Job
from sync.store.dbos_queue import DbosQueue
queue = DbosQueue(sys.argv[1], "teller")
queue.open()
queue.enqueue(Job("j1", "note", "from elsewhere"))
queue.stop()
"""


def _add_and_fail(bench: Bench) -> None:
    with writing(bench.engine) as connection:
        bench.queue.enqueue_in_tx(connection, Job("j1", "note", "never"))
        raise ZeroDivisionError


def _turn() -> Job:
    turn = int(time.time())
    return Job(f"tick-tick-{turn}", "tick", f"turn {turn}")


def test_the_jobs_of_a_dead_process_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "q.sqlite"
    process = subprocess.run(
        [sys.executable, "-c", DIES, f"sqlite:///{path}"], cwd=ROOT, check=False
    )
    heir = DbosQueue(f"sqlite:///{path}", "heir")
    heir.open()
    done: list[str] = []

    running = [job.worker for job in heir.list(state=JobState.RUNNING)]
    heir.start({"note": done.append}, {"work": 1})
    count = heir.resume("dead")
    deadline = time.monotonic() + 10
    while not done and time.monotonic() < deadline:
        time.sleep(0.05)
    heir.stop()

    assert process.returncode == 9
    assert running == ["dead"]
    assert count == 1
    assert done == ["one"]


DIES = """
import os, sys, time
from sync.store.dbos_queue import DbosQueue
from sync.sending.queue import Job
queue = DbosQueue(sys.argv[1], "dead")
queue.open()
queue.start({"note": lambda _argument: os._exit(9)}, {"work": 1})
queue.enqueue(Job("j1", "note", "one"))
time.sleep(20)
"""


def test_rows_of_the_queue_are_json_and_the_cloud_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "q.sqlite"
    os.environ["DBOS__CLOUD"] = "true"
    queue = DbosQueue(f"sqlite:///{path}", "worker-1")
    queue.open()
    queue.enqueue(Job("j1", "note", "an-id"))
    queue.stop()

    with closing(sqlite3.connect(path)) as database:
        rows = "\n".join(database.iterdump())
    assert '["note", "an-id", "work"]' in rows
    assert "countersign_json" in rows
    assert "pickle" not in rows
    assert "DBOS__CLOUD" not in os.environ
