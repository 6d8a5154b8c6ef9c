"""A request of access: all that is kept of one candidate, and nothing of others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from governance.names import FieldName, PersonId
from sync.api.accesses import Access, AccessWish
from sync.candidates.consent import ConsentRecord, ConsentState, Suppression
from sync.candidates.facts import CandidateId
from sync.client import ServiceClient
from sync.errors import LoginNeededError
from sync.histories.access import GiveAccess
from sync.sending.delivery import Delivery
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from sync.web.handlers import PRIVACY
from tests.fakes.desk import LOCAL
from tests.fakes.desk import Service as InMemory
from tests.fakes.make import ANA, DAN, EVE, Chain, a_policy, key_of
from tests.fakes.service import (
    MORNING,
    Service,
    a_candidate,
    a_journey,
    a_service,
    a_step,
    an_application,
    an_interview,
)

EVES = PersonId("eve@northwind.example")
MAYA = CandidateId("c1")


def told(folder: Path) -> Service:
    """Return a service that sent a message to two candidates."""
    service = a_service(folder)
    values: Mapping[FieldName, object] = {
        FieldName("candidate.shoe_size"): 38,
        FieldName("recruiter.shoe_size"): 4444,
        FieldName("interview.interviewers"): ("Daniel Osei",),
    }
    for number in (1, 2):
        service.tell(
            an_application(
                number,
                interview=an_interview(interviewers=("Ingrid Solberg",)),
                values=values,
            )
        )
    service.run()
    assert service.states() == {"sent": 2}
    return service


def given(service: Service, who: str = "maya1@candidate.example") -> Access:
    def body(delivery: Delivery) -> bytes | None:
        parcel = service.store.outbox.parcel(delivery)
        return parcel.body if parcel else None

    give = GiveAccess(service.store.candidates, service.store.deliveries, body)
    return Access.of(give(who, by=EVES))


def test_everything_of_the_candidate_is_given(tmp_path: Path) -> None:
    service = told(tmp_path)
    record = ConsentRecord(MAYA, "talent_pool", ConsentState.GIVEN, MORNING, "page")
    service.store.candidates.record_consent(record)
    service.store.candidates.suppress(Suppression(MAYA, "asked", MORNING, "sms"))

    access = given(service)

    assert access.candidate == MAYA
    (application,) = access.applications
    assert (application.first_name, application.email) == (
        "Maya",
        "maya1@candidate.example",
    )
    assert application.fields == {"candidate.shoe_size": 38}
    assert [one.purpose for one in application.consents] == ["recruiting"]
    assert [one.purpose for one in access.consents] == ["talent_pool"]
    assert [one.channel for one in access.forbidden] == ["sms"]
    (message,) = access.messages
    assert message.body == service.mailer.taken[0].body
    assert {one.verdict for one in message.decisions} == {"pass"}
    assert message.words.startswith("It was sent at")


def test_nothing_of_anybody_else_is_given(tmp_path: Path) -> None:
    service = told(tmp_path)

    said = msgspec.json.encode(structs.replace(given(service), messages=()))
    letters = msgspec.json.encode(
        tuple(structs.replace(one, body=None) for one in given(service).messages)
    )

    for other in (
        "Fernandes2",
        "maya2",
        '"c2"',
        '"a2"',
        "Priya",
        "Solberg",
        "Osei",
        "4444",
    ):
        assert other.encode() not in said + letters


def test_who_of_the_team_decided_is_left_out_and_why_is_given(tmp_path: Path) -> None:
    service = a_service(tmp_path, journey=a_journey(a_step(window=None)))
    service.tell(an_application(candidate=a_candidate(zone="", country="", phone="")))
    service.run()
    (held,) = service.store.deliveries.list()
    rounds = service.store.deliveries.rounds(held.id)
    service.worker.anyway(held, rounds, by="ruth@northwind.example", why="she asked")
    service.run()

    (message,) = given(service).messages

    words = {one.words for one in message.decisions if one.gate == "person"}
    assert words == {"A person had it sent all the same. “she asked”"}
    assert b"ruth" not in msgspec.json.encode(structs.replace(message, body=None))


def test_messages_come_in_pages(tmp_path: Path) -> None:
    service = told(tmp_path)
    later = MORNING + timedelta(minutes=5)
    again = an_application(stage_entered_at=later, updated_at=later)
    service.clock.forward(minutes=6)
    service.tell(again)
    service.run()
    give = GiveAccess(
        service.store.candidates, service.store.deliveries, lambda _delivery: None, 1
    )

    first = give("c1", by=EVES)
    second = give("c1", by=EVES, after=first.next)
    third = give("c1", by=EVES, after=second.next)

    ids = [
        one.chapter.delivery.id
        for page in (first, second, third)
        for one in page.messages
    ]
    assert len(set(ids)) == len(ids) == 2
    assert third.next == ""


def test_of_who_was_erased_the_decisions_are_left(tmp_path: Path) -> None:
    service = told(tmp_path)
    service.store.candidates.erase(MAYA, MORNING)

    access = given(service, "c1")

    assert (access.is_erased, access.applications) == (True, ())
    (message,) = access.messages
    assert message.body is None
    assert message.decisions


def test_only_who_looks_after_the_data_gets_it() -> None:
    policy = a_policy()
    roles = {**policy.roles, PRIVACY: "Privacy officer"}
    chain = Chain.with_a_release(policy=structs.replace(policy, roles=roles))
    chain.enrol(EVE, PRIVACY)
    memory, listening = InMemory(chain), listen(0)
    desk = memory.desk(address(listening))
    with serving_on(build_application(desk, memory.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        manager = client.within(client.login(DAN, key_of(DAN)))
        for other in (client, replace(client, token=LOCAL), manager):
            with pytest.raises(LoginNeededError):
                other.access("cand-003")
        assert memory.given == {}
        for person in (EVE, ANA):
            me = client.within(client.login(person, key_of(person)))
            assert me.access("cand-003").candidate == "cand-003"
            assert memory.given == {"cand-003": person}
        client.close()


def test_neither_the_wish_nor_the_answer_shows_anybody(tmp_path: Path) -> None:
    assert "maya" not in repr(AccessWish("maya1@candidate.example"))
    assert "maya" not in repr(given(told(tmp_path)))
