"""``occurrence``: something as often as it should be, in one block."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import IGNORE_CASE, Pattern, compiled, found


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One hit where a block has too many or too few; 0 sets no limit."""

    pattern: Pattern
    most: int
    least: int
    remembers: ClassVar[bool] = False
    judges_blocks: ClassVar[bool] = True

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:  # noqa: ARG002 -- port
        """Count in ``text``.

        Raises:
            PatternTooSlowError: The pattern takes too long.
        """
        matches = list(found(self.pattern, text))
        count = len(matches)
        is_much = 0 < self.most < count
        if not is_much and not count < self.least:
            return
        start, end = 0, 0
        if matches:
            readable = [match for match in matches if match.group().strip("*@")]
            start, end = (readable or matches)[0].span()
        yield Hit(start, end, (str(count),))


def read_occurrence(keys: Keys, options: Options) -> Occurrence:  # noqa: ARG001 -- as all
    """Read the keys of the check.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    flags = IGNORE_CASE if keys.flag("ignorecase") else ""
    return Occurrence(
        compiled(f"{flags}(?:{keys.text('token')})"),
        int(keys.number("max")),
        int(keys.number("min")),
    )
