"""What every check type gives: its hits in one block of text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from governance.standards.vale.vocabulary import NO_WORDS, Vocabulary


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a block.

    Attributes:
        start: The first code point of it in the block.
        end: The code point after it.
        arguments: What fills the slots of the rule's message, in order.
        replacements: What may stand there instead, and fills the slot before all
            others; None where only the rule's action says so.
    """

    start: int
    end: int
    arguments: tuple[str, ...]
    replacements: tuple[str, ...] | None = None


@dataclass(slots=True)
class Memory:
    """What a rule has seen so far in one file; only ``conditional`` remembers."""

    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Options:
    r"""What .vale.ini says to every rule.

    Attributes:
        word_template: What stands for ``\b(?:%s)\b``; "" for that itself.
        replaces: Whether the rule's action is ``replace`` without words of its own.
    """

    vocabulary: Vocabulary = NO_WORDS
    word_template: str = ""
    replaces: bool = False


class Check(Protocol):
    """A check type with the keys of one rule.

    Attributes:
        remembers: Whether what it says of a block depends on the blocks before.
        judges_blocks: Whether a hit is about the whole block, wherever it points.
    """

    remembers: ClassVar[bool]
    judges_blocks: ClassVar[bool]

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:
        """Find what the rule is about, in the order of ``text``.

        Raises:
            PatternTooSlowError: A pattern takes too long.
        """
