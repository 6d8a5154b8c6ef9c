"""What stands before a cell's text: initials, or an icon in a soft circle."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.kit.icons import draw_icon
from widgets.kit.look import color
from widgets.kit.marks import draw_avatar, soft
from widgets.kit.values import Cell

_AVATAR: Final = 20
_DISC: Final = 26
_GAP: Final = 8


def draw_lead(painter: QPainter, box: QRect, cell: Cell) -> QRect:
    """Paint it, and return the room that is left for the words."""
    if cell.disc is not None:
        top = box.top() + (box.height() - _DISC) // 2
        place = QRect(box.left(), top, _DISC, _DISC)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(soft(cell.disc.tone)))
        painter.drawEllipse(place)
        painter.restore()
        inner = place.adjusted(6, 6, -6, -6)
        draw_icon(painter, cell.disc.icon, cell.disc.tone, inner)
        box = box.adjusted(_DISC + _GAP + 4, 0, 0, 0)
    if cell.who:
        top = box.top() + (box.height() - _AVATAR) // 2
        draw_avatar(painter, cell.who, QRectF(box.left(), top, _AVATAR, _AVATAR))
        box = box.adjusted(_AVATAR + _GAP, 0, 0, 0)
    return box
