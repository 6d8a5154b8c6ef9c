"""The bar that says what was kept of a window that ended while somebody wrote."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.frames import Icon
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Tone


class RecoveredBar(QFrame):
    """Two sentences and two ways on.

    Signals:
        kept: Go on with the draft as it is.
        discarded: Have the text as it was before.
    """

    kept = Signal()
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        icon = Icon()
        icon.render_icon("clock-counter-clockwise", Tone.INFO)
        self._bold = Text("", "strong")
        self._plain = Text("", "small", Tone.QUIET, wraps=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._bold)
        texts.addWidget(self._plain)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(icon)
        row.addLayout(texts, 1)
        for deed, signal in (
            (Deed("discard-draft", _("Discard")), self.discarded),
            (Deed("keep-draft", _("Go on")), self.kept),
        ):
            button = Button(deed)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def render_words(self, bold: str, plain: str) -> None:
        """Say what was kept."""
        self._bold.render_text(bold)
        self._plain.render_text(plain)
        self.setAccessibleName(f"{bold} {plain}")
        self.show()
