"""Signing: one dialog, one task, one answer; used by every room in which one signs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.tasks import Lane, Task
from governance.changes.credentials import Credentials
from governance.errors import (
    ExpectedError,
    OperationCancelledError,
    WrongPassphraseError,
)
from governance.ports import Progress
from governance.texts import _
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignDialog, SignState

# What is done with who signs and what was written; in the background.
Work = Callable[[Credentials, str, Progress], object]


class Signing(QObject):
    """Asks for a passphrase, does the work, and says how it went in the dialog.

    Signals:
        succeeded: What the work returned; the dialog has closed.
        failed: The exception; the dialog stays open and says what to do.
    """

    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(
        self, parent: PageView, context: Context, lane: Lane = Lane.WRITE
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._context = context
        self._lane = lane
        self._dialog: SignDialog | None = None
        self._work: Work | None = None
        self._task: Task | None = None

    @property
    def dialog(self) -> SignDialog | None:
        """The dialog that is open."""
        return self._dialog

    def ask(self, state: SignState, work: Work) -> None:
        """Open the dialog; ``work`` is done when the person signs."""
        self._work = work
        dialog = self._dialog = SignDialog(self._parent, state)
        dialog.signed.connect(self._on_signed)
        dialog.cancelled.connect(self._on_cancelled)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot(str, str)
    def _on_signed(self, passphrase: str, written: str) -> None:
        person, work = self._context.identity.person, self._work
        if person is None or work is None or self._dialog is None:
            return
        who = Credentials(person, passphrase)

        def signed(progress: Progress) -> object:
            return work(who, written, progress)

        self._task = self._context.tasks.start(self._lane, signed)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.failed.connect(self._on_failed)
        self._task.settled.connect(self._on_settled)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(str, int, int)
    def _on_progressed(self, label: str, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.render_busy(f"{label}…", done, total)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if self._dialog is not None:
            self._dialog.render_busy("")
            self._dialog.accept()
        self._context.readings.refresh()
        self.succeeded.emit(result)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        dialog = self._dialog
        if dialog is None:
            self._context.messages.tell(error)
        elif isinstance(error, WrongPassphraseError):
            dialog.refuse(_("The passphrase is not right. Nothing was signed."))
        elif isinstance(error, OperationCancelledError):
            dialog.fail(_("Stopped. Nothing was signed."))
        elif isinstance(error, ExpectedError):
            dialog.fail(f"{error} {_(error.remedy)}")
        else:
            dialog.fail(_("That did not work. Nothing was signed."))
            self._context.messages.log(error)
        self._context.readings.refresh()  # go on from what is there now
        self.failed.emit(error)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
