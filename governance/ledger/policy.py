"""The policy: who must agree with what. It is data, and changes by signed entries only.

What an organisation calls its roles, how many of each it takes and for how long a yes
holds is its own business; this module knows only how two policies compare.
"""

from enum import StrEnum
from math import inf
from typing import Annotated, Final

import msgspec

from governance.ledger.entry import Line, RoleName, Text, Word
from governance.names import Digest, Role
from governance.trust.canonical import digest, spelled

CLASSES: Final = ("message", "journey", "record", "standards")
SERVICE: Final = Role("service")  # a program's key: it attests, and agrees to nothing

FOR_EVER: Final = 1 << 62  # seconds

_Seconds = Annotated[int, msgspec.Meta(ge=0, le=3_200_000_000)]  # a hundred years
_Seats = Annotated[int, msgspec.Meta(ge=0, le=100)]


class ClassRule(Word, frozen=True, kw_only=True):
    """What it takes to release something of a class.

    Attributes:
        quorum: Role → how many different people.
        max_age: For how many seconds a yes holds; 0 for ever.
    """

    quorum: dict[RoleName, _Seats]
    max_age: _Seconds = 0


class ReleaseRule(Word, frozen=True, kw_only=True):
    """Who publishes what was agreed to."""

    role: RoleName
    author_may_release: bool = False


class RollbackRule(Word, frozen=True, kw_only=True):
    """Who goes back to an earlier version at once."""

    role: RoleName


class EmergencyRule(Word, frozen=True, kw_only=True):
    """How two people publish what nobody had the time to agree to.

    Attributes:
        role: Who asks for it.
        seconds: One of these must join; a different person.
        lasts: How long the request may wait for its second, in seconds.
        review_within: How long the version holds until the full quorum has signed.
    """

    role: RoleName
    seconds: tuple[RoleName, ...]
    lasts: _Seconds
    review_within: _Seconds


class Policy(Word, frozen=True, kw_only=True):
    """What an organisation demands.

    Attributes:
        roles: Role → the title that people read.
        meanings: Role → what its signature means.
        admin: The role that enrols people and changes this policy.
    """

    roles: dict[RoleName, Line]
    classes: dict[str, ClassRule]
    meanings: dict[RoleName, Text]
    release: ReleaseRule
    rollback: RollbackRule
    emergency: EmergencyRule
    admin: RoleName = Role("admin")

    @property
    def digest(self) -> Digest:
        """The SHA-256 of its one spelling."""
        return digest(spelled(self))

    @property
    def reviewing(self) -> frozenset[Role]:
        """The roles that some quorum asks for."""
        return frozenset(
            role
            for rule in self.classes.values()
            for role, seats in rule.quorum.items()
            if seats
        )


class Comparison(StrEnum):
    """How a policy stands to the one before it."""

    STRICTER = "stricter"
    EQUAL = "equal"
    WEAKER = "weaker"


def compare(new: Policy, old: Policy) -> Comparison:
    """Say how ``new`` stands to ``old``.

    Weaker is whatever asks for less in one respect, though it asks for more in others:
    fewer seats, a longer life of a yes, or a power that somebody did not have. Titles
    and meanings are words, which no program can weigh.
    """
    ours, theirs = _demands(new), _demands(old)
    steps = {
        ours.get(demand, -inf) - theirs.get(demand, -inf)
        for demand in ours.keys() | theirs.keys()
        if ours.get(demand) != theirs.get(demand)
    }
    if any(step < 0 for step in steps) or _powers(new) - _powers(old):
        return Comparison.WEAKER
    return Comparison.STRICTER if steps or _powers(old) != _powers(new) else _EQUAL


def flaw(policy: Policy) -> str:
    """Say in English why ``policy`` cannot be used, "" for one that can."""
    for name in CLASSES:
        if name not in policy.classes or not any(policy.classes[name].quorum.values()):
            return f"nobody has to agree with the class “{name}”"
    named = policy.reviewing | {role for _power, role in _powers(policy) if role}
    if SERVICE in named:
        return f"“{SERVICE}” is for programs, which agree to nothing"
    if unknown := named - policy.roles.keys():
        return f"the role “{min(unknown)}” has no title"
    return ""


_EQUAL: Final = Comparison.EQUAL


def _demands(policy: Policy) -> dict[tuple[str, ...], float]:
    """Give each demand a number that grows as it becomes stricter."""
    demands: dict[tuple[str, ...], float] = {
        ("emergency lasts",): -policy.emergency.lasts,
        ("emergency review",): -policy.emergency.review_within,
    }
    for name, rule in policy.classes.items():
        demands["life", name] = -(rule.max_age or FOR_EVER)
        for role, seats in rule.quorum.items():
            if seats:
                demands["seats", name, role] = seats
    return demands


def _powers(policy: Policy) -> frozenset[tuple[str, Role]]:
    powers = {
        ("administer", policy.admin),
        ("release", policy.release.role),
        ("roll back", policy.rollback.role),
        ("ask in an emergency", policy.emergency.role),
        *(("join in an emergency", role) for role in policy.emergency.seconds),
    }
    if policy.release.author_may_release:
        powers.add(("release one's own", Role("")))
    return frozenset(powers)
