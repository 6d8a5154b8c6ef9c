"""A service's core over a real database in a folder, with everything else made up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from governance.errors import ExpectedError
from governance.journeys.journey import Event, Journey, Step, Trigger, Window
from governance.names import Channel, JourneyId, Locale, TemplateId
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.values import RecipientValues
from governance.trust.keys import SigningKey
from sync.candidates.facts import (
    ApplicationId,
    ApplicationSnapshot,
    Candidate,
    CandidateId,
    Consent,
    Interview,
    Owner,
    Status,
)
from sync.candidates.ports import Changed
from sync.errors import (
    DirectoryUnavailableError,
    MailerInDoubtError,
    UnknownApplicationError,
)
from sync.sending.attestation import attester
from sync.sending.fill import Filler
from sync.sending.inbox import InboundEvent
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt, Route, Sighting
from sync.sending.policy import Sender, SendingPolicy
from sync.sending.ports import Wired
from sync.sending.prepare import Prepare
from sync.sending.queue import Queue
from sync.sending.worker import Pace, Worker
from sync.store.dbos_queue import DbosQueue
from sync.store.opened import Store, open_store
from sync.store.sealing import Sealer
from tests.fakes.queue import InMemoryQueue
from tests.fakes.releases import FakeReleases

# A Tuesday morning in London, in working hours all over Europe.
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
KEY = bytes(range(32))
INVITATION = TemplateId("interview-invitation")
INTERVIEW = JourneyId("interview")

PARTS: Mapping[str, str] = {
    "en/subject.txt": "Your interview",
    "en/email.html": "<p>Hello</p>",
    "en/email.txt": "Hello",
    "en/sms.txt": "Hello",
    "fields.json": "{}",
    "message.json": (
        '{"channels":["email","sms"],"class":"transactional",'
        '"lawful_basis":"contract","purpose":"interview_invitation"}'
    ),
}


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


@dataclass
class FakeDirectory:
    """An ATS in memory."""

    known: dict[ApplicationId, ApplicationSnapshot] = field(default_factory=dict)
    changed: list[ApplicationId] = field(default_factory=list)
    is_away: bool = False

    def put(self, snapshot: ApplicationSnapshot) -> None:
        """Let the ATS say ``snapshot`` from now on."""
        self.known[snapshot.id] = snapshot
        self.changed.append(snapshot.id)

    def application(self, application: ApplicationId) -> ApplicationSnapshot:
        """Return what was put."""
        if self.is_away:
            raise DirectoryUnavailableError("The ATS is away.")
        if application not in self.known:
            raise UnknownApplicationError("No such application.")
        return self.known[application]

    def changed_since(self, cursor: str, limit: int = 200) -> Changed:
        """Return what was put since."""
        if self.is_away:
            raise DirectoryUnavailableError("The ATS is away.")
        start = int(cursor or 0)
        names = self.changed[start : start + limit]
        return Changed(tuple(dict.fromkeys(names)), str(start + len(names)))


@dataclass
class FakeMailer:
    """A provider in memory; ``trouble`` is raised by the next sends, one after another.

    Attributes:
        is_taken: Whether a message is taken although trouble is raised.
    """

    in_doubt: InDoubt = InDoubt.LOOKUP
    settles_after: float = 5.0
    taken: list[OutgoingMessage] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    trouble: list[ExpectedError] = field(default_factory=list)
    is_taken: bool = False
    can_be_asked: bool = True

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take ``message``, unless trouble is asked for."""
        error = self.trouble.pop(0) if self.trouble else None
        if error is None or self.is_taken:
            is_known = idempotency_key in self.keys
            if not (self.in_doubt is InDoubt.IDEMPOTENT and is_known):
                self.taken.append(message)
            self.keys.add(idempotency_key)
        if error is not None:
            raise error
        return Receipt("fake", f"fake-{len(self.taken)}")

    def look_up(self, message_id: str) -> Sighting:
        """Say whether it was taken."""
        if not self.can_be_asked:
            return Sighting.UNKNOWN
        known = {message.message_id for message in self.taken}
        return Sighting.FOUND if message_id in known else Sighting.NOT_FOUND

    def close(self) -> None:
        """Do nothing."""


