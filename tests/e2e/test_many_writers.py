"""Eight processes open, approve and release on one repository at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from governance.adapters.git.store import GitStore
from governance.adapters.vaults import FileVault
from governance.ledger.state import Stage
from governance.names import ChangeId, SubjectName
from governance.people.enrol import enrol
from governance.people.found import Founder, found
from governance.trust.signer import Signer
from tests.fakes.git import stock_git
from tests.fakes.library import a_library
from tests.fakes.make import ANA, COMMS, NOON, a_policy
from tests.fakes.workplace import TEAM, Workplace, over_git

WRITERS, ROUNDS = 8, 2
ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """Found it with keys in files, which other processes can unlock."""
    place = over_git(GitStore.make(tmp_path / "repository.git"))
    vault = FileVault(tmp_path / "keys")
    vault.create(ANA, "ana")
    key, book = vault.unlock(ANA, "ana"), place.reader.book
    sign = Signer(ANA, "Ana", key, NOON)
    main = place.repository.keep(a_library(), parents=(), message="Begin", sign=sign)
    place.repository.establish(main)
    founder = Founder(ANA, "Ana", [COMMS])
    found(book, "Test", a_policy(), founder, key=key, now=NOON, main=main)
    for person, roles in TEAM.items():
        name = person.split("@")[0]
        enrol(book, person, name, vault.create(person, name), *roles, key=key, now=NOON)
    return place


def start(folder: Path, number: int, rounds: int) -> "subprocess.Popen[str]":
    line = [sys.executable, "-m", "tests.fakes.writer", str(folder / "repository.git")]
    return subprocess.Popen(
        [*line, str(folder / "keys"), str(number), str(rounds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def test_eight_writers_lose_nothing(place: Workplace, tmp_path: Path) -> None:
    writers = [start(tmp_path, number, ROUNDS) for number in range(WRITERS)]

    said = [writer.communicate(timeout=240) for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * WRITERS, said
    opened = {ChangeId(line) for out, _err in said for line in out.split()}
    assert len(opened) == WRITERS * ROUNDS
    reading = place.read()
    assert (reading.alarm, reading.state.ignored, reading.problems) == (None, (), ())
    assert reading.changes.keys() == opened
    assert {row.change.stage for row in reading.changes.values()} == {Stage.RELEASED}
    assert all(len(row.change.approvals) == 2 for row in reading.changes.values())
    for number in range(WRITERS):
        versions = reading.state.versions[SubjectName(f"templates/writer-{number}")]
        assert [version.number for version in versions] == [1, 2]
        path = f"templates/w{number}/writer-{number}/en/subject.txt"
        assert "{# 1 #}" in place.repository.sources(reading.main).texts[path]
    everything = ["fsck", "--full", "--strict"]
    assert stock_git(tmp_path / "repository.git", *everything).returncode == 0


@pytest.fixture
def killed(place: Workplace, tmp_path: Path) -> Workplace:
    """Kill a writer, and the git that it runs, again and again in the middle."""
    for number in range(5):
        writer = start(tmp_path, number, 50)
        assert writer.stdout
        assert writer.stdout.readline(), "it releases something"
        sleep(0.07 * number)
        os.killpg(writer.pid, signal.SIGKILL)
        writer.communicate()
        for lock in (tmp_path / "repository.git").rglob("*.lock"):
            lock.unlink()  # as the sentence tells a person to do
    return place


def test_who_is_killed_at_any_moment_leaves_nothing_half(
    killed: Workplace, tmp_path: Path
) -> None:
    reading = killed.read()

    assert (reading.alarm, reading.state.ignored, reading.problems) == (None, (), ())
    assert len(reading.state.versions) >= 5
    for versions in reading.state.versions.values():
        for version in versions:
            assert reading.refs.tags[version.tag] == version.main
            if version.compiled:
                name, number = version.subject, version.number
                assert killed.releases.compiled(reading.tip, name, number)
    told = stock_git(tmp_path / "repository.git", "fsck", "--strict", check=False)
    assert told.returncode == 0, told
