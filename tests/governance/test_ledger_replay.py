from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from governance.approval.candidate import Proposed
from governance.approval.verdict import Code
from governance.ledger.chain import follow, head_of
from governance.ledger.entry import SubjectEntry
from governance.ledger.kinds import (
    ApprovalWithdrawal,
    ChangeWithdrawal,
    Comment,
    HoldRelease,
    HoldSet,
    Recall,
    Rejection,
    Release,
    RoleGrant,
    Rollback,
    Waiver,
)
from governance.ledger.replay import replay
from governance.ledger.state import (
    EMPTY,
    FaultCode,
    Ignored,
    IgnoredCode,
    LedgerState,
    Means,
    Stage,
)
from governance.trust.canonical import digest
from tests.fakes.make import (
    ANA,
    BASE,
    BEN,
    CARA,
    CHANGE,
    CLOSURE,
    COMPILED,
    DAN,
    DAY,
    EVE,
    HR,
    LEGAL,
    MAIN,
    MANAGER,
    NOON,
    OFFER,
    OTHER,
    OTHER_CHANGE,
    SEEN,
    Chain,
    a_policy,
    a_release,
    a_revision,
    a_rollback,
    a_subject,
    an_approval,
    an_emergency,
    an_opening,
    key_of,
)


@pytest.fixture
def chain() -> Chain:
    return Chain.of_a_team()


def of(*subjects: SubjectEntry) -> Proposed:
    return Proposed(CHANGE, BASE, subjects)


def ignored(state: LedgerState) -> list[tuple[int, IgnoredCode]]:
    return [(one.position, one.code) for one in state.ignored]


def test_a_sound_ledger_has_no_fault_and_ignores_nothing(chain: Chain) -> None:
    state = chain.state

    assert state.fault is None
    assert state.ignored == ()
    assert state.length == 5
    assert state.policy == a_policy()
    assert state.root == digest(chain.entries[0])
    assert set(state.members) == {ANA, BEN, CARA, DAN}


def test_every_code_of_a_fault_and_of_an_ignored_entry_is_a_verdict() -> None:
    codes = {*FaultCode, *IgnoredCode} - {IgnoredCode.COPY}

    assert {code.name for code in codes} <= {code.name for code in Code}


def test_the_head_binds_every_entry_before(chain: Chain) -> None:
    one, two, *_rest = chain.entries

    assert chain.state.heads[0] == digest(one)
    assert chain.state.heads[1] == digest(digest(one).encode() + two)
    assert chain.state.head == head_of(chain.entries)


@pytest.mark.parametrize("cut", range(8))
def test_replaying_in_two_parts_says_the_same(cut: int) -> None:
    chain = Chain.with_a_release()

    start = replay(chain.entries[:cut])

    assert replay(chain.entries[cut:], start) == chain.state


def test_replaying_leaves_the_start_as_it_was(chain: Chain) -> None:
    start = replay(chain.entries[:3])
    before = replay(chain.entries[:3])

    replay(chain.entries[3:], start)

    assert start == before


def _noise() -> list[bytes]:
    """Return entries to be stored anywhere: sound, misplaced, foreign and broken."""
    chain = Chain.with_a_release()
    chain.add(EVE, an_approval())  # a stranger
    chain.add(BEN, a_rollback(version=2))  # not entitled
    chain.entries.append(b"{}")
    chain.entries.append(chain.entries[4])  # a copy
    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="After all that."))
    return chain.entries


NOISE = _noise()


@settings(max_examples=150)
@given(
    order=st.lists(st.integers(0, len(NOISE) - 1), max_size=20), cut=st.integers(0, 20)
)
def test_in_whatever_order_two_parts_say_what_the_whole_says(
    order: list[int], cut: int
) -> None:
    entries = [NOISE[number] for number in order]

    whole = replay(entries)

    assert replay(entries[cut:], replay(entries[:cut])) == whole
    assert whole.heads == tuple(
        head_of(entries[: number + 1]) for number in range(len(entries))
    )


