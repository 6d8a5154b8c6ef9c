"""Who may write what, where: judged by the state before the entry.

An entry that its signer may not write has no effect, so a use case asks the same
question before it signs. What it takes to *use* a version is ``approval``'s business.
"""

from collections.abc import Iterable

from governance.errors import NotEntitledError, UnknownFormatError
from governance.ledger.entitled_changes import (
    require_can_return,
    require_may_say,
    version_of,
)
from governance.ledger.entry import Entry
from governance.ledger.kinds import (
    AboutChange,
    Anchor,
    Enrolment,
    Genesis,
    HoldRelease,
    HoldSet,
    KeyRevocation,
    PolicyChange,
    Recall,
    RoleGrant,
    RoleRevocation,
    Rollback,
    Second,
)
from governance.ledger.policy import SERVICE, Policy, flaw
from governance.ledger.seconds import administrators, may_second, stopping
from governance.ledger.sight import Sight, refuse, require_role
from governance.ledger.state import (
    IgnoredCode,
    Member,
)
from governance.names import PersonId, Role
from governance.texts import _
from governance.trust.keys import PublicKey


def require_may_write(  # noqa: C901, PLR0912 -- one case a kind
    sight: Sight, entry: Entry, person: PersonId
) -> None:
    """Let an entry pass that ``person`` may write now.

    Raises:
        NotEntitledError: They may not, with the code that replay would name.
    """
    if isinstance(entry, Genesis):
        _require_may_found(sight, entry)
        return
    policy, member = sight.policy, sight.members.get(person)
    if policy is None or member is None:
        refuse(_("{person} takes no part here.").format(person=person))
    if member.is_service:
        refuse(_("A program's key signs what was sent, and nothing here."))
    match entry:
        case AboutChange():
            require_may_say(sight, policy, entry, member)
        case Enrolment() | RoleGrant() | RoleRevocation() | KeyRevocation():
            _require_may_staff(sight, policy, entry, member)
        case PolicyChange():
            _require_may_rule(sight, policy, entry, member)
        case Second():
            _require_may_second(sight, policy, entry, member)
        case Rollback():
            require_role(member, policy.rollback.role)
            require_can_return(sight, entry)
        case Recall():
            _require_can_stop(policy, member)
            version = version_of(sight, entry.subject, entry.version)
            if version.recalled:
                refuse(_("It is withdrawn already."), IgnoredCode.WITHDRAWN)
        case HoldSet():
            require_role(member, entry.role)
            if entry.role not in stopping(policy):
                refuse(_("The role “{role}” stops nothing.").format(role=entry.role))
        case HoldRelease():
            held = sight.holds.get(entry.subject, ())
            hold = next((one for one in held if one.position == entry.hold), None)
            if hold is None:
                refuse(_("There is no such hold."))
            require_role(member, hold.role)
        case Anchor():
            pass
        case _:  # Recover, where nothing is broken
            refuse(_("There is nothing to recover from."))


# ------------------------------------------------------------------ people and policy


def _require_may_found(sight: Sight, entry: Genesis) -> None:
    if sight.policy is not None:
        refuse(_("The workspace was founded before."))
    _key(entry.key)
    _require_sound(entry.policy)
    _require_known_roles(entry.policy, entry.roles)


def _require_may_staff(
    sight: Sight,
    policy: Policy,
    entry: Enrolment | RoleGrant | RoleRevocation | KeyRevocation,
    member: Member,
) -> None:
    is_own_key = isinstance(entry, KeyRevocation) and entry.person == member.person
    if not is_own_key:
        require_role(member, policy.admin)
    match entry:
        case Enrolment():
            _require_can_enrol(sight, policy, entry)
        case RoleGrant():
            _require_known_roles(policy, [entry.role])
            _require_person(sight, entry.person)
        case RoleRevocation():
            held = _require_person(sight, entry.person)
            require_role(held, entry.role)
            if entry.role == policy.admin:
                _require_another_admin(sight, entry.person)
        case KeyRevocation():
            _require_can_revoke(sight, policy, entry)


def _require_can_enrol(sight: Sight, policy: Policy, entry: Enrolment) -> None:
    fingerprint = _key(entry.key).fingerprint
    known, before = sight.keys.get(fingerprint), sight.members.get(entry.person)
    if known and (known.person != entry.person or known.until is not None):
        refuse(_("This key is or was somebody's already; make a new one."))
    is_service = entry.roles == (SERVICE,)
    if before and before.is_service != is_service:
        refuse(_("A program does not become a person, nor the reverse."))
    if not is_service:
        _require_known_roles(policy, entry.roles)
    if before and policy.admin in before.roles and policy.admin not in entry.roles:
        _require_another_admin(sight, entry.person)


def _require_can_revoke(sight: Sight, policy: Policy, entry: KeyRevocation) -> None:
    known = sight.keys.get(entry.key)
    if known is None or known.person != entry.person:
        refuse(_("{person} has no such key.").format(person=entry.person))
    if known.until is not None and (entry.since is None or known.stolen_at is not None):
        refuse(_("This key was revoked before."))
    if entry.since is not None and not known.since <= entry.since <= sight.length:
        refuse(_("The key was not in use at that position."))
    member = sight.members[entry.person]
    if known.until is None and policy.admin in member.roles:
        _require_another_admin(sight, entry.person)


def _require_may_rule(
    sight: Sight, policy: Policy, entry: PolicyChange, member: Member
) -> None:
    require_role(member, policy.admin)
    _require_sound(entry.policy)
    if entry.policy.digest == policy.digest:
        refuse(_("This policy is in force already."))
    if not administrators(sight, entry.policy):
        refuse(_("Nobody would be left to administer the workspace."))


def _require_may_second(
    sight: Sight, policy: Policy, entry: Second, member: Member
) -> None:
    waiting = sight.waiting.get(entry.entry)
    if waiting is None or waiting.envelope != entry.envelope:
        refuse(_("Nothing waits there for a second administrator."))
    if waiting.person == member.person:
        is_policy = isinstance(waiting.entry, PolicyChange)
        refuse(
            _("You signed it first; it takes a second administrator."),
            IgnoredCode.POLICY_WEAKENED if is_policy else IgnoredCode.NOT_ENTITLED,
        )
    if not may_second(sight, policy, member, waiting.person):
        require_role(member, policy.admin)
    first = sight.members[waiting.person]
    if first.key is None or first.key.fingerprint != waiting.key:
        refuse(_("The key of who signed it first is in use no longer."))
    require_may_write(sight, waiting.entry, waiting.person)  # it may have become void


def _require_sound(policy: Policy) -> None:
    if why := flaw(policy):
        refuse(_("The policy cannot be used: {why}.").format(why=why))


def _require_known_roles(policy: Policy, roles: Iterable[Role]) -> None:
    for role in roles:
        if role == SERVICE or role not in policy.roles:
            refuse(_("There is no role “{role}” for people.").format(role=role))


def _require_person(sight: Sight, person: PersonId) -> Member:
    member = sight.members.get(person)
    if member is None or member.is_service:
        refuse(_("{person} takes no part here.").format(person=person))
    return member


def _require_another_admin(sight: Sight, person: PersonId) -> None:
    if not administrators(sight) - {person}:
        refuse(_("Nobody would be left to administer the workspace."))


def _require_can_stop(policy: Policy, member: Member) -> None:
    if not member.roles & stopping(policy):
        refuse(_("{person} may not stop it.").format(person=member.person))


def _key(line: str) -> PublicKey:
    try:
        return PublicKey.from_openssh(line)
    except UnknownFormatError as error:
        raise NotEntitledError(str(error)) from error
