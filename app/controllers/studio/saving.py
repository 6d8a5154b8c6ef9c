"""Keeping a draft: within half a second of the last key, and at once when asked."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.controllers.studio.document import Document
from app.tasks import Lane, Task, Tasks
from app.workspace import Workspace
from governance.content.sources import Sources
from governance.ports import Progress

_PAUSE: Final = 400  # milliseconds
_AGAIN: Final = 2_000  # milliseconds after which it is tried again


class Saving(QObject):
    """Writes what a document has unsaved.

    Signals:
        saved: Everything that was asked for is on the disk.
        failed: The exception; what was typed stays in the document.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(
        self, document: Document, workspace: Workspace, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._workspace = workspace
        self._tasks = tasks
        self._task: Task | None = None
        self._made: list[Sources] = []  # what the task wrote; filled by its thread
        self._written_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._on_time)

    def soon(self) -> None:
        """Save in a moment; more typing does not put it off."""
        if not self._timer.isActive():
            self._timer.start(_PAUSE)

    def again(self) -> None:
        """Try once more in a while: a disk may come back while nobody types."""
        self._timer.start(_AGAIN)

    def at_once(self) -> None:
        """Save in the background, now."""
        self._timer.stop()
        self._on_time()

    def is_newer(self, at: datetime) -> bool:
        """Whether something was written, or is being written, after ``at``.

        Whoever read the disk before must not take what they read for what is there.
        """
        return self._task is not None or (
            self._written_at is not None and self._written_at >= at
        )

    @Slot()
    def now(self) -> None:
        """Save before this returns: the window is closing.

        Raises:
            ExpectedError: The disk cannot be written.
        """
        self._timer.stop()
        if self._task is not None and self._task.ended.wait(2.0) and self._made:
            self._document.mark_saved(self._made.pop())  # its news is still on its way
        texts = self._document.unsaved
        if texts:
            saved = _written(self._workspace, self._document.saved, texts)
            self._document.mark_saved(saved)

    @Slot()
    def _on_time(self) -> None:
        texts = self._document.unsaved
        if self._task is not None:
            self._timer.start(_PAUSE)
            return
        if not texts:
            self.saved.emit()
            return
        self._made = []
        work = partial(_save, self._workspace, self._document.saved, texts, self._made)
        self._task = self._tasks.start(Lane.DRAFTS, work)
        self._task.succeeded.connect(self._on_saved)
        self._task.failed.connect(self.failed)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_saved(self, saved: Sources) -> None:
        self._written_at = self._workspace.clock()
        self._made = []
        self._document.mark_saved(saved)
        if self._document.unsaved:
            self._timer.start(_PAUSE)
        self.saved.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None


def _save(
    workspace: Workspace,
    before: Sources,
    texts: Mapping[str, str],
    made: list[Sources],
    _progress: Progress,
) -> Sources:
    made.append(_written(workspace, before, texts))
    return made[-1]


def _written(
    workspace: Workspace, before: Sources, texts: Mapping[str, str]
) -> Sources:
    after = before
    for path, text in texts.items():
        after = after.with_text(path, text)
    workspace.folder.write(before, after)
    return after
