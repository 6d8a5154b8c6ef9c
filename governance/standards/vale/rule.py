"""A style rule: its header, its check, and what they say about a block of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from governance.standards.finding import Severity
from governance.standards.vale.actions import NO_ACTION, Action
from governance.standards.vale.checks.check import Check, Hit, Memory
from governance.standards.vale.message import formatted, formatted_list
from governance.standards.vale.scope import ANY_TEXT, Scope

# Vale's check types that are not run here yet.
NOT_SUPPORTED: Final = frozenset(
    ["consistency", "metric", "readability", "script", "sequence", "spelling"]
)


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One of the cases that a rule carries under ``tests``.

    Attributes:
        want: The alerts in full, one a line: ``1:4:Style.Rule:message``; None where
            the case does not pin them.
        contains: What must be somewhere in those lines.
        absent: What must not.
    """

    name: str
    input: str
    want: str | None = None
    contains: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What every rule has.

    Attributes:
        name: "Style.Rule".
        path: Its file.
        limit: How many findings it may make in one file; 0 for any number.
    """

    name: str
    path: str
    message: str
    level: Severity = Severity.WARNING
    scope: Scope = ANY_TEXT
    link: str = ""
    description: str = ""
    limit: int = 0
    action: Action = NO_ACTION
    cases: tuple[RuleCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule says about a block.

    Attributes:
        start: The first code point of it in the block.
        end: The code point after it.
        replacements: What may stand there instead; "" means nothing.
    """

    start: int
    end: int
    message: str
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule, ready to run."""

    header: Header
    check: Check

    def alerts(self, text: str, memory: Memory) -> Iterator[Alert]:
        """Judge one block.

        Raises:
            PatternTooSlowError: The rule takes too long.
        """
        for hit in self.check.hits(text, memory):
            yield Alert(
                hit.start, hit.end, self._message(hit), self._replacements(text, hit)
            )

    def _message(self, hit: Hit) -> str:
        if hit.replacements is not None:
            return formatted_list(self.header.message, hit.replacements, *hit.arguments)
        return formatted(self.header.message, hit.arguments)

    def _replacements(self, text: str, hit: Hit) -> tuple[str, ...]:
        if hit.replacements is not None:
            return hit.replacements
        return self.header.action.replacements(text[hit.start : hit.end])


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A rule that Vale would run and we do not yet; it is named, not passed over.

    Attributes:
        what: The check type or action, "metric".
    """

    name: str
    path: str
    what: str
