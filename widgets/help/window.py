"""Help in a window of its own, where no workspace is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from governance.texts import _
from widgets.help.view import HelpView


class HelpWindow(QDialog):
    """Holds the help pages; Esc closes it.

    Signals:
        closed: It is closed, and may be forgotten.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Help"))
        self.resize(1100, 760)
        self.view = HelpView()
        self.view.header.show_search(is_shown=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.finished.connect(self.closed)
