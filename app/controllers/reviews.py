"""The inbox: which changes wait for whom."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import Command, Target
from app.context import Context
from app.controllers.reviews_news import NewsReader
from app.controllers.reviews_notes import InboxNotes, untils
from app.places import Place, Room
from app.snapshot import Snapshot
from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState
from governance.names import ChangeId
from governance.texts import _
from widgets.library.shelf_state import stage_title
from widgets.reviews.inbox_state import inbox_state
from widgets.reviews.inbox_values import ALL, MINE, Inbox, InboxState, News, may_sign
from widgets.reviews.inbox_view import InboxView
from widgets.reviews.since import since_of

UNDO = "undo-snooze"


class ReviewsController(QObject):
    """Remembers what is listed and what is selected."""

    def __init__(self, view: InboxView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = context.readings.current
        self._section = MINE
        self._words = ""
        self._selected = ""
        self._put_off: ChangeId | None = None
        self.state: InboxState | None = None
        self.notes = InboxNotes.of(context)
        self.news = NewsReader(self, context)
        self.notes.changed.connect(self._draw)
        self.news.changed.connect(self._draw)
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.snooze_chosen.connect(self._on_snooze_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._on_identity_changed)
        context.commands.offer_targets("changes", self._targets)
        self._offer()
        self._draw()

    def widget(self) -> InboxView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the inbox; the part that ``place`` names, else as it was left."""
        if place.part:
            self._section = place.part
        if place.key:
            self._selected = place.key
        self._draw()
        self._view.table.setFocus()

    def _offer(self) -> None:
        group = _("Reviews")
        self._context.commands.offer(
            Command(
                "inbox-unread",
                _("Mark the change as read or not read"),
                group,
                partial(self._on_deed_chosen, "unread"),
                "circle",
                why_not=self._why_no_row,
            ),
            Command(
                "inbox-snooze",
                _("Put the change off until tomorrow"),
                group,
                partial(self._on_snooze_chosen, ""),
                "clock",
                why_not=self._why_no_snooze,
            ),
            Command(
                UNDO,
                _("Show the change again that was put off"),
                group,
                self._undo,
                "arrow-u-up-left",
                why_not=self._why_no_undo,
            ),
        )

    # What arrives --------------------------------------------------------------------

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot()
    def _on_identity_changed(self) -> None:
        self._selected = ""
        self._put_off = None
        self._draw()

    # What a person does --------------------------------------------------------------

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if key != self._section:
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
        if key:
            self._context.navigator.open(Place(Room.CHANGE, key))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        row = self._row()
        match key:
            case "open":
                self._on_opened(self._view.table.key)
            case "clear":
                self._words, self._section = "", ALL
                self._view.search.clear()
                self._draw()
            case "request" if row is not None and self._may_sign(row):
                place = Place(Room.CHANGE, str(row.change.id), "request")
                self._context.navigator.open(place)
            case "unread" if row is not None:
                self.notes.unread(row.change)
            case "snooze" if row is not None and self._may_sign(row):
                choices = untils(self._context.workspace.clock())
                self._view.ask_until(tuple(choice for choice, _until in choices))
            case "tomorrow":
                self._on_snooze_chosen(key)
            case "wake" if row is not None:
                self.notes.wake(row.change.id)
            case _:
                pass

    @Slot(str)
    def _on_snooze_chosen(self, key: str) -> None:
        row = self._row()
        if row is None or not self._may_sign(row):
            return
        choices = untils(self._context.workspace.clock())
        choice, until = next((one for one in choices if one[0].key == key), choices[0])
        self._put_off = row.change.id
        self._selected = self._beside(str(row.change.id))
        self.notes.snooze(row.change, until)
        words = _("“{title}” is put off. {until}.").format(
            title=row.change.title, until=choice.title
        )
        self._context.desktop.toast(words, _("Undo"), UNDO)

    def _undo(self) -> None:
        if self._put_off is not None:
            self._selected = str(self._put_off)
            self.notes.wake(self._put_off)
            self._put_off = None

    # Reasons -------------------------------------------------------------------------

    def _why_no_row(self) -> str:
        return "" if self._row() else _("No change is selected in Reviews.")

    def _why_no_snooze(self) -> str:
        row = self._row()
        if row is None:
            return _("No change is selected in Reviews.")
        return "" if self._may_sign(row) else _("It does not wait for you.")

    def _why_no_undo(self) -> str:
        return "" if self._put_off else _("Nothing was put off just now.")

    # What is shown -------------------------------------------------------------------

    def _row(self) -> ChangeRow | None:
        changes = self._snapshot.reading.changes if self._snapshot else {}
        return changes.get(ChangeId(self._view.table.key))

    def _may_sign(self, row: ChangeRow) -> bool:
        return may_sign(row, self._inbox())

    def _beside(self, key: str) -> str:
        """Return the row that is come to when the row ``key`` goes."""
        keys = [row.key for row in self.state.table.rows] if self.state else []
        at = keys.index(key) if key in keys else 0
        left = [one for one in keys if one != key]
        return left[min(at, len(left) - 1)] if left else ""

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

    def _inbox(self, news: News | None = None) -> Inbox:
        clock = self._context.workspace.clock
        me = self._context.identity.person
        if self._snapshot is None:
            return Inbox({}, LedgerState(), me, clock(), is_loading=True)
        reading = self._snapshot.reading
        return Inbox(
            reading.changes,
            reading.state,
            me,
            clock(),
            notes=self.notes.now,
            news=news or News(),
            stages={row.id: stage_title(row.stage) for row in self._snapshot.rows},
        )

    @Slot()
    def _draw(self) -> None:
        inbox = self._inbox()
        state = inbox_state(inbox, self._section, self._words, self._selected)
        row = inbox.changes.get(ChangeId(state.selected))
        if row is not None and self._view.isVisible():
            seen = since_of(row.change, inbox.me, inbox.notes)
            inbox = self._inbox(self.news.of(row, seen))
            state = inbox_state(inbox, self._section, self._words, self._selected)
        self.state = state
        self._view.render_state(state)


def make(context: Context) -> ReviewsController:
    """Return the room."""
    return ReviewsController(InboxView(), context)
