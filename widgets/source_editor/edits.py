"""What changed between two texts, and where a place is afterwards."""

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """One stretch of a text, replaced; in code points of the text before."""

    start: int
    end: int
    text: str


def difference(old: str, new: str) -> Edit | None:
    """Return the one edit that makes ``new`` of ``old``, None if they are the same."""
    if old == new:
        return None
    most = min(len(old), len(new))
    start = _alike(old, new, most)
    tail = _alike(old[::-1], new[::-1], most - start)
    return Edit(start, len(old) - tail, new[start : len(new) - tail])


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits``, which are in order and apart from each other."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def moved(at: int, edits: Iterable[Edit], *, is_end: bool = False) -> int:
    """Return where a place is after ``edits``.

    What is written exactly there comes before it, for the end of a stretch behind it.
    """
    by = 0
    for edit in edits:
        if edit.start > at or (edit.start == at and (is_end or edit.end > at)):
            break
        if edit.end > at:  # it stood in what is gone
            return edit.start + by + (0 if is_end else len(edit.text))
        by += len(edit.text) - (edit.end - edit.start)
    return at + by


def rebased(edit: Edit, over: Edit) -> Edit:
    """Return ``edit`` for the text after ``over``, made meanwhile by somebody else.

    What it writes stays; what it removes takes with it what was written inside.
    """
    start = moved(edit.start, (over,))
    end = max(start, moved(edit.end, (over,), is_end=True))
    return Edit(start, end, edit.text)


def _alike(one: str, other: str, most: int) -> int:
    """Return how many of the first ``most`` code points are the same in both."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
