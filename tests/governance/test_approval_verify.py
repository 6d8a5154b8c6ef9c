from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from governance.approval.alarms import alarm
from governance.approval.candidate import Candidate, Proposed
from governance.approval.emergencies import unreviewed
from governance.approval.tally import known_to_write
from governance.approval.verdict import Code, Verdict, require_verified
from governance.approval.verify import (
    approvals_of,
    entitlement,
    verify,
    verify_change,
)
from governance.errors import NotVerifiedError
from governance.ledger.kinds import (
    ChangeWithdrawal,
    Comment,
    HoldSet,
    KeyRevocation,
    PolicyChange,
    Recall,
    Rejection,
    Waiver,
)
from governance.ledger.replay import replay
from governance.ledger.seen import Seen
from governance.ledger.state import Means
from governance.names import Commit, PersonId, Role
from governance.trust.canonical import digest
from tests.fakes.make import (
    ADMIN,
    ANA,
    BASE,
    BEN,
    CARA,
    CHANGE,
    DAN,
    DAY,
    HR,
    INVITE,
    LEGAL,
    MAIN,
    MANAGER,
    MONTH,
    NOON,
    OFFER,
    OTHER,
    OTHER_CHANGE,
    RELEASED,
    SEEN,
    WORDS,
    YEAR,
    Chain,
    a_policy,
    a_release,
    a_revision,
    a_rollback,
    a_second,
    a_subject,
    an_approval,
    an_emergency,
    an_opening,
    key_of,
)


@dataclass(frozen=True)
class Stand:
    """Where the references stand."""

    main: Commit = MAIN
    tags: dict[str, Commit] = field(
        default_factory=lambda: {"release/offer-accepted/v1": MAIN}
    )


@pytest.fixture
def chain() -> Chain:
    return Chain.with_a_release()


# ------------------------------------------------------------- a change, to release


def test_everyone_signed_means_verified() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    verdict = verify_change(chain.state, SEEN, now=NOON)

    assert verdict == Verdict(Code.VERIFIED, "Everyone who must agree has signed.")
    require_verified(verdict)


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (SEEN, Code.QUORUM_MISSING),
        (Proposed(OTHER_CHANGE, BASE, SEEN.subjects), Code.NO_SUCH_CHANGE),
        (replace(SEEN, subjects=(a_subject(closure=OTHER),)), Code.CLOSURE_CHANGED),
        (replace(SEEN, subjects=(a_subject(compiled=OTHER),)), Code.COMPILED_CHANGED),
        (replace(SEEN, subjects=(a_subject(INVITE),)), Code.CLOSURE_CHANGED),
        (replace(SEEN, base=MAIN), Code.CLOSURE_CHANGED),
    ],
)
def test_anything_else_has_its_code_and_no_way_through(
    seen: Proposed, code: Code
) -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)

    verdict = verify_change(chain.state, seen, now=NOON)

    assert verdict.code is code
    with pytest.raises(NotVerifiedError, match=code.value) as caught:
        require_verified(verdict)
    assert caught.value.code == code


def test_what_is_missing_is_named_by_its_title() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)

    verdict = verify_change(chain.state, SEEN, now=NOON)

    assert verdict.reason == "Approvals are missing: Hr (1)."


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_change_with_errors_that_nobody_waived_has_failed_its_checks(
    is_signed: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    chain = Chain.founded(ben=[LEGAL], cara=[HR])
    chain.add(ANA, with_(an_opening(SEEN), errors=1))
    if is_signed:
        chain.approve(BEN, LEGAL)
        chain.approve(CARA, HR)

    verdict = verify_change(chain.state, SEEN, now=NOON)

    assert verdict.code is Code.CHECKS_FAILED


def test_a_no_is_named() -> None:
    chain = Chain.of_a_team()
    chain.add(BEN, Rejection(at=NOON, change=CHANGE, role=LEGAL, reason="Unlawful."))

    verdict = verify_change(chain.state, SEEN, now=NOON)

    assert verdict == Verdict(Code.QUORUM_MISSING, f"{BEN} said no: Unlawful.")


def test_a_change_given_up_is_withdrawn() -> None:
    chain = Chain.of_a_team()
    chain.add(ANA, ChangeWithdrawal(at=NOON, change=CHANGE, reason="Not now."))

    assert chain.verdict(SEEN) is Code.WITHDRAWN


def test_a_change_of_what_is_held_waits() -> None:
    chain = Chain.of_a_team()
    chain.add(BEN, HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="A claim."))

    assert chain.verdict(SEEN) is Code.HELD


