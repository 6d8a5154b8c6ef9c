"""The window: title, menus, geometry; what closes asks once."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox

from governance.texts import _
from widgets.kit.brand import window_icon
from widgets.kit.look import look
from widgets.kit.tips import plain_tip
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
        self._explains = True
        self._problems: dict[str, QMessageBox] = {}
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

    def explain(self, *, is_wanted: bool) -> None:
        """Have problems told in boxes or not: a banner may tell them all at once."""
        self._explains = is_wanted

    def come_forward(self) -> None:
        """Stand in front of other windows."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def show_problem(self, problem: str, remedy: str) -> None:
        """Say what happened and what to do; it stays until it is read, once."""
        if not self._explains or problem in self._problems:
            return
        box = self._problems[problem] = QMessageBox(self)
        box.setObjectName(problem)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Countersign"))
        # A box opens links that it takes for HTML, and a problem may quote others.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(problem)
        box.setInformativeText(plain_tip(remedy))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._on_read)
        box.open()

    @Slot()
    def _on_read(self) -> None:
        self._problems.pop(self.sender().objectName(), None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask everyone, then go."""
        self._is_held = False
        self.closing.emit()
        if self._is_held:
            event.ignore()
            return
        event.accept()
        self.closed.emit()
