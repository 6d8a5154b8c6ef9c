"""Closing the window: what waits is said once, before it goes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox

from app.context import Context
from app.tasks import Lane
from governance.texts import _
from widgets.shell.main_window import MainWindow


class Closing(QObject):
    """Holds the window back while something waits, until that is agreed to."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(context.owner)
        self._window = window
        self._context = context
        self._waiting: list[Callable[[], str]] = [self._what_is_signed]
        self._is_agreed = False
        window.closing.connect(self._on_closing)

    def ask_before(self, what: Callable[[], str]) -> None:
        """Say what ``what`` returns when the window closes, "" for nothing."""
        self._waiting.append(what)

    def _what_is_signed(self) -> str:
        if self._context.tasks.is_busy(Lane.WRITE):
            return _("Something is being signed; it is stopped where that is safe.")
        return ""

    @Slot()
    def _on_closing(self) -> None:
        """Say once what waits, and keep the window open until that is agreed to."""
        waits = [words for what in self._waiting if (words := what())]
        if not waits or self._is_agreed:
            return
        self._window.hold()
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Close Countersign"))
        box.setText(_("Close Countersign now?"))
        box.setInformativeText("\n".join(waits))
        close = box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        close.clicked.connect(self._on_close_agreed)
        box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.open()

    @Slot()
    def _on_close_agreed(self) -> None:
        self._is_agreed = True
        self._window.close()
