"""Buttons: with words, and with an icon alone."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from governance.texts import _
from widgets.kit.icons import icon
from widgets.kit.look import look, set_shown
from widgets.kit.tips import plain_tip
from widgets.kit.values import Deed

_ICON: Final = 20  # with the gap to the words, as Qt lays them out
_TONES: Final = {"primary": "on-accent", "danger": "on-accent", "stop": "error"}


class Button(QPushButton):
    """A button that says its deed.

    Signals:
        deed_chosen: The key of its deed.
    """

    deed_chosen = Signal(str)

    def __init__(self, deed: Deed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed = deed
        self._icon = QIcon()
        self.setObjectName(deed.key)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        room = QSizePolicy.Policy
        self.setSizePolicy(room.Preferred, room.Fixed)
        self.clicked.connect(self._on_clicked)
        look().changed.connect(self._dress)
        self.render_deed(deed)

    def render_deed(self, deed: Deed) -> None:
        """Show ``deed``; why it is off stands in its tooltip."""
        self._deed = deed
        self.setText(escaped(deed.title))
        self.setAccessibleName(deed.title)
        self.setProperty("kind", deed.kind)
        self.setEnabled(not deed.why_not)
        set_shown(self, is_shown=deed.is_shown)
        keys = QKeySequence(deed.shortcut)
        tip = deed.why_not or (f"{deed.title}  {native(keys)}" if deed.shortcut else "")
        self.setToolTip(tip)
        self.setAccessibleDescription(deed.why_not)
        if self.shortcut() != keys:
            self.setShortcut(keys)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        tone = _TONES.get(self._deed.kind, "text-2")
        if self._deed.kind == "link":
            tone = "accent-text"
        self._icon = icon(self._deed.icon, tone) if self._deed.icon else QIcon()
        self.setIcon(self._icon)
        self.setIconSize(QSize(16, 16))
        self.style().unpolish(self)
        self.style().polish(self)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for room for the words and the icon, which may be away just now."""
        hint = super().sizeHint()
        if self._has_both() and self.icon().isNull():
            hint.setWidth(hint.width() + _ICON)
        return hint

    def minimumSizeHint(self) -> QSize:
        """Do with room for the words alone."""
        hint = self.sizeHint()
        return QSize(hint.width() - _ICON * self._has_both(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words whole: where there is no room for both, the icon goes."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether the words fit, now that there is a place."""
        super().showEvent(event)
        self._fit()

    def _has_both(self) -> bool:
        return bool(self.text()) and not self._icon.isNull()

    def _fit(self) -> None:
        wanted = self.sizeHint().width()
        is_narrow = self._has_both() and self.isVisible() and self.width() < wanted
        if is_narrow != self.icon().isNull() and not self._icon.isNull():
            self.setIcon(QIcon() if is_narrow else self._icon)

    @Slot()
    def _on_clicked(self) -> None:
        self.deed_chosen.emit(self._deed.key)


class IconButton(QToolButton):
    """A button with an icon alone: its words are its tooltip and its name.

    Signals:
        deed_chosen: The key of its deed.
    """

    deed_chosen = Signal(str)

    def __init__(self, deed: Deed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed = deed
        self.setObjectName(deed.key)
        self.setFixedSize(30, 30)
        self.setIconSize(QSize(16, 16))
        self.clicked.connect(self._on_clicked)
        look().changed.connect(self._dress)
        self.render_deed(deed)

    def render_deed(self, deed: Deed) -> None:
        """Show ``deed``."""
        self._deed = deed
        keys = QKeySequence(deed.shortcut)
        words = f"{deed.title}  {native(keys)}" if deed.shortcut else deed.title
        self.setToolTip(plain_tip(deed.why_not or words))
        self.setAccessibleName(deed.title)
        self.setAccessibleDescription(deed.why_not)
        self.setEnabled(not deed.why_not)
        set_shown(self, is_shown=deed.is_shown)
        if self.shortcut() != keys:
            self.setShortcut(keys)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setIcon(icon(self._deed.icon))

    @Slot()
    def _on_clicked(self) -> None:
        self.deed_chosen.emit(self._deed.key)


def escaped(text: str) -> str:
    """Return ``text`` for a button, where Qt takes "&" for a key."""
    return text.replace("&", "&&")


def native(keys: QKeySequence) -> str:
    """Return a shortcut as this computer writes it, with words for bare symbols."""
    text = keys.toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", _("Enter"))
