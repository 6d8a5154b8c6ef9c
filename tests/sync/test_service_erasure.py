"""Erasing a candidate: only who looks after the data may, and only as a person."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from msgspec import structs

from governance.names import PersonId
from governance.trust.dsse import Envelope, seal
from governance.trust.keys import SigningKey
from sync.api.erasures import ErasureWish
from sync.candidates.erase import KIND, Erasure, erase_candidate
from sync.candidates.facts import ApplicationId, CandidateId
from sync.client import ServiceClient
from sync.errors import (
    ErasedError,
    LoginNeededError,
    ServiceRefusedError,
    UnknownApplicationError,
)
from sync.histories.why import why
from sync.sending.delivery import State
from sync.serving.server import address, listen, serving_on
from sync.store import tables as t
from sync.web.application import build_application
from sync.web.handlers import PRIVACY
from tests.fakes.desk import LOCAL, Service
from tests.fakes.make import ANA, DAN, DAY, EVE, Chain, a_policy, key_of
from tests.fakes.service import MORNING, a_service, an_application

ELENA, ADDRESS = CandidateId("cand-003"), "elena.petrova@candidate.example"


SERVICE = SigningKey.generate()


def signed(statement: bytes) -> bytes:
    return seal(statement, SERVICE).to_bytes()


@pytest.fixture
def service() -> Service:
    policy = a_policy()
    roles = {**policy.roles, PRIVACY: "Privacy officer"}
    chain = Chain.with_a_release(policy=structs.replace(policy, roles=roles))
    chain.enrol(EVE, PRIVACY)
    return Service(chain)


@pytest.fixture
def client(service: Service) -> Iterator[ServiceClient]:
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        yield client
        client.close()


@pytest.mark.parametrize("person", [EVE, ANA])
def test_a_privacy_officer_or_an_administrator_erases(
    client: ServiceClient, service: Service, person: PersonId
) -> None:
    me = client.within(client.login(person, key_of(person)))

    assert me.erase(ADDRESS) == ELENA
    assert service.erased == {ELENA: person}


def test_nobody_else_erases_anybody(client: ServiceClient, service: Service) -> None:
    manager = client.within(client.login(DAN, key_of(DAN)))

    for other in (client, replace(client, token=LOCAL), manager):
        with pytest.raises(LoginNeededError):
            other.erase(ADDRESS)

    assert service.erased == {}


def test_whom_nobody_knows_nobody_erases(client: ServiceClient) -> None:
    me = client.within(client.login(EVE, key_of(EVE)))

    with pytest.raises(ServiceRefusedError, match="known by that"):
        me.erase("nobody@candidate.example")


def test_a_wish_does_not_show_whom_it_names() -> None:
    assert ADDRESS not in repr(ErasureWish(ADDRESS))


def test_who_is_erased_by_address_is_not_known_and_not_written_to_any_more(
    tmp_path: Path,
) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    candidates, kept = service.store.candidates, ApplicationId("a1")
    mail = candidates.application(kept).snapshot.candidate.email

    erased = erase_candidate(mail, candidates, by=EVE, now=MORNING, sign=signed)
    service.tell(an_application(stage="offer", updated_at=MORNING + DAY))
    service.run()

    with pytest.raises(ErasedError):
        candidates.application(kept)
    with pytest.raises(UnknownApplicationError):
        erase_candidate(mail, candidates, by=EVE, now=MORNING, sign=signed)
    rows = service.store.deliveries.list(candidate=erased)
    assert [row.state for row in rows] == [State.SENT]


def test_to_erase_once_more_changes_nothing_about_the_first_time(
    tmp_path: Path,
) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    candidates = service.store.candidates

    for now in (MORNING, MORNING + DAY):
        assert erase_candidate("c1", candidates, by=EVE, now=now, sign=signed) == "c1"

    with service.store.engine.connect() as connection:
        assert connection.scalar(sa.select(t.candidate.c.erased_at)) == MORNING
    assert said_of(candidates.erasure(CandidateId("c1"))).at == MORNING.isoformat()


def said_of(proof: bytes) -> Erasure:
    envelope = Envelope.from_bytes(proof)
    envelope.check(SERVICE.public)
    return msgspec.json.decode(envelope.payload, type=Erasure)


def test_who_erased_whom_and_when_is_kept_with_the_services_signature(
    tmp_path: Path,
) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    candidates = service.store.candidates
    assert candidates.erasure(CandidateId("c1")) == b""

    erase_candidate("c1", candidates, by=EVE, now=MORNING, sign=signed)
    assert service.store.clear_erased()

    said = said_of(candidates.erasure(CandidateId("c1")))
    assert said == Erasure(KIND, "c1", EVE, MORNING.isoformat())


def test_the_story_of_who_was_erased_says_so(tmp_path: Path) -> None:
    core = a_service(tmp_path)
    core.tell(an_application())
    core.run()
    candidates, deliveries = core.store.candidates, core.store.deliveries
    before = why("c1", candidates, deliveries)

    erase_candidate("c1", candidates, by=EVE, now=MORNING, sign=bytes)

    after = why("c1", candidates, deliveries)
    assert (before.is_erased, after.is_erased) == (False, True)
    assert len(after.chapters) == len(before.chapters)
