"""Stopping everything, from any room; and what turning it on again would send."""

from datetime import datetime
from functools import partial
from typing import Self

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.deliveries_stops import stopped, turned_on
from app.identity import name_of
from app.places import Place, Room
from app.service_link import ServiceStage
from governance.changes.credentials import Credentials
from governance.errors import ExpectedError, NotEntitledError
from governance.ports import Progress
from governance.texts import _
from sync.api.stops import Scope, StopRow
from widgets.deliveries.stop_dialog import StopDialog
from widgets.deliveries.stop_state import question_of, turn_on_question
from widgets.kit.sign_dialog import SignState
from widgets.shell.main_window import MainWindow


class Sending(QObject):
    """Asks what to stop; knows what would go out."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._outgoing = Outgoing.of(context)
        self._dialog: StopDialog | None = None
        context.commands.offer(
            Command(
                "stop-sending",
                _("Stop sending…"),
                _("Deliveries"),
                self.ask_stop,
                "hand",
                "Ctrl+Shift+X",
                self._why_no_stop,
            ),
            Command(
                "turn-on",
                _("Turn sending on…"),
                _("Deliveries"),
                self._go_to_turn_on,
                "broadcast",
                why_not=self._why_not_on,
            ),
        )

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return the one of this window, made now if need be."""
        return context.owner.findChild(cls) or cls(context)

    @property
    def dialog(self) -> StopDialog | None:
        """The question that is open."""
        return self._dialog

    # Stopping ------------------------------------------------------------------------

    @Slot()
    def ask_stop(self) -> None:
        """Ask what to stop, and why."""
        if self._dialog is not None:
            return
        owner = self._context.owner
        parent = owner if isinstance(owner, MainWindow) else None
        dialog = self._dialog = StopDialog(parent, question_of(self._outgoing.box))
        dialog.stopped.connect(self._on_stopped)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot(str, str, str)
    def _on_stopped(self, what: str, reason: str, until: str) -> None:
        scope, _colon, subject = what.partition(":")
        snapshot, person = self._context.readings.current, self._context.identity.person
        if person is not None and snapshot is not None:
            name = name_of(snapshot.reading.state, person)
            reason = _("{reason} ({name})").format(reason=reason, name=name)
        end = datetime.fromisoformat(until) if until else None
        work = partial(stopped, Scope(scope), subject, reason, end)
        task = self._context.service.ask(work)
        task.succeeded.connect(self._on_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, _stop: StopRow) -> None:
        if self._dialog is not None:
            self._dialog.render_busy("")
            self._dialog.accept()
        self._outgoing.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._dialog is None:
            self._context.messages.tell(error)
            return
        words = f"{error} {_(error.remedy)}" if isinstance(error, ExpectedError) else ""
        self._dialog.fail(
            _("Sending was not stopped. {words}").format(words=words).strip()
        )

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _why_no_stop(self) -> str:
        if self._context.service.state.stage is not ServiceStage.ON:
            return _("The service cannot be reached.")
        return ""

    # Turning on ----------------------------------------------------------------------

    @Slot()
    def _go_to_turn_on(self) -> None:
        place = Place(Room.DELIVERIES, part="turn-on")
        self._context.navigator.open(place)

    def _why_not_on(self) -> str:
        box = self._outgoing.box
        return box.why_not if box.stops else _("Sending is on.")

    def stops_of(self, id_: str) -> tuple[StopRow, ...]:
        """Return the stop of that id, or all of them for ""."""
        stops = self._outgoing.box.stops
        return tuple(stop for stop in stops if id_ in {"", stop.id})

    def turn_on_question(self, stops: tuple[StopRow, ...]) -> SignState | None:
        """Return what to ask before sending goes on; None where it may not."""
        box = self._outgoing.box
        if not stops:
            return None
        if box.why_not:
            self._context.messages.tell(NotEntitledError(box.why_not))
            return None
        return turn_on_question(stops, box, self._context.identity.passphrase)

    def turn_on(
        self,
        stops: tuple[StopRow, ...],
        who: Credentials,
        _written: str,
        progress: Progress,
    ) -> object:
        """Let ``stops`` go; in a lane."""
        deed = partial(turned_on, stops)
        return self._context.service.acted(deed, who, progress)
