"""One mail client: the list of all, the mail as it shows it, what it changed."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from governance.clients.inbox import InboxLine
from governance.names import Digest
from governance.texts import _
from widgets.kit.controls import DropDown, Segments
from widgets.kit.frames import Banner
from widgets.kit.look import look
from widgets.kit.marks import Tag
from widgets.kit.sidebar import Sidebar
from widgets.kit.values import Choice, Notice, Tone
from widgets.preview.changes import ChangeList
from widgets.preview.closer_state import ClientState
from widgets.preview.stage import AFTER, MARKED, SLIDER, ClientStage

_ZOOMS: Final = (50, 75, 100, 125, 150, 200)
_LIST: Final = 376
_NARROW_LIST: Final = 332
_NARROW: Final = 1240
_CHOICE: Final = 100


class ClientView(QWidget):
    """Stands in place of the editor while one client is looked at.

    Signals:
        client_chosen: The id of another client.
        scheme_chosen: "light" or "dark".
        width_chosen: In pixels, as text.
        closed: Back to the grid.
    """

    client_chosen = Signal(str)
    scheme_chosen = Signal(str)
    width_chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self._state = ClientState()
        self.sidebar = Sidebar(_("Mail clients"))
        self.sidebar.chosen.connect(self.client_chosen)
        self.stage = ClientStage()
        self.stage.stepped.connect(self.step)
        self.stage.scheme_toggled.connect(self._on_scheme_toggled)
        self.stage.closed.connect(self.closed)
        self.list = ChangeList()
        self.list.setFixedWidth(_LIST)
        self.list.chosen.connect(self._on_change_chosen)
        self.list.source_opened.connect(self._on_source_opened)
        self._tag = Tag(_("Approximation"))
        self._mode = Segments(_("How the message is shown"))
        self._mode.chosen.connect(self._on_mode_chosen)
        self._scheme = Segments(_("Light or dark"))
        self._scheme.chosen.connect(self.scheme_chosen)
        self._width = DropDown(_("Width of the message"))
        self._width.setMinimumWidth(_CHOICE)
        self._width.chosen.connect(self.width_chosen)
        self._zoom = DropDown(_("Zoom"))
        self._zoom.setMinimumWidth(_CHOICE)
        self._zoom.chosen.connect(self._on_zoom_chosen)
        self.list.closed.connect(self.closed)
        self._problem = Banner()
        self._render_modes()
        self._render_zooms()
        self._lay_out()
        self._key("Esc", self.closed.emit)
        self._key("PgDown", self._on_next)
        self._key("PgUp", self._on_before)

    def render_client(
        self, state: ClientState, pages: Mapping[Digest, bytes], line: InboxLine
    ) -> None:
        """Show what a client makes of the message."""
        if state.key != self._state.key:
            self.list.render_chosen("")
        self._state = state
        self.sidebar.render_sections(state.sections, state.key.partition(" ")[0])
        self.list.render_client(state)
        self._tag.setToolTip(state.status)
        self._scheme.render_choices(state.schemes, state.scheme)
        self._width.render_choices(state.widths, str(state.width))
        self.stage.render_mail(state, pages, line)

    def render_problem(self, problem: str) -> None:
        """Say why the picture is old, "" if it is not."""
        notice = None
        if problem:
            words = _("Showing the last text that could be read.")
            notice = Notice("", words, problem, Tone.WARN, "warning")
        self._problem.render_notice(notice)
        self.stage.render_stale(is_stale=bool(problem))

    @Slot(int)
    def step(self, step: int) -> None:
        """Go to another client of the list."""
        keys = [one.key for part in self._state.sections for one in part.entries]
        here = self._state.key.partition(" ")[0]
        if here in keys:
            self.client_chosen.emit(keys[(keys.index(here) + step) % len(keys)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the mail more room in a small window."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        self.list.setFixedWidth(_NARROW_LIST if is_narrow else _LIST)
        self._tag.setVisible(not is_narrow)  # the list says it too

    def _render_modes(self) -> None:
        self._mode.render_choices(
            (
                Choice(SLIDER, _("Before and after")),
                Choice(AFTER, _("After")),
                Choice(MARKED, _("Marked")),
            ),
            self.stage.mode,
        )

    def _render_zooms(self) -> None:
        self._zoom.render_choices(
            tuple(Choice(str(one), f"{one} %") for one in _ZOOMS), str(self.stage.zoom)
        )

    def _key(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(look().tokens.size["toolbar"])
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._tag)
        row.addStretch(1)
        for part in (self._mode, self._scheme, self._width, self._zoom):
            row.addWidget(part)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(bar)
        middle.addWidget(self._problem)
        middle.addWidget(self.stage, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sidebar)
        whole.addLayout(middle, 1)
        whole.addWidget(self.list)

    @Slot(str)
    def _on_mode_chosen(self, key: str) -> None:
        self.stage.render_view(mode=key)

    @Slot(str)
    def _on_zoom_chosen(self, key: str) -> None:
        self.stage.render_view(zoom=int(key))

    @Slot(str)
    def _on_change_chosen(self, key: str) -> None:
        self.list.render_chosen(key)
        for one in self._state.changes:
            if one.key == key:
                self.stage.choose(one.places)

    @Slot(str)
    def _on_source_opened(self, address: str) -> None:
        if address.startswith("https://"):
            QDesktopServices.openUrl(QUrl(address))

    @Slot()
    def _on_scheme_toggled(self) -> None:
        for one in self._state.schemes:
            if one.key != self._state.scheme and not one.why_not:
                self.scheme_chosen.emit(one.key)
                return

    @Slot()
    def _on_next(self) -> None:
        self.step(1)

    @Slot()
    def _on_before(self) -> None:
        self.step(-1)
