"""A table as the tokens have it: groups, marks, two lines, hover and selection."""

from functools import cache
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
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
    QTableView,
    QWidget,
)

from widgets.kit.cell_leads import draw_lead
from widgets.kit.icons import draw_icon
from widgets.kit.letters import letters_are_keys
from widgets.kit.look import color, font, look
from widgets.kit.marks import draw_avatar
from widgets.kit.table_model import Group, Index, TableModel
from widgets.kit.values import Cell, Column, Row, Table, Tone

_GAP: Final = 6
_LEFT: Final = 20
_GROUP: Final = 32  # the height of a group
_MANY_GROUPS: Final = 200  # so many have the height of rows
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class TableView(QTableView):
    """Shows a ``Table``; the selection stays with the row when the table changes.

    Signals:
        selected: The key of the row that a person came to, "" for none.
        opened: The key of the row that was double clicked or entered.
    """

    selected = Signal(str)
    opened = Signal(str)
    can_fold = True

    def __init__(
        self, name: str, *, two_lines: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._columns: tuple[Column, ...] = ()
        self._key = ""
        self._is_telling = True
        self._two_lines = two_lines
        self._low: tuple[int, ...] = ()
        self.hovered = -1
        self.rows = TableModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(TableDelegate(self, two_lines=two_lines))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(20)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        header.setFixedHeight(look().px(30))
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._set_heights()
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.entered.connect(self._on_entered)
        look().changed.connect(self._on_look_changed)

    def render_table(self, table: Table, selected: str | None = None) -> None:
        """Show ``table``; ``selected`` names the row to come to, None for as it is."""
        if selected is not None:
            self._key = selected
        if table != self.rows.table:
            scroll = self.verticalScrollBar().value()
            self._is_telling = False
            self.hovered = -1
            self.rows.set_table(table)
            self._show_groups()
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

    def header(self) -> QHeaderView:
        """Return the titles of the columns."""
        return self.horizontalHeader()

    def setHeaderHidden(self, is_hidden: bool) -> None:  # noqa: FBT001, N802 -- as Qt
        """Show no titles, or show them again."""
        self.horizontalHeader().setHidden(is_hidden)

    def select_beside(self, step: int) -> None:
        """Come to the next row, or the one before."""
        at = self.currentIndex().row() + step
        while 0 <= at < self.rows.rowCount():
            index = self.rows.index(at, 0)
            if self.rows.row_at(index) is not None:
                self.setCurrentIndex(index)
                return
            at += step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; J and K go down and up; Left and Right fold a group."""
        if event.modifiers() & _COMMANDS or not self._went(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _went(self, key: Qt.Key) -> bool:
        """Do what a key alone does in a table, and say whether it does something."""
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_J if letters_are_keys():
                self.select_beside(1)
            case Qt.Key.Key_K if letters_are_keys():
                self.select_beside(-1)
            case Qt.Key.Key_Left:
                self._fold(self._group_above(), is_folded=True)
            case Qt.Key.Key_Right:
                self._fold(self.currentIndex(), is_folded=False)
            case Qt.Key.Key_Home:
                self.setCurrentIndex(self.rows.index(0, 0))
            case Qt.Key.Key_End:
                self.setCurrentIndex(self.rows.index(self.rows.rowCount() - 1, 0))
            case _:
                return False
        return True

    def _enter(self) -> None:
        if self.rows.group_at(self.currentIndex()) is not None:
            self._fold(self.currentIndex(), None)
        elif self._key:
            self.opened.emit(self._key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns go that have no room."""
        super().resizeEvent(event)
        self._fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no line any more."""
        self.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def heights(self) -> tuple[int, int]:
        """Return the heights of a row and of a group, at 100 %."""
        size = look().tokens.size["row-two-line" if self._two_lines else "row"]
        return size - (4 if self._two_lines else 2), _GROUP

    def _set_heights(self) -> None:
        """Give lines their heights; groups are alike where there are too many."""
        row, group = self.heights()
        side = self.verticalHeader()
        side.setDefaultSectionSize(look().px(row))
        for at in self._low:  # Qt keeps the height of what was a group before
            if at < side.count():
                side.resizeSection(at, look().px(row))
        is_few = len(self.rows.groups) <= _MANY_GROUPS
        self._low = tuple(self.rows.groups) if is_few else ()
        for at in self._low:
            side.resizeSection(at, look().px(group))

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

    def _show_groups(self) -> None:
        self.clearSpans()
        width = self.rows.columnCount()
        for at in self.rows.groups if width > 1 else ():
            self.setSpan(at, 0, 1, width)
        self._set_heights()

    def _group_above(self) -> QModelIndex:
        """Return the group that the current line belongs to."""
        at = self.currentIndex().row()
        heads = [head for head in self.rows.groups if head <= at]
        return self.rows.index(heads[-1], 0) if heads else QModelIndex()

    def _fold(self, index: QModelIndex, is_folded: bool | None) -> None:  # noqa: FBT001
        """Hide or show the rows of a group; None for the other way round."""
        group = self.rows.group_at(index)
        if group is None or not self.can_fold:
            return
        now = self.rows.is_folded(group.title)
        wanted = not now if is_folded is None else is_folded
        if wanted == now:
            return
        at, scroll = index.row(), self.verticalScrollBar().value()
        self._is_telling = False
        self.rows.fold(group.title, is_folded=wanted)
        self._show_groups()
        self.setCurrentIndex(self.rows.index(at, 0))
        self._is_telling = True
        self.verticalScrollBar().setValue(scroll)

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
    def _on_clicked(self, index: QModelIndex) -> None:
        self._fold(index, None)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None:
            self.opened.emit(row.key)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        if index.row() != self.hovered:
            self.hovered = index.row()
            self.viewport().update()

    @Slot()
    def _on_look_changed(self) -> None:
        self.header().setFixedHeight(look().px(30))
        self._set_heights()
        self._fit()
        self.viewport().update()


@cache
def _body(_percent: int, *, is_title: bool) -> QFont:
    """Return the type of a field, which nobody changes; made once a size."""
    body = font("body")
    if is_title:
        body.setWeight(QFont.Weight.Medium)
    return body


class TableDelegate(QStyledItemDelegate):
    """Paints rows and groups."""

    def __init__(self, view: TableView, *, two_lines: bool) -> None:
        super().__init__(view)
        self._view = view
        self._two_lines = two_lines

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one field."""
        painter.save()
        line = self._view.rows.line_at(
            index
        )  # not through data(): asked for each field
        box = QRect(option.rect)
        state = option.state
        if isinstance(line, Row):
            self._fill(painter, box, state, index.row())
            column = index.column()
            if column < len(line.cells):
                inner = box.adjusted(12, 0, -8, -1)
                if column == 0:
                    inner.setLeft(box.left() + _LEFT)
                    inner = self._lead(painter, inner, line)
                self._cell(painter, inner, line.cells[column], index)
        elif isinstance(line, Group):
            self._group(painter, box, line, state)
        painter.setPen(color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _fill(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, line: int
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            is_active = bool(state & QStyle.StateFlag.State_Active)
            name = "selected" if is_active else "selected-inactive"
        elif line == self._view.hovered:
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
        group: Group,
        state: QStyle.StateFlag,
    ) -> None:
        is_here = self._view.hasFocus() and state & QStyle.StateFlag.State_Selected
        painter.fillRect(box, color("selected" if is_here else "surface"))
        title, count, note = group.title, group.count, group.note
        is_open = not self._view.rows.is_folded(title)
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
        body = _body(look().percent, is_title=is_title)
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
