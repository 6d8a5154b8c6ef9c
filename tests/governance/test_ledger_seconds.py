"""What takes a second administrator, and how one alone gets nowhere without them."""

import pytest

from governance.approval.verdict import Code
from governance.ledger.entry import Entry
from governance.ledger.kinds import (
    Enrolment,
    KeyRevocation,
    PolicyChange,
    RoleGrant,
    RoleRevocation,
    Second,
)
from governance.ledger.policy import SERVICE
from governance.ledger.state import IgnoredCode, Waiting
from governance.names import PersonId
from governance.trust.canonical import digest
from governance.trust.keys import SigningKey
from tests.fakes.make import (
    ADMIN,
    ANA,
    BEN,
    CARA,
    COMMS,
    DAN,
    EVE,
    HR,
    LEGAL,
    MANAGER,
    MONTH,
    NOON,
    OTHER,
    Chain,
    a_policy,
    a_release,
    key_of,
)

FINN, GIL = PersonId("finn@example.com"), PersonId("gil@example.com")
STRICTER = a_policy(max_age=MONTH)


@pytest.fixture
def chain() -> Chain:
    """Ana and Eve administer; five entries."""
    return Chain.founded(ben=[LEGAL], cara=[HR], dan=[MANAGER], eve=[ADMIN])


def enrolment(person: PersonId, *roles: str, key: SigningKey | None = None) -> Entry:
    name = person.split("@")[0].capitalize()
    line = (key or key_of(person)).public.openssh
    return Enrolment(at=NOON, person=person, name=name, key=line, roles=roles)  # type: ignore[arg-type]


def second(chain: Chain, by: PersonId, position: int = -1) -> None:
    """Let ``by`` agree with the entry at a position, the last one at first."""
    at = position % len(chain.entries)
    envelope = digest(chain.entries[at])
    chain.add(by, Second(at=NOON, entry=at, envelope=envelope, reason="Yes."))


def grant(person: PersonId, role: str) -> RoleGrant:
    return RoleGrant(at=NOON, person=person, role=role, reason="Helps out.")  # type: ignore[arg-type]


def revocation(person: PersonId, key: SigningKey | None = None) -> KeyRevocation:
    name = (key or key_of(person)).public.fingerprint
    return KeyRevocation(at=NOON, person=person, key=name, reason="Lost.")


GIVING = [
    enrolment(FINN, LEGAL),
    enrolment(FINN, SERVICE),
    enrolment(BEN, LEGAL, key=SigningKey.generate()),
    enrolment(BEN, LEGAL, HR),
    grant(CARA, LEGAL),
    PolicyChange(at=NOON, policy=STRICTER, reason="Read it oftener."),
]


@pytest.mark.parametrize("entry", GIVING)
def test_what_gives_power_waits_for_the_second_administrator(
    chain: Chain, entry: Entry
) -> None:
    before = chain.state
    chain.add(ANA, entry)
    between = chain.state
    second(chain, EVE)
    after = chain.state

    assert (between.members, between.keys) == (before.members, before.keys)
    assert between.policy == before.policy
    assert between.waiting[5] == Waiting(
        ANA, key_of(ANA).public.fingerprint, between.waiting[5].entry, 5,
        digest(chain.entries[5]),
    )  # fmt: skip
    assert after.waiting == {}
    assert (after.members, after.policy) != (before.members, before.policy)
    assert after.ignored == ()


@pytest.mark.parametrize("entry", GIVING[:1] + GIVING[2:5])
def test_the_only_administrator_acts_at_once_and_it_is_told(entry: Entry) -> None:
    chain = Chain.founded(ben=[LEGAL], cara=[HR])
    chain.add(ANA, entry)

    assert chain.state.waiting == {}
    assert [(one.person, one.position) for one in chain.state.alone] == [
        (ANA, 1),
        (ANA, 2),
        (ANA, 3),
    ]


def test_who_brings_the_second_administrator_is_bound_by_it_from_then_on() -> None:
    chain = Chain.founded()
    chain.add(ANA, enrolment(EVE, ADMIN))
    chain.add(ANA, enrolment(BEN, LEGAL))

    assert chain.state.is_shared
    assert BEN not in chain.state.members
    assert [one.position for one in chain.state.alone] == [1]


def test_nobody_is_their_own_second(chain: Chain) -> None:
    chain.add(ANA, enrolment(FINN, LEGAL))
    second(chain, ANA)

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED]
    assert FINN not in chain.state.members


@pytest.mark.parametrize("person", [BEN, DAN])
def test_while_there_is_another_administrator_nobody_else_agrees(
    chain: Chain, person: PersonId
) -> None:
    chain.add(ANA, enrolment(FINN, LEGAL))
    second(chain, person)

    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED]


