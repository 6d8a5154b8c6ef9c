"""The workspace's folder, watched: there, read only, or gone."""

import os
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.paths import Paths
from app.tasks import Lane, Task, Tasks
from governance.errors import ExpectedError
from governance.ports import Progress
from governance.texts import N_, _

_LOOK: Final = 2000  # milliseconds


class FolderState(StrEnum):
    """How the folder is."""

    THERE = "there"
    READ_ONLY = "read-only"
    GONE = "gone"


class NothingWrittenError(ExpectedError):
    """The workspace only can be read now."""

    remedy = N_("What you typed stays in this window. Save it when the notice is gone.")


class FolderWatch(QObject):
    """Looks at the folder every few seconds, and holds back what would write.

    Signals:
        changed: ``state`` is another one now.
    """

    changed = Signal()

    def __init__(self, paths: Paths, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._paths = paths
        self._tasks = tasks
        self._task: Task | None = None
        self.state = FolderState.THERE
        self.reader_because = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look()

    def only_read(self, because: str) -> None:
        """Write nothing in this window, since ``because``."""
        self.reader_because = because
        self._hold()
        self.changed.emit()

    @Slot()
    def look(self) -> None:
        """Look how the folder is."""
        if self._task is None:
            work = partial(_looked, self._paths)
            self._task = self._tasks.start(Lane.READ, work)
            self._task.succeeded.connect(self._on_looked)
            self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_looked(self, state: FolderState) -> None:
        if state is not self.state:
            self.state = state
            self._hold()
            self.changed.emit()

    def _hold(self) -> None:
        self._tasks.hold(NothingWrittenError(why) if (why := self._why()) else None)

    def _why(self) -> str:
        reasons = {
            FolderState.GONE: _("The workspace’s folder is gone. Nothing was written."),
            FolderState.READ_ONLY: _(
                "The disk cannot be written. Nothing was written."
            ),
        }
        return reasons.get(self.state, "") or self.reader_because

    @Slot()
    def _on_settled(self) -> None:
        self._task = None


def folder_state(paths: Paths) -> FolderState:
    """Say how the folder of a workspace is; nothing is written to find out."""
    if not paths.repository.is_dir():
        return FolderState.GONE
    try:
        is_fixed = bool(os.statvfs(paths.ours).f_flag & os.ST_RDONLY)
    except AttributeError:  # Windows tells it by the rights alone
        is_fixed = False
    except OSError:
        return FolderState.GONE
    is_ours = os.access(paths.root, os.W_OK) and os.access(paths.ours, os.W_OK)
    return FolderState.READ_ONLY if is_fixed or not is_ours else FolderState.THERE


def _looked(paths: Paths, _progress: Progress) -> FolderState:
    return folder_state(paths)
