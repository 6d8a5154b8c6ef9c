"""How the service is: what is ill is said, and nothing breaks by it."""

from collections.abc import Mapping

from governance.errors import LedgerUnavailableError
from governance.names import Tip
from governance.trust.keys import SigningKey
from sync.errors import StoreUnavailableError
from sync.publishing.verified import Reading
from sync.sending.delivery import State
from sync.sending.stops import Scope
from sync.web.health import LookAtHealth
from tests.fakes.desk import THEN, InMemoryStops
from tests.fakes.make import Chain

KEY = SigningKey.generate().public


def reading() -> Reading:
    return Reading(Tip("abc"), (), Chain.with_a_release().state)


def counts() -> Mapping[State, int]:
    return {State.SENT: 3}


def locked() -> Mapping[State, int]:
    message = "The database is locked."
    raise StoreUnavailableError(message)


def away() -> Reading:
    message = "The repository is away."
    raise LedgerUnavailableError(message)


def test_all_is_well() -> None:
    health = LookAtHealth("test", KEY, reading, counts, InMemoryStops())()

    assert (health.is_sending, health.problem, health.tip) == (True, "", "abc")
    assert health.counts == {"sent": 3}
    assert health.key == KEY.fingerprint


def test_a_stop_of_everything_is_said_and_one_of_a_part_is_not() -> None:
    stops = InMemoryStops()
    stops.set(Scope.TEMPLATE, "hello", reason="", by="", now=THEN)
    part = LookAtHealth("test", KEY, reading, counts, stops)()
    stops.set(Scope.ALL, "", reason="", by="", now=THEN)
    whole = LookAtHealth("test", KEY, reading, counts, stops)()

    assert (part.is_sending, whole.is_sending) == (True, False)


def test_a_database_that_is_locked_is_said() -> None:
    health = LookAtHealth("test", KEY, reading, locked, InMemoryStops())()

    assert (health.is_sending, health.problem) == (False, "The database is locked.")


def test_a_repository_that_is_away_is_said() -> None:
    health = LookAtHealth("test", KEY, away, counts, InMemoryStops())()

    assert (health.is_sending, health.problem) == (False, "The repository is away.")


def test_a_ledger_that_cannot_be_believed_is_said() -> None:
    chain = Chain.with_a_release()
    del chain.entries[1]
    broken = Reading(Tip("abc"), (), chain.state)

    health = LookAtHealth("test", KEY, lambda: broken, counts, InMemoryStops())()

    assert health.problem
