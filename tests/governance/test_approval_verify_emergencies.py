"""Emergencies: two people now, the full review afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace as with_

from governance.approval.candidate import Proposed
from governance.approval.emergencies import unreviewed
from governance.approval.tally import known_to_write
from governance.approval.verdict import Code, Verdict
from governance.approval.verify import (
    verify,
)
from governance.ledger.kinds import (
    KeyRevocation,
    Recall,
)
from governance.names import PersonId, Role
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
    MANAGER,
    NOON,
    OFFER,
    OTHER,
    OTHER_CHANGE,
    RELEASED,
    Chain,
    a_release,
    a_rollback,
    a_second,
    a_subject,
    an_emergency,
    key_of,
)


@pytest.fixture
def chain() -> Chain:
    return Chain.with_a_release()


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


def test_an_author_that_git_knows_is_no_second_of_an_emergency() -> None:
    state = known_to_write(hurried().state, CHANGE, [BEN])

    assert verify(state, RELEASED, now=NOON).code is Code.NOT_ENTITLED
