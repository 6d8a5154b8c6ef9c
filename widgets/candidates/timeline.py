"""The timeline, painted: time, node, what happened, its state."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from widgets.candidates.timeline_state import Moment
from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.tips import plain_tip
from widgets.kit.values import Mark, Tone

Index = QModelIndex | QPersistentModelIndex

_MOMENT: Final = Qt.ItemDataRole.UserRole
_TIME: Final = 104  # pixels of the column of times
_LINE: Final = 132  # where the line runs
_TEXT: Final = 160
_NODE: Final = 28
_SOFT: Final = {
    Tone.OK: "ok-soft",
    Tone.INFO: "info-soft",
    Tone.WARN: "warn-soft",
    Tone.ERROR: "error-soft",
    Tone.DOUBT: "doubt-soft",
}


class TimelineModel(QAbstractListModel):
    """Moments, with a heading before each day."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[Moment | str] = []
        self._moments: tuple[Moment, ...] = ()

    def set_moments(self, moments: tuple[Moment, ...]) -> bool:
        """Show ``moments``; return whether that changed anything."""
        if moments == self._moments:
            return False
        self.beginResetModel()
        self._moments = moments
        self._items = []
        heading = ""
        for one in moments:
            if one.heading != heading:
                heading = one.heading
                self._items.append(heading)
            self._items.append(one)
        self.endResetModel()
        return True

    def place(self, key: str) -> QModelIndex:
        """Return where a moment is."""
        for number, one in enumerate(self._items):
            if isinstance(one, Moment) and one.key == key:
                return self.index(number)
        return QModelIndex()

    def moment(self, index: Index) -> Moment | None:
        """Return the moment at ``index``, None for a heading."""
        one = self._items[index.row()] if index.isValid() else None
        return one if isinstance(one, Moment) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let moments be selected, headings not."""
        if self.moment(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say a line."""
        if not index.isValid():
            return None
        one = self._items[index.row()]
        if role == _MOMENT:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title if isinstance(one, Moment) else one
        said = one.said if isinstance(one, Moment) else one
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(said)
        return None


class TimelineView(QListView):
    """Shows a story; arrows go from moment to moment.

    Signals:
        selected: The key of the moment that a person came to.
        copied: Somebody pressed Ctrl+C.
    """

    selected = Signal(str)
    copied = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._is_telling = True
        self.moments = TimelineModel(self)
        self.setModel(self.moments)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def render_moments(self, moments: tuple[Moment, ...], selected: str) -> None:
        """Show ``moments``; what is selected stays where it is."""
        scroll = self.verticalScrollBar().value()
        self._is_telling = False
        is_changed = self.moments.set_moments(moments)
        place = self.moments.place(selected)
        if place.isValid() and self.currentIndex() != place:
            self.setCurrentIndex(place)
        if is_changed:
            self.verticalScrollBar().setValue(scroll)
        self._is_telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        one = self.moments.moment(index)
        if self._is_telling and one is not None:
            self.selected.emit(one.key)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a line's height."""
        is_moment = isinstance(index.data(_MOMENT), Moment)
        return QSize(0, look().px(64 if is_moment else 36))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a heading or a moment."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        one, box = index.data(_MOMENT), QRect(option.rect)
        painter.fillRect(box, color("surface"))
        self._line(painter, box, index)
        if isinstance(one, Moment):
            self._moment(painter, box, one, option.state)
        else:
            step = font("micro")
            step.setWeight(font("strong").weight())
            painter.setFont(step)
            is_now = index.row() > 0 and self._comes(index.row() - 1)
            painter.setPen(color("accent-text" if is_now else "text-2"))
            place = box.adjusted(_TEXT, 6, -16, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(one))
        painter.restore()

    def _comes(self, number: int) -> bool:
        model = self._view.moments
        one = model.moment(model.index(number)) if number < model.rowCount() else None
        return one is not None and one.is_to_come

    def _line(self, painter: QPainter, box: QRect, index: Index) -> None:
        is_dashed = self._comes(index.row()) or self._comes(index.row() + 1)
        pen = QPen(color("line-strong"), 2)
        if is_dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        is_last = index.row() == self._view.moments.rowCount() - 1
        bottom = box.center().y() if is_last else box.bottom() + 1
        top = box.center().y() if index.row() == 0 else box.top()
        painter.drawLine(_LINE, top, _LINE, bottom)

    def _moment(
        self, painter: QPainter, box: QRect, one: Moment, state: QStyle.StateFlag
    ) -> None:
        card = QRectF(box.adjusted(_TEXT - 10, 3, -16, -4))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(color("accent"), 1.5 if self._view.hasFocus() else 1))
            painter.setBrush(color("selected"))
            painter.drawRoundedRect(card, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(card, 8, 8)
        painter.setFont(font("body"))
        painter.setPen(color("text-3"))
        time = QRect(box.left(), box.top() + 8, _TIME, look().px(22))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(time, right, one.time)
        self._node(painter, box, one)
        place = box.adjusted(_TEXT + 4, 8, -28, -8)
        room = place.width() - self._chip(painter, place, one.mark)
        self._texts(painter, place, room, one)

    def _node(self, painter: QPainter, box: QRect, one: Moment) -> None:
        top = box.top() + 8
        circle = QRectF(_LINE - _NODE / 2, top - 3, _NODE, _NODE)
        painter.setPen(QPen(color("surface"), 3))
        painter.setBrush(color(_SOFT.get(one.tone, "neutral-soft")))
        painter.drawEllipse(circle)
        inner = circle.toRect().adjusted(6, 6, -6, -6)
        draw_icon(painter, one.icon, one.tone, inner)

    def _texts(self, painter: QPainter, box: QRect, room: int, one: Moment) -> None:
        line = look().px(22)
        head = QRect(box.left(), box.top(), room, line)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("strong"))
        painter.setPen(color("text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(one.title, Qt.TextElideMode.ElideRight, head.width())
        painter.drawText(head, middle, title)
        head.setLeft(head.left() + metrics.horizontalAdvance(title) + 8)
        painter.setFont(font("body"))
        painter.setPen(color("text-3"))
        second = painter.fontMetrics().elidedText(
            one.second, Qt.TextElideMode.ElideRight, max(head.width(), 0)
        )
        painter.drawText(head, middle, second)
        under = QRect(box.left(), box.top() + line, box.width(), line)
        painter.setPen(color("text-2"))
        sentence = painter.fontMetrics().elidedText(
            one.sentence, Qt.TextElideMode.ElideRight, under.width()
        )
        painter.drawText(under, middle, sentence)

    def _chip(self, painter: QPainter, box: QRect, mark: Mark | None) -> int:
        """Paint the state at the right; return the room that it takes."""
        if mark is None:
            return 0
        step = font("small")
        step.setWeight(font("micro").weight())
        painter.setFont(step)
        width = painter.fontMetrics().horizontalAdvance(mark.word) + 36
        shape = QRect(box.right() - width, box.top(), width, look().px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(_SOFT.get(mark.tone, "neutral-soft")))
        painter.drawRoundedRect(QRectF(shape), 5, 5)
        icon = QRect(shape.left() + 8, shape.center().y() - 6, 14, 14)
        draw_icon(painter, mark.icon, mark.tone, icon)
        painter.setPen(color(mark.tone))
        words = shape.adjusted(27, 0, -6, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, mark.word)
        return width + 12
