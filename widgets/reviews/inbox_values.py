"""What the inbox is made of: the changes, and what each is to the person here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from governance.changes.compared import Stretch
from governance.changes.reading import ChangeRow
from governance.ledger.role_titles import role_title as titled
from governance.ledger.state import Change, LedgerState, Stage
from governance.names import ChangeId, PersonId, Role
from governance.texts import _, dated, ngettext
from widgets.kit.values import Deed, Empty, Fact, Mark, Notice, Section, Table, Tone
from widgets.reviews.since import Notes, since_of

MINE: Final = "mine"
CHANGED: Final = "changed"
MENTIONS: Final = "mentions"
ALL: Final = "all"
SENT: Final = "sent"
SNOOZED: Final = "snoozed"
APPROVED: Final = "approved"
RETURNED: Final = "returned"
CLOSED: Final = "closed"
ROLE: Final = "role:"


@dataclass(frozen=True, slots=True)
class News:
    """What is new to the person here in the change that is selected.

    Attributes:
        parts: Where, and its words with what was added and removed.
        is_all: Whether they never saw it, so that all of it is new.
        is_loading: Whether it is still being read.
        problem: Why it cannot be shown, "" if it can.
    """

    parts: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    is_all: bool = True
    is_loading: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything that the inbox draws on.

    Attributes:
        now: For how long something waits.
        notes: What the person here read, and what is to come back later.
        news: About the change that is selected.
        stages: Template → the tag of what it is for.
    """

    changes: Mapping[ChangeId, ChangeRow]
    state: LedgerState
    me: PersonId | None
    now: datetime
    is_loading: bool = False
    notes: Notes = field(default_factory=Notes)
    news: News = field(default_factory=News)
    stages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InboxLine:
    """What stands in the row of a change beside its title.

    Attributes:
        tags: What it is for; with a tone where it is a state.
        roles: Who signs it: signed, you, waiting.
    """

    title: str
    tags: tuple[Mark, ...]
    summary: str
    roles: tuple[Mark, ...]
    when: str
    author: str


@dataclass(frozen=True, slots=True)
class InboxDetail:
    """One change, beside the list."""

    title: str = ""
    under: str = ""
    mark: Mark | None = None
    notice: Notice | None = None
    news_title: str = ""
    news: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    news_note: str = ""
    why: str = ""
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxState:
    """Everything that the inbox draws.

    Attributes:
        lines: Key of a row → what stands in it.
    """

    title: str
    count: str
    sections: tuple[Section, ...]
    section: str
    table: Table
    selected: str
    empty: Empty | None
    detail: InboxDetail
    lines: Mapping[str, InboxLine] = field(default_factory=dict)


def waits_for(row: ChangeRow, inbox: Inbox) -> bool:
    """Whether a change waits for my signature, and not until later."""
    return may_sign(row, inbox) and not is_snoozed(row, inbox)


def may_sign(row: ChangeRow, inbox: Inbox) -> bool:
    """Whether I can sign a change now."""
    return bool(open_roles(row, inbox.state, inbox.me))


def is_snoozed(row: ChangeRow, inbox: Inbox) -> bool:
    """Whether a change comes back later."""
    return inbox.notes.snooze_of(row.change, inbox.me, inbox.now) is not None


def is_changed(row: ChangeRow, inbox: Inbox) -> bool:
    """Whether I signed an earlier text of it, which no longer counts."""
    since = since_of(row.change, inbox.me, inbox.notes)
    return is_open(row.change) and since is not None and since.signed_at is not None


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
    return titled(state.policy, role)


def waited(row: ChangeRow, now: datetime) -> str:
    """Say for how long a change waits."""
    local = row.change.opened_at.astimezone()
    days = (now.astimezone().date() - local.date()).days
    if days <= 0:
        return _("Today, {time}").format(time=local.strftime("%H:%M"))
    if not is_open(row.change):
        return dated(local, "%-d %B")
    return ngettext("Waiting {count} day", "Waiting {count} days", days).format(
        count=days
    )


def name_of(state: LedgerState, person: PersonId) -> str:
    """Return how somebody is called."""
    member = state.members.get(person)
    return member.name if member and member.name else str(person)
