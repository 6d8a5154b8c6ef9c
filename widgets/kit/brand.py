"""The program's sign: two ticks on the accent."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QToolButton

from governance.texts import _
from widgets.kit.icons import draw_icon
from widgets.kit.look import color, look


class AppMark(QToolButton):
    """The sign of the program: opens the workspace menu."""

    def __init__(self, size: int = 34) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.setAccessibleName(_("Workspace menu"))
        self.setToolTip(_("Workspace: switch, verify a message, quit"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw two ticks on the accent."""
        painter = QPainter(self)
        draw_app_mark(painter, QRectF(self.rect()))
        if self.hasFocus():
            painter.setPen(color("focus"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


def draw_app_mark(painter: QPainter, box: QRectF) -> None:
    """Paint the program's sign into ``box``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look().tokens.colors["accent"]))
    painter.drawRoundedRect(box, box.width() * 0.26, box.width() * 0.26)
    edge = box.width() * 0.18
    inner = box.adjusted(edge, edge, -edge, -edge)
    draw_icon(painter, "checks-bold", "on-accent", inner.toRect())


def window_icon() -> QIcon:
    """Return the program's sign as a window's icon."""
    picture = QPixmap(128, 128)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_app_mark(painter, QRectF(0, 0, 128, 128))
    painter.end()
    return QIcon(picture)
