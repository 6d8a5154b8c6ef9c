"""The story of a candidate: why it was sent, why not, what is in doubt."""

from pathlib import Path

import pytest

from governance.trust.dsse import Envelope
from sync.errors import UnknownApplicationError
from sync.histories.why import objections, why
from sync.histories.words import in_words
from sync.sending.attestation import read_attestation
from sync.sending.decision import Gate, Reason, Verdict
from sync.sending.delivery import State
from sync.sending.judge import GATES
from sync.sending.mailer import InDoubt
from tests.fakes.service import (
    FakeMailer,
    a_candidate,
    a_journey,
    a_service,
    a_step,
    an_application,
    in_doubt,
    withdrawn,
)


def test_every_gate_is_told_for_what_was_sent(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()

    story = why("c1", service.store.candidates, service.store.deliveries)

    (chapter,) = story.chapters
    assert chapter.delivery.state is State.SENT
    assert chapter.sentence == "It was sent at 2026-11-24 10:00:00 UTC."
    (judged,) = chapter.rounds
    assert {decision.gate for decision in judged.decisions} == (
        set(Gate) - {Gate.PERSON}
    )
    assert {decision.verdict for decision in judged.decisions} == {Verdict.PASS}
    assert objections(judged) == ()
    assert [attempt.outcome for attempt in chapter.attempts] == ["sent"]


def test_what_was_not_sent_says_why_in_words(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(withdrawn(an_application()))
    service.run()

    story = why("a1", service.store.candidates, service.store.deliveries)

    assert [chapter.sentence for chapter in story.chapters] == [
        "It was not sent and will not be. The candidate has withdrawn."
    ]


def test_a_hold_tells_what_it_waits_for(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(candidate=a_candidate(zone="", phone="", country="")))
    service.run()

    story = why("c1", service.store.candidates, service.store.deliveries)

    assert [chapter.sentence for chapter in story.chapters] == [
        "It is held. Nobody knows the candidate's time zone."
    ]


@pytest.mark.parametrize(
    "text", ["c1", "a1", "maya1@candidate.example", " MAYA1@candidate.example"]
)
def test_a_candidate_is_found_by_what_people_know(tmp_path: Path, text: str) -> None:
    service = a_service(tmp_path, journey=a_journey(a_step(id="one"), a_step(id="two")))
    service.tell(an_application(1))
    service.tell(an_application(2))
    service.run()

    story = why(text, service.store.candidates, service.store.deliveries)

    assert story.candidate == "c1"
    assert len(story.chapters) == 2


def test_nobody_has_no_story(tmp_path: Path) -> None:
    service = a_service(tmp_path)

    with pytest.raises(UnknownApplicationError):
        why("nobody", service.store.candidates, service.store.deliveries)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_words(reason: Reason) -> None:
    assert in_words(reason).endswith(".")


@pytest.mark.parametrize(
    ("was_sent", "word"),
    [(True, "that it had been sent"), (False, "that it had not been sent")],
)
def test_a_persons_word_is_told_with_who_and_when(
    tmp_path: Path, word: str, *, was_sent: bool
) -> None:
    mailer = FakeMailer(InDoubt.HOLD, trouble=[in_doubt()], is_taken=was_sent)
    service = a_service(tmp_path, mailer=mailer)
    service.tell(an_application())
    service.run()
    (delivery,) = service.store.deliveries.list()

    service.worker.resolve.decide(
        delivery, was_sent=was_sent, by="ruth@northwind.example"
    )
    service.run()

    (told,) = why("a1", service.store.candidates, service.store.deliveries).chapters
    said = [d for one in told.rounds for d in one.decisions if d.gate is Gate.PERSON]
    assert told.delivery.state is State.SENT
    assert [decision.reason for decision in said] == [Reason.DECIDED_BY_PERSON]
    assert said[0].detail.endswith("sent ruth@northwind.example")
    assert f"ruth@northwind.example said at 2026-11-24 10:00 UTC {word}" in (
        told.sentence
    )
    attested = service.store.deliveries.attestation(delivery.id)
    assert attested is not None
    gates = read_attestation(Envelope.from_bytes(attested.envelope).payload).gates
    assert len(gates) == len(GATES)  # what was judged, and not the person's word
