"""The list of places: a tick, the line with the place marked, Space ticks."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from widgets.kit.look import color, font
from widgets.kit.table_model import Index
from widgets.kit.table_view import TableDelegate, TableView
from widgets.kit.values import Cell
from widgets.search.state import Excerpt

_TICK: Final = 44  # pixels from the left within which a click ticks


class HitTable(TableView):
    """Lists places.

    Signals:
        ticked: The key of the place that was ticked or unticked.
    """

    ticked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setItemDelegate(HitDelegate(self, two_lines=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        if event.key() == Qt.Key.Key_Space and self.key:
            self.ticked.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick with a click on the tick."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self.rows.row_at(self.indexAt(at))
        is_left = event.button() is Qt.MouseButton.LeftButton
        if row is not None and is_left and 0 <= at.x() < _TICK:
            self.ticked.emit(row.key)


class HitDelegate(TableDelegate):
    """Paints the place in a line on a ground of its own."""

    def _cell(self, painter: QPainter, box: QRect, cell: Cell, index: Index) -> None:
        if not isinstance(cell, Excerpt):
            super()._cell(painter, box, cell, index)
            return
        box = self._icons(painter, box, cell)
        painter.setFont(font("code"))
        metrics = painter.fontMetrics()
        pieces = (
            (cell.text[: cell.start], False),
            (cell.text[cell.start : cell.end], True),
            (cell.text[cell.end :], False),
        )
        for text, is_place in pieces:
            room = box.width()
            if not text or room <= 0:
                continue
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(shown)
            if is_place:
                ground = QRect(box.left() - 1, 0, width + 2, metrics.height() + 2)
                ground.moveCenter(box.center())
                ground.moveLeft(box.left() - 1)
                painter.fillRect(ground, color("warn-soft"))
            painter.setPen(color("text" if is_place else "text-2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            box = box.adjusted(width, 0, 0, 0)
