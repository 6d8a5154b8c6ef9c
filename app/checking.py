"""Checking everything in the background: what the checks say of the author's files."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.messages import Messages
from app.snapshot import Snapshot
from app.tasks import Lane, Task, Tasks
from governance.content.sources import Sources
from governance.content.template import template_folders
from governance.names import TemplateId
from governance.ports import Progress
from governance.standards.finding import Finding
from governance.standards.ports import Checker

_DEPTH = 3  # "templates", the stage, the template


class Checking(QObject):
    """Keeps the findings of every template; the latest files win.

    Signals:
        changed: There are other findings now.
    """

    changed = Signal()

    def __init__(
        self, checker: Checker, tasks: Tasks, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._checker = checker
        self._tasks = tasks
        self._messages = messages
        self._task: Task | None = None
        self._wanted: Snapshot | None = None
        self._digest = ""
        self.findings: Mapping[TemplateId, tuple[Finding, ...]] | None = None

    @Slot(object)
    def on_reading_changed(self, snapshot: Snapshot) -> None:
        """Check the files of ``snapshot`` if they are others than before."""
        self._wanted = snapshot
        self._start()

    def _start(self) -> None:
        wanted = self._wanted
        if self._task is not None or wanted is None or wanted.digest == self._digest:
            return
        self._digest = wanted.digest
        work = partial(_checked, self._checker, wanted.sources)
        self._task = self._tasks.start(Lane.CHECKS, work)
        self._task.succeeded.connect(self._on_checked)
        self._task.failed.connect(self._messages.log)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_checked(self, found: Mapping[TemplateId, tuple[Finding, ...]]) -> None:
        self.findings = found
        self.changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self._start()


def by_template(
    findings: tuple[Finding, ...], sources: Sources
) -> Mapping[TemplateId, tuple[Finding, ...]]:
    """Return the findings of each template: those in its own files."""
    folders = template_folders(sources)
    names = {folder: name for name, folder in folders.items()}
    found: dict[TemplateId, list[Finding]] = {name: [] for name in folders}
    for one in findings:
        name = names.get("/".join(one.file.split("/")[:_DEPTH]))
        if name is not None:
            found[name].append(one)
    return {name: tuple(these) for name, these in found.items()}


def _checked(
    checker: Checker, sources: Sources, _progress: Progress
) -> Mapping[TemplateId, tuple[Finding, ...]]:
    return by_template(checker.check(sources, None), sources)
