"""The list of what can be written, each with its meaning beside it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from widgets.kit.look import color, font, look
from widgets.source_editor.port import Offer

_MEANING: Final = Qt.ItemDataRole.UserRole
_WIDTH: Final = 460
_ROWS: Final = 10


class Popup(QCompleter):
    """Shows what is offered; which that is, others decide."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._model = QStandardItemModel(self)
        self.setWidget(edit)
        self.setModel(self._model)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_ROWS)
        popup = self.popup()
        assert popup is not None, "Qt makes it when it is asked for"
        self._list = popup
        self._delegate = _Delegate(self)
        popup.setItemDelegate(self._delegate)

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen."""
        return self._list.isVisible()

    def offer(self, offers: tuple[Offer, ...], box: QRect) -> None:
        """Show these below the caret's ``box``, or nothing."""
        if not offers:
            self._list.hide()
            return
        self._model.clear()
        for one in offers:
            item = QStandardItem(one.text)
            item.setData(one.meaning, _MEANING)
            item.setAccessibleText(f"{one.text}, {one.meaning}")
            self._model.appendRow(item)
        box.setWidth(_WIDTH)
        self.complete(box)
        self._list.setCurrentIndex(self._model.index(0, 0))

    def hide(self) -> None:
        """Take it away."""
        self._list.hide()


class _Delegate(QStyledItemDelegate):
    """Draws a word in the type of source, and what it means beside it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, color("selected" if is_chosen else "raised"))
        inside = rect.adjusted(10, 0, -10, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(font("code"))
        painter.setPen(color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, text)
        used = painter.fontMetrics().horizontalAdvance(text) + 16
        rest = inside.adjusted(used, 0, 0, 0)
        painter.setFont(font("small"))
        painter.setPen(color("text-3"))
        meaning = painter.fontMetrics().elidedText(
            str(index.data(_MEANING)), Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, meaning)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 -- Qt's
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002 -- Qt's
    ) -> QSize:
        """Return the height of a row."""
        return QSize(_WIDTH, look().px(26))
