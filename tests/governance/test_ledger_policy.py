import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from governance.approval.verdict import Code
from governance.errors import UnknownFormatError
from governance.ledger.kinds import PolicyChange, RoleGrant, Second
from governance.ledger.policy import (
    CLASSES,
    SERVICE,
    ClassRule,
    Comparison,
    EmergencyRule,
    Policy,
    ReleaseRule,
    RollbackRule,
    compare,
    flaw,
)
from governance.ledger.state import IgnoredCode
from governance.ledger.statement import from_statement, to_statement
from governance.names import Role
from governance.trust.canonical import digest
from tests.fakes.make import (
    ADMIN,
    ANA,
    BEN,
    CARA,
    CHANGE,
    COMMS,
    DAN,
    EVE,
    HR,
    LEGAL,
    MANAGER,
    NOON,
    OTHER,
    SEEN,
    YEAR,
    Chain,
    a_policy,
    a_release,
    an_approval,
)

POLICY = a_policy(max_age=YEAR)
STRICTER = a_policy({LEGAL: 1, HR: 1, COMMS: 1}, max_age=YEAR)
WEAKER = a_policy({LEGAL: 1}, max_age=YEAR)
EMERGENCY = POLICY.emergency


def ruled(quorum: dict[Role, int], max_age: int = YEAR) -> Policy:
    rule = ClassRule(quorum=quorum, max_age=max_age)
    return replace(POLICY, classes=POLICY.classes | {"journey": rule})


def urgent(**changed: object) -> Policy:
    fields = {
        "role": EMERGENCY.role,
        "seconds": EMERGENCY.seconds,
        "lasts": EMERGENCY.lasts,
        "review_within": EMERGENCY.review_within,
    }
    return replace(POLICY, emergency=EmergencyRule(**fields | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (POLICY, Comparison.EQUAL),
        (replace(POLICY, meanings={LEGAL: "I glanced."}), Comparison.EQUAL),
        (ruled({LEGAL: 1, HR: 1, COMMS: 1}), Comparison.STRICTER),
        (ruled({LEGAL: 2, HR: 1}), Comparison.STRICTER),
        (ruled({LEGAL: 1, HR: 1}, YEAR // 2), Comparison.STRICTER),
        (ruled({LEGAL: 1, HR: 1, COMMS: 0}), Comparison.EQUAL),
        (ruled({LEGAL: 1}), Comparison.WEAKER),
        (ruled({LEGAL: 2}), Comparison.WEAKER),
        (ruled({COMMS: 1, HR: 1}), Comparison.WEAKER),
        (ruled({LEGAL: 1, HR: 1}, YEAR + 1), Comparison.WEAKER),
        (ruled({LEGAL: 1, HR: 1}, 0), Comparison.WEAKER),
        (ruled({LEGAL: 5, HR: 5}, 0), Comparison.WEAKER),
        (replace(POLICY, release=ReleaseRule(role=HR)), Comparison.WEAKER),
        (
            replace(POLICY, release=ReleaseRule(role=MANAGER, author_may_release=True)),
            Comparison.WEAKER,
        ),
        (replace(POLICY, rollback=RollbackRule(role=HR)), Comparison.WEAKER),
        (replace(POLICY, admin=HR), Comparison.WEAKER),
        (urgent(role=LEGAL), Comparison.WEAKER),
        (urgent(seconds=(LEGAL, HR, COMMS, ADMIN)), Comparison.WEAKER),
        (urgent(seconds=(LEGAL,)), Comparison.STRICTER),
        (urgent(lasts=EMERGENCY.lasts + 1), Comparison.WEAKER),
        (urgent(review_within=EMERGENCY.review_within - 1), Comparison.STRICTER),
    ],
)
def test_a_policy_is_compared_in_every_respect(
    policy: Policy, expected: Comparison
) -> None:
    assert compare(policy, POLICY) is expected


def test_a_class_more_is_no_weakness_and_one_less_is() -> None:
    more = replace(
        POLICY, classes=POLICY.classes | {"poem": ClassRule(quorum={LEGAL: 1})}
    )

    assert compare(more, POLICY) is Comparison.STRICTER
    assert compare(POLICY, more) is Comparison.WEAKER


QUORUMS = st.dictionaries(
    st.sampled_from([LEGAL, HR, COMMS]), st.integers(0, 2), min_size=1
)
POLICIES = st.builds(ruled, QUORUMS, st.integers(0, 3))


@given(POLICIES, POLICIES)
def test_one_way_is_stricter_only_if_the_other_is_weaker(a: Policy, b: Policy) -> None:
    there, back = compare(a, b), compare(b, a)

    if there is Comparison.STRICTER:
        assert back is Comparison.WEAKER
    if there is Comparison.EQUAL:
        assert back is Comparison.EQUAL


@given(POLICIES, POLICIES, POLICIES)
def test_what_is_no_weaker_than_the_no_weaker_is_no_weaker(
    a: Policy, b: Policy, c: Policy
) -> None:
    weaker = Comparison.WEAKER

    if compare(a, b) is not weaker and compare(b, c) is not weaker:
        assert compare(a, c) is not weaker


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (POLICY, ""),
        (replace(POLICY, classes={}), "message"),
        (ruled({LEGAL: 0}), "journey"),
        (ruled({SERVICE: 1}), "programs"),
        (ruled({Role("cook"): 1}), "cook"),
        (replace(POLICY, roles={LEGAL: "Legal", HR: "HR"}), "title"),
    ],
)
def test_a_policy_under_which_nobody_agrees_is_flawed(policy: Policy, why: str) -> None:
    assert why in flaw(policy)
    assert bool(why) == bool(flaw(policy))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"legal":1', b'"legal":101'), (b'"max_age":0', b'"max_age":9999999999')],
)
def test_a_policy_that_would_only_cost_time_is_of_no_known_form(
    old: bytes, new: bytes
) -> None:
    payload = to_statement(change(a_policy()))
    assert old in payload

    with pytest.raises(UnknownFormatError):
        from_statement(payload.replace(old, new))


