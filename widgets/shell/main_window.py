"""The window: title, menus, geometry; what closes asks once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox

from governance.texts import _
from widgets.kit.brand import window_icon
from widgets.kit.look import look
from widgets.kit.toasts import Toast
from widgets.shell.command_palette import CommandPalette
from widgets.shell.view import ShellView


class MainWindow(QMainWindow):
    """The frame around the shell.

    Signals:
        closing: The window wants to close; who must hold it back calls ``hold``.
        closed: It is closed.
    """

    closing = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shell = ShellView()
        self.palette_ = CommandPalette(self)
        self.toast = Toast(self)
        self._is_held = False
        self.setCentralWidget(self.shell)
        self.setWindowTitle(_("Countersign"))
        self.setWindowIcon(window_icon())
        self.setMinimumSize(1024, 640)
        self.resize(1440, 900)
        self.setAccessibleName(_("Countersign"))
        look().changed.connect(self.update)

    def hold(self) -> None:
        """Keep the window open this time."""
        self._is_held = True

    def show_problem(self, problem: str, remedy: str) -> None:
        """Say what happened and what to do; it stays until it is read."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Countersign"))
        box.setText(problem)
        box.setInformativeText(remedy)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask everyone, then go."""
        self._is_held = False
        self.closing.emit()
        if self._is_held:
            event.ignore()
            return
        event.accept()
        self.closed.emit()
