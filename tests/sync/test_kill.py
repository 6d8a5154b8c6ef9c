"""A service is killed again and again in the middle of sending; nothing is lost."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.sending.delivery import State
from sync.sending.inbox import InboundEvent
from tests.fakes.service import MORNING, a_service
from tests.fakes.serving import a_directory, a_durable_service, taken

ROOT = Path(__file__).parents[2]
COUNT = 50


@contextmanager
def a_process(
    folder: Path, started: float, *more: str
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.fakes.serving", str(folder)]
    process = subprocess.Popen(
        [*command, f"--started={started}", f"--count={COUNT}", *more],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def tell_all(folder: Path, started: float) -> None:
    service = a_durable_service(folder, started=started, worker="teller", count=COUNT)
    for name in a_directory(COUNT).known:
        event = InboundEvent("ats", f"e-{name}", name, "moved", MORNING)
        assert service.store.inbox.receive(event, MORNING)
    service.store.queue.stop()
    service.store.close()


def counts(folder: Path) -> dict[State, int]:
    reader = a_service(folder, worker="reader")
    found = dict(reader.store.deliveries.counts())
    reader.store.close()
    return found


def wait_for_all(folder: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while counts(folder)[State.SENT] < COUNT and time.monotonic() < deadline:
        time.sleep(0.2)


def test_fifty_arrive_and_none_twice_however_often_it_is_killed(
    tmp_path: Path,
) -> None:
    started, chance = time.time(), random.Random(7)  # noqa: S311 -- any will do
    tell_all(tmp_path, started)
    kills = 0

    while len(taken(tmp_path / "taken")) < COUNT and kills < 6:
        with a_process(tmp_path, started, "--pause=0.1"):
            aim = len(taken(tmp_path / "taken")) + chance.randint(3, 9)
            deadline = time.monotonic() + 4
            while (
                len(taken(tmp_path / "taken")) < min(aim, COUNT)
                and time.monotonic() < deadline
            ):
                time.sleep(0.005)
        kills += 1
    with a_process(tmp_path, started):
        wait_for_all(tmp_path, 60)

    assert kills > 3
    assert counts(tmp_path)[State.SENT] == COUNT
    assert max(Counter(taken(tmp_path / "taken")).values()) == 1
    assert len(taken(tmp_path / "taken")) == COUNT


def test_what_cannot_be_asked_is_held_for_a_person_and_never_sent_twice(
    tmp_path: Path,
) -> None:
    started = time.time()
    tell_all(tmp_path, started)

    for _life in range(2):
        with a_process(tmp_path, started, "--way=hold", "--pause=0.1"):
            before = len(taken(tmp_path / "taken"))
            deadline = time.monotonic() + 6
            while (
                len(taken(tmp_path / "taken")) < before + 4
                and time.monotonic() < deadline
            ):
                time.sleep(0.005)
    with a_process(tmp_path, started, "--way=hold"):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = counts(tmp_path)
            if found[State.SENT] + found[State.IN_DOUBT] == COUNT:
                break
            time.sleep(0.2)

    found = counts(tmp_path)
    assert found[State.SENT] + found[State.IN_DOUBT] == COUNT
    assert set(Counter(taken(tmp_path / "taken")).values()) == {1}
    assert found[State.SENT] <= len(taken(tmp_path / "taken")) <= COUNT


def test_two_services_on_one_database_share_the_work(tmp_path: Path) -> None:
    started = time.time()
    tell_all(tmp_path, started)

    with (
        a_process(tmp_path, started, "--pause=0.05"),
        a_process(tmp_path, started, "--pause=0.05"),
    ):
        wait_for_all(tmp_path, 60)

    assert counts(tmp_path)[State.SENT] == COUNT
    assert (
        len(taken(tmp_path / "taken")) == len(set(taken(tmp_path / "taken"))) == COUNT
    )
