"""Replacing in all templates: begun, stopped, told, taken back."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.commands import Command
from app.context import Context
from app.controllers.search_work import Replaced, Wanted, replace, take_back
from app.tasks import Lane, Task
from governance.names import Span
from governance.texts import _
from widgets.search.sought import Report, Sought, folder_of, is_on

UNDO: Final = "undo-search"


class Replacing(QObject):
    """Does one replacing at a time, and keeps the last one so that it can be undone.

    Signals:
        changed: It began, or ended; ``report`` says what it did.
        progressed: Label, steps done, steps in all.

    Attributes:
        report: What the last one did, None before, and while one is under way.
        label: What is being done, "" for nothing.
    """

    changed = Signal()
    progressed = Signal(str, int, int)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self._last: Replaced | None = None
        self._sought = Sought()
        self.report: Report | None = None
        self.label = ""
        context.commands.offer(
            Command(
                UNDO,
                _("Take back what was replaced in all templates"),
                _("Library"),
                self.undo,
                "arrow-u-up-left",
                why_not=self._why_no_undo,
            )
        )

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    def begin(self, sought: Sought) -> None:
        """Replace what is ticked."""
        places: dict[str, tuple[str, tuple[Span, ...]]] = {}
        for one in sought.found:
            spans = tuple(h.span for h in one.hits if is_on(sought, one.path, h))
            if spans:
                places[one.path] = (one.text, spans)
        if not places or self.is_busy:
            return
        self._sought = sought
        wanted = Wanted(sought.query, sought.instead, places, sought.titles)
        work = partial(replace, self._context.workspace, wanted)
        task = self._context.tasks.start(Lane.DRAFTS, work)
        task.succeeded.connect(self._on_replaced)
        self._follow(task, _("Replacing"))

    @Slot()
    def undo(self) -> None:
        """Put back what was replaced last."""
        if self._last is None or self.is_busy:
            return
        done, self._last = self._last, None
        titles = self._sought.titles
        work = partial(take_back, self._context.workspace, done, titles)
        task = self._context.tasks.start(Lane.DRAFTS, work)
        task.succeeded.connect(self._on_taken_back)
        self._follow(task, _("Taking back"))

    def cancel(self) -> None:
        """Stop after the template that is being written."""
        if self._task is not None:
            self._task.cancel()

    def forget(self) -> None:
        """Say no more what was done; something else is looked for."""
        self.report = None

    def _follow(self, task: Task, label: str) -> None:
        self._task, self.report, self.label = task, None, label
        task.progressed.connect(self.progressed)
        task.failed.connect(self._context.messages.tell)
        task.settled.connect(self._on_settled)
        self.changed.emit()

    @Slot(object)
    def _on_replaced(self, done: Replaced) -> None:
        found = {folder_of(one.path) for one in self._sought.found}
        locked = (
            (self._sought.titles.get(folder, folder), reason)
            for folder, reason in self._sought.locked.items()
            if folder in found
        )
        if done.places:
            self._last = done
        self.report = Report(
            done.places, done.things, (*done.left, *locked), done.is_stopped
        )
        self._context.commands.changed.emit()

    @Slot(object)
    def _on_taken_back(self, done: Replaced) -> None:
        self.report = Report(done.places, done.things, done.left, is_back=True)
        self._context.commands.changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task, self.label = None, ""
        self._context.readings.refresh()
        self.changed.emit()

    def _why_no_undo(self) -> str:
        return "" if self._last else _("There is nothing to take back.")
