"""A version that somebody is about to use, and what makes everything stop."""

from dataclasses import dataclass, field, replace

import pytest
from msgspec.structs import replace as with_

from governance.approval.alarms import alarm
from governance.approval.candidate import Candidate, Proposed
from governance.approval.verdict import Code, Verdict
from governance.approval.verify import (
    approvals_of,
    entitlement,
    verify,
)
from governance.ledger.kinds import (
    Comment,
    HoldSet,
    KeyRevocation,
    Recall,
)
from governance.ledger.replay import replay
from governance.ledger.seen import Seen
from governance.ledger.state import Means
from governance.names import Commit
from governance.trust.canonical import digest
from tests.fakes.make import (
    ANA,
    BASE,
    BEN,
    CARA,
    CHANGE,
    DAN,
    HR,
    INVITE,
    LEGAL,
    MAIN,
    NOON,
    OFFER,
    OTHER,
    OTHER_CHANGE,
    RELEASED,
    SEEN,
    Chain,
    a_release,
    a_rollback,
    a_subject,
    an_approval,
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