@settings(max_examples=60)
@given(
    at=st.integers(0, 8),
    bad=st.sampled_from([NOISE[0], NOISE[8], NOISE[10], b"", b"\xff" * 100, b"[" * 500])
    | st.binary(max_size=200),
)
def test_an_ineffective_entry_changes_only_the_head_and_what_is_ignored(
    at: int, bad: bytes
) -> None:
    before = Chain.with_a_release().entries[:at]
    state = replay(before)
    if at == 0 and bad == NOISE[0]:
        return  # this one would found the workspace

    after = replay([bad], state)

    assert [one.position for one in after.ignored] == [at]
    assert after.seen >= state.seen
    assert after == replace(
        state,
        heads=(*state.heads, follow(state.head, bad)),
        ignored=after.ignored,
        seen=after.seen,
    )


def test_a_long_ledger_is_opened_in_parts_in_its_order(chain: Chain) -> None:
    for number in range(300):
        chain.add(BEN, Comment(at=NOON, change=CHANGE, text=str(number)))

    comments = chain.state.changes[CHANGE].comments

    assert [said.comment.text for said in comments] == list(map(str, range(300)))


# ------------------------------------------------------------------- what changes say


def test_an_opening_makes_a_change_of_its_author(chain: Chain) -> None:
    change = chain.state.changes[CHANGE]

    assert change.author == ANA
    assert change.authors == {ANA}
    assert change.stage is Stage.OPEN
    assert change.position == 4
    assert change.subjects == SEEN.subjects


def test_whoever_signed_a_commit_of_the_branch_is_an_author() -> None:
    chain = Chain.founded(ben=[LEGAL], cara=[HR])
    keys = (chain.state.members[BEN].key, chain.state.members[ANA].key)
    opening = an_opening()
    chain.add(ANA, with_(opening, authors=tuple(k.fingerprint for k in keys if k)))

    assert chain.state.changes[CHANGE].authors == {ANA, BEN}


def test_an_author_whom_nobody_knows_refuses_the_change() -> None:
    chain = Chain.founded(ben=[LEGAL])
    stranger = key_of(EVE).public.fingerprint

    chain.add(BEN, with_(an_opening(), authors=(stranger,)))

    assert ignored(chain.state) == [(2, IgnoredCode.NOT_ENTITLED)]


def test_a_change_is_opened_once(chain: Chain) -> None:
    chain.open(by=BEN)

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]
    assert chain.state.changes[CHANGE].author == ANA


def test_a_message_cannot_be_said_to_be_a_mere_record() -> None:
    chain = Chain.founded()

    chain.open(of=Proposed(CHANGE, BASE, (a_subject(classes=("record",)),)))

    assert ignored(chain.state) == [(1, IgnoredCode.NOT_ENTITLED)]


def test_a_subject_is_named_once() -> None:
    chain = Chain.founded()

    chain.open(of=Proposed(CHANGE, BASE, (a_subject(), a_subject())))

    assert ignored(chain.state) == [(1, IgnoredCode.NOT_ENTITLED)]


def test_a_class_that_the_policy_lacks_is_refused() -> None:
    chain = Chain.founded()

    chain.open(of=Proposed(CHANGE, BASE, (a_subject(classes=("message", "x")),)))

    assert ignored(chain.state) == [(1, IgnoredCode.NOT_ENTITLED)]


def test_a_revision_brings_other_bytes_and_another_author(chain: Chain) -> None:
    other = Proposed(CHANGE, BASE, (a_subject(closure=OTHER),))
    chain.approve(BEN, LEGAL)

    chain.add(CARA, a_revision(other))

    change = chain.state.changes[CHANGE]
    assert change.subjects == other.subjects
    assert change.authors == {ANA, CARA}
    assert change.author == ANA
    assert change.revisions == 1


