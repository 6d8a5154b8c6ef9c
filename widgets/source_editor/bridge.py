"""What the editor's page may ask of us, and hears from us; and the page itself."""

import logging
from functools import cache
from typing import Final

import msgspec
from PySide6.QtCore import QFile, QIODevice, QObject, QUrl, Signal, Slot
from PySide6.QtWebEngineCore import QWebEnginePage

from widgets.web.engine import Profile, hardened, owner, page_url

log = logging.getLogger(__name__)

_CHANNEL: Final = "qwebchannel.js"


class Asked:
    """Who answers the page; all positions are UTF-16 units of its text."""

    def completions(self, unit: int, *, is_forced: bool) -> object:
        """Return what can be written there, as the page reads it; None for nothing."""
        raise NotImplementedError

    def meaning(self, unit: int) -> object:
        """Return what the word there means, as the page reads it; None for nothing."""
        raise NotImplementedError


class Bridge(QObject):
    """The one object that the page sees.

    Signals:
        said: Something for the page, in JSON.
        heard: Something from the page, in JSON.
        started: The page is there.
        undo_wanted: Take back.
        redo_wanted: Do again.
        left: The person goes on to the next control, or back to the one before.
        escaped: The person pressed Esc, and nothing was open.
        open_wanted: The person wants to go where the word at a unit leads.
    """

    said = Signal(str)
    heard = Signal(str)
    started = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    left = Signal(bool)
    escaped = Signal()
    open_wanted = Signal(int)

    def __init__(self, asked: Asked, parent: QObject) -> None:
        super().__init__(parent)
        self._asked = asked

    def say(self, wish: object) -> None:
        """Tell the page."""
        self.said.emit(msgspec.json.encode(wish).decode())

    @Slot()
    def ready(self) -> None:
        """Hear that the page is there."""
        self.started.emit()

    @Slot(str)
    def told(self, text: str) -> None:
        """Hear of a change."""
        self.heard.emit(text)

    @Slot()
    def undo(self) -> None:
        """Hear Ctrl+Z."""
        self.undo_wanted.emit()

    @Slot()
    def redo(self) -> None:
        """Hear Ctrl+Y."""
        self.redo_wanted.emit()

    @Slot(bool)
    def leave(self, is_back: bool) -> None:  # noqa: FBT001 -- the page calls it
        """Hear Tab."""
        self.left.emit(is_back)

    @Slot()
    def escape(self) -> None:
        """Hear Esc."""
        self.escaped.emit()

    @Slot(int)
    def open_at(self, unit: int) -> None:
        """Hear F12, or a click with Ctrl."""
        self.open_wanted.emit(unit)

    @Slot(int, bool, result=str)
    def complete(self, unit: int, is_forced: bool) -> str:  # noqa: FBT001 -- see above
        """Answer what can be written."""
        answer = self._asked.completions(unit, is_forced=is_forced)
        return msgspec.json.encode(answer).decode()

    @Slot(int, result=str)
    def meaning(self, unit: int) -> str:
        """Answer what a word means."""
        return msgspec.json.encode(self._asked.meaning(unit)).decode()


class EditorPage(QWebEnginePage):
    """The page, which goes nowhere else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(_profile(), parent)
        hardened(self.settings(), runs_scripts=True)

    def begin(self) -> None:
        """Load it."""
        self.load(page_url("editor.html"))

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        kind: QWebEnginePage.NavigationType,
        is_main: bool,  # noqa: FBT001, ARG002 -- Qt's
    ) -> bool:
        """Load what we ask for; follow nothing."""
        is_ours = QUrl(url) == page_url("editor.html")
        return is_ours or kind is QWebEnginePage.NavigationType.NavigationTypeTyped

    def javaScriptConsoleMessage(  # noqa: N802 -- Qt's
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """Keep what goes wrong; it is about code, never about a text."""
        del level
        log.warning("The editor's page, %s line %d: %s", source, line, message)


@cache
def _profile() -> Profile:
    return Profile(_served, owner())


@cache
def _served(path: str) -> bytes | None:
    """Return Qt's own side of the channel; the rest comes with the program."""
    if path != _CHANNEL:
        return None
    file = QFile(f":/qtwebchannel/{_CHANNEL}")
    assert file.open(QIODevice.OpenModeFlag.ReadOnly), "it is part of Qt"
    return bytes(file.readAll().data())
