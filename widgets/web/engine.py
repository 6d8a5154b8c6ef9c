"""The browser engine, locked in: our own scheme, no network, no storage.

Four layers keep a mail from reaching out, each of which blocks what another lets pass
(measured with a server that counts connections, not requests): frames are sandboxed,
every page of ours carries a content security policy, an interceptor blocks what is not
ours, and the engine resolves no name at all. A mail's links to other files are taken
out before it is shown.
"""

import os
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWidgets import QApplication

SCHEME: Final = b"app"
POLICY: Final = (
    "default-src 'none'; script-src app://countersign; "
    "style-src 'unsafe-inline' app://countersign; img-src app: cid: data:; "
    "font-src app: data:; connect-src app://countersign; frame-src 'self' about:; "
    "form-action 'none'; base-uri 'none'; object-src 'none'"
)
_OURS: Final = frozenset({"app", "data", "about", "cid", "blob"})
_TYPES: Final = {
    "html": b"text/html; charset=utf-8",
    "js": b"text/javascript; charset=utf-8",
    "css": b"text/css; charset=utf-8",
    "json": b"application/json",
    "svg": b"image/svg+xml",
    "png": b"image/png",
    "jpg": b"image/jpeg",
    "gif": b"image/gif",
    "ttf": b"font/ttf",
}
# The inner double quotes must stay: escaped spaces silently have no effect.
_FLAGS: Final = (
    '--host-resolver-rules="MAP * ~NOTFOUND" --disable-background-networking'
)

# Qt takes a list of values a header, which its types do not say.
_HEADERS: Final[dict[QByteArray, QByteArray]] = cast(
    "dict[QByteArray, QByteArray]",
    {QByteArray(b"Content-Security-Policy"): [QByteArray(POLICY.encode())]},
)

# What a page's address leads to: path → bytes, or None for nothing.
Serve = Callable[[str], bytes | None]


def prepare_engine() -> None:
    """Set the engine's flags and register our scheme; before the application is made.

    The engine ends the process of root unless its own sandbox is off, so it is off
    there, which is where tests run; never for anybody else.
    """
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if _FLAGS not in flags:
        more = " --no-sandbox" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {_FLAGS}{more}".strip()
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class Profile(QWebEngineProfile):
    """A profile that keeps nothing and reaches nothing but ``serve``."""

    def __init__(self, serve: Serve, parent: QObject) -> None:
        super().__init__(parent)  # off the record: no disk cache, no cookies kept
        self._handler = _Handler(serve, self)
        self._wall = _Wall(self)
        self.installUrlSchemeHandler(QByteArray(SCHEME), self._handler)
        self.setUrlRequestInterceptor(self._wall)
        self.setPersistentCookiesPolicy(
            QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
        )
        self.downloadRequested.connect(self._on_download)

    @property
    def blocked(self) -> tuple[str, ...]:
        """What was asked for and not let through, for tests and the log."""
        return tuple(self._wall.blocked)

    def _on_download(self, request: QObject) -> None:
        """Let nothing be saved: whoever wants a file exports it."""
        request.cancel()  # type: ignore[attr-defined]


class _Wall(QWebEngineUrlRequestInterceptor):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block everything that is not ours."""
        url = info.requestUrl()
        if url.scheme() not in _OURS:
            info.block(True)  # noqa: FBT003 -- Qt's
            self.blocked.append(url.toString())


class _Handler(QWebEngineUrlSchemeHandler):
    def __init__(self, serve: Serve, parent: QObject) -> None:
        super().__init__(parent)
        self._serve = serve

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer, whatever happens: an exception here would hang the page for ever."""
        try:
            self._answer(job)
        except Exception:  # noqa: BLE001 -- see above
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)

    def _answer(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path().lstrip("/")
        data = self._serve(path)
        if data is None:
            data = packaged(path)
        if data is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.setAdditionalResponseHeaders(_HEADERS)
        kind = _TYPES.get(path.rpartition(".")[2], b"application/octet-stream")
        job.reply(QByteArray(kind), buffer)


@cache
def packaged(path: str) -> bytes | None:
    """Return a file of ``resources/web`` or a font, None for anything else."""
    root = files("resources")
    for folder in ("web", "fonts"):
        name = path.removeprefix(f"{folder}/")
        if "/" not in name and not name.startswith("."):
            found = root.joinpath(f"{folder}/{name}")
            if name and found.is_file():
                return found.read_bytes()
    return None


def hardened(settings: QWebEngineSettings, *, runs_scripts: bool) -> None:
    """Switch off whatever a page of ours does not need."""
    attribute = QWebEngineSettings.WebAttribute
    for one, is_on in {
        attribute.JavascriptEnabled: runs_scripts,
        attribute.JavascriptCanOpenWindows: False,
        attribute.JavascriptCanAccessClipboard: False,
        attribute.LocalStorageEnabled: False,
        attribute.LocalContentCanAccessRemoteUrls: False,
        attribute.LocalContentCanAccessFileUrls: False,
        attribute.PluginsEnabled: False,
        attribute.PdfViewerEnabled: False,
        attribute.FullScreenSupportEnabled: False,
        attribute.WebGLEnabled: False,
        attribute.HyperlinkAuditingEnabled: False,
        attribute.DnsPrefetchEnabled: False,
        attribute.FocusOnNavigationEnabled: False,
        attribute.NavigateOnDropEnabled: False,
    }.items():
        settings.setAttribute(one, is_on)


def page_url(name: str) -> QUrl:
    """Return the address of a page of ours."""
    return QUrl(f"app://countersign/{name}")


def owner() -> QObject:
    """Return what profiles belong to: they must outlive every page."""
    application = QApplication.instance()
    assert application is not None, "there is no application yet"
    return application
