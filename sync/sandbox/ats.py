"""The practice ATS itself: what recruiters do in it, and what is told of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from governance.ports import Clock
from sync.api.practice import (
    STAGE_NAMES,
    Application,
    Applications,
    Appointment,
    Candidate,
    EventKind,
    Fields,
    Interview,
    Job,
    Moves,
    NewApplication,
    Owner,
    Status,
)
from sync.sandbox.errors import PracticeError
from sync.sandbox.fields import fields_in, fields_of
from sync.sandbox.history import tell
from sync.sandbox.records import Records, decoded

Answer = TypeVar("Answer", bound=msgspec.Struct)

_ENDS = {"hired": Status.HIRED, "rejected": Status.REJECTED}


@dataclass(frozen=True, slots=True)
class PracticeAts:
    """Applications and what happens to them.

    Attributes:
        told: Called after something happened, to wake whoever delivers webhooks.
    """

    records: Records
    clock: Clock
    told: Callable[[], None]

    def jobs(self) -> tuple[Job, ...]:
        """Return all vacancies."""
        return self.records.all(Job)

    def candidate(self, id_: str) -> Candidate:
        """Return a candidate.

        Raises:
            PracticeError: There is none.
        """
        return _known(self.records.get(Candidate, id_))

    def application(self, id_: str) -> Application:
        """Return an application.

        Raises:
            PracticeError: There is none.
        """
        return _known(self.records.get(Application, id_))

    def applications(self, stage: str, after: str, limit: int) -> Applications:
        """Return a stretch of the applications, of one stage if one is named."""
        found: list[Application] = []
        while len(found) < limit:
            some = self.records.all(Application, after=after, limit=limit)
            if not some:
                return Applications(tuple(found))
            for application in some:
                after = application.id
                if stage in {"", application.stage}:
                    found.append(application)
                if len(found) == limit:
                    break
        return Applications(tuple(found), after)

    def move(
        self, id_: str, stage: str, interview: Appointment | None = None
    ) -> Application:
        """Move an application to ``stage``, with an appointment if there is one.

        Nothing happens where it is there already. As in real ones, recruiters can move
        even those who withdrew; they stay so.

        Raises:
            PracticeError: There is no such stage or application.
        """
        if stage not in STAGE_NAMES:
            raise PracticeError(422, "There is no such stage.")
        now = self.clock()
        with self.records.transaction():
            if interview:
                self.schedule(id_, interview)
            application = self.application(id_)
            if application.stage == stage:
                return application
            is_gone = application.status is Status.WITHDRAWN
            zone = application.candidate.time_zone
            fields = fields_in(stage, id_, zone, now)
            moved = replace(
                application,
                stage=stage,
                stage_entered_at=now,
                updated_at=now,
                status=Status.WITHDRAWN if is_gone else _ENDS.get(stage, Status.ACTIVE),
                status_at=application.status_at if is_gone else now,
                offer_made_at=now if stage == "offer" else application.offer_made_at,
                fields=fields | application.fields,
            )
            self._keep(moved, EventKind.MOVED, now)
        self.told()
        return moved

    def move_many(self, wish: Moves) -> Applications:
        """Move many, all or none.

        Raises:
            PracticeError: One of them cannot be moved.
        """
        with self.records.transaction():
            return Applications(
                tuple(
                    self.move(id_, wish.stage, wish.interview)
                    for id_ in wish.applications
                )
            )

    def withdraw(self, id_: str) -> Application:
        """The candidate withdraws.

        Raises:
            PracticeError: There is no such application, or it has ended otherwise.
        """
        now = self.clock()
        with self.records.transaction():
            application = self.application(id_)
            if application.status is Status.WITHDRAWN:
                return application
            _require_open(application)
            gone = replace(
                application, status=Status.WITHDRAWN, status_at=now, updated_at=now
            )
            self._keep(gone, EventKind.WITHDRAWN, now)
        self.told()
        return gone

    def schedule(self, id_: str, wish: Appointment) -> Application:
        """Make an appointment, or change the one that there is.

        Raises:
            PracticeError: There is no such application, or it has ended.
        """
        now = self.clock()
        with self.records.transaction():
            application = self.application(id_)
            _require_open(application)
            before = application.interview
            is_new = before is None or before.is_cancelled
            kind = (
                EventKind.INTERVIEW_SCHEDULED if is_new else EventKind.INTERVIEW_CHANGED
            )
            name = before.id if before else f"int-{id_.removeprefix('app-')}"
            asked = {**msgspec.to_builtins(wish), "id": name, "changed_at": now}
            interview = msgspec.convert(asked, type=Interview)
            if before and replace(interview, changed_at=before.changed_at) == before:
                return application
            planned = replace(application, interview=interview, updated_at=now)
            self._keep(planned, kind, now)
        self.told()
        return planned

    def cancel(self, id_: str) -> Application:
        """Call the interview off.

        Raises:
            PracticeError: There is no such application, or no interview.
        """
        now = self.clock()
        with self.records.transaction():
            application = self.application(id_)
            if application.interview is None:
                raise PracticeError(409, "There is no interview.")
            if application.interview.is_cancelled:
                return application
            interview = replace(
                application.interview, is_cancelled=True, changed_at=now
            )
            called_off = replace(application, interview=interview, updated_at=now)
            self._keep(called_off, EventKind.INTERVIEW_CANCELLED, now)
        self.told()
        return called_off

    def fill(self, id_: str, wish: Fields) -> Application:
        """Fill custom fields.

        Raises:
            PracticeError: There is no such application.
        """
        now = self.clock()
        with self.records.transaction():
            application = self.application(id_)
            fields = {**application.fields, **wish.fields}
            filled = replace(application, fields=fields, updated_at=now)
            self._keep(filled, EventKind.CHANGED, now)
        self.told()
        return filled

    def close(self, id_: str) -> Job:
        """Somebody else got the job.

        Raises:
            PracticeError: There is no such vacancy.
        """
        now = self.clock()
        with self.records.transaction():
            job = _known(self.records.get(Job, id_))
            if job.filled_at:
                return job
            job = replace(job, filled_at=now)
            self.records.put(id_, job)
            for application in self.records.all(Application):
                if application.job.id == id_:
                    changed = replace(application, job=job, updated_at=now)
                    self._keep(changed, EventKind.POSITION_FILLED, now)
        self.told()
        return job

    def change_candidate(self, wish: Candidate) -> Candidate:
        """Correct what is known of a candidate: an address, a time zone.

        Raises:
            PracticeError: There is no such candidate.
        """
        now = self.clock()
        with self.records.transaction():
            self.candidate(wish.id)
            self.records.put(wish.id, wish)
            for application in self.records.all(Application):
                if application.candidate.id == wish.id:
                    changed = replace(application, candidate=wish, updated_at=now)
                    self._keep(changed, EventKind.CANDIDATE_CHANGED, now)
        self.told()
        return wish

    def ask_erasure(self, id_: str) -> Candidate:
        """The candidate asks that all that is known of them be erased; twice is once.

        Raises:
            PracticeError: There is no such candidate.
        """
        now = self.clock()
        with self.records.transaction():
            candidate = self.candidate(id_)
            for application in self.records.all(Application):
                if application.candidate.id == id_ and not application.erasure_asked_at:
                    asked = replace(application, erasure_asked_at=now, updated_at=now)
                    self._keep(asked, EventKind.CANDIDATE_CHANGED, now)
        self.told()
        return candidate

    def apply(self, wish: NewApplication) -> Application:
        """Somebody applies.

        Raises:
            PracticeError: There is no such vacancy.
        """
        now = self.clock()
        with self.records.transaction():
            job = _known(self.records.get(Job, wish.job))
            number = f"{len(self.records.all(Application)) + 1:03}"
            facts = {**msgspec.to_builtins(wish), "id": f"cand-{number}"}
            facts.pop("job")
            candidate = msgspec.convert(facts, type=Candidate)
            application = Application(
                id=f"app-{number}",
                candidate=candidate,
                job=job,
                owner=self.records.all(Owner)[0],
                stage=STAGE_NAMES[0],
                stage_entered_at=now,
                applied_at=now,
                updated_at=now,
                status_at=now,
                fields=fields_of(f"app-{number}", job),
            )
            self.records.put(candidate.id, candidate)
            self._keep(application, EventKind.RECEIVED, now)
        self.told()
        return application

    def once(self, key: str, kind: type[Answer], make: Callable[[], Answer]) -> Answer:
        """Return what ``make`` returned the first time that ``key`` was named."""
        if not key:
            return make()
        with self.records.transaction():
            name = f"{kind.__name__} {key}"
            rows = self.records.execute("SELECT body FROM once WHERE key = ?", name)
            if rows:
                return decoded(rows[0][0], kind)
            answer = make()
            body = msgspec.json.encode(answer)
            self.records.execute("INSERT INTO once VALUES (?, ?)", name, body)
        return answer

    def _keep(self, application: Application, kind: EventKind, now: datetime) -> None:
        self.records.put(application.id, application)
        tell(self.records, kind, application.id, now, stage=application.stage)


def _known(thing: Answer | None) -> Answer:
    if thing is None:
        raise PracticeError(404, "There is no such thing.")
    return thing


def _require_open(application: Application) -> None:
    if application.status in {Status.HIRED, Status.REJECTED}:
        raise PracticeError(409, "The application has ended.")
