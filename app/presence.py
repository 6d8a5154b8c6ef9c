"""One window over one workspace: a second start raises the first, or only reads."""

import os
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from socket import gethostname
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.paths import Paths
from governance.errors import ExpectedError
from governance.texts import N_, _

_LOCK: Final = "window.lock"
_PATIENCE: Final = 1500  # milliseconds that another window may take to answer
_CALL: Final = b"raise\n"


class Stand(StrEnum):
    """How a window stands to its workspace."""

    OURS = "ours"  # nobody else has it open
    RAISED = "raised"  # a window of the same person has, and came to the front
    TAKEN = "taken"  # somebody else's process has: this one reads
    UNWRITABLE = "unwritable"  # the disk takes no lock: this one reads


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of asking for a workspace.

    Attributes:
        who: The computer of the process that has it, "" for none.
    """

    place: Stand
    who: str = ""


class AlreadyOpenError(ExpectedError):
    """Another window has the workspace."""

    remedy = N_("Its window is in front of you now.")


def taken_words(claim: Claim) -> str:
    """Say that somebody else's process has the workspace."""
    if claim.who and claim.who != gethostname():
        return _("This workspace is open on the computer “{name}”.").format(
            name=claim.who
        )
    return _("Somebody else has this workspace open on this computer.")


class Presence(QObject):
    """Holds a workspace for this process, as long as it lives.

    Signals:
        called: Somebody started the program again over the same workspace.
    """

    called = Signal()

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _socket_name(paths.root)
        self._lock = QLockFile(str(paths.ours / _LOCK))
        self._lock.setStaleLockTime(0)  # only the end of its process frees it
        self._server: QLocalServer | None = None

    def claim(self) -> Claim:
        """Ask for the workspace."""
        if self._lock.tryLock(0):
            self._listen()
            return Claim(Stand.OURS)
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return Claim(Stand.UNWRITABLE)
        if self._call():
            return Claim(Stand.RAISED)
        _pid, host, _program = _holder(self._lock)
        return Claim(Stand.TAKEN, host)

    def release(self) -> None:
        """Let others have it."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock.isLocked():
            self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # what a killed process left
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_called)
        if server.listen(self._name):
            self._server = server

    def _call(self) -> bool:
        """Ask the window that has it to come to the front; say whether it heard."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        socket.write(_CALL)
        is_told = socket.waitForBytesWritten(_PATIENCE)
        socket.disconnectFromServer()
        return is_told

    @Slot()
    def _on_called(self) -> None:
        if self._server is not None:
            while (socket := self._server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                self.called.emit()


def _socket_name(root: Path) -> str:
    """Return a name that only this workspace has, for this person."""
    who = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = sha256(f"{root.resolve()}\n{who}".encode()).hexdigest()
    return f"countersign-{digest[:24]}"


def _holder(lock: QLockFile) -> tuple[int, str, str]:
    """Return the process, computer and program that hold ``lock``, as far as known."""
    known: object = lock.getLockInfo()  # of other shapes in some versions of PySide
    match known:
        case (True, int(pid), str(host), str(program)) | (
            int(pid),
            str(host),
            str(program),
        ):
            return pid, host, program
        case _:
            return 0, "", ""
