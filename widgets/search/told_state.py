"""What the search says beside its list: what it did, what is missing, what is empty."""

from typing import Final

from governance.content.search import Scope
from governance.texts import _, ngettext
from widgets.kit.values import Empty, Notice, Tone
from widgets.search.sought import SHOWN, Report, Sought

_NAMED: Final = 3  # things that a sentence names; the rest are counted


def notices(sought: Sought, places: int) -> tuple[Notice, ...]:
    """Say what was done, and what is missing of ``places``."""
    told: list[Notice] = []
    if sought.report is not None:
        told.append(_report(sought.report))
    if sought.slow:
        words = ngettext(
            "The expression takes too long in {count} file; make it simpler.",
            "The expression takes too long in {count} files; make it simpler.",
            sought.slow,
        )
        plain = _("What is shown is not everything.")
        bold = words.format(count=sought.slow)
        told.append(Notice("", bold, plain, Tone.WARN, "warning"))
    elif sought.is_cut:
        bold = _("There are more places than can be kept.")
        plain = _("Look for something more particular to see all of them.")
        told.append(Notice("", bold, plain, Tone.WARN, "warning"))
    elif places > SHOWN:
        bold = _("The first {shown} of {count} places are shown.")
        plain = _("What you replace is replaced in all of them.")
        words = bold.format(shown=f"{SHOWN:,}", count=f"{places:,}").replace(
            ",", "\u2009"
        )
        told.append(Notice("", words, plain, Tone.INFO, "info"))
    return tuple(told)


def _report(report: Report) -> Notice:
    places = ngettext(
        "{count} place is changed", "{count} places are changed", report.places
    ).format(count=report.places)
    things = ngettext(
        "in {count} template.", "in {count} templates.", report.things
    ).format(count=report.things)
    if report.is_back:
        bold = _("Taken back.") if report.things else _("Nothing was taken back.")
    elif report.places:
        bold = f"{places} {things}"
    else:
        bold = _("Nothing was changed.")
    said: list[str] = []
    if report.is_stopped:
        said.append(_("You stopped it there."))
    elif report.places and not report.is_back:
        said.append(_("Each is a draft now, and goes through review like any other."))
    said += [f"{title}: {reason}" for title, reason in report.left[:_NAMED]]
    rest = len(report.left) - _NAMED
    if rest > 0:
        words = ngettext(
            "{count} more was left alone.", "{count} more were left alone.", rest
        )
        said.append(words.format(count=rest))
    can_undo = bool(report.places) and not report.is_back
    return Notice(
        "undo-search",
        bold,
        " ".join(said),
        Tone.WARN if report.left or report.is_stopped else Tone.OK,
        action=_("Undo") if can_undo else "",
    )


def empty_of(sought: Sought, *, has_rows: bool) -> Empty | None:
    """Say why the list is empty, None where it is not."""
    if has_rows:
        return None
    if sought.problem:
        return Empty("warning", _("Nobody can look for this."), sought.problem)
    if not sought.query.words:
        return Empty(
            "magnifying-glass",
            _("Look for words in all templates."),
            _(
                "Subjects, mails, plain texts and text messages in every language. "
                "What you replace becomes a draft of each template."
            ),
        )
    if not sought.ended:
        return Empty("magnifying-glass", _("Looking…"))
    words = _("“{words}” stands nowhere.").format(words=sought.query.words)
    if sought.query.scope is Scope.EVERYTHING:
        return Empty("magnifying-glass", words)
    return Empty(
        "magnifying-glass",
        words,
        _("Partials, journeys and merge fields were not looked at."),
        _("Look in everything"),
        "everything",
    )
