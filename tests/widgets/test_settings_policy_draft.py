"""Another signing policy: how it compares with the one in force."""

from governance.ledger.policy import Policy
from tests.fakes.make import BEN, HR, LEGAL, NOON
from tests.fakes.workplace import in_memory
from widgets.kit.values import Tone
from widgets.settings.people import People
from widgets.settings.policy_draft import (
    MONTH,
    changes_of,
    draft_state,
    months_of,
    with_rule,
)


def a_case() -> tuple[People, Policy]:
    people = People(in_memory().read().state, BEN, NOON)
    assert people.state.policy is not None
    return people, people.state.policy


def test_what_is_as_it_was_is_not_signed() -> None:
    people, policy = a_case()

    assert draft_state(people, policy).why_not == "Nothing is changed yet."


def test_nobody_to_sign_is_no_policy() -> None:
    people, policy = a_case()

    state = draft_state(people, with_rule(policy, "message", {LEGAL: 0}, 12))

    assert state.why_not == "Nobody would have to sign: what a candidate reads."


def test_less_is_said_to_be_less_and_more_to_be_more() -> None:
    people, policy = a_case()
    rule = policy.classes["message"]
    fewer = with_rule(policy, "message", {LEGAL: 1, HR: 0}, months_of(rule))
    more = with_rule(policy, "message", {LEGAL: 1, HR: 4}, months_of(rule))

    less, many = draft_state(people, fewer), draft_state(people, more)

    assert less.notice is not None
    assert less.notice.tone is Tone.WARN
    assert "asks for less" in less.notice.bold
    assert many.notice is not None
    assert "asks for more" in many.notice.bold
    assert "4 would have to sign" in many.notice.plain
    assert [fact.label for fact in changes_of(people, fewer)] == [
        "What a candidate reads"
    ]


def test_an_age_that_is_left_alone_stays_to_the_second() -> None:
    _people, policy = a_case()
    odd = with_rule(policy, "message", {LEGAL: 1}, 7)

    kept = with_rule(odd, "message", {LEGAL: 2}, 7)

    assert kept.classes["message"].max_age == 7 * MONTH
    assert kept.classes["record"] == policy.classes["record"]