# ------------------------------------------------------------ a version, to be used


def test_what_was_released_is_verified(chain: Chain) -> None:
    assert chain.verdict() is Code.VERIFIED
    assert chain.verdict(replace(RELEASED, version=1)) is Code.VERIFIED


@pytest.mark.parametrize(
    ("candidate", "code"),
    [
        (replace(RELEASED, subject=INVITE), Code.NOT_RELEASED),
        (replace(RELEASED, version=2), Code.NOT_RELEASED),
        (replace(RELEASED, version=0), Code.NOT_RELEASED),
        (replace(RELEASED, version=-1), Code.NOT_RELEASED),
        (replace(RELEASED, closure=OTHER), Code.CLOSURE_CHANGED),
        (replace(RELEASED, compiled=OTHER), Code.COMPILED_CHANGED),
    ],
)
def test_another_text_has_its_code(
    chain: Chain, candidate: Candidate, code: Code
) -> None:
    assert chain.verdict(candidate) is code


def test_nothing_is_released_from_an_empty_ledger() -> None:
    assert Chain().verdict() is Code.NOT_RELEASED
    assert Chain().verdict(SEEN) is Code.NO_SUCH_CHANGE


def test_a_release_without_its_quorum_proves_nothing() -> None:
    chain = Chain.of_a_team()
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())

    assert chain.verdict() is Code.QUORUM_MISSING


def test_a_yes_that_comes_after_the_release_comes_too_late() -> None:
    chain = Chain.of_a_team()
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())
    chain.approve(BEN, LEGAL)

    assert chain.verdict() is Code.QUORUM_MISSING


def test_what_is_held_is_not_used(chain: Chain) -> None:
    chain.add(BEN, HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="A claim."))

    assert chain.verdict() is Code.HELD


def test_what_is_withdrawn_for_cause_is_not_used(chain: Chain) -> None:
    chain.add(CARA, Recall(at=NOON, subject=OFFER, version=1, reason="Unlawful."))

    assert chain.verdict() is Code.WITHDRAWN


def test_a_release_by_a_stolen_key_proves_nothing(chain: Chain) -> None:
    key = key_of(DAN).public.fingerprint
    chain.add(
        ANA, KeyRevocation(at=NOON, person=DAN, key=key, reason="Stolen.", since=7)
    )

    assert chain.verdict() is Code.BAD_SIGNATURE


def test_an_old_version_still_says_what_it_was(chain: Chain) -> None:
    second = Proposed(OTHER_CHANGE, MAIN, (a_subject(closure=OTHER, version_before=1),))
    chain.open(of=second)
    chain.approve(BEN, LEGAL, of=second)
    chain.approve(CARA, HR, of=second)
    chain.add(DAN, a_release(second, version=2))

    assert chain.verdict(RELEASED) is Code.CLOSURE_CHANGED
    assert chain.verdict(replace(RELEASED, version=1)) is Code.VERIFIED
    assert chain.verdict(replace(RELEASED, closure=OTHER)) is Code.VERIFIED


def test_a_rollback_rests_on_what_it_brings_back(chain: Chain) -> None:
    chain.add(DAN, a_rollback(version=2))
    good = chain.verdict()
    chain.add(BEN, Recall(at=NOON, subject=OFFER, version=1, reason="Unlawful."))

    assert good is Code.VERIFIED
    assert chain.verdict() is Code.WITHDRAWN