def test_a_change_but_for_one_thing_keeps_all_else(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(ANA, a_revision())
    chain.add(DAN, an_emergency())
    chain.add(BEN, Comment(at=NOON, change=CHANGE, text="Hm."))
    change = chain.state.changes[CHANGE]

    assert change.but() == change
    assert change.but(stage=Stage.RELEASED) == replace(change, stage=Stage.RELEASED)
    assert change.but(approvals=()) == replace(change, approvals=())
    assert change.but(comments=()) == replace(change, comments=())
    assert [position for position, _commit in change.commits] == [4, 6]


def test_a_comment_waits_for_its_answer(chain: Chain) -> None:
    ask = Comment(at=NOON, change=CHANGE, text="Why?", must_answer=True)
    chain.add(BEN, ask)
    asked = chain.state.changes[CHANGE].unanswered

    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="So.", answers=5))

    assert [said.position for said in asked] == [5]
    assert chain.state.changes[CHANGE].unanswered == ()


def test_an_answer_needs_its_question(chain: Chain) -> None:
    chain.add(ANA, Comment(at=NOON, change=CHANGE, text="So.", answers=4))

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]


def test_a_no_ends_what_was_agreed_to_until_a_revision(chain: Chain) -> None:
    chain.approve(CARA, HR)
    chain.add(BEN, Rejection(at=NOON, change=CHANGE, role=LEGAL, reason="Too warm."))
    rejected = chain.state.changes[CHANGE]
    chain.approve(CARA, HR)
    chain.add(ANA, a_revision())

    revised = chain.state.changes[CHANGE]

    assert (rejected.stage, rejected.approvals) == (Stage.REJECTED, ())
    assert rejected.rejection is not None
    assert ignored(chain.state) == [(7, IgnoredCode.NOT_ENTITLED)]
    assert (revised.stage, revised.approvals) == (Stage.OPEN, ())
    assert revised.rejection is None


