"""The rows of the inbox: which changes a section lists, in which group and words."""

from datetime import datetime

from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState, Stage
from governance.names import Role
from governance.texts import _, dated
from widgets.kit.values import Cell, Entry, Mark, Row, Section, Tone
from widgets.reviews.inbox_values import (
    ALL,
    APPROVED,
    CHANGED,
    CLOSED,
    MENTIONS,
    MINE,
    RETURNED,
    ROLE,
    SENT,
    SNOOZED,
    Inbox,
    InboxLine,
    is_changed,
    is_open,
    is_snoozed,
    may_sign,
    name_of,
    open_roles,
    role_title,
    stage_mark,
    waited,
    waits_for,
)
from widgets.reviews.since import is_named


def fits(row: ChangeRow, section: str, inbox: Inbox) -> bool:
    """Whether ``section`` lists a change."""
    is_pending = is_open(row.change)
    if section.startswith(ROLE):
        role = Role(section.removeprefix(ROLE))
        return is_pending and role in row.tally.missing
    if section in _OF_MINE:
        return _fits_me(row, section, inbox)
    is_approved = is_pending and not row.tally.missing
    listed = {
        MINE: waits_for(row, inbox),
        APPROVED: row.change.stage is Stage.RELEASED or is_approved,
        RETURNED: is_pending and row.change.rejection is not None,
        CLOSED: row.change.stage is Stage.WITHDRAWN,
    }
    return listed.get(section, is_pending)


_OF_MINE = frozenset({SENT, CHANGED, MENTIONS, SNOOZED})


def _fits_me(row: ChangeRow, section: str, inbox: Inbox) -> bool:
    change, me = row.change, inbox.me
    if section == SENT:
        return me in change.authors
    if section == CHANGED:
        return is_changed(row, inbox)
    if section == SNOOZED:
        return may_sign(row, inbox) and is_snoozed(row, inbox)
    member = inbox.state.members.get(me) if me else None
    is_pending = is_open(change)
    return bool(is_pending and member and is_named(change, member.name, me))


def says(row: ChangeRow, words: str, state: LedgerState) -> bool:
    """Whether a change is found by what was typed."""
    text = f"{row.change.title} {name_of(state, row.change.author)}".casefold()
    return all(word in text for word in words.casefold().split())


def opened(row: ChangeRow) -> datetime:
    """Return since when a change waits."""
    return row.change.opened_at


def row_of(row: ChangeRow, inbox: Inbox) -> Row:
    """Return the row of a change; ``line_of`` says what is drawn in it."""
    line = line_of(row, inbox)
    roles = ", ".join(_spoken(one) for one in line.roles)
    tags = ", ".join(one.word for one in line.tags)
    parts = (line.title, stage_mark(row).word, tags, line.summary, line.author, roles)
    is_new = waits_for(row, inbox) and inbox.notes.is_unread(row.change, inbox.me)
    return Row(
        str(row.change.id),
        (Cell(line.title, line.summary, is_strong=True),),
        _group(row, inbox),
        ", ".join(filter(None, (*parts, _("not read yet") if is_new else ""))),
        lead=line.author,
        is_new=is_new,
        tooltip=f"{line.title}\n{line.summary}\n{roles}",
    )


def line_of(row: ChangeRow, inbox: Inbox) -> InboxLine:
    """Say what stands in the row of a change."""
    change = row.change
    when = waited(row, inbox.now)
    snooze = inbox.notes.snooze_of(change, inbox.me, inbox.now)
    if snooze is not None and may_sign(row, inbox):
        until = dated(snooze.until.astimezone(), "%-d %B, %H:%M")
        when = _("Back on {when}").format(when=until)
    return InboxLine(
        change.title,
        _tags(row, inbox),
        change.proposal.reason,
        _roles(row, inbox),
        when,
        name_of(inbox.state, change.author),
    )


def sections_of(inbox: Inbox) -> tuple[Section, ...]:
    """Return what can be listed, with how many each lists."""

    def entry(key: str, title: str, icon: str) -> Entry:
        count = sum(fits(row, key, inbox) for row in inbox.changes.values())
        return Entry(key, title, icon, str(count))

    member = inbox.state.members.get(inbox.me) if inbox.me else None
    roles = sorted(member.roles & _reviewing(inbox.state)) if member else []
    return (
        Section(
            _("Inbox"),
            (
                entry(MINE, _("Waiting for me"), "tray"),
                entry(CHANGED, _("Changed since I signed"), "arrows-clockwise"),
                entry(MENTIONS, _("Mentions"), "chat-circle"),
                entry(SNOOZED, _("Snoozed"), "clock"),
                entry(SENT, _("Sent by me"), "paper-plane-right"),
                entry(ALL, _("All open"), "users-three"),
            ),
        ),
        Section(
            _("Decided"),
            (
                entry(APPROVED, _("Approved"), "checks"),
                entry(RETURNED, _("Changes requested"), "arrow-u-up-left"),
                entry(CLOSED, _("Withdrawn"), "x-circle"),
            ),
        ),
        Section(
            _("Reviewing as"),
            tuple(
                entry(f"{ROLE}{role}", role_title(inbox.state, role), "scales")
                for role in roles
            ),
        ),
    )


def _reviewing(state: LedgerState) -> frozenset[Role]:
    return state.policy.reviewing if state.policy else frozenset()


def _tags(row: ChangeRow, inbox: Inbox) -> tuple[Mark, ...]:
    names = [one.name.partition("/")[2] for one in row.change.subjects]
    stages = dict.fromkeys(inbox.stages[one] for one in names if one in inbox.stages)
    tags = [Mark(one, tone=Tone.QUIET) for one in list(stages)[:1]]
    if is_changed(row, inbox):
        words = _("Changed since you signed")
        tags.append(Mark(words, "arrows-clockwise", Tone.WARN))
    return tuple(tags)


def _roles(row: ChangeRow, inbox: Inbox) -> tuple[Mark, ...]:
    """Say for each role who filled it: icon and word, so that no colour is needed."""
    mine = set(open_roles(row, inbox.state, inbox.me))
    refusal = row.change.rejection
    marks = []
    for role in sorted(row.tally.quorum):
        title = role_title(inbox.state, role)
        if refusal is not None and refusal.rejection.role == role:
            words = _("{role} asked for changes").format(role=title)
            marks.append(Mark(words, "arrow-u-up-left", Tone.WARN))
        elif role not in row.tally.missing:
            marks.append(Mark(title, "check-circle-fill", Tone.OK))
        elif role in mine:
            words = _("{role}, you").format(role=title)
            marks.append(Mark(words, "circle-dashed", Tone.ACCENT))
        else:
            marks.append(Mark(title, "circle", Tone.QUIET))
    return tuple(marks)


def _spoken(mark: Mark) -> str:
    """Say a mark whose icon alone tells the state."""
    states = {"check-circle-fill": _("signed"), "circle": _("waiting")}
    return f"{mark.word} {states.get(mark.icon, '')}".strip()


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
    if may_sign(row, inbox):
        later = is_snoozed(row, inbox)
        return _("Snoozed") if later else _("Waiting for you")
    return _("Approved") if not row.tally.missing else _("Waiting for others")
