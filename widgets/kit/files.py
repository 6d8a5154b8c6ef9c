"""Asking for a file: where to write one, or which one to read."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget


class FileAsker(QObject):
    """Asks with the system's own dialog; the window goes on meanwhile.

    Signals:
        chosen: What was asked for, and the path that a person chose.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._what = ""
        self.dialog: QFileDialog | None = None

    def ask_where(self, what: str, title: str, name: str, kinds: str) -> None:
        """Ask where to write ``name``; ``what`` comes back with the answer."""
        dialog = self._made(what, title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(name)
        dialog.open()

    def ask_which(self, what: str, title: str, kinds: str) -> None:
        """Ask which file to read."""
        dialog = self._made(what, title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _made(self, what: str, title: str, kinds: str) -> QFileDialog:
        self._what = what
        dialog = self.dialog = QFileDialog(self._parent, title)
        dialog.setNameFilter(kinds)
        dialog.fileSelected.connect(self._on_selected)
        dialog.finished.connect(self._on_finished)
        return dialog

    @Slot(str)
    def _on_selected(self, path: str) -> None:
        self.chosen.emit(self._what, path)

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
