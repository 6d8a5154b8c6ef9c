"""The parent's side: one child, one job at a time, ended when it overruns."""

import os
import selectors
import signal
import subprocess
import sys
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

import governance
from governance.adapters.render_process.limits import Limits
from governance.adapters.render_process.wire import (
    Answer,
    Bug,
    Failure,
    Job,
    framed,
    length_of,
    read_answer,
)
from governance.errors import RendererUnavailableError, RenderTooExpensiveError
from governance.texts import _

STARTING_SECONDS: Final = 60.0  # a busy computer reads the libraries slowly

# All that a child may know of its parent's surroundings: no key, no password.
_INHERITED: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_HEADER: Final = 4
_CHUNK: Final = 1 << 20
_PATIENCE: Final = 5.0
_GRACE: Final = 0.5  # for the system to tell how a child ended
_OVERTIME: Final = int(getattr(signal, "SIGXCPU", 0))
_TOO_EXPENSIVE: Final = RenderTooExpensiveError.__name__


class _GoneError(Exception):
    """The child ended, or said what nobody understands."""


class RenderProcess:
    """A child process that does jobs; a new one takes the place of one that fell.

    Attributes:
        generation: How many children there have been; what one was given, the next one
            does not know.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.generation = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def start(self) -> None:
        """Start the child, so that the first job need not wait for it.

        Raises:
            RendererUnavailableError: It cannot be started.
        """
        with self._lock:
            self._running()

    def ask(self, job: Job) -> Answer:
        """Do one job.

        Raises:
            RenderTooExpensiveError: It took more time or memory than any may.
            RendererUnavailableError: The child cannot be started.
            RuntimeError: A mistake of ours, with the child's traceback.
        """
        try:
            frame = framed(job)
        except OverflowError as error:
            raise RenderTooExpensiveError(_("There is too much to send.")) from error
        with self._lock:
            try:
                answer = self._done(frame)
            except _GoneError:
                # It may have been ended from outside, before this job; if it was the
                # job, the next child ends too.
                try:
                    answer = self._done(frame)
                except _GoneError as error:
                    raise RenderTooExpensiveError(_TOO_LARGE()) from error
            if isinstance(answer, Failure) and answer.error == _TOO_EXPENSIVE:
                self._end()
                raise RenderTooExpensiveError(answer.text or _TOO_LARGE())
        if isinstance(answer, Bug):
            raise RuntimeError(answer.traceback)  # noqa: TRY004 -- a bug of ours
        return answer

    def close(self) -> None:
        """End the child; another job starts a new one."""
        with self._lock:
            self._end()

    def _done(self, frame: bytes) -> Answer:
        child = self._running()
        deadline = monotonic() + self.limits.seconds
        try:
            _write(child, frame, deadline)
            return _answer(child, deadline)
        except TimeoutError as error:
            self._end()
            raise self._too_slow() from error
        except _GoneError as error:
            if self._end(has_fallen=True) == -_OVERTIME:
                raise self._too_slow() from error
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        try:
            self._child = child = self._started()
            _answer(child, monotonic() + STARTING_SECONDS)
        except (OSError, TimeoutError, _GoneError) as error:
            self._end()
            raise RendererUnavailableError(
                _("The process that renders messages cannot be started.")
            ) from error
        self.generation += 1
        return child

    def _started(self) -> subprocess.Popen[bytes]:
        home = Path(governance.__file__).parent.parent
        environment = {
            name: os.environ[name] for name in _INHERITED if name in os.environ
        }
        # The same hashes everywhere: nothing may depend on their order, and if
        # something did, two computers would still agree.
        environment |= {"PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "governance.adapters.render_process"]
        return subprocess.Popen(  # noqa: S603 -- our own module
            [*command, *self.limits.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=environment,
            start_new_session=True,  # a Ctrl-C in the terminal is the parent's
        )

    def _end(self, *, has_fallen: bool = False) -> int | None:
        """End the child at once, and return how it ended if it did by itself."""
        child, self._child = self._child, None
        if child is None:
            return None
        try:
            code = child.wait(_GRACE) if has_fallen else child.poll()
        except subprocess.TimeoutExpired:
            code = None
        if code is None:
            child.kill()
            child.wait(_PATIENCE)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what it was never told
                    continue
        return code

    def _too_slow(self) -> RenderTooExpensiveError:
        return RenderTooExpensiveError(
            _("This takes more than {seconds:g} seconds, and was stopped.").format(
                seconds=self.limits.seconds
            )
        )


def _TOO_LARGE() -> str:  # noqa: N802 -- a text, translated when it is used
    return _("This needs more memory than any message may, and was stopped.")


def _write(child: subprocess.Popen[bytes], frame: bytes, deadline: float) -> None:
    """Hand a frame over, and wait for a child that does not read only so long."""
    assert child.stdin is not None
    pipe, rest = child.stdin.fileno(), memoryview(frame)
    os.set_blocking(pipe, False)
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_WRITE)
        while rest:
            if not selector.select(max(0.0, deadline - monotonic())):
                raise TimeoutError
            try:
                rest = rest[os.write(pipe, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _GoneError from error


def _answer(child: subprocess.Popen[bytes], deadline: float) -> Answer:
    try:
        header = _read(child, _HEADER, deadline)
        return read_answer(_read(child, length_of(header), deadline))
    except ValueError as error:
        raise _GoneError from error


def _read(child: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    assert child.stdout is not None
    found = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while len(found) < length:
            if not selector.select(max(0.0, deadline - monotonic())):
                raise TimeoutError
            data = os.read(child.stdout.fileno(), min(_CHUNK, length - len(found)))
            if not data:
                raise _GoneError
            found += data
    return bytes(found)
