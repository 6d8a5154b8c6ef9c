"""The queue ends at once where nothing runs, and waits for what does."""

from pathlib import Path
from threading import Event
from time import monotonic, sleep

from sync.sending.queue import Job
from sync.store.dbos_queue import DbosQueue


def test_it_ends_at_once_where_nothing_runs_and_waits_for_what_does(
    tmp_path: Path,
) -> None:
    done: list[str] = []
    begun = Event()

    def work(argument: str) -> None:
        begun.set()
        sleep(0.5)
        done.append(argument)

    queue = DbosQueue(f"sqlite:///{tmp_path / 'queue.sqlite'}", "worker-1")
    queue.open()
    job = Job("j1", "note", "one")
    queue.start({"note": work}, {job.lane: 2})
    queue.enqueue(job)
    assert begun.wait(30)

    queue.stop()
    assert done == ["one"]

    again = DbosQueue(f"sqlite:///{tmp_path / 'queue.sqlite'}", "worker-2")
    again.open()
    again.start({"note": work}, {job.lane: 2})
    before = monotonic()
    again.stop()

    # DBOS's own way takes a second at least, and most often two.
    assert monotonic() - before < 0.9
    assert done == ["one"]
