"""Words looked for in every text of the repository.

One file at a time, so that whoever asks can show what was found so far, and stop. A
regular expression has a limit of time in each file: an author's slip must not hold up
the search.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

import regex

from governance.content.repeats import LARGEST, written_out
from governance.content.sources import Sources
from governance.content.template import TEMPLATES
from governance.errors import ContentError
from governance.markup.mapped import line_and_column
from governance.names import Span
from governance.texts import N_, _

Pattern: TypeAlias = regex.Pattern[str]

TIMEOUT: Final = 0.2  # seconds of processor time for one file; a good one takes 0.001
LONGEST: Final = 1_000  # characters that one can look for
_BEFORE: Final = 32  # characters of the line that are shown before the place
_SHOWN: Final = 160


class Scope(StrEnum):
    """Where is looked."""

    TEMPLATES = "templates"
    EVERYTHING = "everything"  # partials, fields, journeys, rules, samples too


class BadQueryError(ContentError):
    """Nobody can look for this."""

    remedy = N_("Correct the expression, or look for the words as they stand.")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        minds_case: Whether capitals and small letters differ.
        is_whole: Whether it has to be a word of its own.
        is_pattern: Whether ``words`` are a regular expression.
    """

    words: str
    minds_case: bool = False
    is_whole: bool = False
    is_pattern: bool = False
    scope: Scope = Scope.TEMPLATES


@dataclass(frozen=True, slots=True)
class Hit:
    """One place.

    Attributes:
        line: From 1.
        excerpt: The line around it.
        mark: Which part of the excerpt it is.
    """

    span: Span
    line: int
    excerpt: str
    mark: Span


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one file.

    Attributes:
        text: The file as it was searched.
        problem: Why it could not be looked through to its end, "" if it could.
    """

    path: str
    text: str = field(repr=False)
    hits: tuple[Hit, ...]
    problem: str = ""


def pattern_of(query: Query) -> Pattern:
    """Return what ``query`` looks for, ready to search with.

    Raises:
        BadQueryError: It is empty, too long, or no regular expression.
    """
    words = query.words if query.is_pattern else regex.escape(query.words)
    if not query.words:
        raise BadQueryError(_("There is nothing to look for."))
    if len(query.words) > LONGEST or written_out(words) > LARGEST:
        raise BadQueryError(_("This is too long to look for."))
    flags = regex.V0 | regex.MULTILINE
    if not query.minds_case:
        flags |= regex.IGNORECASE
    if query.is_whole:
        words = rf"(?<!\w)(?:{words})(?!\w)"
    try:
        return regex.compile(words, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        message = _("This is no regular expression: {reason}.")
        raise BadQueryError(message.format(reason=error)) from error


def paths_in(sources: Sources, scope: Scope) -> tuple[str, ...]:
    """Return the texts that are looked through, in their order."""
    if scope is Scope.EVERYTHING:
        return tuple(sorted(sources.texts))
    return tuple(sorted(path for path in sources.texts if path.startswith(TEMPLATES)))


def look(path: str, text: str, pattern: Pattern, most: int) -> Found:
    """Look through one file, for at most ``most`` places."""
    hits: list[Hit] = []
    problem = ""
    try:
        for span in _spans(pattern, text):
            hits.append(_hit(text, span))
            if len(hits) >= most:
                break
    except TimeoutError:
        problem = _("The expression takes too long here; make it simpler.")
    return Found(path, text, tuple(hits), problem)


def _spans(pattern: Pattern, text: str) -> Iterator[Span]:
    for match in pattern.finditer(text, timeout=TIMEOUT, concurrent=True):
        start, end = match.span()
        if end > start:  # nothing can be shown of a place without letters
            yield Span(start, end)


def _hit(text: str, span: Span) -> Hit:
    line, column = line_and_column(text, span.start)
    begin = span.start - (column - 1)
    end = text.find("\n", begin)
    whole = text[begin : end if end >= 0 else len(text)]
    first = max(0, min(column - 1 - _BEFORE, len(whole) - _SHOWN))
    first = min(max(first, len(whole) - len(whole.lstrip())), column - 1)
    shown = whole[first : first + _SHOWN].replace("\t", " ")
    lead = "…" if whole[:first].strip() else ""
    tail = "…" if len(whole) > first + _SHOWN else ""
    start = column - 1 - first + len(lead)
    stop = min(start + span.end - span.start, len(lead) + len(shown))
    return Hit(span, line, f"{lead}{shown}{tail}", Span(start, stop))
