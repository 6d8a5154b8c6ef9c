"""What one change under review shows."""

from dataclasses import dataclass, field
from datetime import datetime

from governance.changes.compared import Compared, Kind, Mark, Stretch
from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState, Said
from governance.names import Locale, PersonId, Role
from governance.standards.finding import Finding
from governance.texts import _, ngettext
from widgets.kit.values import Choice, Deed, Fact, Notice, Tone
from widgets.kit.values import Mark as Sign
from widgets.reviews.inbox_state import is_open, open_roles, role_title, stage_mark


@dataclass(frozen=True, slots=True)
class PartTexts:
    """One template in one language, before and after.

    Attributes:
        mail: The e-mail, both sides marked.
        source: The author's own source of the e-mail, line by line.
    """

    template: str
    title: str
    locale: Locale
    mail: Compared
    subject: tuple[Stretch, ...] = ()
    text: tuple[Stretch, ...] = ()
    sms: tuple[Stretch, ...] = ()
    source: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that a change alters, rendered for a sample person.

    Attributes:
        others: Files that it alters and that are rendered nowhere, with their words.
    """

    parts: tuple[PartTexts, ...] = ()
    others: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SeatSign:
    """One seat of the quorum."""

    name: str
    role: str
    mark: Sign


@dataclass(frozen=True, slots=True)
class CommentRow:
    """What somebody said.

    Attributes:
        position: The entry that it is; an answer names it.
    """

    position: int
    name: str
    when: str
    text: str
    place: str
    is_open: bool
    is_answer: bool


@dataclass(frozen=True, slots=True)
class ChangeState:
    """Everything that the page draws."""

    title: str = ""
    mark: Sign | None = None
    under: str = ""
    notices: tuple[Notice, ...] = ()
    deeds: tuple[Deed, ...] = ()
    templates: tuple[Choice, ...] = ()
    template: str = ""
    locales: tuple[Choice, ...] = ()
    locale: str = ""
    tabs: tuple[Choice, ...] = ()
    tab: str = "rendered"
    before: str = ""
    after: str = ""
    before_title: str = ""
    after_title: str = ""
    words: tuple[Mark, ...] = ()
    stretches: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    details: tuple[Fact, ...] = ()
    marks: tuple[Mark, ...] = ()
    mark_number: int = 0
    seats: tuple[SeatSign, ...] = ()
    seats_note: str = ""
    findings: tuple[Sign, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    can_comment: bool = True
    is_loading: bool = False
    languages_note: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page is about, and what was chosen in it.

    Attributes:
        read: The languages that were opened.
        stale: Why what is shown is no longer what can be signed, "" if it is.
    """

    row: ChangeRow
    state: LedgerState
    me: PersonId | None
    now: datetime
    texts: Texts | None = None
    template: str = ""
    locale: str = ""
    tab: str = "rendered"
    mark: int = 0
    read: frozenset[str] = field(default=frozenset())
    stale: str = ""


def change_state(desk: Desk) -> ChangeState:
    """Describe a change as ``desk.me`` should see it."""
    change, texts = desk.row.change, desk.texts or Texts()
    part = _part(desk, texts)
    marks = part.mail.marks if part else ()
    author = _name(desk.state, change.author)
    return ChangeState(
        title=change.title,
        mark=stage_mark(desk.row),
        under=_("by {author}").format(author=author),
        notices=_notices(desk, texts),
        deeds=_deeds(desk),
        templates=_templates(texts),
        template=part.template if part else "",
        locales=_locales(part, texts),
        locale=part.locale if part else "",
        tabs=_tabs(part, texts),
        tab=desk.tab,
        before=part.mail.before if part else "",
        after=part.mail.after if part else "",
        before_title=_before_title(desk, part),
        after_title=_("Proposed"),
        words=marks,
        stretches=_stretches(desk, part, texts),
        details=_details(desk),
        marks=marks,
        mark_number=min(max(desk.mark, 1), len(marks)) if marks else 0,
        seats=_seats(desk),
        seats_note=_seats_note(desk),
        findings=_findings(desk, texts),
        comments=tuple(_comment(one, desk) for one in change.comments),
        can_comment=desk.me in desk.state.members,
        is_loading=desk.texts is None,
        languages_note=_languages_note(texts, desk.read),
    )


def unread(texts: Texts, read: frozenset[str]) -> tuple[Locale, ...]:
    """Return the languages that were not opened."""
    known = dict.fromkeys(part.locale for part in texts.parts)
    return tuple(one for one in known if one not in read)


