"""Where a template stands and what the checks found: icon, word and colour."""

from collections import Counter
from collections.abc import Iterable, Mapping

from governance.changes.library import LibraryRow, Standing
from governance.changes.reading import ChangeRow
from governance.names import ChangeId
from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext
from widgets.kit.values import Mark, Tone


def standing_mark(
    row: LibraryRow, changes: Mapping[ChangeId, ChangeRow], drifted: str = ""
) -> Mark:
    """Say where a template stands: icon and words.

    ``drifted`` names the system that holds something else than what was published.
    """
    match row.standing:
        case Standing.BROKEN:
            return Mark(_("Cannot be read"), "warning-octagon", Tone.ERROR)
        case Standing.IN_REVIEW:
            return _in_review(changes.get(row.change) if row.change else None)
        case Standing.HELD:
            return Mark(_("On legal hold"), "lock", Tone.WARN)
        case Standing.DRAFT:
            return Mark(_("Draft of version 1"), "pencil-simple", Tone.QUIET)
        case Standing.EDITED:
            number = (row.live or 0) + 1
            words = _("Draft of version {number}").format(number=number)
            return Mark(words, "pencil-simple", Tone.QUIET)
        case _:
            return _live(drifted)


def _live(drifted: str) -> Mark:
    if drifted:
        words = _("Differs in {system}").format(system=drifted)
        return Mark(words, "git-diff", Tone.ERROR)
    return Mark(_("Live"), "broadcast", Tone.OK)


def findings_mark(findings: Iterable[Finding] | None) -> Mark:
    """Say what the checks found: the worst first, in numbers."""
    if findings is None:
        return Mark(_("Checking…"), "circle-dashed", Tone.FAINT)
    counts = Counter(one.severity for one in findings)
    if count := counts[Severity.ERROR]:
        words = ngettext("{count} error", "{count} errors", count)
        return Mark(words.format(count=count), "x-circle-fill", Tone.ERROR)
    if count := counts[Severity.WARNING]:
        words = ngettext("{count} warning", "{count} warnings", count)
        return Mark(words.format(count=count), "warning-fill", Tone.WARN)
    if count := counts[Severity.SUGGESTION]:
        words = ngettext("{count} suggestion", "{count} suggestions", count)
        return Mark(words.format(count=count), "info-fill", Tone.INFO)
    return Mark(_("None"), "check-circle-fill", Tone.OK)


def _in_review(row: ChangeRow | None) -> Mark:
    if row is None:
        return Mark(_("In review"), "eye", Tone.ACCENT)
    if row.change.rejection is not None:
        return Mark(_("Changes requested"), "arrow-u-up-left", Tone.WARN)
    needed, signed = sum(row.tally.quorum.values()), len(row.tally.seats)
    if not row.tally.missing:
        return Mark(_("Approved"), "checks", Tone.OK)
    words = _("In review, {signed} of {needed} signed")
    return Mark(words.format(signed=signed, needed=needed), "eye", Tone.ACCENT)
