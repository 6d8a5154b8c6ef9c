"""The story of a candidate: why it was sent, why not, what is in doubt."""

from pathlib import Path

import pytest

from sync.errors import UnknownApplicationError
from sync.histories.why import objections, why
from sync.histories.words import in_words
from sync.sending.decision import Gate, Reason, Verdict
from sync.sending.delivery import State
from tests.fakes.service import (
    a_candidate,
    a_journey,
    a_service,
    a_step,
    an_application,
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
    assert {decision.gate for decision in judged.decisions} == set(Gate)
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
