"""The tabs of a change: what each shows of its texts, in which language."""

from governance.changes.compared import Kind, Stretch
from governance.texts import _
from widgets.diff.state import Pair, count_of
from widgets.kit.languages import language
from widgets.kit.values import Choice
from widgets.reviews.change_values import Desk, PartTexts, Texts


def part_of(desk: Desk, texts: Texts) -> PartTexts | None:
    """Return the template and the language that are shown."""
    for part in texts.parts:
        if part.template == desk.template and part.locale == desk.locale:
            return part
    for part in texts.parts:
        if part.template == desk.template:
            return part
    return texts.parts[0] if texts.parts else None


def templates_of(texts: Texts) -> tuple[Choice, ...]:
    """Return the templates that can be shown."""
    seen = {part.template: part.title for part in texts.parts}
    return tuple(Choice(key, title) for key, title in seen.items())


def locales_of(part: PartTexts | None, texts: Texts) -> tuple[Choice, ...]:
    """Return the languages of the template that is shown."""
    if part is None:
        return ()
    return tuple(
        Choice(one.locale, language(one.locale))
        for one in texts.parts
        if one.template == part.template
    )


def tabs_of(part: PartTexts | None, texts: Texts) -> tuple[Choice, ...]:
    """Return the tabs that have something to show."""
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


def stretches_of(
    desk: Desk, part: PartTexts | None, texts: Texts
) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    """Return the words that the tab shows, with what was added and removed."""
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
    if desk.tab == "source" and not source_of(desk, part):
        return (
            ("", (Stretch(Kind.SAME, _("The source of the e-mail is the same.")),)),
        )
    sides = {
        "text": (_("Plain text"), part.text),
        "sms": (_("SMS"), part.sms),
    }
    return (sides[desk.tab],) if desk.tab in sides else ()


def source_of(desk: Desk, part: PartTexts | None) -> tuple[Pair, ...]:
    """Return both sides of the source, none where they are the same."""
    if part is None or desk.tab != "source" or not count_of(part.source):
        return ()
    return part.source


def before_title_of(desk: Desk, part: PartTexts | None) -> str:
    """Say what stands on the left: what candidates get, or what one saw before."""
    if desk.only_news and desk.since is not None:
        return _("What you signed") if desk.since.signed_at else _("What you read")
    number = _version_before(desk, part)
    if number:
        return _("Version {number}, live").format(number=number)
    return _("Nothing yet")


def version_words(desk: Desk, part: PartTexts | None, author: str) -> str:
    """Say which version a change makes, and who wrote it."""
    number = _version_before(desk, part)
    if number and len(desk.row.change.subjects) == 1:
        words = _("Version {number} by {author}")
        return words.format(number=number + 1, author=author)
    return _("by {author}").format(author=author)


def _version_before(desk: Desk, part: PartTexts | None) -> int:
    for subject in desk.row.change.subjects:
        if part is not None and subject.name.endswith(f"/{part.template}"):
            return subject.version_before or 0
    return 0
