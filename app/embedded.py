"""The processes beside this one: the service and the sandbox, started and watched."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from governance.errors import ExpectedError
from governance.texts import N_, _

_START: Final = 30.0  # seconds that a process may take until it is ready
_STOP: Final = 10.0
_LOOK: Final = 0.02  # seconds between two looks
_TAIL: Final = 400  # characters of a log that an error quotes


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

        Raises:
            ProcessFailedError: It ended, or was not ready in time.
        """
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ready.unlink(missing_ok=True)
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
        self.ready.unlink(missing_ok=True)

    def kill(self) -> None:
        """End it at once, with all that it started, wherever it is (``SIGKILL``)."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _START
        while not self.ready.exists():
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
