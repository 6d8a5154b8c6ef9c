"""The live loop: what is typed is rendered and checked; the latest wins."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.live_job import Frame, Job
from app.messages import Messages
from app.tasks import Lane, Task, Tasks
from app.workspace import LateRenderer
from governance.names import Digest
from governance.standards.finding import Finding

__all__ = ["Frame", "Job", "Live"]


class Live(QObject):
    """Takes jobs and never blocks.

    Signals:
        rendered: A ``Frame``.
        checked: The revision, and the findings of the whole template.
    """

    rendered = Signal(object)
    checked = Signal(int, object)

    def __init__(
        self,
        renderer: LateRenderer,
        tasks: Tasks,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._tasks = tasks
        self._messages = messages
        self._task: Task | None = None
        self._next: Job | None = None
        self._unchecked: Job | None = None
        self._pages: Mapping[Digest, bytes] = {}

    def offer(self, job: Job) -> None:
        """Have ``job`` done; one that waits already is forgotten."""
        self._next = job
        self._go_on()

    def close(self) -> None:
        """End the process; called when no task runs any more."""
        self._renderer.close()

    def _go_on(self) -> None:
        if self._task is not None:
            return
        from app.live_work import checked, rendered  # noqa: PLC0415 -- slow to load

        if self._next is not None:
            job, self._next = self._next, None
            self._unchecked = job
            work = partial(rendered, self._renderer, job, self._pages)
            self._task = self._tasks.start(Lane.LIVE, work)
            self._task.succeeded.connect(self._on_rendered)
        elif self._unchecked is not None:
            job, self._unchecked = self._unchecked, None
            work_of_check = partial(checked, self._renderer, job)
            self._task = self._tasks.start(Lane.LIVE, work_of_check)
            self._task.succeeded.connect(self._on_checked)
        else:
            return
        self._task.failed.connect(self._messages.log)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_rendered(self, frame: Frame) -> None:
        if frame.mail is not None:
            self._pages = frame.pages
        self.rendered.emit(frame)

    @Slot(object)
    def _on_checked(self, found: tuple[int, tuple[Finding, ...]]) -> None:
        self.checked.emit(*found)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self._go_on()