def test_a_second_agrees_with_one_entry_as_stored(chain: Chain) -> None:
    chain.add(ANA, enrolment(FINN, LEGAL))
    chain.add(EVE, Second(at=NOON, entry=5, envelope=OTHER, reason="Yes."))
    second(chain, EVE, 4)
    second(chain, EVE, 5)
    second(chain, EVE, 5)

    assert [one.position for one in chain.state.ignored] == [6, 7, 9]
    assert FINN in chain.state.members


def test_a_program_seconds_nothing() -> None:
    chain = Chain.founded()
    chain.enrol(GIL, SERVICE)
    chain.enrol(EVE, ADMIN)
    chain.add(ANA, enrolment(FINN, LEGAL))
    second(chain, GIL)

    assert FINN not in chain.state.members


TAKING = [
    RoleRevocation(at=NOON, person=BEN, role=LEGAL, reason="Moved."),
    RoleRevocation(at=NOON, person=EVE, role=ADMIN, reason="Moved."),
    revocation(BEN),
    revocation(EVE),
    enrolment(BEN),
]


@pytest.mark.parametrize("entry", TAKING)
def test_what_takes_power_away_is_in_force_at_once(chain: Chain, entry: Entry) -> None:
    before = chain.state.members
    chain.add(ANA, entry)

    assert chain.state.waiting == {}
    assert chain.state.members != before
    assert chain.state.ignored == ()


@pytest.mark.parametrize("how", TAKING[1:4:2])
def test_who_withdraws_the_other_administrator_still_gives_nothing_alone(
    chain: Chain, how: Entry
) -> None:
    chain.add(ANA, how)
    chain.add(ANA, enrolment(FINN, LEGAL))
    chain.add(ANA, enrolment(GIL, HR))
    chain.open()
    chain.approve(FINN, LEGAL)
    chain.approve(GIL, HR)
    chain.add(DAN, a_release())

    assert set(chain.state.waiting) == {6, 7}
    assert chain.verdict() is Code.QUORUM_MISSING


def test_when_no_other_is_left_somebody_who_reviews_agrees(chain: Chain) -> None:
    chain.add(ANA, revocation(EVE))
    chain.add(ANA, enrolment(FINN, ADMIN))
    second(chain, BEN)
    chain.add(ANA, grant(CARA, LEGAL))
    second(chain, BEN)

    assert ADMIN in chain.state.members[FINN].roles
    assert LEGAL not in chain.state.members[CARA].roles
    assert [one.position for one in chain.state.ignored] == [9]


def test_what_somebody_agreed_to_in_the_others_place_frees_nobody(
    chain: Chain,
) -> None:
    chain.add(ANA, revocation(EVE))
    chain.add(ANA, enrolment(FINN, HR))
    second(chain, BEN)
    chain.add(ANA, enrolment(GIL, LEGAL))

    assert FINN in chain.state.members
    assert GIL not in chain.state.members


def test_who_reviews_nothing_stands_in_for_nobody() -> None:
    chain = Chain.founded(cara=[COMMS], eve=[ADMIN])
    chain.add(ANA, revocation(EVE))
    chain.add(ANA, enrolment(FINN, LEGAL))
    second(chain, CARA)

    assert FINN not in chain.state.members


@pytest.mark.parametrize(
    "how",
    [
        revocation(ANA),
        RoleRevocation(at=NOON, person=ANA, role=ADMIN, reason="Moved."),
    ],
)
def test_what_waits_is_void_once_its_signer_is_no_administrator(
    chain: Chain, how: Entry
) -> None:
    chain.add(ANA, enrolment(FINN, LEGAL))
    chain.add(EVE, how)
    second(chain, EVE, 5)

    assert FINN not in chain.state.members
    assert [one.code for one in chain.state.ignored] == [IgnoredCode.NOT_ENTITLED]


def test_what_waits_is_void_once_its_signer_has_another_key(chain: Chain) -> None:
    new = SigningKey.generate()
    chain.add(ANA, enrolment(FINN, LEGAL))
    chain.add(EVE, enrolment(ANA, ADMIN, key=new))
    chain.add(ANA, Second(at=NOON, entry=6, envelope=digest(chain.entries[6]),
                          reason="Mine."))  # fmt: skip
    second(chain, EVE, 5)

    assert chain.state.members[ANA].key == new.public
    assert FINN not in chain.state.members


def test_what_became_impossible_meanwhile_does_not_happen(chain: Chain) -> None:
    shared = SigningKey.generate()
    chain.add(ANA, enrolment(FINN, LEGAL, key=shared))
    chain.add(ANA, enrolment(GIL, HR, key=shared))
    second(chain, EVE, 5)
    second(chain, EVE, 6)

    assert FINN in chain.state.members
    assert GIL not in chain.state.members
    assert [one.position for one in chain.state.ignored] == [8]


def test_a_key_is_in_use_from_the_second_on(chain: Chain) -> None:
    chain.add(ANA, enrolment(FINN, LEGAL))
    chain.open(by=FINN)
    second(chain, EVE, 5)

    assert chain.state.keys[key_of(FINN).public.fingerprint].since == 7
    assert chain.state.changes == {}
