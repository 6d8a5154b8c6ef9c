from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from governance.approval.quorum import quorum_of, seat
from governance.approval.tally import Tally
from governance.ledger.policy import ClassRule
from governance.names import PersonId, Role
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    COMMS,
    HR,
    INVITE,
    LEGAL,
    a_policy,
    a_subject,
)

ROLES = st.sampled_from([LEGAL, HR, COMMS])
QUORUMS = st.dictionaries(ROLES, st.integers(0, 2), max_size=2)
PEOPLE = st.sampled_from([PersonId(letter) for letter in "abcd"])


def most_seats(
    quorum: dict[Role, int], willing: dict[PersonId, frozenset[Role]]
) -> int:
    """The slow way: try every order of the people, and of nobody, on the seats."""
    seats = [role for role, count in quorum.items() for _ in range(count)]
    held = [*willing.values(), *[frozenset[Role]()] * len(seats)]
    return max(
        sum(role in roles for role, roles in zip(seats, order, strict=True))
        for order in permutations(held, len(seats))
    )


@given(quorum=QUORUMS, willing=st.dictionaries(PEOPLE, st.frozensets(ROLES)))
def test_as_many_seats_are_filled_as_can_be(
    quorum: dict[Role, int], willing: dict[PersonId, frozenset[Role]]
) -> None:
    seats = seat(quorum, willing)

    assert len(seats) == most_seats(quorum, willing)
    assert all(role in willing[person] for person, role in seats.items())
    counts = {role: list(seats.values()).count(role) for role in quorum}
    assert all(counts[role] <= quorum[role] for role in quorum)


def test_who_may_sit_twice_leaves_the_seat_that_others_need() -> None:
    both = frozenset({LEGAL, HR})

    seats = seat({LEGAL: 1, HR: 1}, {ANA: both, BEN: frozenset({HR})})

    assert seats == {ANA: LEGAL, BEN: HR}


def test_the_quorums_of_several_classes_add_up() -> None:
    policy = replace(
        a_policy({LEGAL: 1, HR: 1}),
        classes=a_policy({LEGAL: 1, HR: 1}).classes
        | {"standards": ClassRule(quorum={COMMS: 1, HR: 2, LEGAL: 0})},
    )
    subjects = (a_subject(), a_subject(INVITE, classes=("message", "standards")))

    assert quorum_of(policy, subjects[:1]) == {LEGAL: 1, HR: 1}
    assert quorum_of(policy, subjects) == {LEGAL: 1, HR: 2, COMMS: 1}


def test_an_unknown_class_asks_for_everybody() -> None:
    policy = replace(
        a_policy({LEGAL: 1}),
        classes=a_policy({LEGAL: 1}).classes | {"record": ClassRule(quorum={COMMS: 1})},
    )

    assert quorum_of(policy, [a_subject(classes=("poem",))]) == {LEGAL: 1, COMMS: 1}


def test_a_tally_says_who_is_missing() -> None:
    tally = Tally({LEGAL: 2, HR: 1}, {CARA: LEGAL, BEN: HR})

    assert tally.missing == {LEGAL: 1}
    assert tally.people(LEGAL) == (CARA,)
    assert tally.people(COMMS) == ()
