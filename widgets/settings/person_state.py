"""The person who is selected, or what waits for a second signature."""

from dataclasses import dataclass

from governance.ledger.kinds import Enrolment, PolicyChange
from governance.ledger.policy import compare
from governance.ledger.state import Member, Waiting
from governance.names import Role
from governance.texts import _, dated, ngettext
from governance.trust.keys import PublicKey
from widgets.kit.values import Deed, Fact, Mark, Tone
from widgets.settings.people import (
    WAITING,
    People,
    moments,
    role_words,
    waiting_words,
    why_no_confirming,
    why_no_power,
    why_no_withdrawing,
    why_not_role,
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that somebody has or could have.

    Attributes:
        why_not: Why it stays as it is, "" if it can be changed.
    """

    key: str
    title: str
    words: str
    is_on: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class KeyCard:
    """One key."""

    title: str
    mark: Mark
    under: str
    words: str
    fingerprint: str
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """Who or what is selected.

    Attributes:
        note: What to do before anything is confirmed, "" for nothing.
    """

    key: str = ""
    name: str = ""
    under: str = ""
    facts: tuple[Fact, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    keys: tuple[KeyCard, ...] = ()
    note: str = ""
    deeds: tuple[Deed, ...] = ()


def person_detail(people: People, key: str) -> PersonDetail:
    """Describe the row ``key``: a person, or what waits."""
    waiting = people.waiting(key)
    if waiting is not None:
        return _waiting_detail(people, waiting)
    member = people.member(key)
    return _member_detail(people, member) if member else PersonDetail()


def _waiting_detail(people: People, waiting: Waiting) -> PersonDetail:
    entry = waiting.entry
    facts = [
        Fact(_("Asks for"), waiting_words(people, waiting)),
        Fact(_("Signed first by"), people.name(waiting.person)),
        Fact(_("When"), dated(entry.at.astimezone(), "%-d %B %Y, %H:%M")),
    ]
    if reason := getattr(entry, "reason", ""):
        facts.append(Fact(_("Why"), reason))
    keys: tuple[KeyCard, ...] = ()
    note = ""
    if isinstance(entry, Enrolment):
        key = PublicKey.from_openssh(entry.key)
        name, under = entry.name, str(entry.person)
        mark = Mark(_("Not confirmed yet"), "hourglass", Tone.WARN)
        title = _("Key of {name}").format(name=name)
        keys = (KeyCard(title, mark, "", key.words, key.fingerprint),)
        note = _(
            "Before you confirm, compare the four words with {name} by phone. If they "
            "differ, the key is not theirs."
        ).format(name=name)
    elif isinstance(entry, PolicyChange):
        name, under = _("Signing policy"), ""
        if people.state.policy:
            how = compare(entry.policy, people.state.policy)
            words = {
                "weaker": _("It asks for less than the one in force."),
                "stricter": _("It asks for more than the one in force."),
            }
            facts.append(Fact(_("Compared"), words.get(how, _("It asks for as much."))))
    else:
        name, under = people.name(entry.person), str(entry.person)
    return PersonDetail(
        f"{WAITING}{waiting.position}",
        name,
        under,
        tuple(facts),
        keys=keys,
        note=note,
        deeds=(
            Deed(
                "confirm",
                _("Confirm…"),
                "primary",
                "check",
                why_not=why_no_confirming(people, waiting),
            ),
        ),
    )


def _member_detail(people: People, member: Member) -> PersonDetail:
    policy = people.state.policy
    roles = () if policy is None or member.is_service else tuple(policy.roles)
    return PersonDetail(
        str(member.person),
        people.name(member.person),
        str(member.person),
        roles=tuple(
            RoleLine(
                str(role),
                people.title(Role(role)),
                role_words(policy, Role(role)) if policy else "",
                Role(role) in member.roles,
                why_not_role(people, member, Role(role)),
            )
            for role in roles
        ),
        keys=_cards(people, member),
        note=_program_note(member),
        deeds=()
        if member.is_service
        else (
            Deed(
                "new-key",
                _("Give a new key…"),
                icon="key",
                why_not=why_no_power(people),
            ),
        ),
    )


def _program_note(member: Member) -> str:
    if not member.is_service:
        return ""
    return _("This program signs what it sends. It approves nothing.")


def _cards(people: People, member: Member) -> tuple[KeyCard, ...]:
    signed = moments(people, member.person)
    cards = []
    held = [one for one in people.state.keys.values() if one.person == member.person]
    for one in sorted(held, key=lambda key: key.since, reverse=True):
        name = one.key.fingerprint
        is_used = member.key is not None and member.key.fingerprint == name
        count = sum(moment.key == name for moment in signed)
        under = ngettext(
            "{count} approval or release", "{count} approvals and releases", count
        ).format(count=count)
        if one.stolen_at is not None:
            mark = Mark(_("Lost or stolen"), "warning-octagon", Tone.ERROR)
        elif is_used:
            mark = Mark(_("In use"), "check-circle-fill", Tone.OK)
        else:
            mark = Mark(_("Withdrawn"), "prohibit", Tone.FAINT)
        withdraw = Deed(
            "withdraw",
            _("Withdraw…"),
            "stop",
            "prohibit",
            why_not=why_no_withdrawing(people, member),
        )
        cards.append(
            KeyCard(
                _("Key") if is_used else _("Earlier key"),
                mark,
                under if count else _("Not used yet."),
                one.key.words,
                name,
                (withdraw,) if is_used and not member.is_service else (),
            )
        )
    return tuple(cards)
