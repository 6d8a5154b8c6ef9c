"""The processes beside this one: the service and the sandbox, started and watched."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from app.paths import Paths
from governance.errors import ExpectedError
from governance.texts import N_, _

_START: Final = 30.0  # seconds that a process may take until it is ready
_STOP: Final = 10.0
_LOOK: Final = 0.02  # seconds between two looks
_TAIL: Final = 400  # characters of a log that an error quotes

SANDBOX: Final = "sandbox.json"
SERVICE: Final = "service.json"

_SETTINGS: Final = """\
# The service beside this workspace. What each key means: countersign serve --help
[service]
workspace = {workspace}
repository = "../repository.git"
folder = "."
dead_after = 4.0  # one computer: what a killed service left is taken up soon

[secrets]
kind = "files"

[mail]
sender = "Northwind Robotics <talent@northwind.example>"
domain = "northwind.example"
sandbox = "../sandbox"

[ats]
sandbox = "../sandbox"
"""


class ProcessFailedError(ExpectedError):
    """A process beside this one does not start or has ended."""

    remedy = N_("Read its log in the workspace's folder “.countersign”.")


@dataclass(slots=True)
class Child:
    """A process that belongs to this one.

    Attributes:
        name: What people call it.
        ready: The file that the process writes when it can be used.
        log: Where its output goes.
    """

    name: str
    ready: Path
    log: Path
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls, name: str, arguments: Sequence[str], *, ready: Path, log: Path
    ) -> Self:
        """Start ``python ARGUMENTS`` and wait until it says that it is ready.

        It says so by writing its process number into ``ready``.

        Raises:
            ProcessFailedError: It ended, or was not ready in time.
        """
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 -- our own modules only
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        child = cls(name, ready, log, process)
        child._await_ready()
        return child

    @property
    def pid(self) -> int:
        """Its number, as the system counts processes."""
        return self._process.pid

    def is_running(self) -> bool:
        """Whether it still lives."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if self.is_running():
            self._process.terminate()
            try:
                self._process.wait(_STOP)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it at once, with all that it started, wherever it is (``SIGKILL``)."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _START
        while _written_by(self.ready) != self.pid:
            if not self.is_running():
                raise ProcessFailedError(
                    _("The {name} ended as it started: {reason}").format(
                        name=self.name, reason=self._last_words()
                    )
                )
            if time.monotonic() > deadline:
                self.kill()
                raise ProcessFailedError(
                    _("The {name} did not start in {count} seconds.").format(
                        name=self.name, count=round(_START)
                    )
                )
            time.sleep(_LOOK)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1][-_TAIL:] if lines else _("it said nothing.")


@dataclass(slots=True)
class Beside:
    """The service of a workspace, and the sandbox where it practises.

    Attributes:
        children: Those that were started here; they end with this process.
    """

    paths: Paths
    children: list[Child]

    @classmethod
    @contextmanager
    def of(cls, paths: Paths, workspace: str) -> Iterator[Self]:
        """Have both run while the block lasts; what runs already is left alone.

        Raises:
            ProcessFailedError: One of them does not start.
        """
        beside = cls(paths, [])
        try:
            if _running(paths.sandbox / SANDBOX) is None:
                beside.children.append(start_sandbox(paths))
            if _running(paths.service / SERVICE) is None:
                beside.children.append(start_service(paths, workspace))
            yield beside
        finally:
            for child in reversed(beside.children):
                child.stop()

    @property
    def address(self) -> str:
        """Where the service is."""
        return str(_said(self.paths.service / SERVICE)["address"])

    @property
    def token(self) -> str:
        """What lets programs read there that can read its folder."""
        return str(_said(self.paths.service / SERVICE)["token"])


def start_sandbox(paths: Paths) -> Child:
    """Start the practice ATS and the capture mailbox of a workspace.

    Raises:
        ProcessFailedError: They do not start.
    """
    return Child.start(
        _("sandbox"),
        ["-m", "sync", "sandbox", "--folder", str(paths.sandbox)],
        ready=paths.sandbox / SANDBOX,
        log=paths.sandbox / "sandbox.log",
    )


def start_service(paths: Paths, workspace: str) -> Child:
    """Start the service of a workspace; its settings are written where none are.

    Raises:
        ProcessFailedError: It does not start.
    """
    return Child.start(
        _("service"),
        ["-m", "sync", "serve", "--settings", str(service_settings(paths, workspace))],
        ready=paths.service / SERVICE,
        log=paths.service / "output.log",
    )


def service_settings(paths: Paths, workspace: str) -> Path:
    """Return the service's settings file; it is written where there is none."""
    file = paths.service / "service.toml"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        half.write_text(_SETTINGS.format(workspace=json.dumps(workspace)), "utf-8")
        half.replace(file)
    return file


def _running(file: Path) -> int | None:
    """Return the number of the process that wrote ``file``, if it still lives."""
    pid = _written_by(file)
    if pid is None:
        return None
    try:
        os.kill(pid, 0)
    except OSError:
        return None
    return pid


def _written_by(file: Path) -> int | None:
    pid = _said(file).get("pid")
    return pid if isinstance(pid, int) else None


def _said(file: Path) -> Mapping[str, object]:
    """Return what a process says of itself, nothing where none has spoken."""
    try:
        said = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
