"""A change that is open: what everyone has to agree with before it is released."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_

from governance.approval.candidate import Proposed
from governance.approval.verdict import Code, Verdict, require_verified
from governance.approval.verify import (
    verify_change,
)
from governance.errors import NotVerifiedError
from governance.ledger.kinds import (
    ChangeWithdrawal,
    HoldSet,
    Rejection,
)
from tests.fakes.make import (
    ANA,
    BASE,
    BEN,
    CARA,
    CHANGE,
    HR,
    INVITE,
    LEGAL,
    MAIN,
    NOON,
    OFFER,
    OTHER,
    OTHER_CHANGE,
    SEEN,
    Chain,
    a_subject,
    an_opening,
)


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
