"""A table whose rows can be ticked: Space, or a click on the box before the words."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from widgets.kit.table_view import TableView
from widgets.kit.ticked import OFF, ON

_BOX: Final = 44  # pixels from the left that belong to the box


class TickTable(TableView):
    """Shows a table; a row that has a box in its first cell can be ticked.

    Signals:
        ticked: The key of a row whose tick is to change.
    """

    ticked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and is_plain:
            if self._can_be_ticked(self.currentIndex().row()):
                self.ticked.emit(self.key)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick with a click on the box; elsewhere a click selects."""
        super().mousePressEvent(event)
        at: QPoint = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and at.x() < _BOX:
            index = self.indexAt(at)
            row = self.rows.row_at(index)
            if row is not None and self._can_be_ticked(index.row()):
                self.ticked.emit(row.key)

    def _can_be_ticked(self, at: int) -> bool:
        row = self.rows.row_at(self.rows.index(at, 0))
        return row is not None and bool({ON, OFF} & set(row.cells[0].icons))
