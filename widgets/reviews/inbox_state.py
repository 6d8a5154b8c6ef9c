"""What the inbox shows: every change, the longest waiting first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.changes.reading import ChangeRow
from governance.ledger.state import Change, LedgerState, Stage
from governance.names import ChangeId, PersonId, Role
from governance.texts import _, ngettext
from widgets.kit.values import (
    Cell,
    Column,
    Deed,
    Empty,
    Entry,
    Fact,
    Mark,
    Row,
    Section,
    Table,
    Tone,
)

MINE: Final = "mine"
ALL: Final = "all"
SENT: Final = "sent"
APPROVED: Final = "approved"
RETURNED: Final = "returned"
CLOSED: Final = "closed"


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything that the inbox draws on.

    Attributes:
        now: For how long something waits.
    """

    changes: Mapping[ChangeId, ChangeRow]
    state: LedgerState
    me: PersonId | None
    now: datetime
    is_loading: bool = False


@dataclass(frozen=True, slots=True)
class InboxDetail:
    """One change, beside the list."""

    title: str = ""
    under: str = ""
    mark: Mark | None = None
    why: str = ""
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxState:
    """Everything that the inbox draws."""

    title: str
    count: str
    sections: tuple[Section, ...]
    section: str
    table: Table
    selected: str
    empty: Empty | None
    detail: InboxDetail


def inbox_state(inbox: Inbox, section: str, words: str, selected: str) -> InboxState:
    """Describe the inbox, narrowed to ``section`` and ``words``."""
    waiting = tuple(row for row in inbox.changes.values() if waits_for(row, inbox))
    shown = [
        row
        for row in inbox.changes.values()
        if _fits(row, section, inbox) and _says(row, words, inbox.state)
    ]
    shown.sort(key=_opened)
    if section in {CLOSED, APPROVED}:
        shown.reverse()
    rows = tuple(_row(row, inbox) for row in shown)
    keys = {row.key for row in rows}
    chosen = selected if selected in keys else (rows[0].key if rows else "")
    found = inbox.changes.get(ChangeId(chosen))
    count = ngettext(
        "{count} waiting for you", "{count} waiting for you", len(waiting)
    ).format(count=len(waiting))
    return InboxState(
        title=_("Reviews"),
        count="" if inbox.is_loading else count,
        sections=_sections(inbox, waiting),
        section=section,
        table=Table((Column(""), Column("", 150)), rows),
        selected=chosen,
        empty=_empty(inbox, section, words, is_found=bool(rows)),
        detail=_detail(found, inbox) if found else InboxDetail(),
    )


def waits_for(row: ChangeRow, inbox: Inbox) -> bool:
    """Whether a change waits for my signature."""
    return bool(open_roles(row, inbox.state, inbox.me))


def open_roles(
    row: ChangeRow, state: LedgerState, me: PersonId | None
) -> tuple[Role, ...]:
    """Return the roles in which ``me`` may sign a change now."""
    member = state.members.get(me) if me else None
    change = row.change
    if (
        member is None
        or me in change.authors
        or not is_open(change)
        or change.rejection is not None
        or me in row.tally.seats
    ):
        return ()
    return tuple(sorted(role for role in row.tally.missing if role in member.roles))


def is_open(change: Change) -> bool:
    """Whether a change is still under review."""
    return change.stage not in {Stage.RELEASED, Stage.WITHDRAWN}


def stage_mark(row: ChangeRow) -> Mark:
    """Say where a change stands."""
    match row.change.stage:
        case Stage.RELEASED:
            return Mark(_("Released"), "tag", Tone.OK)
        case Stage.WITHDRAWN:
            return Mark(_("Withdrawn"), "prohibit", Tone.QUIET)
        case _:
            pass
    if row.change.rejection is not None:
        return Mark(_("Changes requested"), "arrow-u-up-left", Tone.WARN)
    needed, signed = sum(row.tally.quorum.values()), len(row.tally.seats)
    if not row.tally.missing:
        return Mark(_("Approved"), "checks", Tone.OK)
    words = _("In review, {signed} of {needed} signed")
    return Mark(words.format(signed=signed, needed=needed), "eye", Tone.ACCENT)


def role_title(state: LedgerState, role: Role) -> str:
    """Return what a role is called on screen."""
    titles = state.policy.roles if state.policy else {}
    return titles.get(role, role.replace("_", " ").capitalize())


def waited(row: ChangeRow, now: datetime) -> str:
    """Say for how long a change waits."""
    days = (now - row.change.opened_at).days
    if days <= 0:
        at = row.change.opened_at.astimezone().strftime("%H:%M")
        return _("Today, {time}").format(time=at)
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _row(row: ChangeRow, inbox: Inbox) -> Row:
    change, state = row.change, inbox.state
    author = _name(state, change.author)
    roles = ", ".join(_role_words(row, inbox))
    return Row(
        str(change.id),
        (
            Cell(change.title, roles or change.proposal.reason, is_strong=True),
            Cell(waited(row, inbox.now), author, tone=Tone.QUIET),
        ),
        _group(row, inbox),
        f"{change.title}, {stage_mark(row).word}, {author}, {roles}",
        lead=author,
        is_new=waits_for(row, inbox),
    )


def _role_words(row: ChangeRow, inbox: Inbox) -> Iterable[str]:
    """Say for each role who filled it: mark and word, so that no colour is needed."""
    mine = set(open_roles(row, inbox.state, inbox.me))
    for role in sorted(row.tally.quorum):
        title = role_title(inbox.state, role)
        if role not in row.tally.missing:
            yield f"✓ {title}"
        elif role in mine:
            yield _("○ {role}, you").format(role=title)
        else:
            yield f"○ {title}"


