"""The inbox: which changes wait for whom."""

from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Target
from app.context import Context
from app.places import Place, Room
from app.snapshot import Snapshot
from governance.ledger.state import LedgerState
from governance.texts import _
from widgets.reviews.inbox_state import ALL, MINE, Inbox, inbox_state
from widgets.reviews.inbox_view import InboxView

_MINE_FIRST: Final = MINE


class ReviewsController(QObject):
    """Remembers what is listed and what is selected."""

    def __init__(self, view: InboxView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = context.readings.current
        self._section = _MINE_FIRST
        self._words = ""
        self._selected = ""
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.deed_chosen.connect(self._on_deed_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._on_identity_changed)
        context.commands.offer_targets("changes", self._targets)
        self._draw()

    def widget(self) -> InboxView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the inbox; what waits for me, or all if nothing does."""
        if place.part:
            self._section = place.part
        self._draw()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot()
    def _on_identity_changed(self) -> None:
        self._selected = ""
        self._draw()

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if not key.startswith("role:") and key != self._section:
            self._section = key
            self._draw()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._context.navigator.open(Place(Room.CHANGE, key))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        if key == "open":
            self._on_opened(self._view.table.key)
        elif key == "clear":
            self._words, self._section = "", ALL
            self._view.search.clear()
            self._draw()

    def _targets(self) -> tuple[Target, ...]:
        changes = self._snapshot.reading.changes if self._snapshot else {}
        return tuple(
            Target(
                str(name),
                row.change.title,
                _("Changes"),
                self._on_opened,
                "eye",
                prefix="#",
            )
            for name, row in changes.items()
        )

    def _inbox(self) -> Inbox:
        clock = self._context.workspace.clock
        me = self._context.identity.person
        if self._snapshot is None:
            return Inbox({}, LedgerState(), me, clock(), is_loading=True)
        reading = self._snapshot.reading
        return Inbox(reading.changes, reading.state, me, clock())

    def _draw(self) -> None:
        inbox = self._inbox()
        state = inbox_state(inbox, self._section, self._words, self._selected)
        self._view.render_state(state)


def make(context: Context) -> ReviewsController:
    """Return the room."""
    return ReviewsController(InboxView(), context)
