"""Gates, drawn one under the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.kit.frames import Icon, Rule, cleared
from widgets.kit.marks import Text
from widgets.kit.tips import plain_tip
from widgets.kit.values import Tone
from widgets.outbox.gates_state import GateLine, Gates


class GatesView(QWidget):
    """Lists what each gate said, and the value that it saw."""

    def __init__(self) -> None:
        super().__init__()
        self._gates: Gates | None = None
        self._title = Text("", "micro", Tone.QUIET, wraps=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addLayout(self._lines)

    def render_gates(self, gates: Gates | None) -> None:
        """Show ``gates``, or nothing."""
        if gates == self._gates:
            return
        self._gates = gates
        cleared(self._lines)
        self._title.render_text(gates.title if gates else "")
        for number, line in enumerate(gates.lines if gates else ()):
            if number:
                self._lines.addWidget(Rule())
            self._lines.addWidget(_drawn(line))


def _drawn(line: GateLine) -> QWidget:
    widget = QWidget()
    widget.setAccessibleName(f"{line.name}: {line.mark.word}. {line.value}")
    widget.setToolTip(plain_tip(line.tooltip))
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(Text(line.name, "body"))
    texts.addWidget(Text(line.value, "small", Tone.FAINT, wraps=True))
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(Icon(line.mark.icon, line.mark.tone), 0, top)
    row.addLayout(texts, 1)
    row.addWidget(Text(line.mark.word, "small", line.mark.tone), 0, top)
    return widget
