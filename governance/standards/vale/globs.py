"""Globs as Vale reads them: a star crosses folders too.

They are walked by hand, place by place: a glob with a dozen stars would keep a regular
expression busy for years, and nothing stops one of the standard library.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class _Any:
    """One character, whatever it is, or a star's worth of them."""

    is_star: bool


@dataclass(frozen=True, slots=True)
class _Class:
    characters: frozenset[str]
    ranges: tuple[tuple[str, str], ...]
    is_negated: bool

    def has(self, char: str) -> bool:
        inside = char in self.characters or any(
            low <= char <= high for low, high in self.ranges
        )
        return inside is not self.is_negated


@dataclass(frozen=True, slots=True)
class _Either:
    branches: "tuple[_Glob, ...]"


_Glob: TypeAlias = "tuple[str | _Any | _Class | _Either, ...]"
_STAR: Final = _Any(is_star=True)
_LONGEST: Final = 500  # characters
_MOST_BRACES: Final = 20


def is_measured(glob: str) -> bool:
    """Tell whether ``glob`` is one that can be read at all, and in no time."""
    return len(glob) <= _LONGEST and glob.count("{") <= _MOST_BRACES


@lru_cache(maxsize=8192)
def fits(glob: str, path: str) -> bool:
    """Tell whether the whole of ``path`` is as ``glob`` says."""
    return len(path) in _ends(_read(glob), path, frozenset([0]))


def _ends(pieces: _Glob, path: str, starts: frozenset[int]) -> frozenset[int]:
    """Return every place at which ``pieces`` can end that begin at ``starts``."""
    places = starts
    for piece in pieces:
        if not places:
            break
        match piece:
            case _Any(is_star=True):
                places = frozenset(range(min(places), len(path) + 1))
            case _Either():
                places = frozenset().union(
                    *(_ends(branch, path, places) for branch in piece.branches)
                )
            case _:
                places = frozenset(
                    at + 1 for at in places if at < len(path) and _is(piece, path[at])
                )
    return places


def _is(piece: "str | _Any | _Class", char: str) -> bool:
    match piece:
        case str():
            return piece == char
        case _Class():
            return piece.has(char)
        case _Any():
            return True


@lru_cache(maxsize=512)
def _read(glob: str) -> _Glob:
    pieces, _at = _until(glob, 0, "")
    return pieces


def _until(glob: str, at: int, ends: str) -> tuple[_Glob, int]:
    """Read up to one of ``ends``; what is never closed ends with the glob."""
    pieces: list[str | _Any | _Class | _Either] = []
    while at < len(glob) and glob[at] not in ends:
        char = glob[at]
        at += 1
        if char == "*":
            pieces.append(_STAR)
        elif char == "?":
            pieces.append(_Any(is_star=False))
        elif char == "{":
            either, at = _either(glob, at)
            pieces.append(either)
        elif char == "[" and (end := glob.find("]", at + 1)) > 0:
            pieces.append(_class(glob[at:end]))
            at = end + 1
        elif char == "\\" and at < len(glob):
            pieces.append(glob[at])
            at += 1
        else:
            pieces.append(char)
    return tuple(pieces), at


def _either(glob: str, at: int) -> tuple[_Either, int]:
    branches: list[_Glob] = []
    while True:
        branch, at = _until(glob, at, ",}")
        branches.append(branch)
        at += 1
        if at > len(glob) or glob[at - 1] == "}":
            return _Either(tuple(branches)), min(at, len(glob))


def _class(inside: str) -> _Class:
    is_negated = inside[0] in "!^"
    letters = iter(_letters(inside[is_negated:]))
    characters: set[str] = set()
    ranges: list[tuple[str, str]] = []
    for low, high in letters:
        if low == high:
            characters.add(low)
        else:
            ranges.append((low, high))
    return _Class(frozenset(characters), tuple(ranges), is_negated)


def _letters(inside: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            yield inside[at], inside[at + 2]
            at += 3
        else:
            yield inside[at], inside[at]
            at += 1
