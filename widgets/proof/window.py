"""Verifying a message in a window of its own, where no workspace is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.frames import Banner
from widgets.kit.values import Notice, Tone
from widgets.proof.view import ProofView


class ProofWindow(QDialog):
    """Holds the proof page; Esc closes it.

    Signals:
        closed: It is closed, and may be forgotten.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Verify a message"))
        self.resize(1280, 820)
        self.view = ProofView()
        self._banner = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self.view, 1)
        self.finished.connect(self.closed)

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """Say that something is done, or why it is not."""
        tone = Tone.ERROR if is_problem else Tone.OK
        self._banner.render_notice(Notice("", words, tone=tone))
