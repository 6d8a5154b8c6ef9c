"""A table as the tokens have it: groups, marks, two lines, hover and selection."""

from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from widgets.kit.cell_leads import draw_lead
from widgets.kit.icons import draw_icon
from widgets.kit.letters import letters_are_keys
from widgets.kit.look import color, font, look
from widgets.kit.marks import draw_avatar
from widgets.kit.table_model import CELL, GROUP, ROW, Index, TableModel
from widgets.kit.values import Cell, Column, Row, Table, Tone

_GAP: Final = 6
_LEFT: Final = 20


class TableView(QTreeView):
    """Shows a ``Table``; the selection stays with the row when the table changes.

    Signals:
        selected: The key of the row that a person came to, "" for none.
        opened: The key of the row that was double clicked or entered.
    """

    selected = Signal(str)
    opened = Signal(str)

    def __init__(
        self, name: str, *, two_lines: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._columns: tuple[Column, ...] = ()
        self._key = ""
        self._is_telling = True
        self.rows = TableModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(TableDelegate(self, two_lines=two_lines))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        header.setFixedHeight(30)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        look().changed.connect(self._on_look_changed)

    def render_table(self, table: Table, selected: str | None = None) -> None:
        """Show ``table``; ``selected`` names the row to come to, None for as it is."""
        if selected is not None:
            self._key = selected
        if table != self.rows.table:
            folded = self._folded()
            scroll = self.verticalScrollBar().value()
            self._is_telling = False
            self.rows.set_table(table)
            self._show_groups(folded)
            if table.columns != self._columns:
                self._columns = table.columns
                self.setHeaderHidden(not any(one.title for one in table.columns))
                self._fit()
            self._is_telling = True
            self.verticalScrollBar().setValue(scroll)
        self._come_to(self._key, scrolls=selected is not None)

    @property
    def key(self) -> str:
        """The row that a person came to."""
        return self._key

    def select_beside(self, step: int) -> None:
        """Come to the next row, or the one before."""
        index = self.currentIndex()
        while index.isValid():
            index = self.indexBelow(index) if step > 0 else self.indexAbove(index)
            if self.rows.row_at(index) is not None:
                self.setCurrentIndex(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; J and K go down and up."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                if self._key:
                    self.opened.emit(self._key)
            case Qt.Key.Key_J if letters_are_keys() and not event.modifiers():
                self.select_beside(1)
            case Qt.Key.Key_K if letters_are_keys() and not event.modifiers():
                self.select_beside(-1)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns go that have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give each column its width; the last to be dropped go first."""
        room = self.viewport().width()
        scale = look().percent / 100
        shown = dict(enumerate(self._columns))
        flexible = sum(1 for one in self._columns if not one.width)
        needed = 220 * flexible
        for drop in sorted({one.drop for one in self._columns if one.drop}):
            fixed = sum(round(one.width * scale) for one in shown.values())
            if fixed + needed <= room:
                break
            shown = {at: one for at, one in shown.items() if one.drop != drop}
        header = self.header()
        fixed = sum(round(one.width * scale) for one in shown.values())
        left = max(room - fixed, 120)
        for at, one in enumerate(self._columns):
            self.setColumnHidden(at, at not in shown)
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            share = left // flexible if flexible else 0
            header.resizeSection(at, round(one.width * scale) or share)

    def _folded(self) -> set[str]:
        titles = set()
        for number in range(self.rows.rowCount()):
            index = self.rows.index(number, 0)
            if self.rows.row_at(index) is None and not self.isExpanded(index):
                titles.add(str(index.data()))
        return titles

    def _show_groups(self, folded: set[str]) -> None:
        if not self.rows.is_grouped:
            return
        self.expandAll()  # one by one, each would lay out everything anew
        for number in range(self.rows.rowCount()):
            self.setFirstColumnSpanned(number, QModelIndex(), True)  # noqa: FBT003
            if folded and str((index := self.rows.index(number, 0)).data()) in folded:
                self.collapse(index)

    def _come_to(self, key: str, *, scrolls: bool) -> None:
        index = self.rows.place(key)
        self._is_telling = False
        flags = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
        )
        if index.isValid():
            if self.currentIndex() != index:
                self.selectionModel().setCurrentIndex(index, flags)
            if scrolls:
                self.scrollTo(index)
        else:
            self.selectionModel().clear()
            self._key = ""
        self._is_telling = True

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if not self._is_telling or row is None or row.key == self._key:
            return
        self._key = row.key
        self.selected.emit(row.key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.opened.emit(row.key)

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit()
        self.scheduleDelayedItemsLayout()


class TableDelegate(QStyledItemDelegate):
    """Paints rows and groups."""

    def __init__(self, view: TableView, *, two_lines: bool) -> None:
        super().__init__(view)
        self._view = view
        self._two_lines = two_lines

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        sizes = look().tokens.size
        if index.data(ROW) is None:
            return QSize(0, look().px(32))
        name = "row-two-line" if self._two_lines else "row"
        return QSize(0, look().px(sizes[name] - (4 if self._two_lines else 2)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one field."""
        painter.save()
        row, group = index.data(ROW), index.data(GROUP)
        box = QRect(option.rect)
        state = option.state
        if isinstance(row, Row):
            self._fill(painter, box, state)
            cell = index.data(CELL)
            if isinstance(cell, Cell):
                inner = box.adjusted(12, 0, -8, -1)
                if index.column() == 0:
                    inner.setLeft(box.left() + _LEFT)
                    inner = self._lead(painter, inner, row)
                self._cell(painter, inner, cell, index)
        elif isinstance(group, tuple):
            self._group(painter, box, group, index)
        painter.setPen(color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _fill(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            is_active = bool(state & QStyle.StateFlag.State_Active)
            name = "selected" if is_active else "selected-inactive"
        elif state & QStyle.StateFlag.State_MouseOver:
            name = "hover"
        else:
            name = "surface"
        painter.fillRect(box, color(name))
        focused = self._view.hasFocus() and state & QStyle.StateFlag.State_Selected
        if focused:
            painter.fillRect(QRect(0, box.top(), 2, box.height() - 1), color("focus"))

    def _lead(self, painter: QPainter, box: QRect, row: Row) -> QRect:
        if row.is_new:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(color("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            middle = QPoint(box.left() - 10, box.center().y())
            painter.drawEllipse(middle, 4, 4)
        if not row.lead:
            return box
        size = 28
        top = box.top() + (box.height() - size) // 2
        draw_avatar(painter, row.lead, QRectF(box.left(), top, size, size))
        return box.adjusted(size + 10, 0, 0, 0)

    def _group(
        self,
        painter: QPainter,
        box: QRect,
        group: tuple[str, int, str],
        index: Index,
    ) -> None:
        painter.fillRect(box, color("surface"))
        title, count, note = group
        is_open = self._view.isExpanded(_plain(index))
        arrow = QRect(box.left() + _LEFT, box.center().y() - 6, 12, 12)
        draw_icon(painter, "caret-down" if is_open else "caret-right", "text-3", arrow)
        strong = font("strong")
        painter.setFont(strong)
        painter.setPen(color("text-2"))
        left = box.adjusted(_LEFT + 20, 0, -12, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, title)
        left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(title) + 8)
        painter.setFont(font("small"))
        painter.setPen(color("text-3"))
        words = f"{count} · {note}" if note else str(count)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, words)

    def _cell(self, painter: QPainter, box: QRect, cell: Cell, index: Index) -> None:
        is_title = index.column() == 0 or cell.is_strong
        body = font("body")
        if is_title:
            body.setWeight(QFont.Weight.Medium)
        box = self._icons(painter, draw_lead(painter, box, cell), cell)
        if cell.mark is not None and cell.mark.icon:
            place = QRect(box.left(), 0, 15, 15)
            top = box.top() + (box.height() - 15) // 2
            if self._two_lines and (cell.second or (cell.text and cell.mark.word)):
                top = box.center().y() - 17
            place.moveTop(top)
            draw_icon(painter, cell.mark.icon, cell.mark.tone, place)
            box.setLeft(box.left() + 15 + _GAP)
        word = cell.mark.word if cell.mark else ""
        tone = cell.mark.tone if cell.mark and word else cell.tone
        first, second = word or cell.text, cell.second
        if word and cell.text:
            second = cell.text
        if self._two_lines and second:
            self._two(painter, box, (first, second), body, color(tone))
            return
        painter.setFont(body)
        painter.setPen(color(tone))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(first, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        used = metrics.horizontalAdvance(text) + 8
        if second and used + 30 < box.width():
            painter.setFont(font("small"))
            painter.setPen(color(Tone.FAINT))
            rest = box.adjusted(used, 0, 0, 0)
            text = painter.fontMetrics().elidedText(
                second, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, text)

    def _two(
        self,
        painter: QPainter,
        box: QRect,
        lines: tuple[str, str],
        body: QFont,
        ink: QColor,
    ) -> None:
        half = box.height() // 2
        upper = QRect(box.left(), box.top() + 4, box.width(), half - 2)
        lower = QRect(box.left(), box.top() + half, box.width(), half - 4)
        for text, place, one, pen in (
            (lines[0], upper, body, ink),
            (lines[1], lower, font("small"), color(Tone.FAINT)),
        ):
            painter.setFont(one)
            painter.setPen(pen)
            fitting = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, fitting)

    def _icons(self, painter: QPainter, box: QRect, cell: Cell) -> QRect:
        left = box.left()
        for name in cell.icons:
            place = QRect(left, box.center().y() - 8, 16, 16)
            draw_icon(painter, name, "text-2", place)
            left += 24
        return box.adjusted(left - box.left(), 0, 0, 0)


def _plain(index: Index) -> QModelIndex:
    if isinstance(index, QPersistentModelIndex):
        return index.model().index(index.row(), index.column(), index.parent())
    return index
