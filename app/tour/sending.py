"""Publish, send, crash: the service proves for itself; nothing is lost or repeated."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec

from app.embedded import Beside, start_service
from app.tour.cast import ELENA, INVITATION, MAYA, RUTH, SASHA, SERVICE, daytime_zone
from app.tour.telling import NotHeldError, Telling
from app.workspace import Workspace
from governance.ledger.state import Version
from governance.people.enrol import enrol_service
from governance.texts import _
from governance.trust.keys import PublicKey
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import Appointment
from sync.api.service import OperationState
from sync.client import ServiceClient
from sync.practice_client import PracticeClient

FIFTY: Final = 50

_PATIENCE: Final = 60.0  # seconds that a wait may take
_LOOK: Final = 0.05
_SLOW: Final = (
    0.03  # seconds the mailbox takes for a mail, so that a kill hits the middle
)
_FIRST_OF_CROWD: Final = 20  # the people before them play their own parts
_SOME: Final = 8  # mails that arrive before the service is killed
_DONE: Final = frozenset({State.SENT, State.SKIPPED, State.FAILED})


@dataclass(slots=True)
class Service:
    """The service and the sandbox while the tour needs them."""

    workspace: Workspace
    beside: Beside

    @classmethod
    @contextmanager
    def running(cls, workspace: Workspace) -> "Iterator[Service]":
        """Have both run while the block lasts."""
        name = workspace.state().workspace
        with Beside.of(workspace.paths, name) as beside:
            yield cls(workspace, beside)

    @property
    def client(self) -> ServiceClient:
        """Whoever can read the service's folder may read what it knows."""
        return ServiceClient.at(self.beside.address, self.beside.token)

    @property
    def practice(self) -> PracticeClient:
        """A recruiter's hands in the practice ATS."""
        return PracticeClient.of(self.workspace.paths.sandbox)

    def kill(self) -> None:
        """End the service at once, wherever it is."""
        child = self.beside.children[-1]
        child.kill()
        self.beside.children.remove(child)

    def start_again(self) -> None:
        """Start it anew."""
        name = self.workspace.state().workspace
        child = start_service(self.workspace.paths, name)
        self.beside.children.append(child)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that arrived.

    Attributes:
        eml: The file with its bytes, as they arrived.
    """

    row: DeliveryRow
    eml: Path


@dataclass(frozen=True, slots=True)
class Crashed:
    """How fifty messages fared whose service was killed."""

    planned: int
    delivered: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class Sending:
    """What the service does."""

    telling: Telling
    workspace: Workspace
    service: Service

    def publish(self, version: Version) -> None:
        """Enrol the service's key, and let it publish what it verified itself."""
        telling, workspace, client = self.telling, self.workspace, self.service.client
        public = PublicKey.from_openssh(client.health().openssh)
        ruth = workspace.desk.unlock(RUTH.credentials)
        enrol_service(
            workspace.reader.book,
            SERVICE,
            _("The service that publishes and sends"),
            public,
            key=ruth,
            now=workspace.clock(),
        )
        telling.tell(
            _("Ruth enrols the service's key {key}.").format(key=public.fingerprint)
        )
        within = client.within(client.login(RUTH.person, ruth))
        operation = within.publish(INVITATION)
        waited(
            lambda: within.operation(operation.id).state is not OperationState.RUNNING,
            _("the publication"),
        )
        done = within.operation(operation.id)
        if done.problem:
            telling.tell(f"{done.problem} ({done.code})")
        telling.prove(
            _("The service verified v{number} on its own and published it.").format(
                number=version.number
            ),
            holds=done.state is OperationState.DONE,
        )
        rows = [
            row
            for row in within.publications()
            if row.key.startswith(f"{INVITATION}/") and row.version == version.number
        ]
        telling.prove(
            _("It read back what the practice ATS holds ({keys}): the same.").format(
                keys=", ".join(row.key for row in rows)
            ),
            holds=bool(rows) and all(row.sent == row.found for row in rows),
        )

    def send(self) -> Message:
        """Move three candidates to the interview; one of them gets a message."""
        telling, practice = self.telling, self.service.practice
        self._settle(MAYA, ELENA)
        for application in (MAYA, ELENA, SASHA):
            practice.move(application, "interview", self._appointment())
        practice.withdraw(ELENA)
        telling.tell(_("Maya, Elena and Sasha move to the interview; Elena withdraws."))
        maya = self._awaited(MAYA, State.SENT)
        mails = practice.messages(message_id=maya.message_id)
        telling.prove(
            _("The signed webhook arrived, every gate judged, SMTP took the mail."),
            holds=len(mails) == 1,
        )
        raw = practice.raw(mails[0].id)
        eml = self.workspace.paths.ours / "message.eml"
        eml.write_bytes(raw)
        telling.prove(
            _("Maya's mail was read back from the mailbox: “{subject}”.").format(
                subject=mails[0].subject
            ),
            holds=mails[0].sha256 == maya.sha256,
        )
        elena = self._awaited(ELENA, State.SKIPPED)
        telling.prove(
            _("Elena has withdrawn and gets nothing; recorded: {reason}.").format(
                reason=elena.reason
            ),
            holds=elena.reason == "WITHDRAWN" and not self._mails_of(elena),
        )
        sasha = self._awaited(SASHA, State.HELD)
        telling.prove(
            _("Nobody knows Sasha's time zone: held; recorded: {reason}.").format(
                reason=sasha.reason
            ),
            holds=sasha.reason == "ZONE_UNKNOWN" and not self._mails_of(sasha),
        )
        return Message(maya, eml)

    def crash(self) -> Crashed:
        """Kill the service in the middle of fifty messages, and start it again."""
        telling, practice, service = self.telling, self.service.practice, self.service
        crowd = [
            application.id
            for application in practice.applications("screening")
            if int(application.id.removeprefix("app-")) > _FIRST_OF_CROWD
        ][:FIFTY]
        self._settle(*crowd)
        practice.behave(delay=_SLOW)
        before = {mail.id for mail in practice.messages()}
        practice.move_many(crowd, "interview", self._appointment())
        waited(
            lambda: len(practice.messages()) - len(before) >= _SOME,
            _("the first mails"),
        )
        service.kill()
        killed_at = len(practice.messages()) - len(before)
        telling.tell(
            _("SIGKILL: the service is gone after {count} of {all} mails.").format(
                count=killed_at, all=FIFTY
            )
        )
        practice.behave(delay=0.0)
        service.start_again()
        telling.tell(
            _("A new one starts, and takes over what the other leaves unfinished.")
        )
        waited(lambda: self._are_done(crowd), _("the fifty messages"))
        rows = self._invitations(crowd)
        arrived = Counter(
            mail.message_id for mail in practice.messages() if mail.id not in before
        )
        ours = {row.message_id for row in rows}
        delivered = sum(1 for name in ours if arrived[name])
        duplicates = sum(arrived[name] - 1 for name in ours if arrived[name])
        telling.prove(
            _("After a new start {count} of {all} have arrived, {twice} twice.").format(
                count=delivered, all=FIFTY, twice=duplicates or _("none")
            ),
            holds=delivered == FIFTY and not duplicates and 0 < killed_at < FIFTY,
        )
        return Crashed(len(rows), delivered, duplicates)

    def send_next(self, application: str) -> tuple[DeliveryRow, bytes]:
        """Move one more candidate, and return what they got."""
        practice = self.service.practice
        self._settle(application)
        practice.move(application, "interview", self._appointment())
        row = self._awaited(application, State.SENT)
        (mail,) = practice.messages(message_id=row.message_id)
        return row, practice.raw(mail.id)

    def _settle(self, *applications: str) -> None:
        """Let candidates live where it is day now, whenever the tour is taken."""
        practice = self.service.practice
        zone = daytime_zone(self.workspace.clock())
        for id_ in applications:
            candidate = practice.application(id_).candidate
            moved = msgspec.structs.replace(candidate, time_zone=zone)
            practice.change(moved)

    def _appointment(self) -> Appointment:
        when = self.workspace.clock() + timedelta(days=5)
        return Appointment(
            mode="video",
            starts_at=when.replace(minute=0, second=0, microsecond=0),
            minutes=45,
            url="https://meet.northwind.example/tour",
            interviewers=("Daniel Osei", "Ingrid Solberg"),
        )

    def _awaited(self, application: str, state: State) -> DeliveryRow:
        found: list[DeliveryRow] = []

        def is_there() -> bool:
            found[:] = self._invitations([application])
            return bool(found) and found[-1].state is state

        waited(is_there, f"{application} → {state}")
        return found[-1]

    def _invitations(self, applications: list[str]) -> list[DeliveryRow]:
        wanted, after = set(applications), ""
        rows: list[DeliveryRow] = []
        while True:
            answer = self.service.client.deliveries(after=after)
            rows += answer.deliveries
            if not answer.next:
                break
            after = answer.next
        return [
            row
            for row in rows
            if row.application in wanted and row.template == INVITATION
        ]

    def _are_done(self, applications: list[str]) -> bool:
        rows = self._invitations(applications)
        return len(rows) == len(applications) and all(
            row.state in _DONE for row in rows
        )

    def _mails_of(self, row: DeliveryRow) -> int:
        return len(self.service.practice.messages(message_id=row.message_id))


def waited(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so.

    Raises:
        NotHeldError: It is not in a minute.
    """
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise NotHeldError(
                _("Waited for {what}, and it did not come.").format(what=what)
            )
        time.sleep(_LOOK)
