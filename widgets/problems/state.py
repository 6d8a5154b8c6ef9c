"""What the findings panel shows."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext
from widgets.kit.values import Cell, Column, Empty, Mark, Row, Table, Tone

SIGNS: Final = {
    Severity.ERROR: ("x-circle-fill", Tone.ERROR),
    Severity.WARNING: ("warning-fill", Tone.WARN),
    Severity.SUGGESTION: ("info-fill", Tone.INFO),
}


@dataclass(frozen=True, slots=True)
class ProblemsState:
    """Everything that the panel draws.

    Attributes:
        counts: One mark for each severity that there is.
        is_old: Whether these are of a text that was edited since.
    """

    counts: tuple[Mark, ...]
    table: Table
    selected: str
    empty: Empty | None
    is_old: bool = False


def problems_state(
    findings: tuple[Finding, ...] | None,
    words: str = "",
    selected: str = "",
    *,
    is_old: bool = False,
) -> ProblemsState:
    """Describe the findings, the worst first, narrowed to ``words``."""
    found = tuple(sorted(findings or (), key=_order))
    shown = [one for one in found if _says(one, words)]
    rows = tuple(_row(str(found.index(one)), one) for one in shown)
    return ProblemsState(
        _counts(found),
        Table(
            (
                Column("", 124),
                Column(""),
                Column("", 150, drop=2),
                Column("", 150, drop=1),
                Column("", 190, drop=3),
            ),
            rows,
        ),
        selected,
        _empty(findings, words, is_found=bool(rows)),
        is_old,
    )


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings as the panel numbers them."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[int, str, int, int]:
    return -finding.severity.rank, finding.file, finding.line, finding.column


def _says(finding: Finding, words: str) -> bool:
    text = f"{finding.message} {finding.rule} {finding.file}".casefold()
    return all(word in text for word in words.casefold().split())


def _row(key: str, finding: Finding) -> Row:
    icon, tone = SIGNS[finding.severity]
    names = {
        Severity.ERROR: _("Error"),
        Severity.WARNING: _("Warning"),
        Severity.SUGGESTION: _("Suggestion"),
    }
    fix = finding.fixes[0].title if finding.fixes else ""
    family = finding.rule.partition(".")[0].replace("-", " ").capitalize()
    place = _place(finding)
    return Row(
        key,
        (
            Cell(mark=Mark(names[finding.severity], icon, tone)),
            Cell(finding.message),
            Cell(family, tone=Tone.QUIET),
            Cell(place, tone=Tone.QUIET),
            Cell(
                mark=Mark(fix, "lightning", Tone.ACCENT) if fix else None,
                text="",
            ),
        ),
        said=f"{names[finding.severity]}, {finding.message}, {place}. {fix}".strip(),
        tooltip=f"{finding.message}\n{finding.rule}",
    )


def _place(finding: Finding) -> str:
    name = finding.file.rpartition("/")[2]
    titles = {
        "email.mjml": _("E-mail"),
        "email.html": _("E-mail"),
        "email.txt": _("Plain text"),
        "sms.txt": _("SMS"),
        "subject.txt": _("Subject"),
        "preheader.txt": _("Preheader"),
        "template.toml": _("Details"),
    }
    title = titles.get(name, name)
    language = f" ({finding.locale})" if finding.locale else ""
    if not finding.line:
        return f"{title}{language}"
    return _("{part}{language}, line {line}").format(
        part=title, language=language, line=finding.line
    )


def _counts(findings: tuple[Finding, ...]) -> tuple[Mark, ...]:
    counts = Counter(one.severity for one in findings)
    words = {
        Severity.ERROR: ("{count} error", "{count} errors"),
        Severity.WARNING: ("{count} warning", "{count} warnings"),
        Severity.SUGGESTION: ("{count} suggestion", "{count} suggestions"),
    }
    return tuple(
        Mark(
            ngettext(*words[severity], counts[severity]).format(count=counts[severity]),
            *SIGNS[severity],
        )
        for severity in (Severity.ERROR, Severity.WARNING, Severity.SUGGESTION)
        if counts[severity]
    )


def _empty(
    findings: tuple[Finding, ...] | None, words: str, *, is_found: bool
) -> Empty | None:
    if is_found:
        return None
    if findings is None:
        return Empty("circle-dashed", _("Checking…"))
    if words:
        return Empty(
            "magnifying-glass", _("No finding says “{words}”.").format(words=words)
        )
    return Empty(
        "check-circle",
        _("Nothing found."),
        _("The checks read every language and every case of each condition."),
    )
