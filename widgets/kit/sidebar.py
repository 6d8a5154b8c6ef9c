"""The sidebar of a room: sections with counts; a drop-down in a small window."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.table_model import Group, Index
from widgets.kit.table_view import TableDelegate, TableView
from widgets.kit.values import Cell, Column, Row, Section, Table, Tone


class Sidebar(TableView):
    """Lists what a room can show.

    Signals:
        chosen: The key of the line that a person came to.
    """

    chosen = Signal(str)
    can_fold = False

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setObjectName("sidebar")
        self.setHeaderHidden(True)
        self.setItemDelegate(_SidebarDelegate(self))
        self._fit_width()
        look().changed.connect(self._fit_width)
        self.selected.connect(self.chosen)

    def heights(self) -> tuple[int, int]:
        """Return the heights of a line and of a section's title, at 100 %."""
        return 31, 36

    @Slot()
    def _fit_width(self) -> None:
        self.setFixedWidth(look().px(look().tokens.size["sidebar"]))

    def render_sections(self, sections: tuple[Section, ...], chosen: str) -> None:
        """Show ``sections``, with one line chosen."""
        rows = tuple(
            Row(
                one.key,
                (Cell(one.title, one.count, tone=one.tone, icons=(one.icon,)),),
                group=section.title,
                said=f"{one.title}, {one.count}" if one.count else one.title,
                tooltip=one.title,
            )
            for section in sections
            for one in section.entries
        )
        self.render_table(Table((Column(""),), rows), chosen)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        """Do nothing: one click is enough."""


class _SidebarDelegate(TableDelegate):
    def __init__(self, view: Sidebar) -> None:
        super().__init__(view, two_lines=False)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a line, or a section's title."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        painter.fillRect(box, color("sunken"))
        line = self._view.rows.line_at(index)
        if isinstance(line, Row):
            state = option.state
            self._line(painter, box, line.cells[0], state)
        elif isinstance(line, Group):
            one = font("micro")
            one.setWeight(QFont.Weight.DemiBold)
            painter.setFont(one)
            painter.setPen(color("text-2"))
            place = box.adjusted(18, 8, -8, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line.title)
        painter.restore()

    def _line(
        self, painter: QPainter, box: QRect, cell: Cell, state: QStyle.StateFlag
    ) -> None:
        shape = QRectF(box.adjusted(8, 1, -8, -1))
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen:
            painter.setBrush(color("selected"))
            painter.drawRoundedRect(shape, 6, 6)
            if self._view.hasFocus():
                painter.setPen(color("focus"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(shape.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(shape, 6, 6)
        tone = Tone.ACCENT if is_chosen else cell.tone
        left = box.left() + 18
        for name in cell.icons:
            if name:
                place = QRect(left, box.center().y() - 8, 16, 16)
                draw_icon(painter, name, tone, place)
                left += 26
        right = box.right() - 18
        painter.setFont(font("small"))
        painter.setPen(color(Tone.FAINT))
        count = painter.fontMetrics().horizontalAdvance(cell.second)
        place = QRect(right - count, box.top(), count, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cell.second)
        one = font("strong" if is_chosen else "body")
        painter.setFont(one)
        painter.setPen(color(tone if is_chosen else Tone.PLAIN))
        room = QRect(left, box.top(), right - count - 8 - left, box.height())
        text = painter.fontMetrics().elidedText(
            cell.text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