def _group(row: ChangeRow, inbox: Inbox) -> str:
    match row.change.stage:
        case Stage.RELEASED:
            return _("Released")
        case Stage.WITHDRAWN:
            return _("Withdrawn")
        case _:
            pass
    if row.change.rejection is not None:
        return _("Changes requested")
    if waits_for(row, inbox):
        return _("Waiting for you")
    return _("Approved") if not row.tally.missing else _("Waiting for others")


def _fits(row: ChangeRow, section: str, inbox: Inbox) -> bool:
    is_pending = is_open(row.change)
    match section:
        case "mine":
            return waits_for(row, inbox)
        case "sent":
            return inbox.me in row.change.authors
        case "approved":
            return row.change.stage is Stage.RELEASED or (
                is_pending and not row.tally.missing
            )
        case "returned":
            return is_pending and row.change.rejection is not None
        case "closed":
            return row.change.stage is Stage.WITHDRAWN
        case _:
            return is_pending


def _says(row: ChangeRow, words: str, state: LedgerState) -> bool:
    text = f"{row.change.title} {_name(state, row.change.author)}".casefold()
    return all(word in text for word in words.casefold().split())


def _opened(row: ChangeRow) -> datetime:
    return row.change.opened_at


def _sections(inbox: Inbox, waiting: tuple[ChangeRow, ...]) -> tuple[Section, ...]:
    def count(section: str) -> str:
        return str(sum(_fits(row, section, inbox) for row in inbox.changes.values()))

    member = inbox.state.members.get(inbox.me) if inbox.me else None
    roles = sorted(member.roles) if member else []
    return (
        Section(
            _("Inbox"),
            (
                Entry(MINE, _("Waiting for me"), "tray", str(len(waiting))),
                Entry(SENT, _("Sent by me"), "paper-plane-right", count(SENT)),
                Entry(ALL, _("All open"), "users-three", count(ALL)),
            ),
        ),
        Section(
            _("Decided"),
            (
                Entry(APPROVED, _("Approved and released"), "checks", count(APPROVED)),
                Entry(
                    RETURNED, _("Changes requested"), "arrow-u-up-left", count(RETURNED)
                ),
                Entry(CLOSED, _("Withdrawn"), "x-circle", count(CLOSED)),
            ),
        ),
        Section(
            _("Reviewing as"),
            tuple(
                Entry(f"role:{role}", role_title(inbox.state, role), "scales")
                for role in roles
            ),
        ),
    )


def _empty(inbox: Inbox, section: str, words: str, *, is_found: bool) -> Empty | None:
    if is_found or inbox.is_loading:
        return None
    if words:
        return Empty(
            "magnifying-glass",
            _("No change matches “{words}”.").format(words=words),
            "",
            _("Clear the filter"),
            "clear",
        )
    if section == MINE:
        signed = sum(
            one.person == inbox.me and (inbox.now - one.approval.at).days < 7  # noqa: PLR2004 -- a week
            for row in inbox.changes.values()
            for one in row.change.approvals
        )
        week = ngettext(
            "You signed {count} change this week.",
            "You signed {count} changes this week.",
            signed,
        )
        return Empty("tray", _("Nothing waits for you."), week.format(count=signed))
    return Empty("tray", _("There is no change here."))


def _detail(row: ChangeRow, inbox: Inbox) -> InboxDetail:
    change, state = row.change, inbox.state
    author = _name(state, change.author)
    when = change.opened_at.astimezone().strftime("%-d %B, %H:%M")
    subjects = ", ".join(
        one.name.partition("/")[2] or one.name for one in change.subjects
    )
    errors = change.proposal.errors
    findings = (
        ngettext("{count} error", "{count} errors", errors).format(count=errors)
        if errors
        else _("No errors")
    )
    facts = (
        Fact(
            _("Findings"),
            findings,
            Mark(findings, "x-circle-fill", Tone.ERROR)
            if errors
            else Mark(findings, "check-circle-fill", Tone.OK),
        ),
        Fact(_("Alters"), subjects),
        *(
            Fact(
                role_title(state, role),
                "",
                Mark(
                    ", ".join(_name(state, one) for one in row.tally.people(role)),
                    "check-circle-fill",
                    Tone.OK,
                )
                if role not in row.tally.missing
                else Mark(_("Waiting"), "circle-dashed", Tone.QUIET),
            )
            for role in sorted(row.tally.quorum)
        ),
        *_talk(row),
    )
    return InboxDetail(
        change.title,
        _("by {author}, {when}").format(author=author, when=when),
        stage_mark(row),
        change.proposal.reason,
        facts,
        (Deed("open", _("Open review"), "primary", "eye"),),
    )


def _talk(row: ChangeRow) -> tuple[Fact, ...]:
    if not row.change.comments:
        return ()
    count = len(row.change.comments)
    said = ngettext("{count} comment", "{count} comments", count).format(count=count)
    if waiting := len(row.change.unanswered):
        more = ngettext(
            "{count} must be answered", "{count} must be answered", waiting
        ).format(count=waiting)
        said = f"{said}, {more}"
    return (Fact(_("Discussion"), said),)


def _name(state: LedgerState, person: PersonId) -> str:
    member = state.members.get(person)
    return member.name if member and member.name else str(person)