def test_who_goes_back_a_thousand_times_stops_no_computer(chain: Chain) -> None:
    state, (first,) = chain.state, chain.state.versions[OFFER]
    back = [
        replace(first, number=number, of=number - 1, means=Means.ROLLBACK)
        for number in range(2, 3_000)
    ]
    state = replace(state, versions={OFFER: (first, *back)})

    assert verify(state, RELEASED, now=NOON).is_verified


def test_a_version_names_the_approvals_that_it_rests_on(chain: Chain) -> None:
    version = chain.state.current(OFFER)
    assert version is not None

    assert approvals_of(chain.state, version) == (
        digest(chain.entries[5]),
        digest(chain.entries[6]),
    )


# ------------------------------------------------------------------------------- age


def aged(**ages: datetime) -> Chain:
    chain = Chain.of_a_team(policy=a_policy(max_age=YEAR))
    policy = a_policy(max_age=YEAR)
    legal, hr = ages.get("legal", NOON), ages.get("hr", NOON)
    chain.add(BEN, with_(an_approval(policy=policy), at=legal))
    chain.add(CARA, with_(an_approval(HR, policy=policy), at=hr))
    return chain


def test_a_yes_holds_until_it_is_too_old() -> None:
    chain = aged(legal=NOON - 10 * DAY)
    end = NOON - 10 * DAY + timedelta(seconds=YEAR)

    verdict = verify_change(chain.state, SEEN, now=end - timedelta(seconds=1))

    assert (verdict.code, verdict.until) == (Code.VERIFIED, end)
    assert chain.verdict(SEEN, now=end) is Code.EXPIRED


def test_a_version_expires_with_its_oldest_yes() -> None:
    chain = aged(hr=NOON - DAY)
    chain.add(DAN, a_release())
    end = NOON - DAY + timedelta(seconds=YEAR)

    assert chain.verdict(now=end - DAY) is Code.VERIFIED
    assert chain.verdict(now=end) is Code.EXPIRED


def test_a_clock_of_the_future_prolongs_no_yes() -> None:
    chain = aged(legal=NOON + 1000 * DAY, hr=NOON + 1000 * DAY)
    chain.add(DAN, a_release())

    assert chain.verdict(now=NOON + timedelta(seconds=YEAR)) is Code.EXPIRED


def test_the_age_is_the_policys_in_force() -> None:
    chain = aged()
    chain.add(DAN, a_release())
    policy = a_policy(max_age=MONTH)
    chain.add(ANA, PolicyChange(at=NOON, policy=policy, reason="Read it oftener."))

    assert chain.verdict(now=NOON + 31 * DAY) is Code.EXPIRED


def test_who_signs_again_holds_it_longer() -> None:
    chain = aged(legal=NOON - 300 * DAY)
    chain.add(BEN, an_approval(policy=a_policy(max_age=YEAR)))

    assert chain.verdict(SEEN, now=NOON + 300 * DAY) is Code.VERIFIED


@pytest.mark.parametrize("when", [NOON + 2 * DAY, datetime.max.replace(tzinfo=UTC)])
def test_a_yes_of_the_future_is_none_though_the_release_is_too(when: datetime) -> None:
    chain = aged(legal=when, hr=when)
    chain.add(DAN, with_(a_release(), at=when))

    assert chain.verdict(now=NOON) is Code.EXPIRED


@given(
    legal=st.datetimes(timezones=st.just(UTC)),
    release=st.datetimes(timezones=st.just(UTC)),
    days=st.integers(-20_000, 200_000),
)
@settings(max_examples=30, deadline=None)
def test_whatever_the_clocks_say_there_is_a_verdict(
    legal: datetime, release: datetime, days: int
) -> None:
    now = NOON + days * DAY
    chain = aged(legal=legal, hr=NOON)
    chain.add(DAN, with_(a_release(), at=release))

    verdict = verify(chain.state, RELEASED, now=now)

    assert verdict.code in {Code.VERIFIED, Code.EXPIRED}
    if verdict.is_verified:
        assert verdict.until is not None
        assert now < verdict.until <= now + timedelta(seconds=YEAR + 86_400)


