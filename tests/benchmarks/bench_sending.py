"""A thousand messages through the whole protocol, each commit on the disk.

Printed: messages a second, with the spread over the runs; and, in the same run, what
the disk alone allows: two small transactions a message on the same kind of database.
"""

import sqlite3
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sync.candidates.facts import ApplicationId
from sync.sending.inbox import InboundEvent
from tests.fakes.service import MORNING, Service, a_service, an_application

MESSAGES = 1000
RUNS = 3
# A mail as the starter's templates make it, in size.
SIZE = 15_000


def main() -> None:
    """Print one line."""
    rates = [_rate() for _run in range(RUNS)]
    bare = _bare()
    middle = statistics.median(rates)
    print(
        f"send {MESSAGES} messages, fsync on: {middle:.0f}/s "
        f"(spread {min(rates):.0f}-{max(rates):.0f}, {RUNS} runs); the disk alone "
        f"{bare:.0f}/s with two commits each: ratio {middle / bare:.2f}"
    )


def _rate() -> float:
    with tempfile.TemporaryDirectory() as folder:
        service = a_service(Path(folder))
        _tell(service)
        service.worker.beat()
        started = time.perf_counter()
        service.worker.sweep("")
        service.queue.drain()
        seconds = time.perf_counter() - started
        sent = len(service.mailer.taken)
        assert sent == MESSAGES, f"{sent} were sent: {service.states()}"
        service.store.close()
    return MESSAGES / seconds


def _tell(service: Service) -> None:
    """Let the ATS know them all; planning is measured as well, reading is not."""
    before = MORNING - timedelta(minutes=1)
    for number in range(MESSAGES):
        service.directory.put(an_application(number))
        event = InboundEvent(
            "ats", str(number), ApplicationId(f"a{number}"), "m", before
        )
        service.store.inbox.receive(event, MORNING)
    service.queue.forget()


def _bare() -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "bare.sqlite", isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB)")
        data = bytes(SIZE)
        started = time.perf_counter()
        for number in range(MESSAGES):
            database.execute("INSERT INTO t VALUES (?, ?)", (number, data))
            database.execute("UPDATE t SET data = ? WHERE id = ?", (b"", number))
        seconds = time.perf_counter() - started
        database.close()
    return MESSAGES / seconds


if __name__ == "__main__":
    main()
