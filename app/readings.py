"""Readings: the workspace taken anew, in the background, whenever something moved."""

from functools import partial
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.events import Events
from app.messages import Messages
from app.snapshot import Snapshot
from app.tasks import Lane, Task, Tasks
from app.workspace import Workspace
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.ports import Progress

_LOOK: Final = 3000  # milliseconds between looks for what others changed
_SHARE: Final = 20  # looking takes at most one part in so many of the time


class Readings(QObject):
    """Keeps the latest ``Snapshot``; a second wish while one is taken is kept, once.

    What cannot be read is told once, and again after something could be read.
    """

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        events: Events,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._events = events
        self._messages = messages
        self._task: Task | None = None
        self._looking: Task | None = None
        self._is_wanted = False
        self._seen: object = None
        self._told = ""
        self._began = 0.0
        self.current: Snapshot | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_time)

    def watch(self) -> None:
        """Look every few seconds whether git or an editor changed something."""
        self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """Take the workspace anew; pages hear of it when it is there."""
        if self._task is not None:
            self._is_wanted = True
            return
        work = partial(_snapshot, self._workspace)
        self._task = self._tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_taken)
        self._task.failed.connect(self._on_failed)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_taken(self, snapshot: Snapshot) -> None:
        self._told = ""
        self.current = snapshot
        self._events.reading_changed.emit(snapshot)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if str(error) == self._told:
            self._messages.log(error)
        else:
            self._told = str(error)
            self._messages.tell(error)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        if self._is_wanted:
            self._is_wanted = False
            self.refresh()

    @Slot()
    def _on_time(self) -> None:
        if self._task is None and self._looking is None:
            self._began = monotonic()
            work = partial(_stamp, self._workspace)
            self._looking = self._tasks.start(Lane.READ, work)
            self._looking.succeeded.connect(self._on_looked)
            self._looking.settled.connect(self._on_look_settled)

    @Slot(object)
    def _on_looked(self, stamp: object) -> None:
        if self._seen is not None and stamp != self._seen:
            self.refresh()
        self._seen = stamp

    @Slot()
    def _on_look_settled(self) -> None:
        self._looking = None
        taken = 1000 * (monotonic() - self._began)
        self._timer.setInterval(max(_LOOK, round(taken * _SHARE)))


def _snapshot(workspace: Workspace, _progress: Progress) -> Snapshot:
    at = workspace.clock()  # before anything is read: what is newer is not in it
    reading = workspace.reader.read()
    problem, sources = "", Sources()
    try:
        sources = workspace.kept_folder.read()
        rows = workspace.kept_library.rows(sources, reading.state)
    except ExpectedError as error:
        problem, rows = str(error), ()
    digest = "" if problem else sources.digest
    return Snapshot(reading, sources, workspace.base(), rows, problem, at, digest)


def _stamp(workspace: Workspace, _progress: Progress) -> object:
    """Return what differs as soon as somebody wrote something."""
    files: object
    try:
        files = id(workspace.kept_folder.read())  # another one when a file changed
    except ExpectedError as error:
        files = str(error)
    return workspace.ledger.tip(), workspace.reader.releases.seen(), files
