"""A service in a process of its own, to be killed: ``-m tests.fakes.serving``.

Its clock is the test's, its ATS knows as many applications as are asked for, and its
provider is a file: a line is a message that was taken, whatever became of the process.
"""

import argparse
import os
import random
import signal
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from governance.trust.keys import SigningKey
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt, Sighting
from sync.sending.worker import Pace, Worker
from sync.store.dbos_queue import DbosQueue
from tests.fakes.service import (
    MORNING,
    FakeDirectory,
    FakeMailer,
    Service,
    a_service,
    an_application,
)

PATIENCE = timedelta(seconds=1.5)


@dataclass
class RunningClock:
    """The test's morning, running on."""

    started: float

    def __call__(self) -> datetime:
        return MORNING + timedelta(seconds=time.time() - self.started)


class FileMailer(FakeMailer):
    """A provider that is a file, and slow enough to be killed in the middle."""

    def __init__(self, path: Path, pause: float, way: InDoubt) -> None:
        super().__init__(in_doubt=way, settles_after=2.0)
        self._path, self._pause = path, pause
        self._chance = random.Random()  # noqa: S311 -- only to be killed anywhere

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take a message: one line, appended in one go."""
        time.sleep(self._chance.random() * self._pause)
        is_known = self.look_up(message.message_id) is Sighting.FOUND
        if not (self.in_doubt is InDoubt.IDEMPOTENT and is_known):
            with self._path.open("ab", buffering=0) as file:
                file.write(f"{message.message_id}\n".encode())
        time.sleep(self._chance.random() * self._pause)  # taken, and not yet told
        return Receipt("file", message.message_id)

    def look_up(self, message_id: str) -> Sighting:
        """Look into the file."""
        is_there = message_id in taken(self._path)
        return Sighting.FOUND if is_there else Sighting.NOT_FOUND


def taken(path: Path) -> list[str]:
    """Return the messages that the provider took, in order."""
    return path.read_text().splitlines() if path.exists() else []


def a_directory(count: int) -> FakeDirectory:
    """Return an ATS with so many applications."""
    directory = FakeDirectory()
    for number in range(count):
        directory.put(an_application(number))
    return directory


def a_durable_service(
    folder: Path,
    *,
    started: float,
    worker: str,
    count: int,
    way: InDoubt = InDoubt.LOOKUP,
    pause: float = 0.02,
) -> Service:
    """Return a service on the real queue; whoever starts it stops it."""
    url = f"sqlite:///{folder / 'service.sqlite'}"
    queue = DbosQueue(url, worker)
    service = a_service(
        folder,
        clock=RunningClock(started),
        directory=a_directory(count),
        mailer=FileMailer(folder / "taken", pause, way),
        queue=queue,
        worker=worker,
        key=SigningKey.generate(),
    )
    pace = Pace(beat=0.3, patience=PATIENCE, sweep=1, poll=timedelta(days=1))
    service.worker = Worker(service.wired, pace, service.store.mark)
    return service


def main() -> None:
    """Serve until told to end, or killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--started", type=float, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--way", type=InDoubt, default=InDoubt.LOOKUP)
    parser.add_argument("--pause", type=float, default=0.02)
    given = parser.parse_args()
    service = a_durable_service(
        given.folder,
        started=given.started,
        worker=f"w-{os.getpid()}-{time.time_ns()}",
        count=given.count,
        way=given.way,
        pause=given.pause,
    )
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    service.worker.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ending.wait()
    service.worker.stop()
    service.store.close()


if __name__ == "__main__":
    main()
