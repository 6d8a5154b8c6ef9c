"""What one client changed, as a list with the evidence of each rule."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.frames import Icon, LinkText, Rule, cleared
from widgets.kit.look import look
from widgets.kit.marks import Tag, Text
from widgets.kit.values import Deed, Tone
from widgets.preview.closer_state import ClientState, Made
from widgets.preview.hugging import Hugging

_LONGEST: Final = 13  # letters of a rule's name that fit beside its evidence


class ChangeList(QFrame):
    """The panel beside the mail.

    Signals:
        chosen: The key of a change.
        source_opened: The address of the page that a rule is known from.
        closed: Back to the grid.
    """

    chosen = Signal(str)
    source_opened = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._close = Button(Deed("close-client", _("Close")))
        self._close.setProperty("size", "small")
        self._close.setToolTip(_("Back to all previews  Esc"))
        self._close.clicked.connect(self.closed)
        self._title = Text("", "strong", wraps=True)
        self._count = Tag()
        self._status = Text("", "small", Tone.QUIET, wraps=True)
        self._nothing = Text("", "body", Tone.QUIET, wraps=True)
        self._fine = Icon("check-circle-fill", Tone.OK, 18)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._shown: tuple[Made, ...] | None = None
        self._views: dict[str, _ChangeRow] = {}
        self._lay_out()

    def render_client(self, state: ClientState) -> None:
        """List what the client changed."""
        self._title.render_text(state.title)
        count = len(state.changes)
        self._count.render_text(str(count) if count else "")
        words = _("{engine}. {status}")
        self._status.render_text(
            words.format(engine=state.engine, status=state.status)
            if state.engine
            else ""
        )
        self._nothing.render_text("" if count else state.nothing)
        self._fine.setVisible(not count and bool(state.nothing))
        if state.changes == self._shown:
            return
        self._shown = state.changes
        cleared(self._rows)
        self._views = {}
        for made in state.changes:
            row = _ChangeRow(made)
            row.chosen.connect(self.chosen)
            row.source_opened.connect(self.source_opened)
            self._views[made.key] = row
            self._rows.addWidget(row)
            self._rows.addWidget(Rule())

    def render_chosen(self, key: str) -> None:
        """Show which change is pointed out, "" for none."""
        for name, row in self._views.items():
            row.render_chosen(is_chosen=name == key)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setObjectName("toolbar")
        head.setMinimumHeight(look().tokens.size["toolbar"])
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 4, 12, 4)
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        row.addWidget(self._close)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._fine, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._nothing, 1)
        top = Hugging()
        above = QVBoxLayout(top)
        above.setContentsMargins(16, 12, 16, 12)
        above.setSpacing(12)
        above.addWidget(self._status)
        above.addLayout(said)
        inside = QWidget()
        inside.setObjectName("content")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Rule())
        column.addLayout(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(scroll, 1)


class _ChangeRow(Hugging):
    chosen = Signal(str)
    source_opened = Signal(str)

    def __init__(self, made: Made) -> None:
        super().__init__()
        self._made = made
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{made.title}. {made.says} {made.where}")
        self.setObjectName("change")
        evidence = LinkText(made.evidence, made.source)
        evidence.setToolTip(made.source)
        evidence.linkActivated.connect(self.source_opened)
        confidence = Tag(made.confidence)
        confidence.setToolTip(_("How well this rule is known"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        name = made.key.removeprefix("css-").removeprefix("html-")
        rule = Tag(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
        rule.setToolTip(made.key)
        foot.addWidget(rule)
        foot.addWidget(evidence, 1)
        foot.addWidget(confidence)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(Text(made.title, "strong", wraps=True))
        column.addWidget(Text(made.says, "body", Tone.QUIET, wraps=True))
        column.addWidget(Text(made.where, "small", Tone.FAINT, wraps=True))
        column.addLayout(foot)
        self._is_chosen = False
        look().changed.connect(self._dress)
        self._dress()

    def render_chosen(self, *, is_chosen: bool) -> None:
        """Show whether this change is pointed out."""
        self._is_chosen = is_chosen
        self._dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Point the change out."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._made.key)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the same with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._made.key)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _dress(self) -> None:
        colors = look().tokens.colors
        ground = colors["selected"] if self._is_chosen else "transparent"
        self.setStyleSheet(
            f"QFrame#change {{ background: {ground}; border: 1px solid transparent; }}"
            f"QFrame#change:hover {{ background: {colors['hover']}; }}"
            f"QFrame#change:focus {{ border-color: {colors['focus']}; }}"
        )
