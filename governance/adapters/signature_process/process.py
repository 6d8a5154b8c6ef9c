"""Our side: a thread that hands shares to the process, from the back.

The line is a pair of sockets and no pipe: the files of a pipe can be opened by whoever
runs as the same person, who could then answer for the process. Each frame holds one
signature more, at a random place, that does not hold: who says yes to that, or anything
but yes and no, is asked nothing more.
"""

import os
import secrets
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR, socket, socketpair
from threading import Thread
from typing import Final

import governance
from governance.adapters.signature_process.wire import (
    SIGNATURE,
    GoneError,
    framed,
    received,
)
from governance.trust.claims import Claim
from governance.trust.helping import Share, Shares

COMMAND: Final = (sys.executable, "-m", "governance.adapters.signature_process")

# All that the process may know of our surroundings: no key, no password.
_INHERITED: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
_PATIENCE: Final = 1.0  # seconds for the thread to be gone
_AHEAD: Final = 3  # shares; the process need not wait for our thread to get its turn
_NO, _YES = 0, 1


class SignatureProcess:
    """Keeps the promises of ``governance.trust.ports.Helper`` with a second process.

    Args:
        command: What is started; a test may start something worse.
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)

    @contextmanager
    def helping(self) -> Iterator[Shares]:
        """Start the process, and end it when nobody needs it any more."""
        shares = Shares()
        try:
            ours, theirs = socketpair()
        except OSError:  # no more files may be opened
            yield shares
            return
        work = (self._command, ours, theirs, shares)
        thread = Thread(target=_work, args=work, daemon=True, name="signatures")
        thread.start()
        try:
            yield shares
        finally:
            shares.end()
            with suppress(OSError):
                ours.shutdown(SHUT_RDWR)
            thread.join(_PATIENCE)
            if not thread.is_alive():
                ours.close()


def helper() -> SignatureProcess | None:
    """Return a helper, where there is a processor for it."""
    return SignatureProcess() if _processors() > 1 and os.name == "posix" else None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _work(command: Sequence[str], ours: socket, theirs: socket, shares: Shares) -> None:
    try:
        with theirs:
            child = _started(command, theirs)
    except OSError:
        return
    asked: deque[tuple[Share, int]] = deque()
    try:
        with suppress(GoneError, OSError):
            while (share := shares.last(wait=not asked)) or asked:
                if share:
                    asked.append((share, _ask(ours, share.claims)))
                if not share or len(asked) == _AHEAD:
                    _take(ours, *asked.popleft())
    finally:
        child.kill()
        child.wait()


def _started(command: Sequence[str], line: socket) -> "subprocess.Popen[bytes]":
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 -- our own module
        command,
        stdin=line.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(governance.__file__).parent.parent,
        env=environment,
        start_new_session=True,  # a Ctrl-C in the terminal is ours
    )


def _ask(line: socket, claims: Sequence[Claim]) -> int:
    """Ask about ``claims``, and return the place of the one that does not hold.

    Raises:
        OSError: There is nobody to ask.
    """
    planted = secrets.randbelow(len(claims) + 1)
    asked = list(claims)
    asked.insert(planted, _wrong(secrets.choice(claims)))
    line.sendall(framed(asked))
    return planted


def _take(line: socket, share: Share, planted: int) -> None:
    """Take the answer to what was asked first.

    Raises:
        GoneError: There is none, or none that can be believed.
    """
    said = list(received(line, len(share.claims) + 1))
    if said.pop(planted) != _NO or not {*said} <= {_NO, _YES}:
        raise GoneError
    share.answers = [answer == _YES for answer in said]


def _wrong(claim: Claim) -> Claim:
    at = secrets.randbelow(SIGNATURE)
    other = claim.signature[at] ^ 1 << secrets.randbelow(8)
    signature = claim.signature[:at] + bytes([other]) + claim.signature[at + 1 :]
    return claim._replace(signature=signature)