def test_all_classes_of_the_plan_are_asked_for() -> None:
    assert CLASSES == ("message", "journey", "record", "standards")


# ------------------------------------------------------------------ in the ledger


@pytest.fixture
def chain() -> Chain:
    chain = Chain.founded(
        policy=POLICY, ben=[LEGAL], cara=[HR], dan=[MANAGER], eve=[ADMIN]
    )
    chain.open()
    return chain


def change(policy: Policy) -> PolicyChange:
    return PolicyChange(at=NOON, policy=policy, reason="We thought about it.")


def second(chain: Chain, position: int = -1) -> Second:
    at = position % len(chain.entries)
    envelope = digest(chain.entries[at])
    return Second(at=NOON, entry=at, envelope=envelope, reason="Yes.")


def agreed(chain: Chain, policy: Policy) -> None:
    """Let both administrators sign ``policy``."""
    chain.add(ANA, change(policy))
    chain.add(EVE, second(chain))


def test_the_only_administrator_makes_the_policy_stricter_and_not_weaker() -> None:
    chain = Chain.founded(policy=POLICY)
    chain.add(ANA, change(WEAKER))
    chain.add(ANA, change(STRICTER))

    assert chain.state.policy == STRICTER
    assert set(chain.state.policies) == {POLICY.digest, STRICTER.digest}
    assert [one.position for one in chain.state.alone] == [2]


def test_one_administrator_cannot_weaken_it(chain: Chain) -> None:
    chain.add(ANA, change(WEAKER))
    chain.approve(BEN, LEGAL)

    assert chain.state.policy == POLICY
    assert [waiting.person for waiting in chain.state.waiting.values()] == [ANA]
    assert chain.verdict(SEEN) is Code.POLICY_WEAKENED


def test_two_administrators_can(chain: Chain) -> None:
    agreed(chain, WEAKER)

    assert chain.state.policy == WEAKER
    assert chain.state.waiting == {}


def test_the_same_administrator_is_no_second(chain: Chain) -> None:
    chain.add(ANA, change(WEAKER))
    chain.add(ANA, second(chain))

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.POLICY_WEAKENED]
    assert chain.state.policy == POLICY


def test_a_second_names_what_they_agree_with(chain: Chain) -> None:
    chain.add(ANA, change(WEAKER))
    chain.add(EVE, replace(second(chain), envelope=OTHER))
    chain.add(EVE, second(chain, 5))

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED] * 2


def test_what_waits_is_forgotten_when_another_policy_comes(chain: Chain) -> None:
    chain.add(ANA, change(WEAKER))
    agreed(chain, STRICTER)
    chain.add(EVE, second(chain, 6))

    assert [one.position for one in chain.state.ignored] == [9]
    assert chain.state.policy == STRICTER


def test_nobody_else_changes_the_policy(chain: Chain) -> None:
    chain.add(BEN, change(STRICTER))

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED]


def test_a_policy_is_not_rolled_back_by_one(chain: Chain) -> None:
    agreed(chain, STRICTER)
    chain.add(ANA, change(POLICY))

    assert chain.state.policy == STRICTER


def test_a_copy_of_the_old_policy_is_a_copy(chain: Chain) -> None:
    agreed(chain, STRICTER)
    chain.entries.append(chain.entries[0])

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.COPY]
    assert chain.state.policy == STRICTER


def test_a_policy_weakened_while_a_change_waits_needs_its_second(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(ANA, change(WEAKER))
    chain.add(DAN, a_release())

    assert chain.verdict() is Code.POLICY_WEAKENED


def test_a_yes_under_a_weaker_policy_is_due_again_under_a_stricter(
    chain: Chain,
) -> None:
    agreed(chain, WEAKER)
    chain.add(BEN, an_approval(policy=WEAKER))
    good = chain.verdict(SEEN)
    agreed(chain, POLICY)
    chain.add(CARA, an_approval(HR, policy=POLICY))

    assert good is Code.VERIFIED
    assert chain.verdict(SEEN) is Code.POLICY_WEAKENED


def test_a_yes_under_a_stricter_policy_counts_under_a_weaker(chain: Chain) -> None:
    chain.add(BEN, an_approval(policy=POLICY))
    agreed(chain, WEAKER)

    assert chain.verdict(SEEN) is Code.VERIFIED


def test_a_policy_without_an_administrator_is_refused() -> None:
    chain = Chain.founded(policy=POLICY)
    chain.add(ANA, change(replace(STRICTER, admin=COMMS)))
    chain.add(ANA, RoleGrant(at=NOON, person=ANA, role=COMMS, reason="Then so."))
    chain.add(ANA, change(replace(STRICTER, admin=COMMS)))

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED]
    assert len(chain.state.waiting) == 1


def test_what_was_released_stays_so_under_a_stricter_policy(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())
    agreed(chain, STRICTER)

    assert chain.verdict() is Code.VERIFIED
    assert chain.state.changes[CHANGE].approvals
