"""One mail, drawn as it is; nothing in it runs, loads or leads anywhere."""

from functools import cache
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.kit.look import color, look
from widgets.kit.tokens import Scheme
from widgets.web.engine import Profile, hardened, owner

_STYLE: Final = (
    "<style>html{{background:{ground};color-scheme:{scheme};"
    "scrollbar-width:thin}}</style>"
)


class MailView(QWidget):
    """Shows HTML at a zoom; the engine starts when there is first something to show.

    Signals:
        link_clicked: Where a link leads; nothing follows it.
    """

    link_clicked = Signal(str)

    def __init__(self, name: str, *, zoom: float = 1.0) -> None:
        super().__init__()
        self._zoom = zoom
        self._html = ""
        self._is_dark = False
        self._view: QWebEngineView | None = None
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        look().changed.connect(self._on_look_changed)

    def render_html(self, html: str, *, is_dark: bool = False) -> None:
        """Show a mail, "" for an empty ground."""
        if (html, is_dark) == (self._html, self._is_dark):
            return
        self._html, self._is_dark = html, is_dark
        self._show()

    def scroll_to_change(self, number: int) -> None:
        """Bring a numbered change into view; from outside: the page runs nothing."""
        if self._view is not None:
            self._view.page().runJavaScript(
                f"document.querySelector('[data-change=\"{number}\"]')"
                "?.scrollIntoView({block: 'center'})",
                QWebEngineScript.ScriptWorldId.ApplicationWorld,
            )

    @property
    def blocked(self) -> tuple[str, ...]:
        """What mails asked for and did not get."""
        return _profile().blocked

    @property
    def selected_text(self) -> str:
        """The words that are selected in it."""
        return self._view.selectedText() if self._view is not None else ""

    @property
    def title(self) -> str:
        """What the mail calls itself, "" for nothing and for no mail."""
        title = self._view.title() if self._view is not None else ""
        return "" if title.startswith(("about:", "data:")) else title

    def sizeHint(self) -> QSize:
        """Return room for a mail."""
        return QSize(600, 400)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Tab and Esc to the window: a picture takes no keys."""
        if isinstance(event, QKeyEvent) and event.key() in {
            Qt.Key.Key_Escape,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
        }:
            event.ignore()
            return event.type() is QEvent.Type.KeyPress
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        if self._view is None:
            if not self._html:
                return
            self._view = self._made()
        scheme = Scheme.DARK if self._is_dark else Scheme.LIGHT
        ground = color("surface").name() if not self._html else ""
        style = _STYLE.format(ground=ground or "transparent", scheme=scheme)
        self._view.setHtml(self._html + style, QUrl("about:blank"))
        self._view.setZoomFactor(self._zoom)

    def _made(self) -> QWebEngineView:
        view = QWebEngineView(self)
        page = _Page(_profile(), view)
        page.link_clicked.connect(self.link_clicked)
        hardened(page.settings(), runs_scripts=False)
        page.settings().setAttribute(
            QWebEngineSettings.WebAttribute.ShowScrollBars,
            self._zoom >= 1,  # a small picture is looked at, not read
        )
        page.setBackgroundColor(color("sunken"))
        view.setPage(page)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.setAcceptDrops(False)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAccessibleName(self.accessibleName())
        page.renderProcessTerminated.connect(self._on_renderer_gone)
        self._column.addWidget(view)
        return view

    @Slot()
    def _on_look_changed(self) -> None:
        if self._view is not None:
            self._view.page().setBackgroundColor(color("sunken"))

    @Slot()
    def _on_renderer_gone(self) -> None:
        """Draw it again in a new process."""
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
            self._view = None
            self._show()


class _Page(QWebEnginePage):
    link_clicked = Signal(str)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        kind: QWebEnginePage.NavigationType,
        is_main: bool,  # noqa: FBT001 -- Qt's
    ) -> bool:
        """Show what we set; follow nothing."""
        if kind is QWebEnginePage.NavigationType.NavigationTypeTyped:
            return True
        if kind is QWebEnginePage.NavigationType.NavigationTypeLinkClicked and is_main:
            self.link_clicked.emit(QUrl(url).toString())
        return False


def _nothing(_path: str) -> bytes | None:
    return None


@cache
def _profile() -> Profile:
    return Profile(_nothing, owner())
