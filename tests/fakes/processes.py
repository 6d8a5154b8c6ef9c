"""The practice systems and the service as processes, over a repository in git."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from governance.names import PersonId
from sync.client import ServiceClient
from sync.errors import ServiceUnavailableError
from sync.practice_client import PracticeClient
from sync.settings.service import FILE, read_service
from tests.fakes.library import a_library
from tests.fakes.workplace import Workplace, in_git

ROOT = Path(__file__).parents[2]
STARTING = 60.0  # seconds; a busy computer takes its time

ALWAYS = """
[journey]
title = "Interview"
purpose = "interviews"

[[steps]]
id = "invite"
template = "interview-invitation"
channel = "email"
on = { event = "stage_entered", stage = "interview" }
window = { from = 00:00:00, to = 23:59:59 }
deadline = "P2D"
"""

SETTINGS = """
[service]
workspace = "test"
repository = "../repository.git"
poll_every = 5
dead_after = 3.0
patience = 10.0

[mail]
sender = "Northwind <talent@northwind.example>"
domain = "northwind.example"
sandbox = "../sandbox"
rate = 500.0
burst = 500

[ats]
sandbox = "../sandbox"
"""


@dataclass
class Town:
    """A folder with a released message, a sandbox and a service."""

    folder: Path
    place: Workplace
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path) -> "Town":
        """Make one: a journey and its message are released, nothing runs yet."""
        town = cls(folder, in_git(folder))
        town.settings.parent.mkdir()
        town.settings.write_text(SETTINGS)
        town.place.agree_and_release(a_library(journeys=ALWAYS, footer="<p>v1</p>"))
        return town

    @property
    def settings(self) -> Path:
        return self.folder / "service" / "service.toml"

    def start(self, *arguments: str, ready: Path) -> subprocess.Popen[bytes]:
        """Start ``python -m sync`` and wait until it says where it is."""
        ready.unlink(missing_ok=True)
        with (self.folder / "output.log").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "sync", *arguments],
                cwd=ROOT,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.running.append(process)
        wait(lambda: ready.exists() or process.poll() is not None)
        assert ready.exists(), (self.folder / "output.log").read_text()
        return process

    def start_sandbox(self) -> PracticeClient:
        folder = self.folder / "sandbox"
        self.start("sandbox", "--folder", str(folder), ready=folder / "sandbox.json")
        return PracticeClient.of(folder)

    def start_service(self) -> subprocess.Popen[bytes]:
        ready = self.folder / "service" / FILE
        return self.start("serve", "--settings", str(self.settings), ready=ready)

    def start_second_service(self) -> subprocess.Popen[bytes]:
        """Start another, with a folder of its own, on the database of the first."""
        first, second = self.folder / "service", self.folder / "second"
        second.mkdir()
        shutil.copytree(first / "secrets", second / "secrets")
        where = f'database = "sqlite:///{first / "service.sqlite"}"\npatience'
        text = SETTINGS.replace("patience", where)
        (second / "service.toml").write_text(text)
        shutil.copy(first / "service.seen", second)
        settings = str(second / "service.toml")
        return self.start("serve", "--settings", settings, ready=second / FILE)

    def client(self) -> ServiceClient:
        where = read_service(self.folder / "service")
        assert where is not None
        return ServiceClient.at(where.address, where.token)

    def logged_in(self, person: PersonId) -> ServiceClient:
        client = self.client()
        name = person.split("@")[0]
        key = self.place.vault.unlock(person, name)
        return client.within(client.login(person, key))

    def stop(self) -> None:
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children where they are."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(is_so: Callable[[], bool], seconds: float = STARTING) -> None:
    """Wait until something is so."""
    until = monotonic() + seconds
    while not _now(is_so):
        assert monotonic() < until, "it took too long"
        sleep(0.05)


def _now(is_so: Callable[[], bool]) -> bool:
    try:
        return is_so()
    except ServiceUnavailableError:
        return False
