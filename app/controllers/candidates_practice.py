"""A recruiter's hands in the practice ATS: moves, and what arrived in the mailbox."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.tasks import Lane, Task
from app.tour.cast import daytime_zone
from governance.ports import Progress
from sync.api.practice import Application, Appointment, Mail
from sync.practice_client import PracticeClient

_AHEAD = timedelta(days=5)  # to the interview that comes with a move there

Deed = Callable[[PracticeClient], object]


class Practice(QObject):
    """Does one thing at a time in the practice systems.

    Signals:
        changed: Something was done, or failed; the ATS is to be asked again.
        mails_changed: Other mails are known of the candidate.
    """

    changed = Signal()
    mails_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._task: Task | None = None
        self._asked = ""
        self.mails: tuple[Mail, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Whether the last deed is still being done."""
        return self._task is not None

    def move(self, application: str, stage: str) -> None:
        """Move a candidate; to the interview with an appointment in five days."""
        appointment = self._appointment() if stage == "interview" else None
        self._do(partial(_move, application, stage, appointment))

    def withdraw(self, application: str) -> None:
        """The candidate withdraws."""
        self._do(lambda practice: practice.withdraw(application))

    def let_it_be_day(self, person: Application) -> None:
        """Have a candidate live where it is day, so that nothing waits."""
        zone = daytime_zone(self._context.workspace.clock())
        moved = replace(person.candidate, time_zone=zone)
        self._do(lambda practice: practice.change(moved))

    def ask_mails(self, person: Application | None) -> None:
        """Look into the mailbox for what ``person`` got."""
        key = person.id if person else ""
        if key != self._asked:
            self._asked, self.mails = key, ()
        if person is None or not person.candidate.email:
            return
        work = partial(self._with, partial(_mails, person))
        task = self._context.tasks.start(Lane.NETWORK, work)
        task.succeeded.connect(self._on_mails)
        task.failed.connect(self._context.messages.log)

    def _do(self, deed: Deed) -> None:
        if self._task is not None:
            return
        work = partial(self._with, deed)
        self._task = self._context.tasks.start(Lane.NETWORK, work)
        self._task.failed.connect(self._context.messages.tell)
        self._task.settled.connect(self._on_settled)

    def _with(self, deed: Deed, _progress: Progress) -> object:
        practice = PracticeClient.of(self._context.workspace.paths.sandbox)
        try:
            return deed(practice)
        finally:
            practice.close()

    def _appointment(self) -> Appointment:
        when = self._context.workspace.clock() + _AHEAD
        return Appointment(
            mode="video",
            starts_at=when.replace(hour=10, minute=0, second=0, microsecond=0),
            minutes=45,
            url="https://meet.northwind.example/practice",
            interviewers=("Daniel Osei", "Ingrid Solberg"),
        )

    @Slot(object)
    def _on_mails(self, found: tuple[str, tuple[Mail, ...]]) -> None:
        key, mails = found
        if key == self._asked and mails != self.mails:
            self.mails = mails
            self.mails_changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self.changed.emit()


def _move(
    application: str,
    stage: str,
    appointment: Appointment | None,
    practice: PracticeClient,
) -> object:
    return practice.move(application, stage, appointment)


def _mails(
    person: Application, practice: PracticeClient
) -> tuple[str, tuple[Mail, ...]]:
    return person.id, practice.messages(to=person.candidate.email)