def test_a_yes_to_other_checks_counts_no_more() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(ANA, with_(a_revision(), checks=OTHER))

    assert chain.verdict(SEEN) is Code.QUORUM_MISSING


# ------------------------------------------------------------------------- emergencies


def hurried(**lateness: timedelta) -> Chain:
    """Let Dan ask and Ben join; the release stands at position 7."""
    chain = Chain.of_a_team()
    chain.add(DAN, an_emergency())
    second = with_(a_second(5), at=NOON + lateness.get("second", timedelta()))
    chain.add(BEN, second)
    return chain


def test_two_people_release_in_an_emergency_until_the_review_is_due() -> None:
    chain = hurried()
    verdict = verify(chain.state, RELEASED, now=NOON + 4 * DAY)

    assert chain.state.ignored == ()
    assert verdict.is_verified
    assert verdict.is_emergency
    assert verdict.until == NOON + 5 * DAY
    assert chain.verdict(now=NOON + 5 * DAY) is Code.EMERGENCY_OVERDUE


def test_the_full_review_ends_the_emergency() -> None:
    chain = hurried()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    verdict = verify(chain.state, RELEASED, now=NOON + 50 * DAY)

    assert verdict == Verdict(Code.VERIFIED, "Everyone who must agree has signed.")


def test_an_emergency_of_the_future_is_overdue() -> None:
    chain = Chain.of_a_team()
    later = NOON + 9 * DAY
    chain.add(DAN, with_(an_emergency(), at=later))
    chain.add(BEN, with_(a_second(5), at=later))

    assert chain.verdict(now=NOON) is Code.EMERGENCY_OVERDUE
    assert chain.verdict(now=later) is Code.VERIFIED


def test_a_second_who_joins_too_late_releases_nothing() -> None:
    chain = hurried(second=3 * DAY + timedelta(seconds=1))

    assert chain.verdict() is Code.EMERGENCY_OVERDUE


@pytest.mark.parametrize(
    ("person", "role"),
    [(DAN, LEGAL), (DAN, MANAGER), (CARA, LEGAL), (ANA, ADMIN)],
)
def test_an_emergency_takes_a_second_person_of_the_right_role(
    person: PersonId, role: Role
) -> None:
    chain = Chain.of_a_team()
    chain.add(DAN, an_emergency())

    chain.add(person, a_second(5, role))

    assert [one.code for one in chain.state.ignored] == ["NOT_ENTITLED"]
    assert chain.verdict() is Code.NOT_RELEASED


def test_an_author_is_no_second() -> None:
    chain = Chain.founded(ben=[LEGAL], dan=[MANAGER])
    chain.open(by=BEN)
    chain.add(DAN, an_emergency())
    chain.add(BEN, a_second(4))

    assert chain.verdict() is Code.NOT_RELEASED


def test_only_who_holds_the_role_asks_for_an_emergency() -> None:
    chain = Chain.of_a_team()
    chain.add(BEN, an_emergency())
    chain.add(CARA, a_second(5, HR))

    assert len(chain.state.ignored) == 2


def test_an_emergency_is_about_one_subject() -> None:
    chain = Chain.founded(dan=[MANAGER])
    wide = Proposed(CHANGE, BASE, (a_subject(), a_subject(INVITE)))
    chain.open(of=wide)
    chain.add(DAN, an_emergency(wide))

    assert [one.code for one in chain.state.ignored] == ["NOT_ENTITLED"]


def test_an_emergency_asked_for_with_a_stolen_key_is_none() -> None:
    chain = hurried()
    key = key_of(DAN).public.fingerprint
    chain.add(
        ANA, KeyRevocation(at=NOON, person=DAN, key=key, reason="Stolen.", since=5)
    )

    assert chain.verdict() is Code.BAD_SIGNATURE


