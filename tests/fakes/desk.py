"""What the service's web face stands on, in memory, and the face itself on a socket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from governance.ledger.state import LedgerState
from governance.names import Channel, JourneyId, PersonId, TemplateId
from governance.texts import _
from sync.api.service import Health
from sync.candidates.facts import ApplicationId, CandidateId
from sync.connectors.ats.practice_events import PracticeEvents
from sync.errors import (
    StoreUnavailableError,
    UnknownApplicationError,
    UnknownMessageError,
)
from sync.histories.access import Access, Kept
from sync.histories.why import Chapter, Story
from sync.planning.intent import Intent, message_id
from sync.publishing.publish import Publish
from sync.sending.anyway import COURTESY, word_about
from sync.sending.decision import Gate, Reason, held, skipped
from sync.sending.deliveries import Attested
from sync.sending.delivery import Attempt, Delivery, DeliveryId, Round, State
from sync.sending.inbox import InboundEvent
from sync.sending.stops import Scope, Stop
from sync.store.deliveries import Change
from sync.web.desk import Desk
from sync.web.sessions import Sessions
from tests.fakes.make import Chain
from tests.fakes.releases import FakeReleases
from tests.fakes.template_store import InMemoryPublications, InMemoryTemplates

THEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
LOCAL = "the folder's token"
SECRET = "both sides know it"


@dataclass
class InMemoryInbox:
    """Keeps events.

    Attributes:
        is_locked: Whether the database is.
    """

    kept: dict[str, InboundEvent] = field(default_factory=dict)
    is_locked: bool = False

    def receive(self, event: InboundEvent, now: datetime) -> bool:
        if self.is_locked:
            raise StoreUnavailableError(_("The database is locked."))
        is_new = event.name not in self.kept
        self.kept[event.name] = event
        return is_new


@dataclass
class InMemoryStops:
    """Keeps stops."""

    kept: dict[str, Stop] = field(default_factory=dict)

    def set(
        self,
        scope: Scope,
        subject: str,
        *,
        reason: str,
        by: str,
        now: datetime,
        until: datetime | None = None,
    ) -> Stop:
        name = f"stop-{len(self.kept) + 1}"
        stop = Stop(name, scope, subject, reason, by, now, until=until)
        self.kept[stop.id] = stop
        return stop

    def lift(self, stop: str, *, by: str, now: datetime) -> None:
        self.kept.pop(stop, None)

    def list(self) -> Sequence[Stop]:
        return tuple(self.kept.values())


def a_delivery(number: int = 1, state: State = State.SENT) -> Delivery:
    intent = Intent(
        workspace="northwind",
        journey=JourneyId("interview"),
        step="invite",
        application=ApplicationId(f"app-{number:03}"),
        candidate=CandidateId(f"cand-{number:03}"),
        channel=Channel.EMAIL,
        template=TemplateId("interview-invitation"),
        fact="stage_entered interview 2026-11-24T09:00:00+00:00",
        event="stage_entered",
        stage="interview",
        happened_at=THEN,
        due_at=THEN,
        deadline=THEN + timedelta(days=2),
    )
    return Delivery(
        id=DeliveryId(f"01{number:024}"),
        intent=intent,
        key=intent.key,
        message_id=message_id(intent.key, "northwind.example"),
        state=state,
        version=1,
    )


@dataclass
class InMemoryDeliveries:
    """Shows what it is given; what was sent has a proof."""

    kept: list[Delivery] = field(default_factory=list)

    def list(
        self,
        after: str = "",
        limit: int = 200,
        *,
        state: State | None = None,
        candidate: CandidateId | None = None,
    ) -> Sequence[Delivery]:
        found = [
            each
            for each in self.kept
            if each.id > after
            and state in {None, each.state}
            and candidate in {None, each.intent.candidate}
        ]
        return tuple(found[:limit])

    def find(self, text: str) -> Delivery:
        for each in self.kept:
            if text in {each.id, each.key, each.message_id}:
                return each
        raise UnknownMessageError(_("There is no such message."))

    def rounds(self, delivery: DeliveryId) -> Sequence[Round]:
        reasons = {each.id: each.reason for each in self.kept}
        if (reason := reasons.get(delivery, Reason.OK)) in COURTESY:
            return (Round(THEN, (held(Gate.QUIET_HOURS, reason, {}),)),)
        no = skipped(Gate.SUPPRESSION, Reason.WITHDRAWN, {"status": "withdrawn"})
        return (Round(THEN, (no,)),)

    def attempts(self, delivery: DeliveryId) -> Sequence[Attempt]:
        return (Attempt(1, "worker", THEN, THEN, "sent"),)

    def attestation(self, delivery: DeliveryId) -> Attested | None:
        if self.find(delivery).state is not State.SENT:
            return None
        return Attested(delivery, "email/practice", 0, b"\x00proof")

    def chain(
        self, route: str, after: int = -1, limit: int = 200
    ) -> Sequence[Attested]:
        if route != "email/practice" or after >= 0:
            return ()
        return (Attested(self.kept[0].id, route, 0, b"\x00proof"),)

    def counts(self) -> Mapping[State, int]:
        return {
            state: sum(each.state is state for each in self.kept) for state in State
        }


@dataclass
class Service:
    """A service in memory; a test changes what it stands on."""

    chain: Chain = field(default_factory=Chain.with_a_release)
    now: datetime = THEN
    inbox: InMemoryInbox = field(default_factory=InMemoryInbox)
    stops: InMemoryStops = field(default_factory=InMemoryStops)
    deliveries: InMemoryDeliveries = field(default_factory=InMemoryDeliveries)
    releases: FakeReleases = field(default_factory=FakeReleases)
    given: dict[CandidateId, PersonId] = field(default_factory=dict)
    erased: dict[CandidateId, PersonId] = field(default_factory=dict)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    store: InMemoryTemplates = field(default_factory=InMemoryTemplates)
    audience: str = "http://service.example"

    def clock(self) -> datetime:
        return self.now

    def ledger(self) -> LedgerState:
        return self.chain.state

    def desk(self, audience: str) -> Desk:
        publications = InMemoryPublications()
        publish = Publish(self.releases, self.store, publications, self.clock)
        sessions = Sessions(
            self.ledger,
            self.clock,
            secret=b"s" * 32,
            local=LOCAL,
            audiences=frozenset({audience}),
        )
        return Desk(
            clock=self.clock,
            sessions=sessions,
            health=lambda: Health(version="1", workspace="northwind"),
            publish=publish,
            look=publish.look,
            publications=publications,
            deliveries=self.deliveries,
            changes=lambda after, limit: [
                Change(seq, "delivery", str(seq), THEN) for seq in range(after + 1, 4)
            ][:limit],
            why=self._why,
            give=self._give,
            erase=self._erase,
            anyway=self._anyway,
            decide=self._decide,
            reconcile=lambda _by: 3,
            stops=self.stops,
            inbox=self.inbox,  # type: ignore[arg-type]
            sources={"practice": PracticeEvents((SECRET,))},
        )

    def _anyway(self, delivery: Delivery, by: PersonId, why: str) -> None:
        rounds, opened = self.deliveries.rounds(delivery.id), COURTESY
        word_about(delivery, rounds, opened, by=by, why=why, now=self.now)
        self.said.append((delivery.id, by, why))

    def _decide(self, delivery: Delivery, was_sent: bool, by: PersonId) -> bool:  # noqa: FBT001 -- the desk's port
        if delivery.state is not State.IN_DOUBT:
            return False
        decided = replace(
            delivery, state=State.SENT if was_sent else State.HELD, provider_id=by
        )
        self.deliveries.kept = [
            decided if each == delivery else each for each in self.deliveries.kept
        ]
        return True

    def _give(self, text: str, by: PersonId, after: str) -> Access:
        candidate = self._why(text).candidate
        self.given[candidate] = by
        at = {"": 1, "1": 2}[after]
        messages = tuple(
            Kept(Chapter(each, "", (), ()), b"Subject: Hello")
            for each in self.deliveries.kept[at - 1 : at]
        )
        return Access(candidate, (), (), (), messages, "1" if at == 1 else "")

    def _erase(self, text: str, by: PersonId) -> CandidateId:
        candidate = self._why(text).candidate
        self.erased[candidate] = by
        return candidate

    def _why(self, text: str) -> Story:
        if text not in {"cand-003", "elena.petrova@candidate.example"}:
            raise UnknownApplicationError(_("Nobody is known by that."))
        gone = a_delivery(3, State.SKIPPED)
        rounds = tuple(self.deliveries.rounds(gone.id))
        return Story(CandidateId("cand-003"), (Chapter(gone, "Not sent.", rounds, ()),))
