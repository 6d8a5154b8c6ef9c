"""The mail of one client at its own size, beside how it was written."""

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import Signal, Slot

from governance.clients.inbox import InboxLine
from governance.names import Digest
from governance.texts import _
from widgets.kit.icons import glyph
from widgets.preview.closer_state import ClientState
from widgets.preview.web_page import LivePage

SLIDER = "both"
AFTER = "after"
MARKED = "marked"


class _StateJson(msgspec.Struct):
    key: str
    mode: str
    zoom: int
    width: int
    written: str
    shown: str
    is_dark: bool
    subject: str
    preheader: str
    before: str
    after: str
    slider: str
    handle: str
    marks: list[int]
    chosen: list[int]


class _Answer(msgspec.Struct):
    state: _StateJson
    pages: dict[str, str]


class ClientStage(LivePage):
    """Shows one mail twice, cut along a slider.

    Signals:
        stepped: 1 for the next client, -1 for the one before.
        scheme_toggled: Dark for light, or light for dark.
        closed: Back to the grid.
    """

    stepped = Signal(int)
    scheme_toggled = Signal()
    closed = Signal()

    def __init__(self) -> None:
        name = _("The message in this client")
        super().__init__(name, "preview-client.html", "Stage")
        self.mode = SLIDER
        self.zoom = 100
        self._state = ClientState()
        self._pages: Mapping[Digest, bytes] = {}
        self._line = InboxLine("", "", "", is_subject_cut=False, is_preheader_cut=False)
        self._chosen: tuple[int, ...] = ()
        self.told.connect(self._on_told)

    def render_mail(
        self, state: ClientState, pages: Mapping[Digest, bytes], line: InboxLine
    ) -> None:
        """Show the mail of a client."""
        if state.key != self._state.key:
            self._chosen = ()
        self._state, self._pages, self._line = state, pages, line
        self.refresh()

    def render_view(self, *, mode: str | None = None, zoom: int | None = None) -> None:
        """Show it in another way, or larger."""
        self.mode = mode or self.mode
        self.zoom = zoom or self.zoom
        if self._state.key:
            self.refresh()

    def choose(self, places: tuple[int, ...]) -> None:
        """Point out one change."""
        self._chosen = places
        if self._state.key:
            self.refresh()

    def render_stale(self, *, is_stale: bool) -> None:
        """Say that the picture is old."""
        self.run(f"Stage.mark({str(is_stale).lower()})")

    def answer(self, known: frozenset[str]) -> bytes:
        """Return how the mail is shown, and the mails that the page does not have."""
        state = self._state
        marks: set[int] = set()
        if self.mode == MARKED:
            marks = {place for one in state.changes for place in one.places}
        shown = _StateJson(
            state.key,
            self.mode,
            self.zoom,
            state.width,
            state.written,
            state.shown,
            state.is_dark,
            self._line.subject,
            self._line.preheader,
            _("As written"),
            _("As {client} shows it").format(client=state.name),
            _("How much is shown as it was written"),
            glyph("arrows-left-right"),
            sorted(marks),
            list(self._chosen),
        )
        pages = {
            str(one): self._pages[one].decode("utf-8", "replace")
            for one in (state.written, state.shown)
            if one in self._pages and one[:16] not in known
        }
        return msgspec.json.encode(_Answer(shown, pages))

    @Slot(str, str)
    def _on_told(self, what: str, about: str) -> None:
        if what == "step":
            self.stepped.emit(-1 if about.startswith("-") else 1)
        elif what == "scheme":
            self.scheme_toggled.emit()
        elif what == "close":
            self.closed.emit()
