"""Stopping everything, from any room; and what turning it on again would send."""

from functools import partial
from typing import Self

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.identity import name_of
from app.places import Place, Room
from app.service_link import ServiceStage
from governance.changes.credentials import Credentials
from governance.errors import ExpectedError, NotEntitledError
from governance.names import Channel
from governance.ports import Progress
from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, State
from sync.api.stops import Scope, StopRow
from sync.client import ServiceClient
from widgets.deliveries.listed_state import number
from widgets.deliveries.stop_dialog import StopDialog, StopQuestion
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Choice, Fact
from widgets.outbox.state import Outbox, is_soon, stamp_words
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

    @Slot(str, str)
    def _on_stopped(self, what: str, reason: str) -> None:
        scope, _colon, subject = what.partition(":")
        snapshot, person = self._context.readings.current, self._context.identity.person
        if person is not None and snapshot is not None:
            name = name_of(snapshot.reading.state, person)
            reason = _("{reason} ({name})").format(reason=reason, name=name)
        work = partial(_stopped, Scope(scope), subject, reason)
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

    def turn_on_question(self) -> SignState | None:
        """Return what to ask before sending goes on; None where it may not."""
        box = self._outgoing.box
        if not box.stops:
            return None
        if box.why_not:
            self._context.messages.tell(NotEntitledError(box.why_not))
            return None
        return turn_on_question(box, self._context.identity.passphrase)

    def turn_on(self, who: Credentials, _written: str, progress: Progress) -> object:
        """Let all stops go; in a lane."""
        deed = partial(_turned_on, self._outgoing.box.stops)
        return self._context.service.acted(deed, who, progress)


def question_of(box: Outbox) -> StopQuestion:
    """Return what can be stopped, with what that does."""
    titles = {row.template: box.title(row) for row in box.rows or ()} | dict(box.titles)
    what = (
        Choice(f"{Scope.ALL}:", _("Everything")),
        Choice(f"{Scope.CHANNEL}:{Channel.EMAIL}", _("All e-mail")),
        Choice(f"{Scope.CHANNEL}:{Channel.SMS}", _("All SMS")),
        *(
            Choice(
                f"{Scope.TEMPLATE}:{key}",
                _("Only the message “{title}”").format(title=title),
            )
            for key, title in sorted(titles.items(), key=lambda pair: pair[1])
        ),
    )
    return StopQuestion(what, {one.key: _effect(one.key, box) for one in what})


def _effect(what: str, box: Outbox) -> str:
    scope, _colon, subject = what.partition(":")
    rows = [
        row
        for row in box.rows or ()
        if scope == Scope.ALL or subject in {row.channel, row.template}
    ]
    due = sum(is_soon(row, box.now) for row in rows)
    going = sum(row.state is State.SENDING for row in rows)
    waits = ngettext(
        "{count} message due in the next hour will wait.",
        "{count} messages due in the next hour will wait.",
        due,
    ).format(count=number(due))
    if not going:
        return waits
    finishes = ngettext(
        "{count} is being sent now and will finish.",
        "{count} are being sent now and will finish.",
        going,
    ).format(count=number(going))
    return f"{waits} {finishes}"


def turn_on_question(box: Outbox, passphrase: str) -> SignState:
    """Return the question before sending goes on, with what will go out."""
    facts = [
        Fact(
            _("Stopped"),
            _("{reason}, {when}").format(
                reason=stop.reason, when=stamp_words(stop.at, box.now)
            ),
        )
        for stop in box.stops
    ]
    waiting = [row for row in box.rows or () if _is_waiting(row, box)]
    facts.append(Fact(_("Goes out"), _going_out(waiting, box)))
    facts += [Fact("", f"{box.title(row)} → {box.name(row)}") for row in waiting[:4]]
    if len(waiting) > len(waiting[:4]):
        more = len(waiting) - 4
        facts.append(Fact("", _("and {count} more").format(count=number(more))))
    return SignState(
        _("Turn sending on"),
        _("Every gate is asked again for each message before it goes."),
        _("Turn sending on"),
        icon="broadcast",
        facts=tuple(facts),
        facts_title=_("What will happen"),
        consequence=_("Messages that are too late by now are not sent."),
        demo_passphrase=passphrase,
    )


def _is_waiting(row: DeliveryRow, box: Outbox) -> bool:
    is_held = row.state is State.HELD and row.reason in {"STOPPED", "RESTORED"}
    return is_held or is_soon(row, box.now)


def _going_out(waiting: list[DeliveryRow], box: Outbox) -> str:
    if box.rows is None:
        return _("not known yet")
    return ngettext(
        "{count} message that waits or is due within an hour",
        "{count} messages that wait or are due within an hour",
        len(waiting),
    ).format(count=number(len(waiting)))


def _stopped(
    scope: Scope,
    subject: str,
    reason: str,
    service: ServiceClient,
    _progress: Progress,
) -> StopRow:
    return service.stop(reason, scope=scope, subject=subject)


def _turned_on(
    stops: tuple[StopRow, ...], service: ServiceClient, progress: Progress
) -> object:
    """Let stops go; the service's own one asks the providers first."""
    in_doubt = 0
    for done, stop in enumerate(stops):
        progress.step(_("Turning sending on"), done=done, total=len(stops))
        if stop.code == "RESTORED":
            in_doubt = service.reconcile()
        else:
            service.lift(stop.id)
    if in_doubt:
        return ngettext(
            "{count} message is in doubt and waits for you.",
            "{count} messages are in doubt and wait for you.",
            in_doubt,
        ).format(count=in_doubt)
    return _("Sending is on again.")