def sign_words(desk: Desk, role: Role) -> str:
    """Return what a signature in ``role`` states."""
    policy = desk.state.policy
    own = policy.meanings.get(role, "") if policy else ""
    return own or _("I have read this and agree with it.")


def _deeds(desk: Desk) -> tuple[Deed, ...]:
    change = desk.row.change
    is_author = desk.me in change.authors
    roles = open_roles(desk.row, desk.state, desk.me)
    if not is_open(change):
        return ()
    if is_author:
        return (
            Deed("withdraw", _("Withdraw…"), "ghost", "prohibit"),
            Deed("edit", _("Edit again"), "default", "pencil-simple"),
        )
    role = role_title(desk.state, roles[0]) if roles else _("reviewer")
    return (
        Deed(
            "request",
            _("Request changes…"),
            "default",
            "arrow-u-up-left",
            "Ctrl+Shift+R",
            why_not="" if roles else why_not_sign(desk),
        ),
        Deed(
            "sign",
            _("Sign as {role}…").format(role=role.lower() if role.isascii() else role),
            "primary",
            "pen-nib",
            "Ctrl+Return",
            why_not=desk.stale or ("" if roles else why_not_sign(desk)),
        ),
    )


def why_not_sign(desk: Desk) -> str:
    """Say why ``desk.me`` cannot sign, "" if they can."""
    change, tally = desk.row.change, desk.row.tally
    reasons = (
        (not is_open(change), _("It is decided already.")),
        (
            desk.me in change.authors,
            _("You wrote this change, so someone else signs."),
        ),
        (
            change.rejection is not None,
            _("Changes were requested; its author puts it up again first."),
        ),
        (desk.me in tally.seats, _("You have signed this text.")),
        (
            desk.me not in desk.state.members,
            _("You are no member of this workspace."),
        ),
        (not tally.missing, _("Everyone who must has signed.")),
        (True, _("None of your roles is asked for here.")),
    )
    return next(words for holds, words in reasons if holds)


def _notices(desk: Desk, texts: Texts) -> tuple[Notice, ...]:
    found = []
    change = desk.row.change
    if desk.stale:
        found.append(
            Notice(
                "reload",
                _("The text changed while you were reading it."),
                _("Nothing was signed. Read what is new, then sign."),
                Tone.WARN,
                "arrows-clockwise",
                _("Show what is new"),
            )
        )
    if change.rejection is not None:
        name = _name(desk.state, change.rejection.person)
        found.append(
            Notice(
                "",
                _("{name} requested changes.").format(name=name),
                change.rejection.rejection.reason,
                Tone.WARN,
                "arrow-u-up-left",
            )
        )
    earlier = [one for one in change.approvals if one.person == desk.me]
    if earlier and desk.me not in desk.row.tally.seats:
        day = earlier[-1].approval.at.astimezone().strftime("%-d %B")
        found.append(
            Notice(
                "",
                _("Changed since you signed on {day}.").format(day=day),
                _("Your signature no longer counts."),
                Tone.WARN,
                "arrows-clockwise",
            )
        )
    if texts.problem:
        found.append(Notice("", _("It cannot be rendered."), texts.problem, Tone.ERROR))
    return tuple(found)


def _part(desk: Desk, texts: Texts) -> PartTexts | None:
    for part in texts.parts:
        if part.template == desk.template and part.locale == desk.locale:
            return part
    for part in texts.parts:
        if part.template == desk.template:
            return part
    return texts.parts[0] if texts.parts else None


def _templates(texts: Texts) -> tuple[Choice, ...]:
    seen = {part.template: part.title for part in texts.parts}
    return tuple(Choice(key, title) for key, title in seen.items())


def _locales(part: PartTexts | None, texts: Texts) -> tuple[Choice, ...]:
    if part is None:
        return ()
    return tuple(
        Choice(one.locale, one.locale)
        for one in texts.parts
        if one.template == part.template
    )


def _tabs(part: PartTexts | None, texts: Texts) -> tuple[Choice, ...]:
    tabs = []
    if part is not None:
        tabs = [
            Choice("rendered", _("Rendered")),
            Choice("words", _("Words")),
            Choice("source", _("Source")),
            Choice("text", _("Plain text")),
        ]
        if part.sms:
            tabs.append(Choice("sms", _("SMS")))
    if texts.others:
        tabs.append(Choice("others", _("Other files")))
    return (*tabs, Choice("details", _("Details")))


