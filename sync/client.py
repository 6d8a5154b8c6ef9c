"""The desktop's way to the service: foreign failures end here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Self

import msgspec

from governance.names import PersonId, TemplateId
from governance.trust import sshsig
from governance.trust.keys import SigningKey
from sync.api import accesses, erasures, service, stories
from sync.api import changes as news
from sync.api import deliveries as told
from sync.api import login as door
from sync.api import publications as published
from sync.api import stops as holds
from sync.calling import Answer, at, audience_of, call, new_http
from sync.sending.delivery import State
from sync.sending.stops import Scope

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True, repr=False)
class ServiceClient:
    """The service at one address.

    Attributes:
        http: A client with the service's base URL and time limits.
        token: A session's, or the one that a local service left in its folder; "" for a
            stranger, who may only ask how the service is.
    """

    http: "httpx.Client"
    token: str = ""

    def __repr__(self) -> str:
        return f"ServiceClient({self.http.base_url})"

    @classmethod
    def at(cls, address: str, token: str = "") -> Self:
        """Return a client of the service at ``address``, "http://127.0.0.1:8020"."""
        return cls(new_http(address), token)

    def close(self) -> None:
        """Let go of connections."""
        self.http.close()

    def health(self) -> service.Health:
        """Ask how the service is.

        Raises:
            ServiceUnavailableError: It is away, busy, or answers something odd.
        """
        return self._ask("GET", service.HEALTH, service.Health)

    def login(self, person: PersonId, key: SigningKey) -> door.Session:
        """Prove to be ``person``, and return a session.

        Raises:
            LoginNeededError: The service does not know the person with this key.
            ServiceRefusedError: It does not let anybody in in this way.
            ServiceUnavailableError: It is away, busy, or answers something odd.
        """
        wish = door.ChallengeWish(person)
        asked = self._ask("POST", door.CHALLENGE, door.Challenge, wish=wish)
        audience = audience_of(self.http)
        message = door.login_message(person, asked.nonce, audience)
        signature = sshsig.sign(message, key, namespace=door.NAMESPACE)
        proof = door.LoginWish(person, asked.nonce, audience, signature)
        return self._ask("POST", door.LOGIN, door.Session, wish=proof)

    def within(self, session: door.Session) -> Self:
        """Return this client with the rights of ``session``."""
        return replace(self, token=session.token)

    def whoami(self) -> door.WhoAmI:
        """Ask who is logged in.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("GET", door.WHOAMI, door.WhoAmI)

    def publish(
        self, template: TemplateId, *, is_look: bool = False
    ) -> service.Operation:
        """Have the release in force published; ``operation`` says how it goes.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        wish = published.PublishWish(template, is_look)
        path = published.PUBLICATIONS
        return self._ask("POST", path, service.Operation, wish=wish)

    def operation(self, id_: str) -> service.Operation:
        """Ask how work goes on.

        Raises:
            ServiceRefusedError: It knows no such work; it was started anew meanwhile.
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("GET", at(service.OPERATION, id_), service.Operation)

    def publications(self) -> tuple[published.PublicationRow, ...]:
        """Return the latest publication of each template and locale.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        path = published.PUBLICATIONS
        return self._ask("GET", path, published.Publications).publications

    def deliveries(
        self,
        *,
        state: State | None = None,
        candidate: str = "",
        after: str = "",
        limit: int = 200,
    ) -> told.Deliveries:
        """Return messages, the oldest first.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        query = {
            "state": state or "",
            "candidate": candidate,
            "after": after,
            "limit": str(limit),
        }
        path = told.DELIVERIES
        return self._ask("GET", path, told.Deliveries, query=query)

    def delivery(self, id_: str) -> told.DeliveryDetail:
        """Return one message by its id or Message-ID, with its decisions.

        Raises:
            ServiceRefusedError: It knows no such message.
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("GET", at(told.DELIVERY, id_), told.DeliveryDetail)

    def attestation(self, id_: str) -> told.AttestationAnswer:
        """Return the proof of one message, by its id or Message-ID.

        Raises:
            ServiceRefusedError: There is none.
            ExpectedError: As ``_ask`` says.
        """
        path = at(told.ATTESTATION, id_)
        return self._ask("GET", path, told.AttestationAnswer)

    def decide(self, id_: str, *, was_sent: bool) -> told.DeliveryRow:
        """Say what became of a message in doubt.

        Raises:
            ServiceRefusedError: There is no doubt about it.
            ExpectedError: As ``_ask`` says.
        """
        path, wish = at(told.DECISION, id_), told.DecisionWish(was_sent)
        return self._ask("POST", path, told.DeliveryRow, wish=wish)

    def send_anyway(self, id_: str, why: str) -> told.DeliveryRow:
        """Have a held message sent now, past what a person may open.

        Raises:
            ServiceRefusedError: Nobody may send past what holds it.
            ExpectedError: As ``_ask`` says.
        """
        path, wish = at(told.ANYWAY, id_), told.AnywayWish(why)
        return self._ask("POST", path, told.DeliveryRow, wish=wish)

    def reconcile(self) -> int:
        """Have a restored database compared; return how many are still in doubt.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("POST", told.RECONCILE, told.Reconciled).in_doubt

    def chain(
        self, route: str, *, after: int = -1, limit: int = 200
    ) -> tuple[told.AttestationAnswer, ...]:
        """Return a route's proofs, the oldest first.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        query = {"route": route, "after": str(after), "limit": str(limit)}
        return self._ask("GET", told.CHAIN, told.Chain, query=query).attestations

    def changes(self, after: int = 0) -> news.Changes:
        """Return what changed after a position, for live pages.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        query = {"after": str(after)}
        return self._ask("GET", news.CHANGES, news.Changes, query=query)

    def why(self, candidate: str) -> stories.Story:
        """Return what happened to a candidate, named by id, application or address.

        Raises:
            ServiceRefusedError: It knows no such candidate.
            ExpectedError: As ``_ask`` says.
        """
        wish = stories.StoryWish(candidate)  # no address in a URL: those are logged
        return self._ask("POST", stories.STORY, stories.Story, wish=wish)

    def access(self, candidate: str, after: str = "") -> accesses.Access:
        """Return what is kept of a candidate, named alike, from a message on.

        Raises:
            ServiceRefusedError: It knows no such candidate.
            ExpectedError: As ``_ask`` says.
        """
        wish = accesses.AccessWish(candidate, after)
        return self._ask("POST", accesses.ACCESSES, accesses.Access, wish=wish)

    def erase(self, candidate: str) -> str:
        """Erase a candidate, named by id, application or address; return the id.

        Raises:
            ServiceRefusedError: It knows no such candidate.
            ExpectedError: As ``_ask`` says.
        """
        wish = erasures.ErasureWish(candidate)
        return self._ask(
            "POST", erasures.ERASURES, erasures.Erased, wish=wish
        ).candidate

    def stops(self) -> tuple[holds.StopRow, ...]:
        """Return what holds sending back.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("GET", holds.STOPS, holds.Stops).stops

    def stop(
        self,
        reason: str,
        *,
        scope: Scope = Scope.ALL,
        subject: str = "",
        until: datetime | None = None,
    ) -> holds.StopRow:
        """Stop sending, until it is turned on or a moment comes.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        wish = holds.StopWish(scope=scope, subject=subject, reason=reason, until=until)
        return self._ask("POST", holds.STOPS, holds.StopRow, wish=wish)

    def lift(self, stop: str) -> tuple[holds.StopRow, ...]:
        """Let a stop go, and return those that still hold.

        Raises:
            ExpectedError: As ``_ask`` says.
        """
        return self._ask("DELETE", at(holds.STOP, stop), holds.Stops).stops

    def _ask(
        self,
        method: str,
        path: str,
        kind: type[Answer],
        *,
        query: Mapping[str, str] | None = None,
        wish: msgspec.Struct | None = None,
    ) -> Answer:
        """Call the service.

        Raises:
            LoginNeededError: It wants to know who asks, or this person may not.
            NotVerifiedError: It cannot prove what it is to use.
            ServiceRefusedError: It does not do this, or lacks what is named.
            ServiceUnavailableError: It is away, busy, or answers something odd.
        """
        return call(self.http, self.token, method, path, kind, query=query, wish=wish)
