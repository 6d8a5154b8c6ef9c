"""How the application looks now: scheme and type size; changed without restart."""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from widgets.kit.palette import palette
from widgets.kit.style import sheet
from widgets.kit.tokens import Scheme, Tokens, tokens

SMALLEST: Final = 90  # percent
LARGEST: Final = 150

_FONTS: Final = (
    "Inter-Regular",
    "Inter-Medium",
    "Inter-SemiBold",
    "JetBrainsMono-Regular",
    "JetBrainsMono-Medium",
)


class Appearance(StrEnum):
    """What a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Look(QObject):
    """The look of the whole application.

    Signals:
        changed: Scheme or type size are others now; who paints asks anew.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._appearance = Appearance.SYSTEM
        self._percent = 100
        self._tokens = tokens()
        load_resources()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        global _current  # noqa: PLW0603 -- one application has one look
        _current = self
        self._apply()

    @property
    def appearance(self) -> Appearance:
        """What was chosen."""
        return self._appearance

    @property
    def percent(self) -> int:
        """The size of type."""
        return self._percent

    @property
    def tokens(self) -> Tokens:
        """The values of the scheme that is shown."""
        return self._tokens

    def choose(self, appearance: Appearance, percent: int | None = None) -> None:
        """Show this scheme, in type of ``percent``."""
        self._appearance = appearance
        if percent is not None:
            self._percent = min(max(percent, SMALLEST), LARGEST)
        self._apply()

    def px(self, pixels: int) -> int:
        """Return a length that grows with the type."""
        return round(pixels * self._percent / 100)

    def _apply(self) -> None:
        hints = self._application.styleHints()
        match self._appearance:
            case Appearance.SYSTEM:
                hints.unsetColorScheme()
            case Appearance.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case Appearance.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
        self._show()

    def _show(self) -> None:
        is_dark = self._appearance is Appearance.DARK or (
            self._appearance is Appearance.SYSTEM
            and self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self._tokens = tokens(Scheme.DARK if is_dark else Scheme.LIGHT)
        self._application.setPalette(palette(self._tokens))
        self._application.setFont(font("body"))
        self._application.setStyleSheet(sheet(self._tokens, self._percent))
        self.changed.emit()

    @Slot()
    def _on_system_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._show()


_current: Look | None = None


def look() -> Look:
    """Return the application's look; it is made with the application."""
    application = QApplication.instance()
    if _current is None or not isinstance(application, QApplication):
        assert isinstance(application, QApplication), "there is no application yet"
        return Look(application)
    return _current


def color(name: str) -> QColor:
    """Return a colour of the scheme that is shown now."""
    return QColor(_color(look().tokens.colors[name]))


def font(step: str) -> QFont:
    """Return the type called ``step`` in tokens: "body", "title", "code"."""
    now = look()
    return QFont(_font(step, now.percent))  # a copy: whoever gets it may change it


def set_shown(widget: QWidget, *, is_shown: bool) -> None:
    """Show or hide a part.

    One that has no place yet is shown with what it is put into: Qt would open a window
    for it, which takes the focus away from where one types.
    """
    if is_shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        widget.setVisible(is_shown)


@cache
def _color(written: str) -> QColor:
    return QColor(written[:7])


@cache
def _font(step: str, percent: int) -> QFont:
    values = tokens()
    one = values.scale[step]
    result = QFont(values.mono if step == "code" else values.ui)
    result.setPixelSize(round(one.size * percent / 100))
    result.setWeight(QFont.Weight(one.weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


@cache
def load_resources() -> None:
    """Make the fonts and pictures known that come with the program."""
    QDir.addSearchPath("theme", str(files("resources").joinpath("theme")))
    folder = files("resources").joinpath("fonts")
    for name in _FONTS:
        data = folder.joinpath(f"{name}.ttf").read_bytes()
        QFontDatabase.addApplicationFontFromData(data)
