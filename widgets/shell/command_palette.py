"""The command palette: every command, template, change and candidate by its words."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.buttons import native
from widgets.kit.frames import Icon
from widgets.kit.look import font, look
from widgets.kit.marks import Text
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Column, Row, Table, Tone

_TOP = 112
_FIELD = 54


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette.

    Attributes:
        why_not: Why it cannot be done now, "" if it can.
    """

    key: str
    title: str
    group: str
    icon: str = ""
    second: str = ""
    shortcut: str = ""
    why_not: str = ""


class CommandPalette(QDialog):
    """Asks what to do; the list follows as one types.

    Signals:
        query_changed: What was typed.
        chosen: The key of an offer; the palette has closed.
    """

    query_changed = Signal(str)
    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self.setAccessibleName(_("Command palette"))
        self.setFixedWidth(look().tokens.size["palette"])
        self._offers: dict[str, Offer] = {}
        self._field = QLineEdit()
        self._field.setFrame(False)
        self._field.setFixedHeight(_FIELD)
        self._field.setStyleSheet("border: none; background: transparent;")
        self._field.setFont(font("title"))
        self._field.setPlaceholderText(_("Type a command, or a template’s name"))
        self._field.setAccessibleName(_("Search or run a command"))
        self._field.textChanged.connect(self.query_changed)
        self._field.installEventFilter(self)
        self._list = TableView(_("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.opened.connect(self._on_opened)
        self._list.clicked.connect(self._on_clicked)
        hint = Text(
            _("> commands   @ candidates   # changes and releases   ? help"),
            "small",
            Tone.FAINT,
        )
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(Icon("magnifying-glass", Tone.FAINT, 18))
        top.addWidget(self._field, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addLayout(foot)

    def ask(self, text: str = "") -> None:
        """Open under the window's top, with ``text`` in the field."""
        self._field.setText(text)
        self.query_changed.emit(text)
        window = self.parentWidget()
        if window is not None:
            middle = window.mapToGlobal(window.rect().topLeft())
            left = middle.x() + (window.width() - self.width()) // 2
            self.move(left, middle.y() + _TOP)
        self.open()
        self._field.setFocus()
        QTimer.singleShot(0, self._field, self._field.setFocus)

    def render_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show ``offers``, the best first; the first is chosen."""
        self._offers = {one.key: one for one in offers}
        rows = tuple(
            Row(
                one.key,
                (
                    Cell(
                        one.title,
                        one.why_not or one.second,
                        icons=(one.icon or "caret-right",),
                        tone=Tone.FAINT if one.why_not else Tone.PLAIN,
                    ),
                    Cell(native(QKeySequence(one.shortcut)), tone=Tone.FAINT),
                ),
                group=one.group,
                said=". ".join(filter(None, (one.title, one.second, one.why_not))),
            )
            for one in offers
        )
        first = offers[0].key if offers else ""
        self._list.render_table(Table((Column(""), Column("", 120)), rows), first)
        groups = len({one.group for one in offers})
        height = min(len(offers), 11) * 34 + groups * 32
        self._list.setFixedHeight(max(height, 40))
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the field keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.select_beside(1)
                    return True
                case Qt.Key.Key_Up:
                    self._list.select_beside(-1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._on_opened(self._list.key)
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    @Slot()
    def _on_clicked(self) -> None:
        self._on_opened(self._list.key)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        offer = self._offers.get(key)
        if offer is not None and not offer.why_not:
            self.accept()
            self.chosen.emit(key)
