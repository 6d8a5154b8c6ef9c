"""The service and the practice systems, as processes: from a stage to a mailbox."""

import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from governance.trust.dsse import Envelope
from sync.api.practice import Appointment
from sync.api.service import OperationState
from sync.publishing.publication import State as Published
from sync.sending.attestation import read_attestation
from sync.sending.delivery import State
from tests.fakes.library import INVITE, INVITE_SUBJECT, a_library
from tests.fakes.make import DAN
from tests.fakes.processes import ALWAYS, Town, kill, wait

FIFTY = [f"app-{number:03}" for number in range(17, 67)]
SOON = datetime.now(UTC) + timedelta(days=3)
INTERVIEW = Appointment(mode="video", starts_at=SOON, url="https://meet.example/1")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town.at(tmp_path)
    yield town
    town.stop()


def test_a_stage_becomes_a_mail_with_its_proof_and_reasons(town: Town) -> None:
    ats = town.start_sandbox()
    service = town.start_service()
    client = town.client()
    wait(lambda: bool(ats.webhooks()))

    for application in ("app-001", "app-003", "app-004"):
        ats.move(application, "interview", INTERVIEW)
    wait(lambda: client.health().counts["sent"] == 1)
    wait(lambda: client.health().counts["held"] == 1)
    wait(lambda: client.health().counts["skipped"] == 1)

    # Maya's mail is in the mailbox, byte for byte as it was attested.
    (mail,) = ats.messages()
    assert mail.recipients == ("maya.okonkwo@candidate.example",)
    raw = ats.raw(mail.id)
    proof = client.attestation(mail.message_id)
    envelope = Envelope.from_bytes(proof.envelope)
    said = read_attestation(envelope.payload)
    assert said.sha256 == mail.sha256 == sha256(raw).hexdigest()
    assert (said.template.subject, said.template.version) == (INVITE_SUBJECT, 1)
    assert b"Hello, Maya!" in raw
    assert envelope.keyid == client.health().key
    # Elena withdrew, and nobody knows where Sasha lives.
    (gone,) = client.why("cand-003").chapters
    (unknown,) = client.why("sasha.lindqvist@candidate.example").chapters
    assert (gone.delivery.state, gone.delivery.reason) == (State.SKIPPED, "WITHDRAWN")
    assert (unknown.delivery.state, unknown.delivery.reason) == (
        State.HELD,
        "ZONE_UNKNOWN",
    )
    # The release goes into the ATS, and comes back as it went.
    manager = town.logged_in(DAN)
    operation = manager.publish(INVITE)
    wait(lambda: manager.operation(operation.id).state is not OperationState.RUNNING)
    (row,) = manager.publications()
    assert (row.key, row.state) == ("interview-invitation/en", Published.LIVE)
    # What is released next is what the next one gets.
    change = a_library(journeys=ALWAYS, footer="<p>v2</p>")
    town.place.agree_and_release(change)
    ats.move("app-002", "interview", INTERVIEW)
    wait(lambda: client.health().counts["sent"] == 2)
    assert b"v2" in ats.raw(ats.messages()[1].id)
    # Asked to end, it ends; and no log has named anybody.
    service.send_signal(signal.SIGTERM)
    assert service.wait(20) == 0
    logs = "".join(path.read_text() for path in town.folder.rglob("*.log"))
    for secret in ("Maya", "Okonkwo", "candidate.example", "Elena"):
        assert secret not in logs
    database = (town.folder / "service" / "service.sqlite").read_bytes()
    assert b"maya.okonkwo" not in database.lower()
    manager.close()
    client.close()
    ats.close()


def test_killed_in_the_midst_of_fifty_all_arrive_and_none_twice(town: Town) -> None:
    ats = town.start_sandbox()
    ats.behave(delay=0.05)
    service = town.start_service()
    wait(lambda: bool(ats.webhooks()))

    ats.move_many(FIFTY, "interview", INTERVIEW)
    wait(lambda: len(ats.messages()) >= 10)
    kill(service)
    arrived = len(ats.messages())
    ats.behave()
    town.start_service()
    client = town.client()
    wait(lambda: client.health().counts["sent"] == 50)

    assert 10 <= arrived < 50
    found = Counter(mail.recipients for mail in ats.messages())
    assert (len(found), set(found.values())) == (50, {1})
    assert len(client.chain("email/practice")) == 50
    client.close()
    ats.close()


def test_two_services_on_one_database_send_each_message_once(town: Town) -> None:
    ats = town.start_sandbox()
    town.start_service()
    town.start_second_service()
    client = town.client()
    wait(lambda: bool(ats.webhooks()))

    ats.move_many(FIFTY, "interview", INTERVIEW)
    wait(lambda: client.health().counts["sent"] == 50)

    found = Counter(mail.recipients for mail in ats.messages())
    assert (len(found), set(found.values())) == (50, {1})
    workers = {
        attempt.worker
        for row in client.deliveries().deliveries
        for attempt in client.delivery(row.id).attempts
    }
    assert 1 <= len(workers) <= 2
    client.close()
    ats.close()