def test_an_emergency_asked_for_in_the_future_waits_for_nobody() -> None:
    chain = Chain.of_a_team()
    chain.add(DAN, with_(an_emergency(), at=NOON + 2 * DAY))
    chain.add(BEN, a_second(5))

    assert chain.verdict() is Code.EMERGENCY_OVERDUE


def second_emergency(chain: Chain, *, at: datetime = NOON) -> Proposed:
    """Let the same two hurry out other bytes of the same subject, as v2."""
    of = Proposed(OTHER_CHANGE, BASE, (a_subject(closure=OTHER),))
    chain.open(of=of)
    request = len(chain.entries)
    chain.add(DAN, with_(an_emergency(of), at=at))
    chain.add(BEN, with_(a_second(request, of=of, version=2), at=at))
    return of


@pytest.mark.parametrize("days", [0, 6])
def test_an_emergency_that_nobody_reviewed_lets_no_other_through(days: int) -> None:
    chain = hurried()
    second_emergency(chain, at=NOON + days * DAY)

    verdict = verify(
        chain.state, replace(RELEASED, closure=OTHER), now=NOON + days * DAY
    )

    assert chain.state.ignored == ()
    assert verdict == Verdict(
        Code.EMERGENCY_OVERDUE,
        "v1 was released in an emergency and has not been reviewed in full; "
        "no other emergency is possible before that.",
    )


def test_a_review_that_comes_after_the_other_emergency_came_too_late_for_it() -> None:
    chain = hurried()
    second_emergency(chain)
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    assert chain.verdict(replace(RELEASED, closure=OTHER)) is Code.EMERGENCY_OVERDUE


@pytest.mark.parametrize("undo", ["recall", "roll back"])
def test_who_takes_an_emergency_back_has_not_reviewed_it(undo: str) -> None:
    chain = hurried()
    entry = Recall(at=NOON, subject=OFFER, version=1, reason="Wrong.")
    chain.add(DAN, entry if undo == "recall" else a_rollback(version=2, to=1))

    assert unreviewed(chain.state, OFFER) is not None


def test_after_its_full_review_another_emergency_is_possible() -> None:
    chain = hurried()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    second_emergency(chain)

    assert chain.verdict(replace(RELEASED, closure=OTHER)) is Code.VERIFIED


def test_a_later_version_with_its_quorum_is_a_review_too() -> None:
    chain = hurried()
    of = Proposed(OTHER_CHANGE, BASE, (a_subject(closure=OTHER),))
    chain.open(of=of)
    chain.approve(BEN, LEGAL, of)
    before = unreviewed(chain.state, OFFER)
    chain.approve(CARA, HR, of)
    chain.add(DAN, a_release(of, version=2))

    assert before is not None
    assert unreviewed(chain.state, OFFER) is None


def test_that_an_author_asked_for_the_emergency_is_said() -> None:
    chain = Chain.founded(ben=[LEGAL], dan=[MANAGER])
    chain.open(by=DAN)
    chain.add(DAN, an_emergency())
    chain.add(BEN, a_second(4))

    verdict = verify(chain.state, RELEASED, now=NOON)

    assert verdict.reason == (
        f"{DAN}, who wrote it, and {BEN} released it in an emergency."
    )


# --------------------------------------------------------------- what waits for answers


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


# --------------------------------------------------------------- words, and who wrote


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


def test_an_author_that_git_knows_is_no_second_of_an_emergency() -> None:
    state = known_to_write(hurried().state, CHANGE, [BEN])

    assert verify(state, RELEASED, now=NOON).code is Code.NOT_ENTITLED


# ------------------------------------------------------------------------------ alarms


def test_a_broken_ledger_proves_nothing(chain: Chain) -> None:
    del chain.entries[1]

    assert chain.verdict() is Code.LEDGER_BROKEN


