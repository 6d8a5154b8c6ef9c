"""Two texts side by side: which lines belong together, and which words differ in them.

Pure of Qt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from governance.changes.compared import Kind, Stretch

_NEAR: Final = 3  # lines of context around a difference
_LONGEST: Final = 4_000  # letters of two lines whose words are still compared
_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a line.

    Attributes:
        number: From 1; 0 where this side has no such line.
    """

    number: int = 0
    words: tuple[Stretch, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything in it is marked."""
        return any(one.kind is not Kind.SAME for one in self.words)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that belong together; both empty where equal lines are left out."""

    before: Half
    after: Half

    @property
    def is_gap(self) -> bool:
        """Whether lines are left out here."""
        return not self.before.number and not self.after.number

    @property
    def differs(self) -> bool:
        """Whether the sides differ here."""
        return self.before.differs or self.after.differs


def pairs(before: str, after: str, *, near: int | None = _NEAR) -> tuple[Pair, ...]:
    """Return both texts line by line.

    Of the lines that are equal, ``near`` are kept around what differs; None keeps all.
    """
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Pair] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            found += (
                Pair(_same(at + 1, old[at]), _same(at - i + j + 1, old[at]))
                for at in range(i, i_end)
            )
        else:
            found += _changed(old, (i, i_end), new, (j, j_end))
    return tuple(found) if near is None else tuple(_near(found, near))


def count_of(rows: tuple[Pair, ...]) -> int:
    """Return in how many places the sides differ; lines that touch are one place."""
    marks = [one.differs for one in rows]
    return sum(
        now and not before for before, now in zip([False, *marks], marks, strict=False)
    )


def _same(number: int, line: str) -> Half:
    return Half(number, (Stretch(Kind.SAME, line),))


def _changed(
    old: list[str], olds: tuple[int, int], new: list[str], news: tuple[int, int]
) -> Iterator[Pair]:
    count = max(olds[1] - olds[0], news[1] - news[0])
    for step in range(count):
        i, j = olds[0] + step, news[0] + step
        if i >= olds[1]:
            yield Pair(Half(), Half(j + 1, (Stretch(Kind.ADDED, new[j]),)))
        elif j >= news[1]:
            yield Pair(Half(i + 1, (Stretch(Kind.REMOVED, old[i]),)), Half())
        else:
            left, right = _words(old[i], new[j])
            yield Pair(Half(i + 1, left), Half(j + 1, right))


def _words(old: str, new: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Return both lines with the words marked that the other one lacks."""
    if len(old) + len(new) > _LONGEST:
        return (Stretch(Kind.REMOVED, old),), (Stretch(Kind.ADDED, new),)
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    left: list[Stretch] = []
    right: list[Stretch] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        gone, come = "".join(ours[i:i_end]), "".join(theirs[j:j_end])
        if gone:
            kind = Kind.SAME if tag == "equal" else Kind.REMOVED
            left.append(Stretch(kind, gone))
        if come:
            kind = Kind.SAME if tag == "equal" else Kind.ADDED
            right.append(Stretch(kind, come))
    return tuple(left), tuple(right)


def _near(rows: list[Pair], near: int) -> Iterator[Pair]:
    kept = {
        at + step
        for at, one in enumerate(rows)
        if one.differs
        for step in range(-near, near + 1)
    }
    is_gap = False
    for at, one in enumerate(rows):
        if at in kept:
            is_gap = False
            yield one
        elif not is_gap:
            is_gap = True
            yield Pair(Half(), Half())
