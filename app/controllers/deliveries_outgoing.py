"""What the service last said of messages: read once, for every room that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Self

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.commands import Target
from app.context import Context
from app.identity import name_of
from app.places import Place, Room
from app.service_link import ServiceStage
from app.snapshot import Snapshot
from app.tasks import Lane
from governance.names import PersonId
from governance.ports import Progress
from governance.texts import _
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import Application
from sync.api.stops import StopRow
from sync.client import ServiceClient
from sync.practice_client import PracticeClient
from widgets.outbox.state import Outbox
from widgets.outbox.state import name_of as called

_BACK: Final = timedelta(days=30)  # how far back what is over is listed
_RECENT: Final = timedelta(days=7)  # how long a failure is an alarm
_TICK: Final = 20_000  # milliseconds
_PAGE: Final = 500
_PAGES: Final = 4  # of each state
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of Crockford's base 32

# What is over is listed from a day on; what needs somebody, however old it is.
_OPEN: Final = (
    State.IN_DOUBT,
    State.HELD,
    State.READY,
    State.SENDING,
    State.PLANNED,
)
_OVER: Final = (State.SENT, State.FAILED, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One answer of the service."""

    rows: tuple[DeliveryRow, ...] = field(repr=False)
    stops: tuple[StopRow, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What the workspace says of it."""

    titles: Mapping[str, str] = field(default_factory=dict)
    may_release: bool = False
    who_releases: str = ""


class Outgoing(QObject):
    """Asks the service whenever it has news; one for each window.

    Signals:
        changed: ``box`` is another one now.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._heard: _Heard | None = None
        self._people: Mapping[str, Application] = {}
        self._is_asking = False
        self._is_stale = False
        self._around = _Around()
        self._clock = QTimer(self)  # what is due soon becomes due without any news
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._tell)
        self._clock.start()
        events = context.events
        events.news_arrived.connect(self.refresh)
        events.service_changed.connect(self._on_service_changed)
        events.reading_changed.connect(self._look_around)
        events.identity_changed.connect(self._look_around)
        context.commands.offer_targets("candidates", self._targets)

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return the one of this window, made now if need be."""
        return context.owner.findChild(cls) or cls(context)

    @property
    def box(self) -> Outbox:
        """Everything as it is known now."""
        context, heard, around = self._context, self._heard, self._around
        return Outbox(
            heard.rows if heard else None,
            context.workspace.clock().astimezone(),
            heard.stops if heard else (),
            self._people,
            around.titles,
            is_there=context.service.state.stage is not ServiceStage.AWAY,
            is_cut=bool(heard and heard.is_cut),
            may_release=around.may_release,
            who_releases=around.who_releases,
        )

    @Slot()
    def refresh(self) -> None:
        """Ask the service anew; once more if something happens meanwhile."""
        if self._context.service.state.stage is not ServiceStage.ON:
            return
        if self._is_asking:
            self._is_stale = True
            return
        self._is_asking, self._is_stale = True, False
        after = floor_of(self._context.workspace.clock() - _BACK)
        task = self._context.service.ask(partial(_heard, after))
        task.succeeded.connect(self._on_heard)
        task.failed.connect(self._context.messages.log)
        task.settled.connect(self._on_settled)
        self.refresh_people()

    @Slot()
    def refresh_people(self) -> None:
        """Ask the practice ATS who is who; a real one's names are not told here."""
        if self._context.identity.is_demo:
            work = partial(_people, self._context.workspace.paths.sandbox)
            task = self._context.tasks.start(Lane.NETWORK, work)
            task.succeeded.connect(self._on_people)
            task.failed.connect(self._context.messages.log)

    @Slot(object)
    def _on_heard(self, heard: _Heard) -> None:
        if heard != self._heard:
            self._heard = heard
            self._tell()

    @Slot(object)
    def _on_people(self, people: Mapping[str, Application]) -> None:
        if people != self._people:
            self._people = people
            self._tell()

    @Slot()
    def _on_settled(self) -> None:
        self._is_asking = False
        if self._is_stale:
            self.refresh()

    @Slot(object)
    def _on_service_changed(self, _state: object) -> None:
        self.refresh()
        self._tell()

    @Slot()
    def _look_around(self) -> None:
        """Take from the workspace what messages are called, and who decides."""
        snapshot = self._context.readings.current
        if snapshot is not None:
            self._around = _around(snapshot, self._context.identity.person)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        count = alarms(self.box)
        badge = str(count) if count else ""
        self._context.desktop.set_badge(Room.DELIVERIES, badge, is_alarm=bool(count))
        self.changed.emit()

    def _targets(self) -> tuple[Target, ...]:
        """Return the candidates whom the palette finds."""
        box = self.box
        known = {
            person.id: (called(person), person.job.title)
            for person in self._people.values()
        } or {
            row.application: (row.candidate, row.application) for row in box.rows or ()
        }
        return tuple(
            Target(
                key,
                title,
                _("Candidates"),
                self._open_candidate,
                "user-focus",
                second,
                prefix="@",
            )
            for key, (title, second) in known.items()
        )

    def _open_candidate(self, key: str) -> None:
        self._context.navigator.open(Place(Room.CANDIDATES, key))


def alarms(box: Outbox) -> int:
    """Count what needs a person: messages in doubt, and those that failed lately."""
    return sum(
        row.state is State.IN_DOUBT
        or (row.state is State.FAILED and box.now - row.due_at < _RECENT)
        for row in box.rows or ()
    )


def _around(snapshot: Snapshot, me: PersonId | None) -> _Around:
    state = snapshot.reading.state
    may = {state.policy.release.role, state.policy.admin} if state.policy else set()
    who = {
        person: name_of(state, person)
        for person, member in state.members.items()
        if may & member.roles and not member.is_service
    }
    return _Around(
        {row.id: row.title for row in snapshot.rows},
        may_release=me in who,
        who_releases=", ".join(sorted(who.values())),
    )


def floor_of(moment: datetime) -> str:
    """Return what every id of a message made after ``moment`` sorts behind."""
    number = int(moment.timestamp() * 1000)
    signs = [_SIGNS[(number >> (5 * place)) & 31] for place in reversed(range(10))]
    return "".join(signs)


def _heard(after: str, service: ServiceClient, progress: Progress) -> _Heard:
    rows: list[DeliveryRow] = []
    is_cut = False
    for state in (*_OPEN, *_OVER):
        next_ = "" if state in _OPEN else after
        for _number in range(_PAGES):
            progress.step(_("Asking for messages"), done=len(rows), total=0)
            answer = service.deliveries(state=state, after=next_, limit=_PAGE)
            rows += answer.deliveries
            next_ = answer.next
            if not next_:
                break
        is_cut = is_cut or bool(next_)
    return _Heard(tuple(rows), service.stops(), is_cut)


def _people(folder: Path, _progress: Progress) -> Mapping[str, Application]:
    practice = PracticeClient.of(folder)
    try:
        return {one.id: one for one in practice.applications()}
    finally:
        practice.close()
