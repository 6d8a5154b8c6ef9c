"""Who can write the queue's rows cannot run code in the service."""

import base64
import os
import pickle
import subprocess
import sys
from pathlib import Path

from tests.fakes.processes import ROOT

PROGRAM = """
import sqlite3, sys, time
from sync.sending.queue import Job
from sync.store.opened import open_store
from sync.store.sealing import Sealer
from datetime import UTC, datetime

path, evil, done = sys.argv[1], sys.argv[2], []
store = open_store(
    f"sqlite:///{path}", Sealer(bytes(32)), domain="d.example", worker="w",
    now=datetime(2026, 11, 24, tzinfo=UTC),
)
for name in ("bad", "good"):
    store.queue.enqueue(Job(name, "note", name))
with sqlite3.connect(path) as other:
    other.execute(
        "UPDATE workflow_status SET serialization = 'py_pickle' "
        "WHERE workflow_uuid = 'bad'"
    )
    changed = other.execute(
        "UPDATE workflow_input SET inputs = ? WHERE workflow_uuid = 'bad'", (evil,)
    ).rowcount
assert changed == 1, changed
store.queue.start({"note": done.append}, {Job("x", "note", "").lane: 2})
until = time.monotonic() + 20
while not done and time.monotonic() < until:
    time.sleep(0.02)
time.sleep(0.5)
store.queue.stop()
store.close()
print(*done)
"""


class Evil:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_a_row_that_wants_to_be_unpickled_runs_nothing_and_stops_nobody(
    tmp_path: Path,
) -> None:
    trap = tmp_path / "trap"
    evil = base64.b64encode(pickle.dumps(Evil(trap))).decode()

    # A process of its own: what is taken from DBOS is taken for good.
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "a.sqlite"), evil],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert not trap.exists()
    assert ended.stdout.split() == ["good"], ended.stderr[-2000:]
