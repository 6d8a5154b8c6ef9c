"""What a check says, at its exact place, with what would mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from governance.markup.mapped import Place, line_and_column
from governance.names import Locale, Span

NOWHERE: Final = Span(0, 0)
NO_LOCALE: Final = Locale("")


class Severity(StrEnum):
    """How bad it is: an error must never go out."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for a suggestion, 2 for an error."""
        return _RANKS[self]


_RANKS = {Severity.SUGGESTION: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in an author's file.

    Attributes:
        start: The first code point that goes, counted from 0.
        end: The code point after the last one that goes.
        text: What comes instead.
    """

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a finding; its edits belong together."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a stretch of an author's file.

    Attributes:
        rule: The rule's name: "template.unknown-field", "Tone.Unfortunately".
        file: The author's own file, also where a partial is at fault.
        span: The stretch in code points of that file.
        line: Of the first character, from 1; 0 where the file as a whole is meant.
        column: In characters, from 1; 0 as ``line``.
        end_line: Of the character after the last.
        match: The text that the rule is about, as the candidate would read it.
        part: The part that was checked, "email.mjml"; "" where none is meant.
        locale: The locale of that part; "" where none is meant.
        branches: The conditions under which it appears; empty where always.
        fixes: What would mend it; the first is the likeliest.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    span: Span = NOWHERE
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    match: str = ""
    part: str = ""
    locale: Locale = NO_LOCALE
    branches: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands, and in which part it was seen."""

    place: Place
    part: str = ""
    locale: Locale = NO_LOCALE


def finding_at(
    rule: str,
    severity: Severity,
    message: str,
    spot: Spot,
    text: str,
    *,
    match: str | None = None,
    fixes: Iterable[Fix] = (),
) -> Finding:
    """Return a finding at ``spot``, in a file whose whole text is ``text``."""
    span = spot.place.span
    line, column = line_and_column(text, span.start)
    end_line, end_column = line_and_column(text, span.end)
    return Finding(
        rule,
        severity,
        message,
        spot.place.path,
        span,
        line,
        column,
        end_line,
        end_column,
        text[span.start : span.end] if match is None else match,
        spot.part,
        spot.locale,
        fixes=tuple(fixes),
    )


def replacement(place: Place, text: str, title: str) -> Fix:
    """Return the fix that puts ``text`` in place of what stands at ``place``."""
    edit = Edit(place.path, place.span.start, place.span.end, text)
    return Fix(title, (edit,))


def in_order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """Return what findings are sorted by: file, place, rule."""
    return (
        finding.file,
        finding.span.start,
        finding.span.end,
        finding.rule,
        finding.part,
        finding.locale,
    )


class EditAnswer(msgspec.Struct, frozen=True):
    """An edit as the command line prints it."""

    file: str
    start: int
    end: int
    text: str


class FixAnswer(msgspec.Struct, frozen=True):
    """A fix as the command line prints it."""

    title: str
    edits: list[EditAnswer]


class FindingAnswer(msgspec.Struct, frozen=True):
    """A finding as the command line prints it."""

    rule: str
    severity: str
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    match: str
    part: str
    locale: str
    branches: list[str]
    fixes: list[FixAnswer]


class FindingsAnswer(msgspec.Struct, frozen=True):
    """All findings as ``check --json`` prints them."""

    findings: list[FindingAnswer]


def findings_answer(findings: Iterable[Finding]) -> FindingsAnswer:
    """Return ``findings`` in the form that a machine reads."""
    return FindingsAnswer([_answer(finding) for finding in findings])


def findings_json(findings: Iterable[Finding]) -> bytes:
    """Return ``findings`` as JSON, in their order."""
    return msgspec.json.encode(findings_answer(findings))


def _answer(finding: Finding) -> FindingAnswer:
    fixes = [
        FixAnswer(
            fix.title,
            [
                EditAnswer(edit.file, edit.start, edit.end, edit.text)
                for edit in fix.edits
            ],
        )
        for fix in finding.fixes
    ]
    return FindingAnswer(
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.file,
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.match,
        finding.part,
        finding.locale,
        list(finding.branches),
        fixes,
    )
