"""The list of changes: who wrote each, what changes in words, who signs it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from governance.texts import _
from widgets.kit.icons import draw_icon
from widgets.kit.letters import letters_are_keys
from widgets.kit.look import color, font, look
from widgets.kit.marks import draw_avatar, soft
from widgets.kit.table_model import ROW, Index
from widgets.kit.table_view import TableDelegate, TableView
from widgets.kit.values import Mark, Row, Table, Tone
from widgets.reviews.inbox_values import InboxLine

_HEIGHT: Final = 88
_LEFT: Final = 32  # the dot of what is not read stands in it
_AVATAR: Final = 28
_NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier
_LEFTWARD: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHTWARD: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class InboxTable(TableView):
    """Lists changes in rows of three lines.

    Signals:
        keyed: What a single letter asks for: "request", "unread", "tomorrow".
    """

    keyed = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Changes"), two_lines=True)
        self.lines: Mapping[str, InboxLine] = {}
        self.setItemDelegate(_InboxDelegate(self))

    def render_lines(
        self, table: Table, lines: Mapping[str, InboxLine], selected: str
    ) -> None:
        """Show ``table``; in each row what ``lines`` says of it."""
        is_other = dict(lines) != dict(self.lines)
        self.lines = lines
        self.render_table(table, selected)
        if is_other:
            self.viewport().update()

    def heights(self) -> tuple[int, int]:
        """Return the heights of a row and of a group, at 100 %."""
        return _HEIGHT, super().heights()[1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for changes with R, mark as not read with U, put off with E."""
        deeds = {
            Qt.Key.Key_R: "request",
            Qt.Key.Key_U: "unread",
            Qt.Key.Key_E: "tomorrow",
        }
        deed = deeds.get(Qt.Key(event.key()), "")
        if deed and event.modifiers() == _NO_MODIFIER and letters_are_keys():
            self.keyed.emit(deed)
        else:
            super().keyPressEvent(event)


class _InboxDelegate(TableDelegate):
    def __init__(self, view: InboxTable) -> None:
        super().__init__(view, two_lines=True)
        self._inbox = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a change; groups are as in every table."""
        row = index.data(ROW)
        line = self._inbox.lines.get(row.key) if isinstance(row, Row) else None
        if line is None or not isinstance(row, Row):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        mirror = _Mirror(box, is_on=option.direction == Qt.LayoutDirection.RightToLeft)
        self._fill(painter, box, option.state, index.row())
        if row.is_new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            dot = QRect(box.left() + 12, box.top() + 17, 8, 8)
            painter.drawEllipse(mirror(dot))
        face = QRect(box.left() + _LEFT, box.top() + 10, _AVATAR, _AVATAR)
        draw_avatar(painter, row.lead, QRectF(mirror(face)))
        left = face.right() + 12
        inner = QRect(left, box.top() + 8, box.right() - left - 16, box.height() - 16)
        self._draw(painter, inner, line, mirror)
        painter.setPen(color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _draw(
        self, painter: QPainter, box: QRect, line: InboxLine, mirror: "_Mirror"
    ) -> None:
        """Paint three lines; what is said at their end is never cut."""
        third = box.height() // 3
        first = QRect(box.left(), box.top(), box.width(), third)
        second, last = first.translated(0, third), first.translated(0, 2 * third)
        small = font("small")
        for text, place in ((line.when, first), (line.author, second)):
            painter.setFont(small)
            painter.setPen(color(Tone.FAINT))
            width = painter.fontMetrics().horizontalAdvance(text) + 4
            end = QRect(place.right() - width, place.top(), width, third)
            painter.drawText(mirror(end), mirror.end, text)
            place.setRight(end.left() - 12)
        tags = [one for one in line.tags if self._tag_width(one) + 120 < first.width()]
        room = first.width() - sum(self._tag_width(one) + 8 for one in tags)
        strong = font("strong")
        title = QRect(first.left(), first.top(), room, third)
        used = _words(painter, title, line.title, (strong, Tone.PLAIN), mirror)
        at = title.left() + used + 10
        for tag in tags:
            at += self._tag(painter, QRect(at, first.top(), 0, third), tag, mirror) + 8
        _words(painter, second, line.summary, (font("body"), Tone.QUIET), mirror)
        self._roles(painter, last, line.roles, mirror)

    def _tag_width(self, tag: Mark) -> int:
        metrics = self._inbox.fontMetrics()
        return metrics.horizontalAdvance(tag.word) + (34 if tag.icon else 16)

    def _tag(
        self, painter: QPainter, place: QRect, tag: Mark, mirror: "_Mirror"
    ) -> int:
        width, height = self._tag_width(tag), look().px(20)
        top = place.top() + (place.height() - height) // 2
        shape = QRect(place.left(), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(soft(tag.tone)))
        painter.drawRoundedRect(QRectF(mirror(shape)), 5, 5)
        words = shape.adjusted(8, 0, -4, 0)
        if tag.icon:
            icon = QRect(words.left(), top + (height - 13) // 2, 13, 13)
            draw_icon(painter, tag.icon, tag.tone, mirror(icon))
            words.setLeft(words.left() + 18)
        one = font("micro")
        painter.setFont(one)
        painter.setPen(color(tag.tone))
        painter.drawText(mirror(words), mirror.begin, tag.word)
        return width

    def _roles(
        self,
        painter: QPainter,
        place: QRect,
        roles: tuple[Mark, ...],
        mirror: "_Mirror",
    ) -> None:
        """Paint who signs; what has no room is told by the tooltip."""
        one = font("small")
        one.setWeight(QFont.Weight.Medium)
        painter.setFont(one)
        at = place.left()
        for mark in roles:
            width = painter.fontMetrics().horizontalAdvance(mark.word) + 2
            if at + 20 + width > place.right():
                break
            icon = QRect(at, place.center().y() - 7, 15, 15)
            draw_icon(painter, mark.icon, mark.tone, mirror(icon))
            painter.setPen(color(mark.tone))
            words = QRect(at + 20, place.top(), width, place.height())
            painter.drawText(mirror(words), mirror.begin, mark.word)
            at += 20 + width + 14


class _Mirror:
    """Places from right to left, where one reads so."""

    def __init__(self, box: QRect, *, is_on: bool) -> None:
        self._box, self._is_on = box, is_on
        absolute = Qt.AlignmentFlag.AlignAbsolute
        self.begin = (_RIGHTWARD if is_on else _LEFTWARD) | absolute
        self.end = (_LEFTWARD if is_on else _RIGHTWARD) | absolute

    def __call__(self, place: QRect) -> QRect:
        if not self._is_on:
            return place
        left = self._box.left() + self._box.right() - place.right()
        return QRect(left, place.top(), place.width(), place.height())


def _words(
    painter: QPainter,
    place: QRect,
    text: str,
    ink: tuple[QFont, Tone],
    mirror: _Mirror,
) -> int:
    """Paint words that are cut where they do not fit, and return their width."""
    painter.setFont(ink[0])
    painter.setPen(color(ink[1]))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(mirror(place), mirror.begin, shown)
    return metrics.horizontalAdvance(shown)
