"""Refusals before anybody signs: the same question that replay asks."""

import pytest
from msgspec.structs import replace

from governance.approval.tally import Tally, tally
from governance.errors import NotEntitledError, UnknownFormatError
from governance.ledger.entitled import require_may_write
from governance.ledger.entry import Entry
from governance.ledger.kinds import (
    Anchor,
    Comment,
    Enrolment,
    HoldRelease,
    HoldSet,
    PolicyChange,
    Recall,
    Rejection,
)
from governance.ledger.policy import SERVICE
from governance.ledger.seen import Seen
from governance.ledger.state import EMPTY
from governance.names import PersonId
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    CHANGE,
    COMMS,
    DAN,
    EVE,
    HR,
    INVITE,
    LEGAL,
    MANAGER,
    NOON,
    OFFER,
    OTHER,
    Chain,
    a_policy,
    a_second,
    an_approval,
    an_emergency,
)

HELLO = Comment(at=NOON, change=CHANGE, text="Hello.")
SEVERAL = Enrolment(at=NOON, person=EVE, name="Eve", key="ssh-rsa AAAA", roles=(HR,))


@pytest.fixture
def chain() -> Chain:
    chain = Chain.with_a_release()
    chain.enrol(EVE, SERVICE)
    return chain


@pytest.mark.parametrize(
    ("person", "entry", "why"),
    [
        (PersonId("who@example.com"), HELLO, "takes no part"),
        (EVE, HELLO, "program"),
        (ANA, SEVERAL, "no Ed25519 key"),
        (ANA, PolicyChange(at=NOON, policy=a_policy(), reason="-"), "already"),
        (DAN, HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="-"), "not hold"),
        (BEN, HoldRelease(at=NOON, subject=OFFER, hold=3, reason="-"), "no such hold"),
        (BEN, Recall(at=NOON, subject=INVITE, version=1, reason="-"), "never released"),
        (BEN, an_approval(), "no longer under review"),
    ],
)
def test_a_refusal_says_why(
    chain: Chain, person: PersonId, entry: Entry, why: str
) -> None:
    with pytest.raises(NotEntitledError, match=why):
        require_may_write(chain.state, entry, person)


def test_a_role_that_reviews_nothing_stops_and_rejects_nothing() -> None:
    chain = Chain.founded(cara=[COMMS], dan=[MANAGER])
    chain.open()
    chain.add(DAN, an_emergency())
    state = chain.state
    odd = replace(a_policy(), emergency=replace(a_policy().emergency, seconds=(LEGAL,)))
    second = Chain.founded(policy=odd, cara=[COMMS], dan=[MANAGER])
    second.open()
    second.add(DAN, an_emergency())

    for entry in (
        HoldSet(at=NOON, subject=OFFER, role=COMMS, reason="-"),
        Rejection(at=NOON, change=CHANGE, role=COMMS, reason="-"),
    ):
        with pytest.raises(NotEntitledError, match="nothing"):
            require_may_write(state, entry, CARA)
    with pytest.raises(NotEntitledError, match="joins no emergency"):
        require_may_write(second.state, a_second(4, COMMS), CARA)


def test_who_reviews_nothing_recalls_nothing() -> None:
    chain = Chain.founded(ben=[LEGAL], cara=[HR], dan=[MANAGER], eve=[COMMS])
    chain.open()
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    recall = Recall(at=NOON, subject=OFFER, version=1, reason="-")

    with pytest.raises(NotEntitledError, match="may not stop it"):
        require_may_write(chain.state, recall, EVE)


def test_of_two_holds_one_stays_when_the_other_ends() -> None:
    chain = Chain.with_a_release()
    chain.add(BEN, HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="A claim."))
    chain.add(CARA, HoldSet(at=NOON, subject=OFFER, role=HR, reason="A strike."))

    chain.add(BEN, HoldRelease(at=NOON, subject=OFFER, hold=8, reason="Settled."))

    assert [hold.role for hold in chain.state.holds[OFFER]] == [HR]


def test_an_anchor_is_kept(chain: Chain) -> None:
    anchor = Anchor(at=NOON, digest=OTHER, where="The notary, file 12.")

    chain.add(BEN, anchor)

    assert [kept.where for kept in chain.state.anchors] == ["The notary, file 12."]


def test_nobody_has_founded_an_empty_ledger() -> None:
    with pytest.raises(NotEntitledError):
        require_may_write(EMPTY, HELLO, ANA)

    assert tally(EMPTY, CHANGE) == Tally({}, {})


def test_a_change_is_called_what_its_author_called_it(chain: Chain) -> None:
    assert chain.state.changes[CHANGE].title == "Warmer words"


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"length":-1}'])
def test_a_record_of_what_was_seen_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        Seen.from_bytes(data)
