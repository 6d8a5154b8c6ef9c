"""What takes a second administrator: whatever gives somebody power.

An administrator who enrols invented people, or gives a colleague another key, fills a
quorum alone. So once a workspace has had two administrators, one of them alone gives
nobody anything; what takes power away is in force at once, since it cannot wait. If one
withdraws the other, the last one does not become free to act alone: then somebody who
reviews or releases agrees in the other's place.
"""

from typing import Final

from governance.ledger.kinds import Enrolment, PolicyChange, RoleGrant
from governance.ledger.policy import Comparison, Policy, compare
from governance.ledger.sight import Sight
from governance.ledger.state import Member
from governance.names import PersonId, Role

Empowering = Enrolment | RoleGrant | PolicyChange

_NOBODY: Final[frozenset[PersonId]] = frozenset()


def adds_power(sight: Sight, entry: Empowering) -> bool:
    """Whether somebody could do more after ``entry`` than before."""
    if not isinstance(entry, Enrolment):
        return True
    before = sight.members.get(entry.person)
    return (
        before is None
        or before.key is None
        or before.key.openssh != entry.key
        or before.name != entry.name
        or not before.roles.issuperset(entry.roles)
    )


def needs_second(sight: Sight, entry: Empowering) -> bool:
    """Whether ``entry`` waits for a second administrator.

    A weaker policy does so even where there is only one.
    """
    if sight.is_shared:
        return adds_power(sight, entry)
    return (
        isinstance(entry, PolicyChange)
        and sight.policy is not None
        and compare(entry.policy, sight.policy) is Comparison.WEAKER
    )


def administrators(sight: Sight, policy: Policy | None = None) -> frozenset[PersonId]:
    """Return who administers with a key in use, by the policy in force or another."""
    ruling = policy or sight.policy
    if ruling is None:
        return _NOBODY
    return frozenset(
        member.person
        for member in sight.members.values()
        if member.key and ruling.admin in member.roles
    )


def may_second(sight: Sight, policy: Policy, member: Member, first: PersonId) -> bool:
    """Whether ``member`` may agree with what ``first`` signed."""
    if policy.admin in member.roles:
        return True
    stands_in = sight.is_shared and not administrators(sight) - {first}
    return stands_in and bool(member.roles & stopping(policy))


def stopping(policy: Policy) -> frozenset[Role]:
    """Return the roles of those who review, release or administer."""
    return policy.reviewing | {policy.admin, policy.release.role, policy.rollback.role}
