"""The change that is selected in the inbox: what is new in it, why, who signs."""

from governance.changes.reading import ChangeRow
from governance.texts import _, dated, ngettext
from widgets.kit.values import Deed, Fact, Mark, Notice, Tone
from widgets.reviews.inbox_values import (
    Inbox,
    InboxDetail,
    is_changed,
    is_open,
    is_snoozed,
    may_sign,
    name_of,
    role_title,
    stage_mark,
)
from widgets.reviews.since import since_of


def detail_of(row: ChangeRow, inbox: Inbox) -> InboxDetail:
    """Describe the change that is selected."""
    change, state = row.change, inbox.state
    author = name_of(state, change.author)
    when = dated(change.opened_at.astimezone(), "%-d %B, %H:%M")
    news = inbox.news
    return InboxDetail(
        change.title,
        _("by {author}, {when}").format(author=author, when=when),
        stage_mark(row),
        _notice(row, inbox),
        _("What it changes") if news.is_all else _("Only what is new to you"),
        news.parts,
        _note(inbox),
        change.proposal.reason,
        _facts(row, inbox),
        _deeds(row, inbox),
    )


def _note(inbox: Inbox) -> str:
    news = inbox.news
    if news.problem or news.parts:
        return news.problem
    if news.is_loading:
        return _("Reading what is new …")
    return _("No words differ. Open it to see what does.")


def _notice(row: ChangeRow, inbox: Inbox) -> Notice | None:
    change = row.change
    if change.rejection is not None:
        name = name_of(inbox.state, change.rejection.person)
        bold = _("{name} requested changes.").format(name=name)
        reason = change.rejection.rejection.reason
        return Notice("", bold, reason, Tone.WARN, "arrow-u-up-left")
    since = since_of(change, inbox.me, inbox.notes)
    if is_changed(row, inbox) and since is not None and since.signed_at is not None:
        day = dated(since.signed_at.astimezone(), "%-d %B")
        return Notice(
            "",
            _("Changed since you signed on {day}.").format(day=day),
            _("Your signature no longer counts. The rest is what you signed."),
            Tone.WARN,
            "arrows-clockwise",
        )
    return None


def _facts(row: ChangeRow, inbox: Inbox) -> tuple[Fact, ...]:
    change, state = row.change, inbox.state
    errors = change.proposal.errors
    findings = Mark(_("No errors"), "check-circle-fill", Tone.OK)
    if errors:
        words = ngettext("{count} error", "{count} errors", errors)
        findings = Mark(words.format(count=errors), "x-circle-fill", Tone.ERROR)
    subjects = ", ".join(
        one.name.partition("/")[2] or one.name for one in change.subjects
    )
    signed = (
        Fact(
            role_title(state, role),
            "",
            Mark(
                ", ".join(name_of(state, one) for one in row.tally.people(role)),
                "check-circle-fill",
                Tone.OK,
            )
            if role not in row.tally.missing
            else Mark(_("Waiting"), "circle-dashed", Tone.QUIET),
        )
        for role in sorted(row.tally.quorum)
    )
    return (
        Fact(_("Findings"), findings.word, findings),
        Fact(_("Alters"), subjects),
        *signed,
        *_talk(row),
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


def _deeds(row: ChangeRow, inbox: Inbox) -> tuple[Deed, ...]:
    deeds = [Deed("open", _("Open review"), "primary", "eye")]
    if not is_open(row.change) or not may_sign(row, inbox):
        return tuple(deeds)
    later = is_snoozed(row, inbox)
    deeds.append(Deed("request", _("Request changes…"), icon="arrow-u-up-left"))
    deeds.append(
        Deed("wake", _("Show it again"), "ghost", "bell")
        if later
        else Deed("snooze", _("Snooze…"), "ghost", "clock")
    )
    return tuple(deeds)
