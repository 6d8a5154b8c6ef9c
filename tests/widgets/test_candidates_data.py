"""Giving out and erasing: who may, what is said before, and what is seen after."""

import pytest
from msgspec.structs import replace

from sync.api.deliveries import DecisionRow, State
from sync.api.stories import Chapter, Story
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import a_box, a_person, a_round, a_row
from widgets.candidates.data_state import erase_question, export_question
from widgets.candidates.story_state import StoryState, story_state
from widgets.candidates.timeline_state import EVERYTHING, Told

SENT = a_row(1)
MAYA = a_person(1)


def a_story(*, is_erased: bool = False) -> Story:
    return Story("cand-001", (Chapter(delivery=SENT, sentence=""),), is_erased)


def a_state(**changes: object) -> StoryState:
    told = Told("app-001", a_box(SENT, people=(MAYA,)), **changes)  # type: ignore[arg-type]  # a test's own words
    return story_state(told, EVERYTHING, "")


def deeds(state: StoryState) -> dict[str, str]:
    return {deed.key: deed.why_not for deed in state.deeds}


def test_who_looks_after_the_data_gives_it_out_and_erases() -> None:
    assert deeds(a_state(story=a_story())) == {"export": "", "erase": ""}


def test_who_may_not_is_told_who_may() -> None:
    words = "Only who looks after the candidates' data may do this: Ruth."

    assert set(deeds(a_state(story=a_story(), why_no_data=words)).values()) == {words}


def test_of_nobody_nothing_is_given_out() -> None:
    assert deeds(a_state(is_unknown=True)) == {}
    assert deeds(a_state()) == {}


def test_who_was_erased_is_not_named_and_it_is_said() -> None:
    state = a_state(story=a_story(is_erased=True))

    assert state.name == "Erased on request"
    assert state.under == "Candidate cand-001"
    assert [notice.bold for notice in state.notices] == ["Erased on request."]
    assert deeds(state)["erase"] == "Nothing of the person is kept any more."
    assert "Maya" not in state.text
    assert state.moments


def test_the_story_of_who_was_not_erased_says_nothing_of_it() -> None:
    assert a_state(story=a_story()).notices == ()


def test_a_story_that_could_not_be_read_can_be_tried_again() -> None:
    state = a_state(problem="The service is busy.")

    (notice,) = state.notices
    assert (notice.plain, notice.key) == ("The service is busy.", "again")
    assert notice.action == "Try again"


@pytest.mark.parametrize(
    ("sent", "words"), [(1, "The proof of 1 message"), (3, "The proofs of 3 messages")]
)
def test_before_erasing_it_is_said_what_stays_and_why(sent: int, words: str) -> None:
    question = erase_question("Maya", "", to_come=2, sent=sent)

    facts = {fact.label: fact.value for fact in question.facts}
    assert facts["Stays"].startswith(words)
    assert "nobody could show later" in facts["Stays"]
    assert facts["Also"] == "2 messages to come are not sent any more."
    assert question.kind == "danger"


def test_before_giving_out_it_is_said_what_is_left_out() -> None:
    facts = {fact.label: fact.value for fact in export_question("Maya", "").facts}

    assert "other people" in facts["Left out"]


def test_what_was_sent_anyway_says_by_whom_and_why() -> None:
    opened = a_round((Gate.QUIET_HOURS, Verdict.PASS, Reason.SENT_ANYWAY))
    word = DecisionRow(
        gate=Gate.PERSON,
        verdict=Verdict.PASS,
        reason=Reason.SENT_ANYWAY,
        inputs="ab",
        detail="anyway ruth@northwind.example quiet_hours she asked",
    )
    rounds = (replace(opened, decisions=(*opened.decisions, word)),)
    story = Story("cand-001", (Chapter(delivery=SENT, sentence="", rounds=rounds),))

    facts = {fact.label: fact.value for fact in a_state(story=story).why.facts}

    assert facts["Sent anyway"] == "ruth@northwind.example: she asked"


def test_a_message_that_waits_for_the_day_can_be_sent_from_the_story() -> None:
    held = a_row(1, State.HELD, reason=Reason.QUIET_HOURS)
    story = Story("cand-001", (Chapter(delivery=held, sentence=""),))

    (deed,) = [one for one in a_state(story=story).why.deeds if one.key == "anyway"]

    assert (deed.is_shown, deed.why_not) == (True, "")
