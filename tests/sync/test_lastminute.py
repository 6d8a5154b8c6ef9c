"""What changes between the judgement, the claim and the provider's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.candidates.consent import ConsentRecord, ConsentState, Suppression
from sync.candidates.facts import CandidateId
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt
from tests.fakes.service import (
    MORNING,
    FakeMailer,
    Service,
    a_service,
    an_application,
    in_doubt,
)

MAYA = CandidateId("c1")


def suppress(service: Service) -> None:
    service.store.candidates.suppress(Suppression(MAYA, "she asked", MORNING))


def withdraw(service: Service) -> None:
    record = ConsentRecord(MAYA, "email", ConsentState.WITHDRAWN, MORNING, "reply")
    service.store.candidates.record_consent(record)


def erase(service: Service) -> None:
    service.store.candidates.erase(MAYA, MORNING)


@pytest.mark.parametrize("change", [suppress, withdraw, erase])
def test_what_comes_after_the_judgement_is_in_time(
    tmp_path: Path, change: Callable[[Service], None]
) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.worker.take_event("ats:e1")
    before = service.states()

    change(service)
    service.run()

    assert before == {"ready": 1}
    assert service.mailer.taken == []
    assert service.states() == {"skipped": 1}


@dataclass
class Erasing(FakeMailer):
    """A provider during whose work the candidate is erased."""

    erase: Callable[[], None] = lambda: None

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take the message, after the candidate is gone."""
        self.erase()
        return super().send(message, idempotency_key=idempotency_key)


def test_who_is_erased_while_a_message_goes_out_leaves_a_proof(tmp_path: Path) -> None:
    mailer = Erasing()
    service = a_service(tmp_path, mailer=mailer)
    mailer.erase = lambda: erase(service)

    service.tell(an_application())
    service.run()

    (delivery,) = service.store.deliveries.list()
    assert service.states() == {"sent": 1}
    assert service.store.deliveries.attestation(delivery.id) is not None
    assert service.store.outbox.parcel(delivery) is None


@pytest.mark.parametrize("way", list(InDoubt))
@pytest.mark.parametrize("is_taken", [True, False])
def test_who_is_erased_while_a_message_is_in_doubt_is_not_written_to_again(
    tmp_path: Path, way: InDoubt, *, is_taken: bool
) -> None:
    mailer = Erasing(in_doubt=way, trouble=[in_doubt()], is_taken=is_taken)
    service = a_service(tmp_path, mailer=mailer)
    mailer.erase = lambda: erase(service)

    service.tell(an_application())
    service.run()
    for _round in range(3):
        service.clock.forward(seconds=31)
        service.run()

    assert len(mailer.taken) == is_taken
    assert service.states() in [{"sent": 1}, {"skipped": 1}, {"in_doubt": 1}]
