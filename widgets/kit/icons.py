"""Icons of the Phosphor family, in the colours of the scheme that is shown."""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QIcon, QPainter, QPixmap
from qtawesome.iconic_font import IconicFont

from widgets.kit.look import look

# The one family that we use; ``qtawesome.icon`` would load all eleven of the package.
_FAMILY: Final = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


def icon(name: str, tone: str = "text-2") -> QIcon:
    """Return an icon of the family, "paper-plane-tilt", in a colour of the tokens."""
    colors = look().tokens.colors
    return _icon(name, colors[tone][:7], colors["text-disabled"])


def pixmap(name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the same as a picture of ``size`` logical pixels."""
    picture = icon(name, tone).pixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def glyph(name: str) -> str:
    """Return an icon as a character of the family's font, for pages of ours."""
    return str(_phosphor().charmap["ph"][name])


def draw_icon(painter: QPainter, name: str, tone: str, box: QRect) -> None:
    """Paint an icon into ``box``, in a delegate."""
    ratio = painter.device().devicePixelRatioF()
    color = look().tokens.colors[tone][:7]
    size = min(box.width(), box.height())
    painter.drawPixmap(box.topLeft(), _drawn(name, color, size, ratio))


@lru_cache(maxsize=1024)  # drawn once: a font's icon takes longer than a whole row
def _drawn(name: str, color: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = _icon(name, color, color).pixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    made = _phosphor().icon(f"ph.{name}", color=color, color_disabled=disabled)
    assert isinstance(made, QIcon)
    return made


@cache
def _phosphor() -> IconicFont:
    return IconicFont(_FAMILY)
