"""People, keys, policy and the history itself, in plain words."""

from governance.ledger.entry import Entry
from governance.ledger.kinds import (
    Anchor,
    Enrolment,
    Genesis,
    KeyRevocation,
    PolicyChange,
    Recover,
    RoleGrant,
    RoleRevocation,
    Second,
)
from governance.ledger.policy import SERVICE
from governance.ledger.told import Family, Known, Wording
from governance.names import Role
from governance.texts import _, quoted


def of_people(entry: Entry, known: Known) -> Wording:  # noqa: PLR0911 -- a case a kind
    """Say what was done for a person, the policy or the history."""
    admin = known.role(known.state.policy.admin) if known.state.policy else ""
    people = Family.PEOPLE
    match entry:
        case Genesis():
            return Wording(
                people,
                "flag",
                _("Founded {workspace}").format(workspace=entry.workspace),
                _("{name} administers it.").format(name=entry.name),
                role=admin,
                facts=((_("Roles"), _roles(entry.roles, known) or admin),),
            )
        case Enrolment():
            return Wording(
                people,
                "user-plus",
                _("Enrolled {name}").format(name=entry.name),
                _roles(entry.roles, known),
                role=admin,
                facts=(
                    (_("Address"), entry.person),
                    (_("Roles"), _roles(entry.roles, known)),
                ),
            )
        case RoleGrant() | RoleRevocation():
            words = (
                _("Gave {name} the role {role}")
                if isinstance(entry, RoleGrant)
                else _("Took the role {role} from {name}")
            )
            title = words.format(
                name=known.name(entry.person), role=known.role(entry.role)
            )
            return Wording(
                people, "identification-badge", title, entry.reason, role=admin
            )
        case KeyRevocation():
            title = _("Withdrew the key of {name}")
            counts = _("What it signed from entry {number} on counts no longer.")
            facts = (
                ((_("Since"), counts.format(number=entry.since)),)
                if entry.since is not None
                else ()
            )
            return Wording(
                people,
                "key",
                title.format(name=known.name(entry.person)),
                entry.reason,
                role=admin,
                facts=facts,
            )
        case PolicyChange():
            title = _("Changed the signing policy")
            return Wording(Family.POLICY, "scales", title, entry.reason, role=admin)
        case Second():
            return _second(entry, known)
        case Recover():
            return Wording(
                Family.KEEPING,
                "first-aid",
                _("Said that the first {count} entries are good").format(
                    count=entry.last_good
                ),
                entry.reason,
                role=admin,
            )
        case Anchor():
            title = _("Left the fingerprint of the history outside")
            return Wording(Family.KEEPING, "anchor", title, entry.where)
        case _:
            raise AssertionError(entry.kind)


def _second(entry: Second, known: Known) -> Wording:
    first = known.earlier.get(entry.entry)
    family, what = Family.PEOPLE, _("entry {number}").format(number=entry.entry)
    if first is not None:
        told = of_people(first, known) if not isinstance(first, Second) else None
        if told is not None:
            family, what = told.family, quoted(told.title)
    title = _("Agreed, as the second person, to {what}").format(what=what)
    facts = ((_("Agrees to"), _("entry {number}").format(number=entry.entry)),)
    return Wording(family, "handshake", title, entry.reason, facts=facts)


def _roles(roles: tuple[Role, ...], known: Known) -> str:
    if roles == (SERVICE,):
        return _("A program that publishes and sends")
    return ", ".join(known.role(role) for role in roles)
