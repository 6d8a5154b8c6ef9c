"""The page about people: the table, and the one who is selected."""

from dataclasses import dataclass
from typing import Final

from governance.ledger.kinds import Enrolment, PolicyChange
from governance.ledger.state import Member, Waiting
from governance.names import PersonId, Role
from governance.texts import _, ngettext
from widgets.kit.values import (
    Cell,
    Choice,
    Column,
    Deed,
    Empty,
    Mark,
    Notice,
    Row,
    Table,
    Tone,
)
from widgets.settings.people import (
    WAITING,
    People,
    day,
    last_signed,
    waiting_parts,
    waiting_words,
    why_no_power,
)
from widgets.settings.person_state import PersonDetail, person_detail

ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class PeopleState:
    """Everything that the page draws."""

    count: str
    table: Table
    selected: str
    detail: PersonDetail
    choices: tuple[Choice, ...]
    role: str
    notices: tuple[Notice, ...] = ()
    deeds: tuple[Deed, ...] = ()
    empty: Empty | None = None


def people_state(people: People, words: str, role: str, selected: str) -> PeopleState:
    """Describe the page."""
    table = _table(people, words, role)
    keys = [row.key for row in table.rows]
    chosen = selected if selected in keys else (keys[0] if keys else "")
    count = sum(not one.is_service for one in people.state.members.values())
    said = ngettext("{count} person", "{count} people", count).format(count=count)
    waits = len(people.state.waiting)
    if waits:
        said += ", " + ngettext(
            "{count} waits for a second signature",
            "{count} wait for a second signature",
            waits,
        ).format(count=waits)
    return PeopleState(
        said if not people.is_loading else "",
        table,
        chosen,
        person_detail(people, chosen),
        _choices(people),
        role,
        (_notice(people),) if not people.is_loading else (),
        (
            Deed(
                "enrol",
                _("Add a person…"),
                "primary",
                "user-plus",
                why_not=why_no_power(people),
            ),
        ),
        _empty(people, words, role) if not keys else None,
    )


def _notice(people: People) -> Notice:
    if people.state.is_shared:
        return Notice(
            "people",
            _("What gives somebody power counts once two administrators have signed."),
            _("What takes it away counts at once."),
        )
    return Notice(
        "people",
        _("There is one administrator, whose signature counts alone."),
        _("Add a second one: from then on it takes both."),
        Tone.WARN,
        "warning",
    )


def _empty(people: People, words: str, role: str) -> Empty:
    if people.is_loading:
        return Empty("circle-dashed", _("Reading who takes part …"))
    if words or role != ANY:
        return Empty(
            "magnifying-glass",
            _("Nobody matches."),
            _("Try another word or any role."),
            _("Show everybody"),
            "everybody",
        )
    return Empty("users-three", _("Nobody takes part here yet."))


def _choices(people: People) -> tuple[Choice, ...]:
    policy = people.state.policy
    return (
        Choice(ANY, _("Any role")),
        *(
            Choice(str(role), people.title(role))
            for role in (policy.roles if policy else ())
        ),
    )


def _table(people: People, words: str, role: str) -> Table:
    state = people.state
    rows = [
        _waiting_row(people, waiting)
        for _at, waiting in sorted(state.waiting.items())
        if role == ANY or Role(role) in getattr(waiting.entry, "roles", ())
    ]
    members = sorted(
        state.members.values(),
        key=lambda one: (one.is_service, one.key is None, one.name.casefold()),
    )
    rows += [
        _member_row(people, one)
        for one in members
        if role == ANY or Role(role) in one.roles
    ]
    wanted = words.casefold().split()
    shown = tuple(row for row in rows if all(word in _spoken(row) for word in wanted))
    return Table(
        (
            Column(_("Person")),
            Column(_("Roles"), 190),
            Column(_("Key"), 185),
            Column(_("Last signed"), 125, drop=1),
        ),
        shown,
    )


def _spoken(row: Row) -> str:
    return f"{row.sentence} {row.key}".casefold()


def _waiting_row(people: People, waiting: Waiting) -> Row:
    entry = waiting.entry
    if isinstance(entry, PolicyChange):
        name, second = _("Signing policy"), people.name(waiting.person)
    else:
        named = getattr(entry, "name", "")
        name, second = named or people.name(entry.person), str(entry.person)
    mark = (
        Mark(_("Key not confirmed yet"), "hourglass", Tone.WARN)
        if isinstance(entry, Enrolment)
        else Mark(_("Not confirmed yet"), "hourglass", Tone.WARN)
    )
    return Row(
        f"{WAITING}{waiting.position}",
        (
            Cell(name, second, is_strong=True),
            Cell(*waiting_parts(people, waiting), tone=Tone.QUIET),
            Cell(mark=mark),
            Cell(_("never"), tone=Tone.QUIET),
        ),
        _("Waiting for a second signature"),
        lead=name,
        tooltip=waiting_words(people, waiting),
    )


def _member_row(people: People, member: Member) -> Row:
    titles = ", ".join(people.title(role) for role in sorted(member.roles))
    if member.is_service:
        titles = _("Proves what it sends")
    mark = (
        Mark(_("1 key"), "key", Tone.OK)
        if member.key
        else Mark(_("Withdrawn"), "prohibit", Tone.ERROR)
    )
    when = "" if member.is_service else _when(people, member.person)
    return Row(
        str(member.person),
        (
            Cell(people.name(member.person), str(member.person), is_strong=True),
            _roles_cell(titles),
            Cell(mark=mark),
            Cell(when, tone=Tone.QUIET),
        ),
        _("Programs") if member.is_service else _("People"),
        lead=people.name(member.person),
        tooltip=titles,
    )


def _roles_cell(titles: str) -> Cell:
    """Say the first role, and the others under it."""
    if not titles:
        return Cell(_("none"), tone=Tone.FAINT)
    first, _comma, others = titles.partition(", ")
    return Cell(first, others)


def _when(people: People, person: PersonId) -> str:
    return day(last_signed(people, person), people.now)
