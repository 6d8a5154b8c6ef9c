"""What the service answers; plain ``def``, run in a thread each.

Reading takes a person to whom the ledger gives a role, or a program that can read the
service's own folder. Stopping is open to all whom it knows, since it can do no harm; to
let go again, or to publish, takes the role that releases, or an administrator; to erase
a candidate takes the privacy officer, or an administrator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from governance.errors import BadNameError, NotEntitledError
from governance.ledger.state import LedgerState
from governance.names import Role, person_id, template_id
from governance.texts import _
from sync.api import deliveries as told
from sync.api import login as door
from sync.api import publications as published
from sync.api import stops as holds
from sync.api.accesses import Access, AccessWish
from sync.api.changes import ChangeRow, Changes
from sync.api.erasures import PRIVACY as PRIVACY  # noqa: PLC0414 -- callers name it
from sync.api.erasures import Erased, ErasureWish
from sync.api.service import Operation
from sync.api.stories import Story, StoryWish
from sync.candidates.facts import CandidateId
from sync.errors import LoginNeededError, ServiceRefusedError
from sync.sending.delivery import State
from sync.web.answers import NoSuchThingError, answered, number, wish
from sync.web.desk import Desk
from sync.web.operations import Operations
from sync.web.sessions import Caller

_MOST: Final = 500  # rows in one answer
_LONGEST: Final = 300  # characters of a name in an address


@dataclass(frozen=True, slots=True)
class Handlers:
    """One handler an address."""

    desk: Desk
    operations: Operations
    ledger: Callable[[], LedgerState]

    def health(self, _request: Request) -> Response:
        """Say how the service is, to anyone."""
        return answered(self.desk.health())

    def challenge(self, request: Request) -> Response:
        """Ask a person to sign."""
        person = person_id(wish(request, door.ChallengeWish).person)
        return answered(self.desk.sessions.challenge(person))

    def login(self, request: Request) -> Response:
        """Let a person in."""
        return answered(self.desk.sessions.login(wish(request, door.LoginWish)))

    def whoami(self, request: Request) -> Response:
        """Say who is logged in."""
        caller = self._caller(request)
        return answered(door.WhoAmI(caller.person, tuple(sorted(caller.roles))))

    def publications(self, request: Request) -> Response:
        """List what was published."""
        self._reader(request)
        rows = map(published.PublicationRow.of, self.desk.publications.all())
        return answered(published.Publications(tuple(rows)))

    def publish(self, request: Request) -> Response:
        """Begin to publish."""
        caller, asked = self._reader(request), wish(request, published.PublishWish)
        template = template_id(asked.template)
        if asked.is_look:
            kind, work = "look", self.desk.look
        else:
            self._require_releaser(caller)
            kind, work = "publish", self.desk.publish
        begun = self.operations.start(f"{kind} {template}", partial(work, template))
        return answered(begun, 202)

    def operation(self, request: Request) -> Response:
        """Say how work goes on."""
        self._reader(request)
        operation: Operation = self.operations.find(_id(request))
        return answered(operation)

    def deliveries(self, request: Request) -> Response:
        """List messages."""
        self._reader(request)
        asked, limit = request.query_params, number(request, "limit", 200, _MOST)
        rows = self.desk.deliveries.list(
            asked.get("after", ""),
            max(1, limit),
            state=_state(asked.get("state", "")),
            candidate=CandidateId(text) if (text := asked.get("candidate")) else None,
        )
        counts = {state.value: n for state, n in self.desk.deliveries.counts().items()}
        last = rows[-1].id if len(rows) == limit else ""
        found = tuple(map(told.DeliveryRow.of, rows))
        return answered(told.Deliveries(found, last, counts))

    def delivery(self, request: Request) -> Response:
        """Show one message."""
        self._reader(request)
        all_ = self.desk.deliveries
        delivery = all_.find(_id(request))
        return answered(
            told.DeliveryDetail(
                told.DeliveryRow.of(delivery),
                tuple(map(told.RoundRow.of, all_.rounds(delivery.id))),
                tuple(map(told.AttemptRow.of, all_.attempts(delivery.id))),
                all_.attestation(delivery.id) is not None,
            )
        )

    def attestation(self, request: Request) -> Response:
        """Give the proof of one message."""
        self._reader(request)
        delivery = self.desk.deliveries.find(_id(request))
        attested = self.desk.deliveries.attestation(delivery.id)
        if attested is None:
            raise NoSuchThingError(_("Nothing was sent, so there is no proof."))
        return answered(told.AttestationAnswer.of(attested))

    def decide(self, request: Request) -> Response:
        """Take a person's word about a message in doubt."""
        caller, asked = self._caller(request), wish(request, told.DecisionWish)
        self._require_releaser(caller)
        delivery = self.desk.deliveries.find(_id(request))
        if not self.desk.decide(delivery, asked.was_sent, caller.person):
            raise ServiceRefusedError(_("There is no doubt about this message."))
        return answered(told.DeliveryRow.of(self.desk.deliveries.find(delivery.id)))

    def anyway(self, request: Request) -> Response:
        """Take a person's word that a held message is to go now."""
        caller, asked = self._caller(request), wish(request, told.AnywayWish)
        self._require_releaser(caller)
        delivery = self.desk.deliveries.find(_id(request))
        self.desk.anyway(delivery, caller.person, asked.why)
        return answered(told.DeliveryRow.of(self.desk.deliveries.find(delivery.id)))

    def reconcile(self, request: Request) -> Response:
        """Compare a restored database with the providers."""
        caller = self._caller(request)
        self._require_releaser(caller)
        return answered(told.Reconciled(self.desk.reconcile(caller.person)))

    def chain(self, request: Request) -> Response:
        """Give a route's proofs."""
        self._reader(request)
        rows = self.desk.deliveries.chain(
            request.query_params.get("route", ""),
            number(request, "after", -1, 1 << 40),
            max(1, number(request, "limit", 200, _MOST)),
        )
        return answered(told.Chain(tuple(map(told.AttestationAnswer.of, rows))))

    def changes(self, request: Request) -> Response:
        """Say what changed after a position."""
        self._reader(request)
        after = max(0, number(request, "after", 0, 1 << 60))
        limit = max(1, number(request, "limit", 200, _MOST))
        rows = tuple(
            ChangeRow(change.seq, change.kind, change.subject, change.at)
            for change in self.desk.changes(after, limit)
        )
        return answered(Changes(rows, rows[-1].seq if rows else after))

    def story(self, request: Request) -> Response:
        """Tell what happened to a candidate."""
        self._reader(request)
        story = self.desk.why(wish(request, StoryWish).candidate)
        return answered(Story.of(story))

    def access(self, request: Request) -> Response:
        """Give what is kept of a candidate."""
        caller, asked = self._caller(request), wish(request, AccessWish)
        self._require_guardian(caller)
        given = self.desk.give(asked.candidate, caller.person, asked.after)
        return answered(Access.of(given))

    def erase(self, request: Request) -> Response:
        """Erase a candidate."""
        caller, asked = self._caller(request), wish(request, ErasureWish)
        self._require_guardian(caller)
        return answered(Erased(self.desk.erase(asked.candidate, caller.person)))

    def stops(self, request: Request) -> Response:
        """List what holds sending back."""
        self._caller(request)
        return answered(self._stops())

    def stop(self, request: Request) -> Response:
        """Stop sending."""
        caller, asked = self._caller(request), wish(request, holds.StopWish)
        now = self.desk.clock()
        if asked.until is not None and not _is_ahead(asked.until, now):
            raise BadNameError(_("The end of a stop must lie ahead."))
        stop = self.desk.stops.set(
            asked.scope,
            asked.subject,
            reason=asked.reason,
            by=caller.person or _("a program on the service's computer"),
            now=now,
            until=asked.until,
        )
        return answered(holds.StopRow.of(stop), 201)

    def lift(self, request: Request) -> Response:
        """Let a stop go."""
        caller = self._caller(request)
        self._require_releaser(caller)
        now = self.desk.clock()
        self.desk.stops.lift(_id(request), by=caller.person, now=now)
        return answered(self._stops())

    def _stops(self) -> holds.Stops:
        return holds.Stops(tuple(map(holds.StopRow.of, self.desk.stops.list())))

    def _caller(self, request: Request) -> Caller:
        return self.desk.sessions.caller(request.headers)

    def _reader(self, request: Request) -> Caller:
        """Return who asks for what is known of candidates: not everyone may.

        Raises:
            LoginNeededError: Nobody has logged in.
            NotEntitledError: The person has no role at all.
        """
        caller = self._caller(request)
        if not (caller.is_local or caller.roles):
            raise _no(caller)
        return caller

    def _require_releaser(self, caller: Caller) -> None:
        """Let those pass who release.

        Raises:
            LoginNeededError: Nobody has logged in.
            NotEntitledError: The person lacks the role.
        """
        policy = self.ledger().policy
        _require(caller, {policy.release.role, policy.admin} if policy else set())

    def _require_guardian(self, caller: Caller) -> None:
        """Let those pass who look after the candidates' data.

        Raises:
            LoginNeededError: Nobody has logged in.
            NotEntitledError: The person lacks the role.
        """
        policy = self.ledger().policy
        _require(caller, {PRIVACY, policy.admin} if policy else set())


def _require(caller: Caller, roles: set[Role]) -> None:
    if caller.is_local:
        raise LoginNeededError(_("This takes a person: please log in."))
    if not roles & caller.roles:
        raise _no(caller)


def _is_ahead(until: datetime, now: datetime) -> bool:
    """Whether a moment is one, of a known zone, and still to come."""
    return until.tzinfo is not None and until > now


def _no(caller: Caller) -> NotEntitledError:
    return NotEntitledError(_("{person} may not do this.").format(person=caller.person))


def _id(request: Request) -> str:
    text = str(request.path_params["id"])
    if len(text) > _LONGEST:
        raise BadNameError(_("The name is too long."))
    return text


def _state(text: str) -> State | None:
    try:
        return State(text) if text else None
    except ValueError as error:
        raise BadNameError(_("There is no such state.")) from error
