"""How old a yes may be, and by which policy it is judged."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from governance.approval.verdict import Code
from governance.approval.verify import (
    verify,
    verify_change,
)
from governance.ledger.kinds import (
    PolicyChange,
)
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    DAN,
    DAY,
    HR,
    LEGAL,
    MONTH,
    NOON,
    OTHER,
    RELEASED,
    SEEN,
    YEAR,
    Chain,
    a_policy,
    a_release,
    a_revision,
    an_approval,
)


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