def test_a_ledger_that_grew_is_no_alarm(chain: Chain) -> None:
    for length in range(len(chain.entries) + 1):
        seen = Seen.of(replay(chain.entries[:length]))
        assert verify(chain.state, RELEASED, now=NOON, seen=seen).is_verified


def test_a_ledger_that_went_back_is_an_alarm(chain: Chain) -> None:
    chain.add(BEN, Comment(at=NOON, change=CHANGE, text="More."))
    seen = Seen.of(chain.state)
    chain.entries.pop()

    verdict = verify(chain.state, RELEASED, now=NOON, seen=seen)

    assert verdict.code is Code.LEDGER_REWOUND
    assert verdict.reason == "The ledger had 9 entries and has 8 now."


@pytest.mark.parametrize("more", [1, 3])
def test_a_ledger_with_another_past_is_an_alarm(chain: Chain, more: int) -> None:
    other = Chain(list(chain.entries))
    other.add(BEN, Comment(at=NOON, change=CHANGE, text="Ours."))
    seen = Seen.of(other.state)
    for number in range(more):
        chain.add(BEN, Comment(at=NOON, change=CHANGE, text=str(number)))

    verdict = verify(chain.state, RELEASED, now=NOON, seen=seen)

    assert verdict.code is Code.LEDGER_FORKED


def test_another_founder_is_another_ledger(chain: Chain) -> None:
    seen = with_(Seen.of(chain.state), root=OTHER)

    verdict = alarm(chain.state, seen=seen)

    assert verdict is not None
    assert verdict.code is Code.LEDGER_FORKED


def test_what_was_seen_survives_its_bytes(chain: Chain) -> None:
    seen = Seen.of(chain.state)

    assert Seen.from_bytes(seen.to_bytes()) == seen


def test_references_where_the_ledger_put_them_are_no_alarm(chain: Chain) -> None:
    assert verify(chain.state, RELEASED, now=NOON, refs=Stand()).is_verified


@pytest.mark.parametrize(
    "refs",
    [
        Stand(main=BASE),
        Stand(main=Commit("")),
        Stand(tags={}),
        Stand(tags={"release/offer-accepted/v1": BASE}),
        Stand(
            tags={"release/offer-accepted/v1": MAIN, "release/offer-accepted/v2": MAIN}
        ),
    ],
)
def test_a_reference_that_moved_is_an_alarm(chain: Chain, refs: Stand) -> None:
    assert verify(chain.state, RELEASED, now=NOON, refs=refs).code is Code.REF_MOVED


# --------------------------------------------------------------- before it is signed


def test_whether_someone_may_sign_is_said_before(chain: Chain) -> None:
    open_chain = Chain.of_a_team()

    yes = entitlement(open_chain.state, an_approval(), BEN)
    no = entitlement(open_chain.state, an_approval(), CARA)
    late = entitlement(chain.state, an_approval(), BEN)

    assert yes.is_verified
    assert no == Verdict(Code.NOT_ENTITLED, f"{CARA} does not hold the role “legal”.")
    assert late.code is Code.NOT_ENTITLED


def test_nothing_may_be_signed_on_a_broken_ledger(chain: Chain) -> None:
    del chain.entries[1]

    verdict = entitlement(chain.state, an_approval(), BEN)

    assert verdict.code is Code.LEDGER_BROKEN


def test_the_codes_are_the_designs() -> None:
    assert " ".join(Code) == (
        "VERIFIED NO_SUCH_CHANGE NOT_RELEASED QUORUM_MISSING NOT_ENTITLED "
        "CLOSURE_CHANGED COMPILED_CHANGED WITHDRAWN EXPIRED HELD BAD_SIGNATURE "
        "POLICY_WEAKENED LEDGER_BROKEN LEDGER_REWOUND LEDGER_FORKED REF_MOVED "
        "EMERGENCY_OVERDUE COMMENT_UNANSWERED CHECKS_FAILED UNKNOWN_FORMAT"
    )