class PlainRenderer:
    """Prints the parts as they are, without any merge field."""

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Return the parts."""
        part = compiled.parts.get
        return Rendered(
            subject=part(f"{locale}/subject.txt"),
            preheader=None,
            html=part(f"{locale}/email.html"),
            text=part(f"{locale}/email.txt"),
            sms=part(f"{locale}/sms.txt"),
            chat=None,
        )


@dataclass
class Service:
    """Everything that a test of the core needs."""

    store: Store
    worker: Worker
    wired: Wired
    clock: Clock
    directory: FakeDirectory
    mailer: FakeMailer
    releases: FakeReleases
    queue: InMemoryQueue
    key: SigningKey

    def tell(self, snapshot: ApplicationSnapshot, event: str = "") -> None:
        """Let the ATS say ``snapshot``, and tell the service of it."""
        self.directory.put(snapshot)
        name = event or f"e{len(self.directory.changed)}"
        told = InboundEvent("ats", name, snapshot.id, "moved", self.clock())
        self.store.inbox.receive(told, self.clock())

    def run(self) -> None:
        """Let the queue and the sweep do what there is to do."""
        self.queue.drain()
        self.worker.run_once()
        self.queue.drain()

    def states(self) -> dict[str, int]:
        """Count the deliveries by state, without those of none."""
        counts = self.store.deliveries.counts()
        return {state.value: count for state, count in counts.items() if count}


def a_policy(**changes: object) -> SendingPolicy:
    """Return the policy of a small workspace."""
    route = Route("email/fake", Channel.EMAIL, rate=10_000, burst=10_000)
    sms = Route("sms/fake", Channel.SMS, rate=10_000, burst=10_000)
    policy = SendingPolicy(
        workspace="northwind",
        domain="mail.northwind.example",
        senders={
            Channel.EMAIL: Sender("hiring@northwind.example", "Northwind Robotics"),
            Channel.SMS: Sender("Northwind"),
        },
        routes={Channel.EMAIL: route, Channel.SMS: sms},
    )
    return replace(policy, **changes)  # type: ignore[arg-type]  # a test's own words


def a_step(**changes: object) -> Step:
    """Return the step that invites to an interview."""
    step = Step(
        id="invite",
        template=INVITATION,
        channel=Channel.EMAIL,
        on=Trigger(Event.STAGE_ENTERED, "interview"),
        window=Window(),
    )
    return replace(step, **changes)  # type: ignore[arg-type]  # a test's own words


def a_journey(*steps: Step) -> Journey:
    """Return a journey of those steps, or of the invitation alone."""
    return Journey(INTERVIEW, "interview_invitation", steps or (a_step(),))


def a_candidate(number: int = 1, **changes: object) -> Candidate:
    """Return a candidate who lives in London."""
    candidate = Candidate(
        id=CandidateId(f"c{number}"),
        first_name="Maya",
        last_name=f"Fernandes{number}",
        email=f"maya{number}@candidate.example",
        phone="+442079460000",
        country="GB",
        zone="Europe/London",
        consents=(Consent("recruiting", MORNING - timedelta(days=9)),),
    )
    return replace(candidate, **changes)  # type: ignore[arg-type]  # a test's own words


def an_application(number: int = 1, **changes: object) -> ApplicationSnapshot:
    """Return an application that has just reached the interview stage."""
    snapshot = ApplicationSnapshot(
        id=ApplicationId(f"a{number}"),
        candidate=a_candidate(number),
        job_id="j1",
        job_title="Controls Engineer",
        owner=Owner("o1", "Priya Rao", "priya@northwind.example"),
        stage="interview",
        stage_entered_at=MORNING - timedelta(minutes=1),
        applied_at=MORNING - timedelta(days=9),
        updated_at=MORNING - timedelta(minutes=1),
    )
    return replace(snapshot, **changes)  # type: ignore[arg-type]  # a test's own words


def an_interview(**changes: object) -> Interview:
    """Return an appointment in two days."""
    interview = Interview(
        id="i1",
        mode="video",
        starts_at=MORNING + timedelta(days=2),
        minutes=45,
        zone="Europe/Berlin",
        changed_at=MORNING,
    )
    return replace(interview, **changes)  # type: ignore[arg-type]  # a test's own words


def withdrawn(snapshot: ApplicationSnapshot) -> ApplicationSnapshot:
    """Return ``snapshot`` after the candidate withdrew."""
    later = snapshot.updated_at + timedelta(seconds=30)
    return replace(snapshot, status=Status.WITHDRAWN, status_at=later, updated_at=later)


def in_doubt() -> MailerInDoubtError:
    """Return the trouble of a lost answer."""
    return MailerInDoubtError("The connection was lost.")


def a_service(
    folder: Path,
    *,
    policy: SendingPolicy | None = None,
    journey: Journey | None = None,
    mailer: FakeMailer | None = None,
    queue: Queue | None = None,
    worker: str = "w1",
    clock: Callable[[], datetime] | None = None,
    directory: FakeDirectory | None = None,
    releases: FakeReleases | None = None,
    key: SigningKey | None = None,
) -> Service:
    """Return a service whose database is in ``folder``."""
    turned = clock if isinstance(clock, Clock) else Clock()
    clock, directory = clock or turned, directory or FakeDirectory()
    mailer, policy = mailer or FakeMailer(), policy or a_policy()
    memory = InMemoryQueue()
    if releases is None:
        releases = FakeReleases()
        releases.release(INVITATION, PARTS)
        releases.release_journey(journey or a_journey())
    key = key or SigningKey.generate()
    if isinstance(queue, DbosQueue):
        queue.open()
    store = open_store(
        f"sqlite:///{folder / 'service.sqlite'}",
        Sealer(KEY),
        domain=policy.domain,
        worker=worker,
        now=clock(),
        marker=folder / "service.seen",
        queue=queue or memory,
    )
    wired = Wired(
        worker=worker,
        clock=clock,
        policy=policy,
        candidates=store.candidates,
        inbox=store.inbox,
        docket=store.docket,
        outbox=store.outbox,
        upkeep=store.upkeep,
        stops=store.stops,
        queue=store.queue,
        directory=directory,
        releases=releases,
        mailers={Channel.EMAIL: mailer, Channel.SMS: mailer},
        prepare=Prepare(Filler(PlainRenderer()), policy, store.sealer.inputs_digest),
        attest=attester(key),
    )
    serving = Worker(wired, Pace(poll=timedelta(days=1)), store.mark)
    if queue is None:
        memory.start(serving.handlers, {})
    return Service(
        store, serving, wired, turned, directory, mailer, releases, memory, key
    )
