"""The right side of the studio: who reads, which clients, and what they show."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from governance.clients.profile import CLIENTS
from governance.texts import _
from widgets.kit.controls import Button, DropDown, Segments
from widgets.kit.frames import Banner
from widgets.kit.look import look
from widgets.kit.values import Choice, Deed, Notice, Tone
from widgets.preview.grid import PreviewGrid
from widgets.preview.state import BOTH, DARK, LIGHT

_NARROWEST: Final = 416
_WIDEST: Final = 220


class PreviewSide(QWidget):
    """The bar and the grid; others put parts beside the sample, and strips below.

    Signals:
        sample_chosen: Another sample person.
        scheme_chosen: "light", "dark" or "both".
        clients_chosen: The ids of the clients to show, at least one.
    """

    sample_chosen = Signal(str)
    scheme_chosen = Signal(str)
    clients_chosen = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(_NARROWEST)
        self.grid = PreviewGrid()
        self._sample = DropDown(_("Sample person"))
        self._sample.setMaximumWidth(_WIDEST)
        self._sample.chosen.connect(self.sample_chosen)
        self._scheme = Segments(_("Light or dark"))
        self._scheme.chosen.connect(self.scheme_chosen)
        self._scheme.render_choices(
            (
                Choice(LIGHT, _("Light"), "sun"),
                Choice(DARK, _("Dark"), "moon"),
                Choice(BOTH, _("Both")),
            ),
            BOTH,
        )
        self._clients = Button(Deed("clients", "", icon="caret-down"))
        self._clients.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._clients.deed_chosen.connect(self._on_clients_asked)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._actions: dict[str, QAction] = {}
        for one in CLIENTS:
            action = self._menu.addAction(_(one.name))
            action.setCheckable(True)
            action.setToolTip(_(one.engine))
            action.triggered.connect(self._on_client_ticked)
            self._actions[one.id] = action
        self._problem = Banner()
        self.beside, self.strips = QHBoxLayout(), QVBoxLayout()
        self._lay_out()

    def render_samples(self, samples: tuple[Choice, ...], sample: str) -> None:
        """Offer sample people."""
        self._sample.render_choices(samples, sample)

    def render_choice(self, clients: tuple[str, ...], scheme: str) -> None:
        """Show which clients and which scheme are chosen."""
        self._scheme.render_choices(
            (
                Choice(LIGHT, _("Light"), "sun"),
                Choice(DARK, _("Dark"), "moon"),
                Choice(BOTH, _("Both")),
            ),
            scheme,
        )
        for key, action in self._actions.items():
            action.setChecked(key in clients)
        words = _("{shown} of {all} clients")
        title = words.format(shown=len(clients), all=len(CLIENTS))
        self._clients.render_deed(Deed("clients", title, icon="caret-down"))
        self._clients.setToolTip(_("Choose the mail clients that are shown"))

    def render_problem(self, problem: str, shown_since: str = "") -> None:
        """Say why the pictures are old, "" if they are not."""
        notice = None
        if problem:
            since = (
                _("Showing the text of {time}.").format(time=shown_since)
                if shown_since
                else _("Showing the last text that could be read.")
            )
            notice = Notice("", since, problem, Tone.WARN, "warning")
        self._problem.render_notice(notice)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(look().tokens.size["toolbar"])
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._sample)
        row.addLayout(self.beside)
        row.addStretch(1)
        row.addWidget(self._scheme)
        row.addWidget(self._clients)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._problem)
        column.addLayout(self.strips)
        column.addWidget(self.grid, 1)

    @Slot()
    def _on_clients_asked(self) -> None:
        corner = QPoint(0, self._clients.height() + 2)
        self._menu.popup(self._clients.mapToGlobal(corner))

    @Slot()
    def _on_client_ticked(self) -> None:
        ticked = [key for key, action in self._actions.items() if action.isChecked()]
        if ticked:
            self.clients_chosen.emit(ticked)
        else:  # one at least is shown
            action = self.sender()
            if isinstance(action, QAction):
                action.setChecked(True)
