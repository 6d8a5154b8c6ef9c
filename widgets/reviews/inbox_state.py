"""What the inbox shows: every change, the longest waiting first."""

from governance.names import ChangeId
from governance.texts import _, ngettext
from widgets.kit.values import Column, Empty, Table
from widgets.reviews.inbox_detail import detail_of
from widgets.reviews.inbox_rows import (
    fits,
    line_of,
    opened,
    row_of,
    says,
    sections_of,
)
from widgets.reviews.inbox_values import (
    APPROVED,
    CLOSED,
    MINE,
    SNOOZED,
    Inbox,
    InboxDetail,
    InboxState,
    waits_for,
)


def inbox_state(inbox: Inbox, section: str, words: str, selected: str) -> InboxState:
    """Describe the inbox, narrowed to ``section`` and ``words``."""
    waiting = sum(waits_for(row, inbox) for row in inbox.changes.values())
    shown = [
        row
        for row in inbox.changes.values()
        if fits(row, section, inbox) and says(row, words, inbox.state)
    ]
    shown.sort(key=opened)
    if section in {CLOSED, APPROVED}:
        shown.reverse()
    rows = tuple(row_of(row, inbox) for row in shown)
    keys = {row.key for row in rows}
    chosen = selected if selected in keys else (rows[0].key if rows else "")
    found = inbox.changes.get(ChangeId(chosen))
    count = ngettext(
        "{count} waiting for you", "{count} waiting for you", waiting
    ).format(count=waiting)
    return InboxState(
        title=_("Reviews"),
        count="" if inbox.is_loading else count,
        sections=sections_of(inbox),
        section=section,
        table=Table((Column(""),), rows),
        selected=chosen,
        empty=_empty(inbox, section, words, is_found=bool(rows)),
        detail=detail_of(found, inbox) if found else InboxDetail(),
        lines={str(row.change.id): line_of(row, inbox) for row in shown},
    )


def _empty(inbox: Inbox, section: str, words: str, *, is_found: bool) -> Empty | None:
    if is_found:
        return None
    if inbox.is_loading:
        return Empty("circle-dashed", _("Reading the workspace …"))
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
    if section == SNOOZED:
        return Empty(
            "clock",
            _("Nothing comes back later."),
            _("Press E on a change to see it again tomorrow."),
        )
    return Empty("tray", _("There is no change here."))
