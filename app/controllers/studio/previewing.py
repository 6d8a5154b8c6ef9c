"""The previews of the studio: which clients, what they show, one of them closely."""

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from app.context import Context
from app.live import Frame
from governance.clients.inbox import inbox_line
from governance.clients.previews import Wanted
from governance.clients.profile import client
from governance.clients.rule import Scheme
from governance.names import Digest
from governance.rendering.render import Rendered
from governance.texts import _
from widgets.preview.closer_state import client_state
from widgets.preview.state import (
    BOTH,
    DARK,
    LIGHT,
    Card,
    cards,
    chosen_clients,
    everyone,
    wanted,
    wanted_of,
)
from widgets.studio.view import StudioView

_PATIENCE: Final = 500  # milliseconds, after which the cards say that they wait
_SMS: Final = Digest("sms")
_PHONE: Final = 390


class Previewing(QObject):
    """Keeps what is shown, so that the last good picture stays.

    Signals:
        wanted_changed: Something else is to be rendered.
        words_clicked: What the mail says where it was clicked.
    """

    wanted_changed = Signal()
    words_clicked = Signal(str)

    def __init__(self, view: StudioView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._side, self._one = view.previews, view.client
        self._grid = view.previews.grid
        values = context.preferences.values
        self._clients = chosen_clients(values.preview_clients)
        self._scheme = values.preview_scheme
        if self._scheme not in {LIGHT, DARK, BOTH}:
            self._scheme = BOTH
        self._closer: Wanted | None = None
        self._width = 0
        self._frame: Frame | None = None
        self._problem = ""
        self._since = QElapsedTimer()
        self._is_measuring = False
        self._is_entering = False
        self._waits = QTimer(self)
        self._waits.setSingleShot(True)
        self._waits.setInterval(_PATIENCE)
        self._waits.timeout.connect(self._on_waited)
        self._side.scheme_chosen.connect(self._on_scheme_chosen)
        self._side.clients_chosen.connect(self._on_clients_chosen)
        self._grid.card_opened.connect(self._on_card_opened)
        self._grid.words_clicked.connect(self.words_clicked)
        self._grid.painted.connect(self._on_painted)
        self._one.stage.painted.connect(self._on_stage_painted)
        self._one.client_chosen.connect(self._on_client_chosen)
        self._one.scheme_chosen.connect(self._on_client_scheme_chosen)
        self._one.width_chosen.connect(self._on_width_chosen)
        self._one.closed.connect(self.leave)
        self._side.render_choice(self._clients, self._scheme)

    @property
    def clients(self) -> tuple[str, ...]:
        """The ids of the clients that are shown."""
        return self._clients

    def wanted(self) -> tuple[Wanted, ...]:
        """Return what is to be shown next."""
        if self._closer is not None:
            return everyone(self._closer.scheme)
        return wanted(self._clients, self._scheme)

    def closer(self) -> Wanted | None:
        """Return which client is looked at closely."""
        return self._closer

    def begin(self) -> None:
        """Take note that something was given to be rendered."""
        if not self._is_measuring:
            self._since.start()
            self._is_measuring = True
        if not self._waits.isActive():
            self._waits.start()

    def forget(self) -> None:
        """Show nothing of the message before: another one is opened."""
        self._frame = None
        self._problem = ""
        self._is_measuring = False
        self._closer = None
        self._view.show_client(is_shown=False)
        self._grid.render_cards((), {})

    def take(self, frame: Frame) -> None:
        """Show what was rendered; what cannot be leaves the last picture, paler."""
        self._waits.stop()
        self._problem = frame.problem
        if frame.mail is not None and frame.previews is not None:
            self._frame = frame
            self._draw(frame.mail, frame)
        else:
            self._is_measuring = False
        self._render_marks()

    @Slot()
    def leave(self) -> None:
        """Go back from one client to all."""
        if self._closer is None:
            return
        self._closer = None
        self._view.show_client(is_shown=False)
        self._grid.focus_page()
        self.wanted_changed.emit()

    def _draw(self, mail: Rendered, frame: Frame) -> None:
        assert frame.previews is not None
        if mail.html is None:
            shown, pages = _text_card(mail.sms or mail.chat or "")
            self._grid.render_cards(shown, pages)
            return
        closer = frame.previews.closer
        if closer is None:
            self._grid.render_cards(cards(frame.previews.shown), frame.pages)
            return
        if closer.shown.wanted != self._closer:
            return  # another one was chosen meanwhile
        one = client(closer.shown.wanted.client)
        line = inbox_line("", mail.subject or "", mail.preheader or "", one)
        state = client_state(closer, frame.previews.shown, self._width)
        self._one.render_client(state, frame.pages, line)

    def _render_marks(self, *, is_waiting: bool = False) -> None:
        is_stale = bool(self._problem) and self._frame is not None
        self._grid.render_marks(is_stale=is_stale, is_waiting=is_waiting)
        self._one.render_problem(self._problem if is_stale else "")

    @Slot()
    def _on_waited(self) -> None:
        self._render_marks(is_waiting=True)

    @Slot(int)
    def _on_painted(self, revision: int) -> None:
        is_now = revision == self._grid.revision and self._frame is not None
        if self._is_measuring and is_now and self._side.isVisible():
            self._is_measuring = False
            words = _("Previews updated in {count} ms")
            said = words.format(count=self._since.elapsed())
            self._context.desktop.set_status("previews", "lightning", said)

    @Slot(int)
    def _on_stage_painted(self, _revision: int) -> None:
        if self._is_entering:
            self._is_entering = False
            self._one.stage.focus_page()

    @Slot(str)
    def _on_scheme_chosen(self, key: str) -> None:
        self._scheme = key
        self._context.preferences.keep(preview_scheme=key)
        self._choose()

    @Slot(list)
    def _on_clients_chosen(self, keys: list[str]) -> None:
        self._clients = tuple(keys)
        self._context.preferences.keep(preview_clients=self._clients)
        self._choose()

    def _choose(self) -> None:
        self._side.render_choice(self._clients, self._scheme)
        self.wanted_changed.emit()

    @Slot(str)
    def _on_card_opened(self, key: str) -> None:
        if (one := wanted_of(key)) is not None:
            self._look_at(one)

    @Slot(str)
    def _on_client_chosen(self, key: str) -> None:
        if self._closer is not None and key != self._closer.client:
            one = client(key)
            scheme = self._closer.scheme
            self._look_at(
                Wanted(key, scheme if scheme in one.schemes else Scheme.LIGHT)
            )

    @Slot(str)
    def _on_client_scheme_chosen(self, key: str) -> None:
        if self._closer is not None:
            self._look_at(Wanted(self._closer.client, Scheme(key)))

    def _look_at(self, one: Wanted) -> None:
        if self._closer is None or self._closer.client != one.client:
            self._width = 0
        is_new = self._closer is None
        self._closer = one
        self._view.show_client(is_shown=True)
        self.wanted_changed.emit()
        self._is_entering = self._is_entering or is_new

    @Slot(str)
    def _on_width_chosen(self, key: str) -> None:
        self._width = int(key)
        if self._frame is not None and self._frame.mail is not None:
            self._draw(self._frame.mail, self._frame)


def place_of_words(source: str, words: str) -> tuple[int, int] | None:
    """Return where in a source stands what a mail says, None if it is not found.

    What merge fields were filled with stands nowhere, so it is looked for in pieces,
    the longest one first.
    """
    said = " ".join(words.split())
    tokens = said.split()
    for count in range(min(len(tokens), 8), 0, -1):
        for start in range(min(len(tokens) - count + 1, 12)):
            piece = tokens[start : start + count]
            if sum(map(len, piece)) < min(len(said), 6):
                continue
            pattern = r"\s+".join(map(re.escape, piece))
            if (found := re.search(pattern, source)) is not None:
                return found.span()
    return None


def _text_card(text: str) -> tuple[tuple[Card, ...], Mapping[Digest, bytes]]:
    """Return a message without HTML as a card."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    page = (
        "<!doctype html><meta charset='utf-8'><body style='font:15px/1.5 sans-serif;"
        "margin:24px;white-space:pre-wrap;overflow-wrap:anywhere;color:#191c23;"
        f"background:#fff'>{safe}</body>"
    )
    title = _("Text message")
    digest = Digest(f"{_SMS}{hash(text):x}")
    one = Card("", title, "device-mobile", "sun", "", "", title, _PHONE, digest)
    return (one,), {digest: page.encode("utf-8", "replace")}
