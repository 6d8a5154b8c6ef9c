"""A page of ours that shows mails in frames, and tells what is done in it."""

from functools import cache
from importlib.resources import files
from logging import getLogger
from secrets import token_urlsafe
from typing import Final
from weakref import WeakValueDictionary

import msgspec
from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.kit.look import color, look
from widgets.kit.tokens import Scheme
from widgets.web.engine import Profile, hardened, owner, page_url

HOME: Final = "previews/"
_OURS: Final = "app://countersign/preview"
_ICONS: Final = "phosphor.ttf"
_DONE: Final = b"{}"
_MOST: Final = 20  # pages that fell one after the other before it stays empty

log = getLogger(__name__)


class LivePage(QWidget):
    """Shows a page of ``resources/web``; it is made when there is something to show.

    What the page wants to know it fetches, once a revision; what it tells comes as a
    fetch too, under a token that mails do not know.

    Signals:
        told: What happens in the page, and about what: "open", "gmail-web light".
        painted: The revision that is on the screen now.
    """

    told = Signal(str, str)
    painted = Signal(int)
    _said = Signal(str, str)

    def __init__(self, name: str, file: str, script: str) -> None:
        super().__init__()
        self._file, self._script = file, script
        self._token = token_urlsafe(18)
        self._view: QWebEngineView | None = None
        self._is_ready = False
        self._falls = 0
        self.revision = 0
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)
        look().changed.connect(self._on_look_changed)

    def answer(self, known: frozenset[str]) -> bytes:
        """Return what is to be seen now as JSON; pages that begin so are known."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Have the page fetch what is to be seen now."""
        self.revision += 1
        if self._view is None:
            self._view = self._made()
        elif self._is_ready:
            self.run(f"{self._script}.pull({self.revision})")

    def run(self, script: str) -> None:
        """Run a line in the page, if it is there."""
        if self._view is not None and self._is_ready:
            self._view.page().runJavaScript(script)

    def focus_page(self) -> None:
        """Give the page the keyboard."""
        if self._view is not None:
            self._view.setFocus()

    def serve(self, path: str) -> bytes | None:
        """Answer a fetch of this page."""
        what, _slash, rest = path.partition("/")
        if what == "pull":
            return self.answer(frozenset(rest.rpartition("/")[2].split(".")))
        self._said.emit(what, rest)
        return _DONE

    @property
    def blocked(self) -> tuple[str, ...]:
        """What mails asked for and did not get."""
        return _profile().blocked

    @property
    def page(self) -> QWebEnginePage | None:
        """The page, None while there is none."""
        return self._view.page() if self._view is not None else None

    def sizeHint(self) -> QSize:
        """Return room for some cards."""
        return QSize(640, 480)

    def _made(self) -> QWebEngineView:
        self._is_ready = False
        view = QWebEngineView(self)
        page = _OurPage(_profile(), view)
        hardened(page.settings(), runs_scripts=True)
        icons = QWebEngineSettings.WebAttribute.AutoLoadIconsForPage
        page.settings().setAttribute(icons, False)  # noqa: FBT003 -- Qt's
        page.setBackgroundColor(color("window"))
        view.setPage(page)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.setAcceptDrops(False)
        view.setAccessibleName(self.accessibleName())
        page.loadFinished.connect(self._on_loaded)
        page.renderProcessTerminated.connect(self._on_renderer_gone)
        self._column.addWidget(view)
        self.setFocusProxy(view)
        _pages()[self._token] = self
        page.load(page_url(self._file))
        return view

    def _dress(self) -> None:
        values = {name: one[:7] for name, one in look().tokens.colors.items()}
        is_dark = look().tokens.scheme is Scheme.DARK
        colors = msgspec.json.encode(values).decode()
        self.run(f"Frames.dress({colors}, {str(is_dark).lower()})")

    @Slot(bool)
    def _on_loaded(self, is_loaded: bool) -> None:  # noqa: FBT001 -- a signal
        if is_loaded:
            self._is_ready = True
            self.run(f"Frames.start({msgspec.json.encode(self._token).decode()})")
            self._dress()
            self.on_ready()
            self.refresh()

    def on_ready(self) -> None:
        """Tell a new page what the last one was told."""

    @Slot()
    def _on_look_changed(self) -> None:
        if self._view is not None:
            self._view.page().setBackgroundColor(color("window"))
            self._dress()

    @Slot()
    def _on_renderer_gone(self) -> None:
        """Make the page again in a new process, and fill it."""
        if self._view is None:
            return
        self._view.hide()
        self._view.deleteLater()
        self._view = None
        self._is_ready = False
        self._falls += 1
        if self._falls < _MOST:
            self.refresh()

    @Slot(str, str)
    def _on_said(self, what: str, about: str) -> None:
        if what == "painted" and about.isdecimal():
            self._falls = 0
            self.painted.emit(int(about))
        else:
            self.told.emit(what, about)


class _OurPage(QWebEnginePage):
    def javaScriptConsoleMessage(  # noqa: N802 -- Qt's
        self,
        _level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        text: str,
        line: int,
        source: str,
    ) -> None:
        """Keep mistakes of ours in the log; what mails were refused is no news."""
        if source.startswith(_OURS) and not text.startswith("Refused"):
            log.warning("%s, line %d: %s", source, line, text)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        kind: QWebEnginePage.NavigationType,
        is_main: bool,  # noqa: FBT001 -- Qt's
    ) -> bool:
        """Load our page and what frames are filled with; follow nothing."""
        if is_main:
            return kind is QWebEnginePage.NavigationType.NavigationTypeTyped
        return QUrl(url).scheme() == "about"


def _serve(path: str) -> bytes | None:
    if not path.startswith(HOME):
        return None
    rest = path.removeprefix(HOME)
    if rest == _ICONS:
        return _icon_font()
    token, _slash, what = rest.partition("/")
    page = _pages().get(token)
    return page.serve(what) if page is not None else None


@cache
def _icon_font() -> bytes:
    folder = files("qtawesome").joinpath("fonts")
    return folder.joinpath("phosphor-1.3.0.ttf").read_bytes()


@cache
def _pages() -> "WeakValueDictionary[str, LivePage]":
    return WeakValueDictionary()


@cache
def _profile() -> Profile:
    return Profile(_serve, owner())
