"""Icons: drawn as the library draws them whose font they are of, without its code."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.kit.icons import draw_icon, glyph, icon, pixmap
from widgets.kit.look import look

NAMES = ("eye", "paper-plane-tilt", "check-circle-fill", "caret-down", "brackets-curly")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", [12, 15, 16, 24, 41])
def test_an_icon_looks_as_the_library_of_its_font_draws_it(
    qapp: QApplication, name: str, side: int
) -> None:
    from qtawesome.iconic_font import IconicFont  # noqa: PLC0415 -- only the tests do

    family = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")
    theirs = IconicFont(family).icon(
        f"ph.{name}", color="#335577", color_disabled="#999999"
    )
    ours = icon(name)

    now = look().tokens.colors
    for mode, tone in (
        (QIcon.Mode.Normal, now["text-2"][:7]),
        (QIcon.Mode.Disabled, now["text-disabled"]),
    ):
        theirs = IconicFont(family).icon(f"ph.{name}", color=tone, color_disabled=tone)
        size = QSize(side, side)
        made = ours.pixmap(size, mode).toImage()
        assert made == theirs.pixmap(size).toImage()
        assert not made.allGray() or made != QImage(made.size(), made.format())


def test_a_name_that_the_family_does_not_have_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")
    assert len(glyph("eye")) == 1


def test_an_icon_is_as_sharp_as_the_screen(qtbot: QtBot) -> None:
    picture = pixmap("eye", "text", 16, 2.0)

    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2

    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    draw_icon(painter, "eye", "text", QRect(4, 4, 16, 16))
    painter.end()
    assert any(image.pixel(x, y) for x in range(40) for y in range(40))
    assert not any(image.pixel(x, y) for x in range(24, 40) for y in range(40))


def test_icons_load_nothing_but_the_font() -> None:
    words = "import sys, widgets.kit.icons; print('qtawesome' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, check=True, text=True
    )

    assert said.stdout.strip() == "False"
