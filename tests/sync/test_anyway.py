"""Sending a held message now: past courtesy, and past nothing else."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from governance.names import Channel
from governance.trust.dsse import Envelope
from sync.api.deliveries import AnywayWish
from sync.candidates.facts import CandidateId
from sync.client import ServiceClient
from sync.errors import LoginNeededError, ServiceRefusedError
from sync.histories.why import why
from sync.sending.anyway import COURTESY, HOLDS_FOR, MOST, word_of
from sync.sending.attestation import Attestation, read_attestation
from sync.sending.decision import Gate, Reason, Verdict
from sync.sending.delivery import Delivery, State
from sync.sending.stops import Scope
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, a_delivery
from tests.fakes.desk import Service as InMemory
from tests.fakes.make import ANA, DAN, key_of
from tests.fakes.service import (
    MORNING,
    Service,
    a_candidate,
    a_journey,
    a_policy,
    a_service,
    a_step,
    an_application,
)

RUTH = "ruth@northwind.example"
BECAUSE = "She asked for it on the phone"


def only(service: Service) -> Delivery:
    (delivery,) = service.store.deliveries.list()
    return delivery


def fate(service: Service) -> tuple[State, Reason]:
    return only(service).state, only(service).reason


def held_by_an_unknown_zone(folder: Path, **more: object) -> Service:
    """Return a service with one message that waits for a time zone."""
    service = a_service(folder, journey=a_journey(a_step(window=None)), **more)  # type: ignore[arg-type]  # a test's own words
    service.tell(an_application(candidate=a_candidate(zone="", country="", phone="")))
    service.run()
    assert fate(service) == (State.HELD, Reason.ZONE_UNKNOWN)
    return service


def say(service: Service, because: str = BECAUSE) -> None:
    rounds = service.store.deliveries.rounds(only(service).id)
    service.worker.anyway(only(service), rounds, by=RUTH, why=because)


def attested(service: Service) -> Attestation:
    kept = service.store.deliveries.attestation(only(service).id)
    assert kept is not None
    return read_attestation(Envelope.from_bytes(kept.envelope).payload)


def test_a_person_sends_what_only_courtesy_holds_and_it_is_attested(
    tmp_path: Path,
) -> None:
    service = held_by_an_unknown_zone(tmp_path)

    say(service)
    service.run()

    assert fate(service) == (State.SENT, Reason.OK)
    assert len(service.mailer.taken) == 1
    gates = {
        (one.gate, one.verdict, one.reason)
        for one in attested(service).gates
        if one.reason != Reason.OK
    }
    assert gates == {
        (Gate.QUIET_HOURS, Verdict.PASS, Reason.SENT_ANYWAY),
        (Gate.PERSON, Verdict.PASS, Reason.SENT_ANYWAY),
    }
    story = why("c1", service.store.candidates, service.store.deliveries)
    (chapter,) = story.chapters
    assert f"{RUTH} had it sent anyway at" in chapter.sentence
    assert BECAUSE in chapter.sentence


def test_said_twice_it_goes_once_and_is_recorded_once(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)

    with pytest.raises(ServiceRefusedError, match="has said so already"):
        say(service)
    service.run()

    rounds = service.store.deliveries.rounds(only(service).id)
    assert len([one for one in rounds if word_of(one)]) == 1
    assert len(service.mailer.taken) == 1


def test_a_gate_that_closes_afterwards_is_opened_by_nobody(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    service.store.stops.set(Scope.ALL, "", reason="!", by=RUTH, now=MORNING)

    service.run()

    assert fate(service) == (State.HELD, Reason.STOPPED)
    assert service.mailer.taken == []


def test_a_gate_of_courtesy_that_nobody_saw_holds_all_the_same(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    snapshot = an_application(candidate=a_candidate(zone="", country="", phone=""))
    wired = replace(
        service.wired,
        policy=a_policy(sensitive_stages=frozenset({snapshot.stage})),
    )
    service.worker.dispatch = replace(service.worker.dispatch, wired=wired)

    service.run()

    assert fate(service) == (State.HELD, Reason.SENSITIVE_STAGE)
    assert service.mailer.taken == []


def test_a_word_said_tonight_does_not_send_tomorrow(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    service.clock.now += HOLDS_FOR + timedelta(seconds=1)

    service.run()

    assert fate(service) == (State.HELD, Reason.ZONE_UNKNOWN)
    assert service.mailer.taken == []


def test_what_a_judging_repeats_of_a_word_makes_it_last_no_longer(
    tmp_path: Path,
) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    stop = service.store.stops.set(Scope.ALL, "", reason="!", by=RUTH, now=MORNING)
    service.clock.forward(minutes=20)
    service.run()  # judged, and the word is kept beside the gates
    service.clock.forward(minutes=20)
    service.store.stops.lift(stop.id, by=RUTH, now=service.clock())

    service.run()

    assert fate(service) == (State.HELD, Reason.ZONE_UNKNOWN)


def test_a_stop_is_opened_by_nobody(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    service.store.stops.set(Scope.ALL, "", reason="!", by=RUTH, now=MORNING)
    service.clock.forward(minutes=2)
    service.run()

    with pytest.raises(ServiceRefusedError, match="Turn it on first"):
        say(service)

    assert service.states() == {"held": 1}


def test_the_hours_of_a_text_message_are_opened_by_nobody(tmp_path: Path) -> None:
    step = a_step(window=None, channel=Channel.SMS)
    service = a_service(tmp_path, journey=a_journey(step))
    agreed = a_candidate(zone="", country="", phone="+18005550100")
    consents = (*agreed.consents, replace(agreed.consents[0], purpose="sms"))
    service.tell(an_application(candidate=replace(agreed, consents=consents)))
    service.run()
    assert only(service).state is State.HELD
    assert only(service).reason in COURTESY

    with pytest.raises(ServiceRefusedError, match="hours for SMS"):
        say(service)


def test_a_workspace_may_let_nobody(tmp_path: Path) -> None:
    policy = a_policy(anyway=frozenset())
    service = held_by_an_unknown_zone(tmp_path, policy=policy)

    with pytest.raises(ServiceRefusedError, match="lets nobody"):
        say(service)


@pytest.mark.parametrize("because", ["", "  ", "x" * (MOST + 1)])
def test_a_reason_is_given_and_short(tmp_path: Path, because: str) -> None:
    service = held_by_an_unknown_zone(tmp_path)

    with pytest.raises(ServiceRefusedError, match="Say why"):
        say(service, because)


def test_what_is_not_held_is_not_hurried(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()

    with pytest.raises(ServiceRefusedError, match="No gate holds"):
        say(service)


def test_what_was_written_goes_with_the_candidate_and_the_proof_stays(
    tmp_path: Path,
) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    service.run()
    before = attested(service)

    service.store.candidates.erase(CandidateId("c1"), MORNING)
    service.store.clear_erased()

    details = [
        one.detail
        for judged in service.store.deliveries.rounds(only(service).id)
        for one in judged.decisions
        if one.gate is Gate.PERSON
    ]
    assert details == [f"anyway {RUTH} quiet_hours"] * 2
    assert attested(service) == before
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    assert not [path for path in files if BECAUSE.encode() in path.read_bytes()]


def test_what_was_written_goes_from_backups_too(tmp_path: Path) -> None:
    service = held_by_an_unknown_zone(tmp_path)
    say(service)
    database = tmp_path / "service.sqlite"
    backup = tmp_path / "service.sqlite.before-0001.backup"
    with (
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(backup)) as copy,
    ):
        source.backup(copy)
    assert BECAUSE.encode() in backup.read_bytes()

    service.store.candidates.erase(CandidateId("c1"), MORNING)
    service.store.clear_erased()

    assert BECAUSE.encode() not in backup.read_bytes()


def test_only_who_releases_sends_anyway() -> None:
    memory = InMemory()
    held = replace(a_delivery(1, State.HELD), reason=Reason.QUIET_HOURS)
    stopped = replace(a_delivery(2, State.HELD), reason=Reason.STOPPED)
    memory.deliveries.kept = [held, stopped]
    listening = listen(0)
    desk = memory.desk(address(listening))
    with serving_on(build_application(desk, memory.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        program = replace(client, token=LOCAL)
        other = client.within(client.login(ANA, key_of(ANA)))
        for stranger in (client, program):
            with pytest.raises(LoginNeededError):
                stranger.send_anyway(held.id, BECAUSE)
        assert memory.said == []
        manager = client.within(client.login(DAN, key_of(DAN)))
        manager.send_anyway(held.id, BECAUSE)
        with pytest.raises(ServiceRefusedError):
            other.send_anyway(stopped.id, BECAUSE)
        client.close()

    assert memory.said == [(held.id, DAN, BECAUSE)]


def test_a_wish_does_not_show_what_was_written() -> None:
    wish = AnywayWish(BECAUSE)

    assert BECAUSE not in repr(wish)
    assert msgspec.json.decode(msgspec.json.encode(wish), type=AnywayWish) == wish
