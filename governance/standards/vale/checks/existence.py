"""``existence``: some words must not be there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import (
    IGNORE_CASE,
    NONWORD,
    WORD,
    Pattern,
    compiled,
    found,
)
from governance.standards.vale.vocabulary import Exceptions, exceptions


@dataclass(frozen=True, slots=True)
class Existence:
    """Each match is a hit, unless it is excepted."""

    pattern: Pattern
    exceptions: Exceptions
    remembers: ClassVar[bool] = False
    judges_blocks: ClassVar[bool] = False

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:  # noqa: ARG002 -- port
        """Find the tokens in ``text``.

        Raises:
            PatternTooSlowError: The pattern takes too long.
        """
        for match in found(self.pattern, text):
            start, end = match.span()
            if start < end and not self.exceptions.cover(text, start, end):
                yield Hit(start, end, (match.group(),))


def read_existence(keys: Keys, options: Options) -> Existence:
    """Read the keys of the check.

    ``raw`` entries are joined, not alternated; they stand before the tokens, or after
    them with ``append``.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    tokens = tuple(token for token in keys.texts("tokens") if token.strip())
    raw = "".join(keys.texts("raw"))
    is_nonword = keys.flag("nonword")
    has_vocabulary = keys.flag("vocab", default=True) and not is_nonword
    template = NONWORD if is_nonword or not tokens else options.word_template or WORD
    pattern = template.replace("%s", "|".join(tokens))
    pattern = pattern + raw if keys.flag("append") else raw + pattern
    if keys.flag("ignorecase"):
        pattern = IGNORE_CASE + pattern
    return Existence(
        compiled(pattern),
        exceptions(
            keys.texts("exceptions"),
            options.vocabulary.accepted if has_vocabulary else (),
        ),
    )
