"""A computer in trouble: locks, full disks, programs that are killed, ports in use."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.fakes.command_line import PASSPHRASE, CommandLine, countersign

OPEN = ("change", "open", "feedback-thanks", "--title", "New", "--reason", "Asked")


@pytest.fixture
def small(desk: CommandLine) -> CommandLine:
    """A desk with a new template that is quickly proposed."""
    desk.json("template", "new", "feedback-thanks", "--stage", "relationship")
    return desk


def test_a_lock_in_the_repository_is_named_and_nothing_is_kept(
    small: CommandLine,
) -> None:
    lock = small.folder / ".countersign/repository.git/refs/heads/ledger.lock"
    lock.touch()

    code, _out, err = small.run(*OPEN)

    assert code == 3
    assert "delete that file" in err
    lock.unlink()
    assert small.json("change", "list") == []
    assert small.run(*OPEN)[0] == 0


def test_a_full_disk_is_said_and_changes_nothing(small: CommandLine) -> None:
    before = small.json("verify", "ledger")
    arguments = " ".join(f"'{one}'" for one in OPEN)

    said = subprocess.run(
        ["bash", "-c", f"ulimit -f 1; exec {sys.executable} -m app {arguments}"],
        cwd=small.folder,
        env={**os.environ, "COUNTERSIGN_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 3, said.stderr
    assert "Traceback" not in said.stderr
    assert len(said.stderr.strip().splitlines()) == 2
    assert small.json("verify", "ledger") == before
    assert small.run(*OPEN)[0] == 0


@pytest.mark.parametrize("after", [0.6, 1.2])
def test_who_is_killed_half_way_leaves_a_workspace_that_holds(
    small: CommandLine, after: float
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *OPEN],
        cwd=small.folder,
        env={**os.environ, "COUNTERSIGN_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    assert small.json("verify", "ledger")["code"] == "VERIFIED"
    assert small.run("check", "feedback-thanks")[0] in {0, 1}
    assert small.run(*OPEN)[0] == 0


def test_a_port_in_use_is_said(desk: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = countersign(desk.folder, "sandbox", "--http", port)

    assert said.returncode == 3, said.stderr
    assert "port" in said.stderr.lower()
    assert "Traceback" not in said.stderr


def test_a_service_without_its_sandbox_says_what_to_start(desk: CommandLine) -> None:
    said = countersign(desk.folder, "serve")

    assert said.returncode == 3, said.stderr
    assert "sandbox" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_service_started_by_the_command_line_takes_nothing_apart(
    desk: CommandLine,
) -> None:
    program = (
        "import atexit, sys; atexit.register(print, 'taken apart');"
        "sys.argv[1:] = ['serve']; from app.__main__ import main; sys.exit(main())"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stdout) == (3, ""), said.stderr
    assert "sandbox" in said.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_cannot_be_written_is_said(small: CommandLine) -> None:
    folder = small.folder / "templates"
    folder.chmod(0o500)
    try:
        code, _out, err = small.run("template", "new", "other", "--stage", "new")
    finally:
        folder.chmod(0o700)

    assert (code, "cannot be read or written" in err) == (3, True)
