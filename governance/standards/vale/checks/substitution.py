"""``substitution``: one word instead of another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from governance.errors import ContentError
from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import (
    IGNORE_CASE,
    NONWORD,
    WORD,
    Pattern,
    compiled,
    found,
    is_found,
)
from governance.standards.vale.vocabulary import Exceptions, exceptions
from governance.texts import _

_REFERENCE: Final = re.compile(r"\$(\d+)")
# A class, an escaped character, or the begin of a group that captures.
_CAPTURES: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<opened>\((?:\?P?<\w+>|(?!\?)))", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Pair:
    observed: str
    expected: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """Each observed word that is not the expected one already is a hit."""

    pattern: Pattern
    pairs: tuple[_Pair, ...]
    exceptions: Exceptions
    is_case_ignored: bool
    replaces: bool
    is_capitalized: bool
    remembers: ClassVar[bool] = False
    judges_blocks: ClassVar[bool] = False

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:  # noqa: ARG002 -- port
        """Find the words to be replaced in ``text``.

        Raises:
            PatternTooSlowError: The pattern takes too long.
        """
        for match in found(self.pattern, text):
            number = match.lastindex
            if number is None or match.start(number) == match.end(number):
                continue
            start, end = match.span(number)
            if hit := self._hit(self.pairs[number - 1], text, start, end):
                yield hit

    def _hit(self, pair: _Pair, text: str, start: int, end: int) -> Hit | None:
        observed = text[start:end].strip()
        expected = self._expanded(pair, observed)
        if self.is_capitalized and observed[:1].isupper():
            expected = expected[:1].upper() + expected[1:]
        words = tuple(expected.split("|"))
        is_fine = observed in words if self.replaces else self._is(expected, observed)
        if is_fine or self.exceptions.cover(text, start, end):
            return None
        if not self.replaces:
            return Hit(start, end, (expected, observed))
        return Hit(start, end, (observed,), words)

    def _expanded(self, pair: _Pair, observed: str) -> str:
        if not _REFERENCE.search(pair.expected):
            return pair.expected
        flags = IGNORE_CASE if self.is_case_ignored else ""
        for whole in found(compiled(f"{flags}^(?:{pair.observed})$"), observed):

            def group(reference: "re.Match[str]") -> str:
                number = int(reference.group(1))
                return (whole.group(number) or "") if number <= whole.re.groups else ""  # noqa: B023 -- called at once

            return _REFERENCE.sub(group, pair.expected)
        return pair.expected

    def _is(self, expected: str, observed: str) -> bool:
        if all(char.isalnum() or char in " -" for char in expected):
            return expected == observed
        flags = IGNORE_CASE if self.is_case_ignored else ""
        try:
            return is_found(compiled(f"{flags}^(?:{expected})$"), observed)
        except ContentError:
            return expected == observed


def read_substitution(keys: Keys, options: Options) -> Substitution:
    """Read the keys of the check; the longest observed word is tried first.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    swap = keys.table("swap")
    if not swap:
        raise keys.refusal("swap", _("“{key}” must say what is swapped for what."))
    keys.text("pos")  # Vale reads it and does nothing with it
    pairs = sorted(swap.items(), key=_length, reverse=True)
    is_case_ignored = keys.flag("ignorecase")
    is_nonword = keys.flag("nonword")
    template = NONWORD if is_nonword else options.word_template or WORD
    groups = "|".join(f"({_uncaptured(observed)})" for observed, _expected in pairs)
    words = options.vocabulary.accepted if keys.flag("vocab", default=True) else ()
    return Substitution(
        compiled(
            (IGNORE_CASE if is_case_ignored else "") + template.replace("%s", groups)
        ),
        tuple(_Pair(observed, expected) for observed, expected in pairs),
        exceptions(keys.texts("exceptions"), () if is_nonword else words),
        is_case_ignored,
        options.replaces,
        keys.flag("capitalize"),
    )


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0])


def _uncaptured(pattern: str) -> str:
    def plain(piece: re.Match[str]) -> str:
        return "(?:" if piece.group("opened") else piece.group()

    return _CAPTURES.sub(plain, pattern)
