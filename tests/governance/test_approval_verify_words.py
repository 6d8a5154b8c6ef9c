"""Questions that wait, words that were shown, and who wrote."""

from dataclasses import replace
from datetime import datetime

import pytest
from msgspec.structs import replace as with_

from governance.approval.tally import known_to_write
from governance.approval.verdict import Code, Verdict
from governance.approval.verify import (
    verify,
    verify_change,
)
from governance.ledger.kinds import (
    Comment,
    Waiver,
)
from governance.names import PersonId, Role
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    CHANGE,
    DAN,
    DAY,
    HR,
    LEGAL,
    MANAGER,
    NOON,
    OTHER,
    RELEASED,
    SEEN,
    WORDS,
    Chain,
    a_release,
    a_revision,
    a_second,
    an_approval,
    an_emergency,
    an_opening,
)


@pytest.fixture
def chain() -> Chain:
    return Chain.with_a_release()


def asked(chain: Chain) -> int:
    """Let Cara ask for an answer; return where."""
    chain.add(CARA, Comment(at=NOON, change=CHANGE, text="Is it?", must_answer=True))
    return len(chain.entries) - 1


def test_a_question_without_an_answer_stops_a_change() -> None:
    chain = Chain.of_a_team()
    position = asked(chain)
    missing = chain.verdict(SEEN)
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    verdict = verify_change(chain.state, SEEN, now=NOON)
    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="It is.", answers=position))

    assert missing is Code.QUORUM_MISSING
    assert verdict == Verdict(
        Code.COMMENT_UNANSWERED, f"A comment of {CARA} asks for an answer: Is it?"
    )
    assert chain.verdict(SEEN) is Code.VERIFIED


def test_a_release_over_a_question_proves_nothing_though_it_is_answered_later() -> None:
    chain = Chain.of_a_team()
    position = asked(chain)
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())
    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="It is.", answers=position))

    assert chain.verdict() is Code.COMMENT_UNANSWERED


def test_a_question_after_the_release_takes_nothing_back(chain: Chain) -> None:
    asked(chain)

    assert chain.verdict() is Code.VERIFIED
    assert chain.verdict(SEEN) is Code.VERIFIED


def with_errors(*waivers: Waiver) -> Chain:
    """Release a change in which the checks found errors."""
    chain = Chain.founded(ben=[LEGAL], cara=[HR], dan=[MANAGER])
    chain.add(ANA, with_(an_opening(), errors=2))
    for waiver in waivers:
        chain.add(BEN, waiver)
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())
    return chain


def a_waiver(role: Role = LEGAL, *, until: datetime = NOON + DAY) -> Waiver:
    return Waiver(
        at=NOON,
        change=CHANGE,
        role=role,
        rule="template.UnknownName",
        match=OTHER,
        reason="A name.",
        until=until,
    )


def test_errors_go_out_only_where_a_reviewer_let_them_pass() -> None:
    assert with_errors().verdict() is Code.CHECKS_FAILED
    assert with_errors(a_waiver(until=NOON)).verdict() is Code.CHECKS_FAILED
    assert with_errors(a_waiver()).verdict() is Code.VERIFIED


def test_a_waiver_that_comes_after_the_release_is_none() -> None:
    chain = with_errors()
    chain.add(BEN, a_waiver())

    assert chain.verdict() is Code.CHECKS_FAILED


def test_an_emergency_needs_the_waiver_too() -> None:
    verdicts = []
    for waivers in ((), (a_waiver(),)):
        chain = Chain.founded(ben=[LEGAL], cara=[HR], dan=[MANAGER])
        chain.add(ANA, with_(an_opening(), errors=1))
        for waiver in waivers:
            chain.add(CARA, with_(waiver, role=HR))
        chain.add(DAN, an_emergency())
        chain.add(BEN, a_second(len(chain.entries) - 1))
        verdicts.append(chain.verdict())

    assert verdicts == [Code.CHECKS_FAILED, Code.VERIFIED]


def test_an_emergency_is_not_reviewed_while_a_question_of_before_waits() -> None:
    chain = Chain.of_a_team()
    position = asked(chain)
    chain.add(DAN, an_emergency())
    chain.add(BEN, a_second(6))
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    late = chain.verdict(now=NOON + 6 * DAY)
    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="It is.", answers=position))

    assert chain.verdict(now=NOON) is Code.VERIFIED
    assert late is Code.EMERGENCY_OVERDUE
    assert chain.verdict(now=NOON + 6 * DAY) is Code.VERIFIED


@pytest.mark.parametrize("words", [{"title": "Colder words"}, {"reason": "I asked."}])
def test_other_words_for_the_same_bytes_are_approved_anew(
    words: dict[str, str],
) -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(ANA, with_(a_revision(), **words))
    chain.add(DAN, a_release())

    assert chain.verdict(SEEN) is Code.QUORUM_MISSING
    assert chain.verdict() is Code.QUORUM_MISSING


def test_an_approval_names_the_words_that_were_shown() -> None:
    chain = Chain.of_a_team()
    chain.add(BEN, with_(an_approval(), words=OTHER))

    assert [one.code for one in chain.state.ignored] == ["CLOSURE_CHANGED"]
    assert chain.verdict(replace(SEEN, words=OTHER)) is Code.CLOSURE_CHANGED
    assert chain.verdict(replace(SEEN, words=WORDS)) is Code.QUORUM_MISSING


@pytest.mark.parametrize(
    ("person", "code"),
    [(BEN, Code.QUORUM_MISSING), (DAN, Code.NOT_ENTITLED), (ANA, Code.VERIFIED)],
)
def test_who_git_says_wrote_it_is_an_author_though_no_entry_does(
    chain: Chain, person: PersonId, code: Code
) -> None:
    state = known_to_write(chain.state, CHANGE, [person])

    assert verify(state, RELEASED, now=NOON).code is code
