"""What one change under review shows."""

from governance.changes.compared import Kind, Stretch
from governance.names import Locale
from governance.texts import _, dated, ngettext
from widgets.kit.values import Choice, Fact, Mark, Tone
from widgets.reviews.change_deeds import deeds_of, notices_of
from widgets.reviews.change_people import comment_row, seats_note, seats_of
from widgets.reviews.change_tabs import (
    before_title_of,
    locales_of,
    part_of,
    source_of,
    stretches_of,
    tabs_of,
    templates_of,
    version_words,
)
from widgets.reviews.change_values import ChangeState, Desk, SinceState, Texts
from widgets.reviews.inbox_values import name_of, stage_mark


def change_state(desk: Desk) -> ChangeState:
    """Describe a change as ``desk.me`` should see it."""
    change, texts = desk.row.change, desk.shown
    part = part_of(desk, texts)
    marks = part.mail.marks if part else ()
    number = min(max(desk.mark, 1), len(marks)) if marks else 0
    author = name_of(desk.state, change.author)
    waiting = len(change.unanswered)
    open_words = ngettext("{count} open", "{count} open", waiting)
    return ChangeState(
        title=change.title,
        mark=stage_mark(desk.row),
        under=version_words(desk, part, author),
        notices=notices_of(desk, texts),
        deeds=deeds_of(desk),
        templates=templates_of(texts),
        template=part.template if part else "",
        locales=locales_of(part, texts),
        locale=part.locale if part else "",
        tabs=tabs_of(part, texts),
        tab=desk.tab,
        before=part.mail.before if part else "",
        after=part.mail.after if part else "",
        before_title=before_title_of(desk, part),
        after_title=_("Proposed"),
        words=marks,
        stretches=stretches_of(desk, part, texts),
        source=source_of(desk, part),
        details=_details(desk),
        marks=marks,
        mark_number=number,
        seats=seats_of(desk),
        seats_note=seats_note(desk),
        findings=_findings(desk, desk.texts or Texts()),
        comments=tuple(comment_row(one, desk) for one in change.comments),
        comments_note=open_words.format(count=waiting) if waiting else "",
        comment_on=_comment_on(desk, number),
        can_comment=desk.me in desk.state.members,
        is_loading=desk.texts is None,
        languages_note=_languages_note(desk.texts or Texts(), desk.read),
        since=_since(desk),
    )


def unread(texts: Texts, read: frozenset[str]) -> tuple[Locale, ...]:
    """Return the languages that were not opened."""
    known = dict.fromkeys(part.locale for part in texts.parts)
    return tuple(one for one in known if one not in read)


def place_now(desk: Desk) -> str:
    """Return where a comment stands that is written now, "" for the whole change."""
    part = part_of(desk, desk.shown)
    if part is None or desk.tab not in {"rendered", "words"}:
        return ""
    at = min(max(desk.mark, 1), len(part.mail.marks)) - 1
    return part.places[at] if 0 <= at < len(part.places) else ""


def _comment_on(desk: Desk, number: int) -> str:
    if number and place_now(desk):
        words = _("Comment on change {number}. Use @ to mention somebody.")
        return words.format(number=number)
    return _("Comment on this change. Use @ to mention somebody.")


def _since(desk: Desk) -> SinceState | None:
    """Describe the banner about what is new, None where everything is or nothing."""
    since, news = desk.since, desk.news
    if since is None or news is None:
        return None
    bold = _("Changed since you read it.")
    rest = _("The rest is what you read.")
    if since.signed_at is not None:
        day = dated(since.signed_at.astimezone(), "%-d %B")
        bold = _("Changed since you signed on {day}.").format(day=day)
        rest = _("The rest is what you signed.")
    what = ", ".join(_what_is_new(news)) or _("nothing that is read")
    live = before_title_of(desk, part_of(desk, desk.texts or Texts()))
    everything = _("Everything since {version}").format(version=live.partition(",")[0])
    if live == _("Nothing yet"):
        everything = _("Everything")
    return SinceState(
        bold,
        _("New to you: {what}. {rest}").format(what=what, rest=rest),
        (
            Choice("news", _("Only what is new to me")),
            Choice("all", everything),
        ),
        "news" if desk.only_news else "all",
    )


def _what_is_new(news: Texts) -> list[str]:
    marks = sum(len(part.mail.marks) for part in news.parts)
    found = []
    if marks:
        words = ngettext(
            "{count} paragraph of the e-mail", "{count} paragraphs of the e-mail", marks
        )
        found.append(words.format(count=marks))
    if any(_differs(part.subject) for part in news.parts):
        found.append(_("the subject"))
    if any(_differs(part.sms) for part in news.parts):
        found.append(_("the SMS"))
    if news.others:
        words = ngettext("{count} other file", "{count} other files", len(news.others))
        found.append(words.format(count=len(news.others)))
    return found


def _differs(stretches: tuple[Stretch, ...]) -> bool:
    return any(one.kind is not Kind.SAME for one in stretches)


def _details(desk: Desk) -> tuple[Fact, ...]:
    change = desk.row.change
    return (
        Fact(_("Why"), change.proposal.reason),
        Fact(_("Alters"), ", ".join(one.name for one in change.subjects)),
        Fact(
            _("Written by"), ", ".join(name_of(desk.state, p) for p in change.authors)
        ),
        Fact(_("Opened"), dated(change.opened_at.astimezone(), "%-d %B %Y, %H:%M")),
        Fact(_("Put up again"), str(change.revisions)),
        Fact(_("Entry"), str(change.position)),
        Fact(_("Change"), str(change.id)),
    )


def _findings(desk: Desk, texts: Texts) -> tuple[Mark, ...]:
    if not texts.findings:
        errors = desk.row.change.proposal.errors
        if errors:
            words = ngettext("{count} error", "{count} errors", errors)
            return (Mark(words.format(count=errors), "x-circle-fill", Tone.ERROR),)
        return (Mark(_("No errors"), "check-circle-fill", Tone.OK),)
    icons = {
        "error": ("x-circle-fill", Tone.ERROR),
        "warning": ("warning-fill", Tone.WARN),
        "suggestion": ("info-fill", Tone.INFO),
    }
    return tuple(Mark(one.message, *icons[one.severity]) for one in texts.findings[:12])


def _languages_note(texts: Texts, read: frozenset[str]) -> str:
    known = {part.locale for part in texts.parts}
    if not known:
        return ""
    return _("{read} of {all} languages read").format(
        read=len(known & read), all=len(known)
    )
