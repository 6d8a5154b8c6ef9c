"""The strip above the messages: five counts that filter, and whether sending is on."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.deliveries.counts_state import Count, Sending
from widgets.kit.controls import Button
from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Deed, Mark, Tone


class CountButton(QAbstractButton):
    """A count; a click filters by it, a second one lets the filter go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count: Count | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look().changed.connect(self._on_look_changed)

    def render_count(self, count: Count) -> None:
        """Show ``count``."""
        if count == self._count:
            return
        self._count = count
        self.setObjectName(count.key)
        self.setChecked(count.is_chosen)
        said = f"{count.title}: {count.number}. {count.under}".strip()
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of icon, title, number and what stands under it."""
        return QSize(look().px(120), look().px(86))

    def minimumSizeHint(self) -> QSize:
        """Return how narrow it may become; the title then loses its end."""
        return QSize(look().px(92), look().px(86))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw title, number and the line under it."""
        count = self._count
        if count is None:
            return
        painter = QPainter(self)
        box = self.rect()
        ground = "surface"
        if count.is_chosen:
            ground = "selected"
        elif self.underMouse():
            ground = "hover"
        painter.fillRect(box, color(ground))
        painter.fillRect(box.right(), box.top(), 1, box.height(), color("line"))
        inner = box.adjusted(16, 10, -8, -8)
        tone = color(count.tone)
        place = inner.adjusted(0, 2, 0, 0)
        place.setSize(QSize(15, 15))
        draw_icon(painter, count.icon, count.tone, place)
        line = look().px(20)
        head = inner.adjusted(21, 0, 0, 0)
        head.setHeight(line)
        self._draw(painter, head, count.title, "small", tone)
        middle = inner.adjusted(0, line + 2, 0, 0)
        middle.setHeight(look().px(26))
        quiet = count.number in {"0", "–"}
        self._draw(
            painter,
            middle,
            count.number,
            "heading",
            color("text-3" if quiet else "text"),
        )
        foot = inner.adjusted(0, line + look().px(28), 0, 0)
        foot.setHeight(line)
        self._draw(painter, foot, count.under, "small", color("text-3"))
        if count.is_chosen:
            painter.fillRect(
                box.left(), box.bottom() - 1, box.width(), 2, color("accent")
            )
        if self.hasFocus():
            painter.setPen(color("focus"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _draw(
        self, painter: QPainter, box: QRect, text: str, step: str, ink: QColor
    ) -> None:
        painter.setFont(font(step))
        painter.setPen(ink)
        fitting = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, fitting)

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


class CountsView(QFrame):
    """Five counts and the sending card.

    Signals:
        chosen: The key of a count that was clicked.
        deed_chosen: "stop-sending" or "turn-on".
    """

    chosen = Signal(str)
    deed_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self._buttons: list[CountButton] = []
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._state = StateText()
        self._under = Text("", "small", Tone.FAINT)
        self._deed = Button(Deed("stop-sending", _("Stop sending…"), "stop", "hand"))
        self._deed.deed_chosen.connect(self.deed_chosen)
        head = QHBoxLayout()
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._under)
        card = QWidget()
        card.setFixedWidth(look().px(236))
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._deed)
        row.addWidget(card)

    def render_counts(self, counts: tuple[Count, ...], sending: Sending) -> None:
        """Show the counts, and whether sending is on."""
        while len(self._buttons) < len(counts):
            button = CountButton(self)
            button.clicked.connect(self._on_clicked)
            self._row.insertWidget(len(self._buttons), button, 1)
            self._buttons.append(button)
        for button, count in zip(self._buttons, counts, strict=True):
            button.render_count(count)
        if sending.is_on:
            mark = Mark(sending.words, "broadcast", Tone.OK)
            if sending.is_in_part:
                mark = Mark(sending.words, "hand", Tone.ERROR)
            deed = Deed(
                "stop-sending",
                _("Stop sending…"),
                "stop",
                "hand",
                why_not=sending.why_not,
            )
        else:
            mark = Mark(sending.words, "hand", Tone.ERROR)
            deed = Deed(
                "turn-on", _("Turn on…"), icon="broadcast", why_not=sending.why_not
            )
        self._state.render_mark(mark)
        self._under.render_text(sending.under if sending.is_on else "")
        self._deed.render_deed(deed)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())
