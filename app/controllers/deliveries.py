"""Deliveries: what goes out, what waits and why, and stopping all of it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.deliveries_deciding import Deciding
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.deliveries_sending import Sending
from app.controllers.listing import Listing
from app.controllers.signing import Signing
from app.places import Place, Room
from app.tasks import Lane
from governance.ports import Progress
from sync.api.deliveries import DeliveryDetail, DeliveryRow
from sync.client import ServiceClient
from widgets.deliveries.listed_state import Filters
from widgets.deliveries.state import deliveries_state
from widgets.deliveries.together_state import alike, ticked_rows
from widgets.deliveries.view import DeliveriesView


class DeliveriesController(QObject):
    """Remembers what is listed, and which message a person reads."""

    def __init__(self, view: DeliveriesView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._outgoing = Outgoing.of(context)
        self._sending = Sending.of(context)
        self._filters = Filters()
        self._listing = Listing(self)
        self._detail: DeliveryDetail | None = None
        self._asked: DeliveryRow | None = None
        self._deciding = Deciding(view, context)
        self._deciding.decided.connect(self._on_decided)
        self._turning_on = Signing(view, context, Lane.NETWORK)
        self._turning_on.succeeded.connect(self._on_turned_on)
        view.filters_changed.connect(self._on_filters_changed)
        view.selected.connect(self._listing.come_to)
        view.ticked.connect(self._listing.tick)
        self._listing.changed.connect(self._draw)
        view.opened.connect(self._on_opened)
        view.deed_chosen.connect(self._on_deed_chosen)
        self._outgoing.changed.connect(self._on_changed)

    def widget(self) -> DeliveriesView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the room, with ``place.key`` selected; or ask to turn sending on."""
        if place.key:
            self._listing.settle(place.key)
            self._filters = Filters(span="month")
        self._outgoing.refresh()
        self._draw()
        if place.part == "turn-on":
            self._ask_turn_on()

    @Slot(object)
    def _on_filters_changed(self, filters: Filters) -> None:
        self._filters = filters
        self._draw()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        row = self._row(key)
        if row is not None:
            self._context.navigator.open(Place(Room.CANDIDATES, row.application, key))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        row = self._row(self._listing.selected)
        deed, _colon, what = key.partition(":")
        match deed:
            case "stop-sending":
                self._sending.ask_stop()
            case "turn-on":
                self._ask_turn_on(what)
            case "clear":
                self._filters = Filters()
                self._draw()
            case "candidates":
                self._context.navigator.open(Place(Room.CANDIDATES))
            case "candidate" if row is not None:
                place = Place(Room.CANDIDATES, row.application, row.id)
                self._context.navigator.open(place)
            case "proof" if row is not None:
                self._context.navigator.open(Place(Room.PROOF, row.id))
            case _:
                self._decide(deed, row)

    def _decide(self, deed: str, row: DeliveryRow | None) -> None:
        """Have a person's word about what is ticked, or else selected."""
        rows = self._outgoing.box.rows or ()
        about = ticked_rows(rows, self._listing.ticked) or ((row,) if row else ())
        match deed:
            case "arrived" | "not-arrived":
                self._deciding.ask_doubts(about, was_sent=deed == "arrived")
            case "alike" if row is not None:
                self._listing.tick_only(one.id for one in alike(row, rows))
            case "untick":
                self._listing.tick_only(())
            case "anyway" if row is not None:
                told = self._detail
                is_told = told is not None and told.delivery.id == row.id
                self._deciding.ask_anyway(row, told.rounds if told and is_told else ())
            case _:
                pass

    @Slot()
    def _on_decided(self) -> None:
        self._listing.tick_only(())

    # Turning sending on --------------------------------------------------------------

    def _ask_turn_on(self, stop: str = "") -> None:
        """Ask before one stop is lifted, or all of them."""
        stops = self._sending.stops_of(stop)
        state = self._sending.turn_on_question(stops)
        if state is not None:
            self._turning_on.ask(state, partial(self._sending.turn_on, stops))

    @Slot(object)
    def _on_turned_on(self, said: object) -> None:
        self._outgoing.refresh()
        self._context.desktop.toast(str(said))

    @Slot()
    def _on_changed(self) -> None:
        if self._context.navigator.place.room is Room.DELIVERIES:
            self._draw()

    # Drawing -------------------------------------------------------------------------

    def _row(self, key: str) -> DeliveryRow | None:
        rows = self._outgoing.box.rows or ()
        return next((row for row in rows if row.id == key), None)

    @Slot()
    def _draw(self) -> None:
        box = self._outgoing.box
        listing = self._listing
        state = deliveries_state(
            box, self._filters, listing.selected, self._detail, listing.ticked
        )
        listing.settle(state.selected, state.ticked)
        self._view.render_state(state)
        self._ask_detail()

    def _ask_detail(self) -> None:
        """Ask for the gates of what is selected, and again when it changed."""
        row = self._row(self._listing.selected)
        if row is None or row == self._asked:
            return
        self._asked = row
        task = self._context.service.ask(partial(_detail, row.id))
        task.succeeded.connect(self._on_detail)
        task.failed.connect(self._context.messages.log)

    @Slot(object)
    def _on_detail(self, detail: DeliveryDetail) -> None:
        if detail.delivery.id == self._listing.selected:
            self._detail = detail
            self._draw()


def make(context: Context) -> DeliveriesController:
    """Return the room."""
    return DeliveriesController(DeliveriesView(), context)


def _detail(
    message: str, service: ServiceClient, _progress: Progress
) -> DeliveryDetail:
    return service.delivery(message)
