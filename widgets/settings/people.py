"""Who takes part: what the history says of them, and what may be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.ledger.kinds import Enrolment, RoleGrant
from governance.ledger.policy import Policy
from governance.ledger.role_titles import role_title
from governance.ledger.seconds import administrators, may_second, stopping
from governance.ledger.state import LedgerState, Member, Stage, Waiting
from governance.names import Fingerprint, PersonId, Role
from governance.texts import _, dated

WAITING: Final = "waiting:"  # the key of what waits for a second signature


@dataclass(frozen=True, slots=True)
class People:
    """Everything that the page draws on.

    Attributes:
        alarm: Why nothing is signed now, "" where the history is sound.
    """

    state: LedgerState
    me: PersonId | None
    now: datetime
    alarm: str = ""
    is_loading: bool = False

    @property
    def is_administrator(self) -> bool:
        """Whether the person here may give power."""
        return self.me in administrators(self.state)

    def name(self, person: PersonId) -> str:
        """Return how somebody is called."""
        member = self.state.members.get(person)
        return member.name if member and member.name else str(person)

    def title(self, role: Role) -> str:
        """Return how people read a role."""
        return role_title(self.state.policy, role)

    def waiting(self, key: str) -> Waiting | None:
        """Return what waits under the key of a row."""
        number = key.removeprefix(WAITING)
        if number == key or not number.isdecimal():
            return None
        return self.state.waiting.get(int(number))

    def member(self, key: str) -> Member | None:
        """Return the person of a row."""
        return self.state.members.get(PersonId(key))


# Why something cannot be done ---------------------------------------------------------


def why_no_power(people: People) -> str:
    """Say why the person here gives nobody anything, "" if they may."""
    if people.alarm:
        return _("The history cannot be verified; nothing is signed now.")
    return "" if people.is_administrator else _("An administrator does this.")


def why_no_confirming(people: People, waiting: Waiting) -> str:
    """Say why the person here does not confirm ``waiting``, "" if they may."""
    state = people.state
    member = state.members.get(people.me) if people.me else None
    if people.alarm:
        return _("The history cannot be verified; nothing is signed now.")
    if people.me == waiting.person:
        return _("You signed it first. A second administrator confirms it.")
    if member is None or member.key is None or state.policy is None:
        return _("A second administrator confirms it.")
    if not may_second(state, state.policy, member, waiting.person):
        return _("A second administrator confirms it.")
    return ""


def why_not_role(people: People, member: Member, role: Role) -> str:
    """Say why ``role`` of ``member`` stays as it is, "" if it can be changed."""
    if why := why_no_power(people):
        return why
    if role in member.roles:
        is_needed = member.key and is_last(people.state, member.person, role)
        return nobody_left(people, (role,)) if is_needed else ""
    if member.key is None:
        return _("Their key is withdrawn. Give them a new one first.")
    is_asked = any(
        isinstance(one.entry, RoleGrant)
        and (one.entry.person, one.entry.role) == (member.person, role)
        for one in people.state.waiting.values()
    )
    return _("Waits for a second administrator.") if is_asked else ""


def why_no_withdrawing(people: People, member: Member) -> str:
    """Say why the key of ``member`` cannot be withdrawn at all, "" if it can."""
    if people.alarm:
        return _("The history cannot be verified; nothing is signed now.")
    if member.person != people.me and not people.is_administrator:
        return _("An administrator does this.")
    policy = people.state.policy
    if policy and is_last(people.state, member.person, policy.admin):
        return nobody_left(people, (policy.admin,))
    return ""


def nobody_left(people: People, roles: tuple[Role, ...]) -> str:
    """Say which roles would have nobody, "" for none."""
    if not roles:
        return ""
    titles = ", ".join(people.title(role) for role in roles)
    return _("{roles} would have nobody. Add someone first.").format(roles=titles)


def last_roles(people: People, member: Member) -> tuple[Role, ...]:
    """Return the needed roles that only ``member`` holds."""
    return tuple(
        role
        for role in sorted(member.roles)
        if is_last(people.state, member.person, role)
    )


def is_last(state: LedgerState, person: PersonId, role: Role) -> bool:
    """Whether nobody else can sign in a role that something needs."""
    member = state.members.get(person)
    if state.policy is None or member is None or role not in member.roles:
        return False
    return role in stopping(state.policy) and not any(
        other.key and other.person != person and role in other.roles
        for other in state.members.values()
    )


# What they signed ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that a key signed.

    Attributes:
        is_open: Whether it still counts towards something that is not released.
    """

    position: int
    at: datetime
    what: str
    key: Fingerprint
    is_open: bool = False


def moments(people: People, person: PersonId) -> tuple[Moment, ...]:
    """Return what ``person`` approved, released and rolled back, the newest first."""
    found = sorted(_moments(people.state, person), key=_position, reverse=True)
    return tuple(found)


def last_signed(people: People, person: PersonId) -> datetime | None:
    """Return when somebody last signed anything that shows, None for never."""
    state = people.state
    times = [one.at for one in _moments(state, person)]
    for change in state.changes.values():
        if change.author == person:
            times.append(change.opened_at)
        times += [one.comment.at for one in change.comments if one.person == person]
        if change.rejection and change.rejection.person == person:
            times.append(change.rejection.rejection.at)
    return max(times, default=None)


def _moments(state: LedgerState, person: PersonId) -> Iterator[Moment]:
    for change in state.changes.values():
        is_open = change.stage is Stage.OPEN
        for one in change.approvals:
            if one.person == person:
                words = _("approved “{title}”").format(title=change.title)
                at = one.approval.at
                yield Moment(one.position, at, words, one.key, is_open=is_open)
    for versions in state.versions.values():
        for version in versions:
            if version.person == person:
                words = _("released version {number} of {what}").format(
                    number=version.number, what=version.subject.rpartition("/")[2]
                )
                yield Moment(version.position, version.at, words, version.key)


def _position(moment: Moment) -> int:
    return moment.position


# Words --------------------------------------------------------------------------------


def waiting_words(people: People, waiting: Waiting) -> str:
    """Say what one administrator wants to give."""
    return ": ".join(part for part in waiting_parts(people, waiting) if part)


def waiting_parts(people: People, waiting: Waiting) -> tuple[str, str]:
    """Return what kind of thing waits, and which roles it is about."""
    entry = waiting.entry
    match entry:
        case Enrolment():
            roles = ", ".join(people.title(role) for role in entry.roles)
            if entry.person in people.state.members:
                return _("New key, name or roles"), roles or _("no role")
            return _("New person"), roles or _("no role")
        case RoleGrant():
            return _("New role"), people.title(entry.role)
        case _:
            return _("New signing policy"), ""


def role_words(policy: Policy, role: Role) -> str:
    """Say what a role is for."""
    said = []
    if role in policy.reviewing:
        said.append(_("reads changes and signs them"))
    if role == policy.release.role:
        said.append(_("releases and publishes"))
    if role == policy.rollback.role and role != policy.release.role:
        said.append(_("rolls back"))
    if role == policy.admin:
        said.append(_("adds people and changes rules"))
    return ", ".join(said) or _("reads, and is told")


def day(at: datetime | None, now: datetime) -> str:
    """Say a day as people do, "never" for none."""
    if at is None:
        return _("never")
    local = at.astimezone()
    if local.date() == now.astimezone().date():
        return _("today, {time}").format(time=local.strftime("%H:%M"))
    return dated(local, "%-d %b %Y")