def _stretches(
    desk: Desk, part: PartTexts | None, texts: Texts
) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    if desk.tab == "others":
        return texts.others
    if part is None:
        return ()
    if desk.tab == "words":
        changed = any(one.kind is not Kind.SAME for one in part.subject)
        marks = part.mail.marks
        if not marks and not changed:
            same = Stretch(Kind.SAME, _("Nothing differs in this language."))
            return (("", (same,)),)
        return (
            *(((_("Subject"), part.subject),) if changed else ()),
            *(
                (_("Change {number}").format(number=one.number), one.words)
                for one in marks
            ),
        )
    sides = {
        "source": (_("Source of the e-mail"), part.source),
        "text": (_("Plain text"), part.text),
        "sms": (_("SMS"), part.sms),
    }
    return (sides[desk.tab],) if desk.tab in sides else ()


def _before_title(desk: Desk, part: PartTexts | None) -> str:
    for subject in desk.row.change.subjects:
        if part is not None and subject.name.endswith(f"/{part.template}"):
            if subject.version_before:
                return _("Version {number}, live").format(number=subject.version_before)
            break
    return _("Nothing yet")


def _details(desk: Desk) -> tuple[Fact, ...]:
    change = desk.row.change
    return (
        Fact(_("Why"), change.proposal.reason),
        Fact(_("Alters"), ", ".join(one.name for one in change.subjects)),
        Fact(_("Written by"), ", ".join(_name(desk.state, p) for p in change.authors)),
        Fact(_("Opened"), change.opened_at.astimezone().strftime("%-d %B %Y, %H:%M")),
        Fact(_("Put up again"), str(change.revisions)),
        Fact(_("Entry"), str(change.position)),
        Fact(_("Change"), str(change.id)),
    )


def _seats(desk: Desk) -> tuple[SeatSign, ...]:
    signs = []
    tally, state = desk.row.tally, desk.state
    mine = open_roles(desk.row, state, desk.me)
    for role in sorted(tally.quorum):
        title = role_title(state, role)
        for person in tally.people(role):
            when = [
                one.approval.at
                for one in desk.row.change.approvals
                if one.person == person
            ]
            at = when[-1].astimezone().strftime("%-d %B, %H:%M") if when else ""
            mark = Sign(
                _("Signed this text, {when}").format(when=at),
                "check-circle-fill",
                Tone.OK,
            )
            signs.append(SeatSign(_name(state, person), title, mark))
        for _seat in range(tally.missing.get(role, 0)):
            is_mine = role in mine
            name = _("You") if is_mine else _who_may(state, role, desk)
            tone = Tone.ACCENT if is_mine else Tone.QUIET
            icon = "circle-dashed" if is_mine else "circle"
            signs.append(SeatSign(name, title, Sign(_("Waiting"), icon, tone)))
    return tuple(signs)


def _who_may(state: LedgerState, role: Role, desk: Desk) -> str:
    names = [
        member.name or str(person)
        for person, member in state.members.items()
        if role in member.roles and person not in desk.row.change.authors
    ]
    return _(" or ").join(names) or _("Nobody holds this role")


def _seats_note(desk: Desk) -> str:
    needed = sum(desk.row.tally.quorum.values())
    return _("{signed} of {needed}, all different people").format(
        signed=len(desk.row.tally.seats), needed=needed
    )


def _findings(desk: Desk, texts: Texts) -> tuple[Sign, ...]:
    if not texts.findings:
        errors = desk.row.change.proposal.errors
        if errors:
            words = ngettext("{count} error", "{count} errors", errors)
            return (Sign(words.format(count=errors), "x-circle-fill", Tone.ERROR),)
        return (Sign(_("No errors"), "check-circle-fill", Tone.OK),)
    icons = {
        "error": ("x-circle-fill", Tone.ERROR),
        "warning": ("warning-fill", Tone.WARN),
        "suggestion": ("info-fill", Tone.INFO),
    }
    return tuple(Sign(one.message, *icons[one.severity]) for one in texts.findings[:12])


def _comment(said: Said, desk: Desk) -> CommentRow:
    open_ones = {one.position for one in desk.row.change.unanswered}
    return CommentRow(
        said.position,
        _name(desk.state, said.person),
        said.comment.at.astimezone().strftime("%-d %B, %H:%M"),
        said.comment.text,
        said.comment.place,
        said.position in open_ones,
        said.comment.answers is not None,
    )


def _languages_note(texts: Texts, read: frozenset[str]) -> str:
    known = {part.locale for part in texts.parts}
    if not known:
        return ""
    return _("{read} of {all} languages read").format(
        read=len(known & read), all=len(known)
    )


def _name(state: LedgerState, person: PersonId) -> str:
    member = state.members.get(person)
    return member.name if member and member.name else str(person)
