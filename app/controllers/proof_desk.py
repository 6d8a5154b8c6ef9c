"""The proof page at work, in a room or in a window of its own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.proof_case import Ground, found_here, found_in_file
from app.controllers.proof_files import export_proof, steps
from app.tasks import Lane, Task, Tasks
from governance.errors import ExpectedError, OperationCancelledError
from governance.ports import Progress
from governance.texts import _
from widgets.proof.case import Case
from widgets.proof.state import SHOWN, proof_state
from widgets.proof.view import ProofView


class ProofDesk(QObject):
    """Remembers the message that is looked at; the latest one that was asked for wins.

    Signals:
        said: Something is done, in words.
        failed: A proof file could not be written, an exception.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, view: ProofView, tasks: Tasks) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._ground = Ground()
        self._case: Case | None = None
        self._tab = SHOWN
        self._busy = ""
        self._task: Task | None = None
        self._again: Callable[[], Task] | None = None
        view.tab_chosen.connect(self._on_tab_chosen)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.file_dropped.connect(self.verify_file)
        view.files.chosen.connect(self._on_file_chosen)
        self._draw()

    def stand_on(self, ground: Ground) -> None:
        """Judge by this from now on."""
        self._ground = ground

    def verify(self, key: str) -> None:
        """Judge a message that the service beside this workspace sent."""
        self.look(partial(self._tasks.start, Lane.READ, self._found(key)))

    def look(self, start: Callable[[], Task]) -> None:
        """Have a message judged by the task that ``start`` starts."""
        if self._task is not None:
            self._task.cancel()
        self._again = start
        self._busy = _("Following the message back to who signed …")
        self._task = start()
        self._task.succeeded.connect(self._on_found)
        self._task.failed.connect(self._on_not_found)
        self._draw()

    def forget(self) -> None:
        """Ask which message, anew."""
        self._case = None
        self._draw()

    @Slot(str)
    def verify_file(self, path: str) -> None:
        """Judge the message in a file."""
        work = partial(found_in_file, self._ground, Path(path))
        self.look(partial(self._tasks.start, Lane.READ, work))

    def _found(self, key: str) -> Callable[[Progress], Case]:
        return partial(found_here, self._ground, key)

    @Slot(object)
    def _on_found(self, case: Case) -> None:
        if self.sender() is not self._task:
            return  # another message was asked for meanwhile
        self._task, self._busy = None, ""
        self._case = case
        self._draw()

    @Slot(object)
    def _on_not_found(self, error: Exception) -> None:
        if self.sender() is not self._task:
            return
        self._task, self._busy = None, ""
        if isinstance(error, OperationCancelledError):
            self._draw()
            return
        is_expected = isinstance(error, ExpectedError)
        words = str(error) if is_expected else _("We did not foresee why.")
        remedy = _(error.remedy) if isinstance(error, ExpectedError) else str(error)
        self._case = Case(self._ground.now(), why=words, remedy=remedy)
        self._draw()

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self._tab = key
        self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "file":
                kinds = _("Messages and proof files (*.eml *.zip);;All files (*)")
                self._view.files.ask_which("verify", _("Verify a file"), kinds)
            case "again" if self._again is not None:
                self.look(self._again)
            case "export" if self._case is not None:
                kinds = _("Proof (*.zip)")
                title = _("Export proof")
                self._view.files.ask_where("export", title, "proof.zip", kinds)
            case "steps" if self._case is not None:
                self._view.copy(steps(self._case))
                self.said.emit(_("The steps are on the clipboard."))
            case _:
                pass

    @Slot(str, str)
    def _on_file_chosen(self, what: str, path: str) -> None:
        if what == "verify":
            self.verify_file(path)
        elif self._case is not None:
            work = partial(export_proof, self._case, Path(path))
            task = self._tasks.start(Lane.READ, work)
            task.succeeded.connect(self._on_exported)
            task.failed.connect(self.failed)

    @Slot(object)
    def _on_exported(self, file: Path) -> None:
        words = _("“{name}” is written. It says inside how to check it.")
        self.said.emit(words.format(name=file.name))

    def _draw(self) -> None:
        self._view.render_state(proof_state(self._case, self._tab, busy=self._busy))
