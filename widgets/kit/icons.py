"""Icons of the Phosphor family, in the colours of the scheme that is shown.

The font comes with qtawesome, whose code is not loaded: it would bring QtPy and half of
Qt along, a quarter of the time that the window takes to start.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)

from widgets.kit.look import look

_FONT: Final = "phosphor-1.3.0.ttf"
_NAMES: Final = "phosphor-charmap-1.3.0.json"
_POINTING: Final = (
    "caret-left",
    "caret-right",
    "arrow-left",
    "arrow-right",
    "arrow-u-",
)
_FILLS: Final = 0.875  # of the height of its box; 14 pixels of 16


def icon(name: str, tone: str = "text-2") -> QIcon:
    """Return an icon of the family, "paper-plane-tilt", in a colour of the tokens."""
    colors = look().tokens.colors
    return _icon(direction(name), colors[tone][:7], colors["text-disabled"])


def pixmap(name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the same as a picture of ``size`` logical pixels."""
    picture = icon(name, tone).pixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def glyph(name: str) -> str:
    """Return an icon as a character of the family's font, for pages of ours."""
    return chr(int(_names()[name], 16))


def draw_icon(painter: QPainter, name: str, tone: str, box: QRect) -> None:
    """Paint an icon into ``box``, in a delegate."""
    ratio = painter.device().devicePixelRatioF()
    color = look().tokens.colors[tone][:7]
    size = min(box.width(), box.height())
    painter.drawPixmap(box.topLeft(), _drawn(direction(name), color, size, ratio))


def direction(name: str) -> str:
    """Return the icon that points the other way, where one reads from right to left."""
    if not _is_mirrored() or not name.startswith(_POINTING):
        return name
    here, there = ("left", "right") if "left" in name else ("right", "left")
    return name.replace(here, there)


def _is_mirrored() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


class _Engine(QIconEngine):
    """Draws one character of the font, as large as it is wanted."""

    def __init__(self, sign: str, color: str, disabled: str) -> None:
        super().__init__()
        self._sign = sign
        self._color = color
        self._disabled = disabled

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State
    ) -> None:
        """Draw it into ``rect``."""
        painter.save()
        is_off = mode is QIcon.Mode.Disabled
        painter.setPen(QColor(self._disabled if is_off else self._color))
        painter.setFont(_font(round(_FILLS * rect.height())))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._sign)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it as a picture."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return another one like it."""
        return _Engine(self._sign, self._color, self._disabled)


@lru_cache(maxsize=1024)  # drawn once: a font's icon takes longer than a whole row
def _drawn(name: str, color: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = _icon(name, color, color).pixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    return QIcon(_Engine(glyph(name), color, disabled))


@cache
def _font(pixels: int) -> QFont:
    font = QFont()
    font.setFamily(_family())
    font.setPixelSize(max(pixels, 1))
    return font


@cache
def _family() -> str:
    data = _folder().joinpath(_FONT).read_bytes()
    number = QFontDatabase.addApplicationFontFromData(data)
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _names() -> dict[str, str]:
    data = _folder().joinpath(_NAMES).read_bytes()
    return msgspec.json.decode(data, type=dict[str, str])


@cache
def _folder() -> Path:
    """Return where the fonts lie; the package that they come with is not loaded."""
    spec = find_spec("qtawesome")
    assert spec is not None, "it is among the dependencies"
    assert spec.origin is not None, "it is a package with files"
    return Path(spec.origin).with_name("fonts")