def test_a_yes_is_taken_back_by_who_gave_it(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(BEN, ApprovalWithdrawal(at=NOON, change=CHANGE, reason="I misread."))

    assert [one.person for one in chain.state.changes[CHANGE].approvals] == [CARA]


def test_nobody_takes_back_what_they_did_not_give(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(CARA, ApprovalWithdrawal(at=NOON, change=CHANGE, reason="No."))

    assert ignored(chain.state) == [(6, IgnoredCode.NOT_ENTITLED)]


def test_a_change_is_given_up_by_an_author_or_an_administrator(chain: Chain) -> None:
    given_up = ChangeWithdrawal(at=NOON, change=CHANGE, reason="Not now.")
    chain.add(BEN, given_up)
    chain.add(ANA, given_up)
    chain.approve(BEN, LEGAL)

    assert ignored(chain.state) == [
        (5, IgnoredCode.NOT_ENTITLED),
        (7, IgnoredCode.NOT_ENTITLED),
    ]
    assert chain.state.changes[CHANGE].stage is Stage.WITHDRAWN


def test_a_finding_is_waived_by_a_reviewer_who_is_no_author(chain: Chain) -> None:
    waiver = Waiver(
        at=NOON,
        change=CHANGE,
        role=LEGAL,
        rule="Starter.Promises",
        match=OTHER,
        reason="It is a quotation.",
        until=NOON + DAY,
    )
    chain.add(ANA, waiver)
    chain.add(BEN, waiver)

    (waived,) = chain.state.changes[CHANGE].waivers

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]
    assert (waived.person, waived.waiver.rule) == (BEN, "Starter.Promises")


def test_what_is_said_of_an_unknown_change_is_ignored(chain: Chain) -> None:
    chain.add(BEN, Comment(at=NOON, change=OTHER_CHANGE, text="?"))

    assert chain.state.ignored == (
        Ignored(5, IgnoredCode.NO_SUCH_CHANGE, "The ledger knows no such change."),
    )


# ------------------------------------------------------------- what candidates get


def test_a_release_makes_a_version() -> None:
    state = Chain.with_a_release().state

    version = state.current(OFFER)

    assert version is not None
    assert (version.number, version.closure, version.compiled) == (1, CLOSURE, COMPILED)
    assert (version.person, version.means) == (DAN, Means.RELEASE)
    assert version.policy == a_policy().digest
    assert version.tag == "release/offer-accepted/v1"
    assert state.main == MAIN
    assert state.changes[CHANGE].stage is Stage.RELEASED


@pytest.mark.parametrize(
    ("release", "code"),
    [
        (a_release(version=2), IgnoredCode.NOT_ENTITLED),
        (a_release(Proposed(OTHER_CHANGE, BASE, SEEN.subjects)), "NO_SUCH_CHANGE"),
        (
            a_release(Proposed(CHANGE, BASE, (a_subject(closure=OTHER),))),
            "CLOSURE_CHANGED",
        ),
        (
            a_release(Proposed(CHANGE, BASE, (a_subject(compiled=OTHER),))),
            "COMPILED_CHANGED",
        ),
        (
            a_release(Proposed(CHANGE, BASE, (*SEEN.subjects, *SEEN.subjects))),
            "CLOSURE_CHANGED",
        ),
    ],
)
def test_a_release_of_anything_else_is_ignored(
    chain: Chain, release: Release, code: str
) -> None:
    chain.add(DAN, release)

    assert ignored(chain.state) == [(5, code)]
    assert chain.state.versions == {}


def test_only_who_holds_the_role_releases(chain: Chain) -> None:
    chain.add(BEN, a_release())
    chain.add(ANA, a_release())

    assert ignored(chain.state) == [
        (5, IgnoredCode.NOT_ENTITLED),
        (6, IgnoredCode.NOT_ENTITLED),
    ]


@pytest.mark.parametrize("may", [False, True])
def test_an_author_releases_where_the_policy_says_so(*, may: bool) -> None:
    chain = Chain.of_a_team(policy=a_policy(author_may_release=may))
    chain.add(ANA, RoleGrant(at=NOON, person=ANA, role=MANAGER, reason="Small team."))

    chain.add(ANA, a_release())

    assert bool(chain.state.versions) == may


def test_a_change_is_released_once() -> None:
    chain = Chain.with_a_release()

    chain.add(DAN, a_release(version=2))

    assert ignored(chain.state) == [(8, IgnoredCode.NOT_ENTITLED)]


def test_a_rollback_brings_the_bytes_back_under_a_new_number() -> None:
    chain = Chain.with_a_release()

    chain.add(DAN, a_rollback(version=2))

    version = chain.state.current(OFFER)
    assert version is not None
    assert (version.number, version.of, version.means) == (2, 1, Means.ROLLBACK)
    assert (version.closure, version.change) == (CLOSURE, CHANGE)


@pytest.mark.parametrize(
    ("rollback", "code"),
    [
        (a_rollback(version=3), "NOT_ENTITLED"),
        (a_rollback(version=2, to=7), "NOT_RELEASED"),
        (a_rollback(version=2, of=a_subject(closure=OTHER)), "CLOSURE_CHANGED"),
        (a_rollback(version=2, of=a_subject(compiled=OTHER)), "COMPILED_CHANGED"),
    ],
)
def test_a_rollback_to_what_never_was_is_ignored(rollback: Rollback, code: str) -> None:
    chain = Chain.with_a_release()

    chain.add(DAN, rollback)

    assert ignored(chain.state) == [(8, code)]


def test_what_was_withdrawn_for_cause_never_comes_back() -> None:
    chain = Chain.with_a_release()
    chain.add(BEN, Recall(at=NOON, subject=OFFER, version=1, reason="Unlawful."))

    chain.add(DAN, a_rollback(version=2))
    chain.add(CARA, Recall(at=NOON, subject=OFFER, version=1, reason="Again."))

    assert ignored(chain.state) == [
        (9, IgnoredCode.WITHDRAWN),
        (10, IgnoredCode.WITHDRAWN),
    ]


def test_a_hold_ends_by_those_who_hold_its_role() -> None:
    chain = Chain.with_a_release()
    chain.add(BEN, HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="A claim."))
    end = HoldRelease(at=NOON, subject=OFFER, hold=8, reason="Settled.")
    chain.add(DAN, end)
    held = chain.state.holds
    chain.add(BEN, end)

    assert [hold.person for hold in held[OFFER]] == [BEN]
    assert ignored(chain.state) == [(9, IgnoredCode.NOT_ENTITLED)]
    assert chain.state.holds == {}


def test_an_empty_ledger_says_nothing() -> None:
    assert replay([]) == EMPTY
    assert EMPTY.head == ""
    assert EMPTY.current(OFFER) is None
