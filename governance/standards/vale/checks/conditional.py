"""``conditional``: where this is, that must be too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import (
    Pattern,
    compiled,
    found,
    is_found,
)
from governance.standards.vale.vocabulary import Exceptions, exceptions


@dataclass(frozen=True, slots=True)
class Conditional:
    """Each ``first`` without its ``second`` is a hit.

    Where ``second`` captures something, a ``first`` must equal what was captured so far
    in the file: “WHO” after “World Health Organization (WHO)”. Otherwise ``second``
    must be in the same block.
    """

    first: Pattern
    second: Pattern
    exceptions: Exceptions
    captures: bool
    remembers: ClassVar[bool] = True
    judges_blocks: ClassVar[bool] = False

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:
        """Find what lacks its condition in ``text``.

        Raises:
            PatternTooSlowError: A pattern takes too long.
        """
        if self.captures:
            for match in found(self.second, text):
                memory.seen.update(group for group in match.groups() if group)
        elif is_found(self.second, text):
            return
        for match in found(self.first, text):
            start, end = match.span()
            word = match.group()
            if start == end or (self.captures and word in memory.seen):
                continue
            if not self.exceptions.cover(text, start, end):
                yield Hit(start, end, (word,))


def read_conditional(keys: Keys, options: Options) -> Conditional:
    """Read the keys of the check.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    keys.flag("ignorecase")  # Vale reads it and does nothing with it
    first, second = compiled(keys.text("first")), compiled(keys.text("second"))
    words = options.vocabulary.accepted if keys.flag("vocab", default=True) else ()
    return Conditional(
        first,
        second,
        exceptions(keys.texts("exceptions"), words),
        captures=second.groups > 0,
    )
