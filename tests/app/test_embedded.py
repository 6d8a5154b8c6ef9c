import time
from pathlib import Path

import pytest

from app.embedded import Child, ProcessFailedError

READY = (
    "import json, os, pathlib, sys, time\n"
    "pathlib.Path(sys.argv[1]).write_text(json.dumps({'pid': os.getpid()}))\n"
    "time.sleep(60)\n"
)


def start(folder: Path, program: str) -> Child:
    ready = folder / "ready.json"
    return Child.start(
        "service",
        ["-c", program, str(ready)],
        ready=ready,
        log=folder / "logs" / "child.log",
    )


def test_who_is_ready_runs_until_it_is_stopped(tmp_path: Path) -> None:
    child = start(tmp_path, READY)
    ran = child.is_running()

    child.stop()

    assert (ran, child.is_running()) == (True, False)


def test_what_an_earlier_process_said_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "ready.json").write_text('{"pid": 1}')

    with pytest.raises(ProcessFailedError, match="The port is taken"):
        start(tmp_path, "raise SystemExit('The port is taken.')")


def test_who_ends_as_it_starts_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(
        ProcessFailedError, match="ended as it started: it said nothing"
    ):
        start(tmp_path, "raise SystemExit(0)")


def test_a_killed_process_is_gone_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys\n"
        "nap = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "child = subprocess.Popen(nap)\n"
        "open(sys.argv[1] + '.child', 'w').write(str(child.pid))\n" + READY
    )
    child = start(tmp_path, program)
    grandchild = int((tmp_path / "ready.json.child").read_text())

    child.kill()

    assert not child.is_running()
    deadline = time.monotonic() + 5.0  # the system ends it a moment after the signal
    while not has_gone(grandchild) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert has_gone(grandchild)


def has_gone(pid: int) -> bool:
    """Whether a process is no more, or waits only for its parent to notice."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"
