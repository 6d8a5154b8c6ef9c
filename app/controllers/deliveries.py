"""Deliveries: what goes out, what waits and why, and stopping all of it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.deliveries_sending import Sending
from app.controllers.signing import Signing
from app.places import Place, Room
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.ports import Progress
from governance.texts import _
from sync.api.deliveries import DeliveryDetail, DeliveryRow
from sync.client import ServiceClient
from widgets.deliveries.listed_state import Filters
from widgets.deliveries.state import deliveries_state
from widgets.deliveries.view import DeliveriesView
from widgets.kit.sign_dialog import SignState


class DeliveriesController(QObject):
    """Remembers what is listed, and which message a person reads."""

    def __init__(self, view: DeliveriesView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._outgoing = Outgoing.of(context)
        self._sending = Sending.of(context)
        self._filters = Filters()
        self._selected = ""
        self._detail: DeliveryDetail | None = None
        self._asked: DeliveryRow | None = None
        self._deciding = Signing(view, context, Lane.NETWORK)
        self._deciding.succeeded.connect(self._on_decided)
        self._turning_on = Signing(view, context, Lane.NETWORK)
        self._turning_on.succeeded.connect(self._on_turned_on)
        view.filters_changed.connect(self._on_filters_changed)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.deed_chosen.connect(self._on_deed_chosen)
        self._outgoing.changed.connect(self._on_changed)

    def widget(self) -> DeliveriesView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the room, with ``place.key`` selected; or ask to turn sending on."""
        if place.key:
            self._selected, self._filters = place.key, Filters(span="month")
        self._outgoing.refresh()
        self._draw()
        if place.part == "turn-on":
            self._ask_turn_on()

    @Slot(object)
    def _on_filters_changed(self, filters: Filters) -> None:
        self._filters = filters
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        row = self._row(key)
        if row is not None:
            self._context.navigator.open(Place(Room.CANDIDATES, row.application, key))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        row = self._row(self._selected)
        match key:
            case "stop-sending":
                self._sending.ask_stop()
            case "turn-on":
                self._ask_turn_on()
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
            case "arrived" | "not-arrived" if row is not None:
                self._ask_decision(row, was_sent=key == "arrived")
            case _:
                pass

    # A message in doubt --------------------------------------------------------------

    def _ask_decision(self, row: DeliveryRow, *, was_sent: bool) -> None:
        box = self._outgoing.box
        deed = _("Mark as sent") if was_sent else _("Send again")
        consequence = (
            _("It is marked as sent, with your name, and is never sent again.")
            if was_sent
            else _(
                "Every gate is asked again, and it is sent if they are open. If it did "
                "arrive after all, {name} gets it twice."
            ).format(name=box.name(row))
        )
        state = SignState(
            deed,
            _("{message} to {name}").format(message=box.title(row), name=box.name(row)),
            deed,
            icon="check" if was_sent else "arrow-clockwise",
            statement=_("This message arrived.")
            if was_sent
            else _("This message did not arrive."),
            consequence=consequence,
            demo_passphrase=self._context.identity.passphrase,
        )
        work = partial(self._decide, row.id, was_sent)
        self._deciding.ask(state, work)

    def _decide(
        self,
        message: str,
        was_sent: bool,  # noqa: FBT001 -- bound by a partial
        who: Credentials,
        _written: str,
        progress: Progress,
    ) -> object:
        deed = partial(_decided, message, was_sent)
        return self._context.service.acted(deed, who, progress)

    @Slot(object)
    def _on_decided(self, _row: object) -> None:
        self._outgoing.refresh()
        self._context.desktop.toast(_("Your answer is recorded."))

    # Turning sending on --------------------------------------------------------------

    def _ask_turn_on(self) -> None:
        state = self._sending.turn_on_question()
        if state is not None:
            self._turning_on.ask(state, self._sending.turn_on)

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
        state = deliveries_state(box, self._filters, self._selected, self._detail)
        self._selected = state.selected
        self._view.render_state(state)
        self._ask_detail()

    def _ask_detail(self) -> None:
        """Ask for the gates of what is selected, and again when it changed."""
        row = self._row(self._selected)
        if row is None or row == self._asked:
            return
        self._asked = row
        task = self._context.service.ask(partial(_detail, row.id))
        task.succeeded.connect(self._on_detail)
        task.failed.connect(self._context.messages.log)

    @Slot(object)
    def _on_detail(self, detail: DeliveryDetail) -> None:
        if detail.delivery.id == self._selected:
            self._detail = detail
            self._draw()


def make(context: Context) -> DeliveriesController:
    """Return the room."""
    return DeliveriesController(DeliveriesView(), context)


def _detail(
    message: str, service: ServiceClient, _progress: Progress
) -> DeliveryDetail:
    return service.delivery(message)


def _decided(
    message: str,
    was_sent: bool,  # noqa: FBT001 -- bound by a partial
    service: ServiceClient,
    progress: Progress,
) -> DeliveryRow:
    progress.step(_("Recording your answer"), done=0, total=0)
    return service.decide(message, was_sent=was_sent)
