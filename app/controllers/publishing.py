"""Publishing: release what everyone signed, publish it, roll it back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.listing import Listing
from app.controllers.publishing_pasting import Pasting
from app.controllers.publishing_publishing import Publishing, looked
from app.controllers.publishing_releasing import Releasing
from app.places import Place, Room
from app.service_link import ServiceStage
from app.snapshot import Snapshot
from app.tasks import Task
from governance.changes.library import subject_of
from governance.ledger.state import LedgerState
from governance.names import ChangeId, SubjectName, TemplateId
from governance.ports import Progress
from governance.texts import _
from sync.api.deliveries import DeliveryRow, State
from sync.api.publications import PublicationRow
from sync.client import ServiceClient
from widgets.publishing.shelf import BY_TEMPLATE, READY, Outcome, Shelf, subject_in
from widgets.publishing.state import publishing_state
from widgets.publishing.view import PublishingView

_TO_COME: Final = frozenset({State.PLANNED, State.HELD, State.READY, State.SENDING})


class PublishingController(QObject):
    """Remembers what is listed, and what the service last found."""

    def __init__(self, view: PublishingView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = context.readings.current
        self._publications: tuple[PublicationRow, ...] | None = None
        self._is_asking = False
        self._is_stale = False
        self._checked = ""
        self._looking: Task | None = None
        self._outcomes: tuple[Outcome, ...] = ()
        self._outgoing = Outgoing.of(context)
        self._outgoing.changed.connect(self._draw)
        self._listing = Listing(self, part=BY_TEMPLATE)
        self._listing.changed.connect(self._draw)
        self.releasing = Releasing(view, context, self._shelf)
        self.publishing = Publishing(view, context, self._shelf)
        self.publishing.published.connect(self._on_published)
        self.pasting = Pasting(view, context, self._shelf)
        self.pasting.looked.connect(self._ask)
        view.view_chosen.connect(self._listing.choose_part)
        view.words_changed.connect(self._listing.choose_words)
        view.selected.connect(self._listing.come_to)
        view.ticked.connect(self._listing.tick)
        view.deed_chosen.connect(self._on_deed_chosen)
        events = context.events
        events.reading_changed.connect(self._on_reading_changed)
        events.identity_changed.connect(self._draw)
        events.service_changed.connect(self._on_service_changed)
        events.news_arrived.connect(self._ask)
        context.commands.offer(
            Command(
                "check-destinations",
                _("Check destinations now"),
                _("Publishing"),
                self._look,
                "arrows-clockwise",
            )
        )

    def widget(self) -> PublishingView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the room, with ``place.key`` selected."""
        if place.key:
            self._listing.settle(place.key)
        self._ask()
        self._draw()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot(object)
    def _on_service_changed(self, _state: object) -> None:
        if self._publications is None:
            self._ask()
        self._draw()

    @Slot()
    def _look(self) -> None:
        """Have the service read back what lies everywhere, and compare it."""
        rows = self._publications or ()
        names = sorted({row.key.rpartition("/")[0] for row in rows})
        if self._looking is not None or not names:
            self._ask()
            return
        work = partial(looked, tuple(map(TemplateId, names)))
        self._looking = self._context.service.ask(work)
        self._looking.progressed.connect(self._on_looking)
        self._looking.succeeded.connect(self._on_publications)
        self._looking.failed.connect(self._context.messages.tell)
        self._looking.settled.connect(self._on_looked)

    @Slot(str, int, int)
    def _on_looking(self, label: str, done: int, total: int) -> None:
        self._checked = _("{label}, {done} of {total}").format(
            label=label, done=done + 1, total=total
        )
        self._draw()

    @Slot()
    def _on_looked(self) -> None:
        self._looking = None

    @Slot()
    def _ask(self) -> None:
        """Ask the service what is where."""
        if self._context.service.state.stage is not ServiceStage.ON:
            return
        if self._is_asking:  # what is under way may have been answered already
            self._is_stale = True
            return
        self._is_asking, self._is_stale = True, False
        task = self._context.service.ask(_publications)
        task.succeeded.connect(self._on_publications)
        task.failed.connect(self._context.messages.log)
        task.settled.connect(self._on_asked)

    @Slot(object)
    def _on_publications(self, rows: tuple[PublicationRow, ...]) -> None:
        self._publications = rows
        now = self._context.workspace.clock().astimezone()
        self._checked = _("Checked at {time}").format(time=now.strftime("%H:%M"))
        self._draw()

    @Slot()
    def _on_asked(self) -> None:
        self._is_asking = False
        if self._is_stale:
            self._ask()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        chosen = self._view.table.key
        subject = subject_in(chosen)
        match key:
            case "check":
                self._look()
            case "release":
                self.releasing.ask_release(ChangeId(chosen.removeprefix(READY)))
            case "review":
                change = chosen.removeprefix(READY)
                self._context.navigator.open(Place(Room.CHANGE, change))
            case "publish":
                self.publishing.ask(self._ticked() or (subject,))
            case "untick":
                self._listing.tick_only(())
            case "paste":
                self.pasting.open(subject)
            case "rollback":
                self.releasing.ask_rollback(subject)
            case _:
                pass

    def _ticked(self) -> tuple[SubjectName, ...]:
        return tuple(SubjectName(key) for key in sorted(self._listing.ticked))

    @Slot(object)
    def _on_published(self, outcomes: tuple[Outcome, ...]) -> None:
        self._outcomes = outcomes
        left = [one.subject for one in outcomes if not one.is_done]
        if self._listing.ticked:
            self._listing.tick_only(left)
        self._ask()
        self._draw()

    # Drawing -------------------------------------------------------------------------

    def _shelf(self) -> Shelf:
        context = self._context
        if self._snapshot is None:
            return Shelf(LedgerState(), {}, {})
        reading = self._snapshot.reading
        titles = {subject_of(row.id): row.title for row in self._snapshot.rows}
        return Shelf(
            reading.state,
            reading.changes,
            titles,
            self._publications,
            context.identity.person,
            context.workspace.clock(),
            context.service.state.stage is not ServiceStage.AWAY,
            _planned(self._outgoing.box.rows or ()),
            self._outcomes,
        )

    @Slot()
    def _draw(self) -> None:
        shelf = self._shelf()
        listing = self._listing
        state = publishing_state(
            shelf, listing.part, listing.words, listing.selected, listing.ticked
        )
        listing.settle(state.selected, state.ticked)
        self._view.render_state(state, self._checked)


def make(context: Context) -> PublishingController:
    """Return the room."""
    return PublishingController(PublishingView(), context)


def _publications(
    service: ServiceClient, _progress: Progress
) -> tuple[PublicationRow, ...]:
    return service.publications()


def _planned(rows: Iterable[DeliveryRow]) -> Mapping[str, int]:
    """Count the messages of each template that are still to go out."""
    return Counter(str(row.template) for row in rows if row.state in _TO_COME)
