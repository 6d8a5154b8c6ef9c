"""The cards of the practice board: carried by their number, painted by their state."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from widgets.candidates.board_state import Card
from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex

CARD: Final = Qt.ItemDataRole.UserRole
_MIME: Final = "application/x-countersign-application"


class CardModel(QAbstractListModel):
    """The cards of one column; what is dropped is told, and moves when it has moved.

    Signals:
        dropped: The key of a card that came from another column.
    """

    dropped = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def set_cards(self, cards: tuple[Card, ...]) -> None:
        """Show ``cards``."""
        if cards != self.cards:
            self.beginResetModel()
            self.cards = cards
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many cards there are."""
        return 0 if parent is not None and parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say a card."""
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.said
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(card.said)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cards be taken, and dropped anywhere in the column."""
        flags = Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            flags |= (
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
        return flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 -- Qt's name
        """Only move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 -- Qt's name
        """Take cards alone."""
        return [_MIME]

    def mimeData(  # noqa: N802 -- Qt's name
        self, indexes: Sequence[QModelIndex]
    ) -> QMimeData:
        """Carry a card's key; no name leaves the window."""
        data = QMimeData()
        if indexes:
            key = self.cards[indexes[0].row()].key
            data.setData(_MIME, QByteArray(key.encode()))
        return data

    def dropMimeData(  # noqa: N802 -- Qt's name
        self,
        data: QMimeData,
        _action: Qt.DropAction,
        _row: int,
        _column: int,
        _parent: Index,
    ) -> bool:
        """Tell what was dropped; False, so that nobody takes it away by itself."""
        key = bytes(data.data(_MIME).data()).decode()
        if key and all(card.key != key for card in self.cards):
            self.dropped.emit(key)
        return False


class CardDelegate(QStyledItemDelegate):
    """Paints a card."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a card's height."""
        return QSize(0, look().px(76))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a card."""
        card = index.data(CARD)
        if not isinstance(card, Card):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "selected" if is_selected else "hover" if is_under else "surface"
        edge = "accent" if is_selected else "line-strong"
        width = 2 if is_selected and self._view.hasFocus() else 1
        painter.setPen(QPen(color(edge), width))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(QRectF(box.adjusted(2, 2, -2, -4)), 6, 6)
        inner = box.adjusted(12, 8, -8, -8)
        line = look().px(18)
        name = QRect(inner.left(), inner.top(), inner.width(), line)
        _draw(painter, name, card.name, "strong", "text")
        _draw(painter, name.translated(0, line), card.under, "small", "text-3")
        if card.mark is not None:
            foot = name.translated(0, 2 * line + 2)
            icon = QRect(foot.left(), foot.center().y() - 7, 15, 15)
            draw_icon(painter, card.mark.icon, card.mark.tone, icon)
            words = foot.adjusted(21, 0, 0, 0)
            _draw(painter, words, card.mark.word, "small", card.mark.tone)
        painter.restore()


def _draw(painter: QPainter, box: QRect, text: str, step: str, ink: str) -> None:
    painter.setFont(font(step))
    painter.setPen(color(ink))
    fitting = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, fitting)
