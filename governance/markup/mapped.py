"""Text that knows, for every stretch of it, where its author wrote it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Self

from governance.errors import Problem
from governance.names import Span


class Place(NamedTuple):
    """A stretch of an author's file; a tuple, since checking makes thousands.

    Attributes:
        path: The file, as the repository names it.
    """

    path: str
    span: Span


class Stretch(NamedTuple):
    """A piece of a mapped text that came from one place; a tuple as ``Place``.

    Attributes:
        start: Where it begins in the mapped text.
        end: Where it ends there.
        place: Where it came from.
        is_verbatim: Whether it is the very text of its place, letter by letter, and
            not something that stands for it.
    """

    start: int
    end: int
    place: Place
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text, and the places that its stretches came from.

    Attributes:
        text: The text.
        stretches: In order, without gaps, none of them empty.
    """

    text: str
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, path: str, text: str) -> Self:
        """Return the whole of a file."""
        if not text:
            return cls("", ())
        place = Place(path, Span(0, len(text)))
        return cls(text, (Stretch(0, len(text), place, is_verbatim=True),))

    @classmethod
    def standing_for(cls, place: Place | None, text: str) -> Self:
        """Return ``text`` as what stands for ``place``: a value for a merge field."""
        if not text or place is None:
            return cls("", ())
        return cls(text, (Stretch(0, len(text), place, is_verbatim=False),))

    @classmethod
    def joined(cls, pieces: "Iterable[MappedText]") -> Self:
        """Return all ``pieces``, one after the other."""
        stretches: list[Stretch] = []
        texts: list[str] = []
        length = 0
        for piece in pieces:
            texts.append(piece.text)
            for stretch in piece.stretches:
                last = stretches[-1] if stretches else None
                if last is not None and _continues(last, stretch):
                    stretches[-1] = _merged(last, stretch)
                else:
                    stretches.append(_moved(stretch, length))
                length += stretch.end - stretch.start
        return cls("".join(texts), tuple(stretches))

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: "MappedText") -> "MappedText":
        return MappedText.joined((self, other))

    def __getitem__(self, key: slice) -> "MappedText":
        start, end, step = key.indices(len(self.text))
        if step != 1:
            message = "a mapped text is cut in steps of one"
            raise ValueError(message)
        if start >= end:
            return MappedText("", ())
        cut = tuple(
            _cut(stretch, max(start, stretch.start), min(end, stretch.end), start)
            for stretch in self._touching(start, end)
        )
        return MappedText(self.text[start:end], cut)

    def place(self, start: int, end: int) -> Place | None:
        """Return where the author finds the stretch from ``start`` to ``end``.

        It lies in the file in which the stretch begins, and reaches as far as the
        stretch goes on in that file. None only for an empty text.
        """
        if not self.stretches:
            return None
        touching = self._touching(start, max(end, start + 1)) or self.stretches[-1:]
        first = touching[0]
        begin = _source_start(first, start)
        stop = _source_end(first, min(end, first.end)) if end > start else begin
        for stretch in touching[1:]:
            there = stretch.place
            if there.path == first.place.path and there.span.start >= stop:
                stop = _source_end(stretch, min(end, stretch.end))
        return Place(first.place.path, Span(begin, max(begin, stop)))

    def verbatim(self, start: int, end: int) -> Place | None:
        """Return the place whose very text this is, or None: only this can be mended.

        A stretch that is spread over two places, or that stands for something else, is
        not what the author wrote.
        """
        touching = self._touching(start, max(end, start + 1))
        if len(touching) != 1 or not touching[0].is_verbatim:
            return None
        return self.place(start, end)

    def _touching(self, start: int, end: int) -> tuple[Stretch, ...]:
        first = bisect_right(self.stretches, start, key=_end)
        last = bisect_right(self.stretches, end - 1, key=_start)
        return self.stretches[first:last]


@lru_cache(maxsize=256)
def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Return the line and column of the code point ``at``, both from 1."""
    starts = _line_starts(text)
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def problem_at(code: str, message: str, path: str, text: str, span: Span) -> Problem:
    """Return a problem of the file ``path``, whose whole text is ``text``."""
    line, column = line_and_column(text, span.start)
    return Problem(code, message, path, span.start, span.end, line, column)


_NOWHERE: Final = Span(0, 0)


def problem_of_file(code: str, message: str, path: str) -> Problem:
    """Return a problem of the file ``path`` as a whole."""
    return Problem(code, message, path, _NOWHERE.start, _NOWHERE.end)


def _start(stretch: Stretch) -> int:
    return stretch.start


def _end(stretch: Stretch) -> int:
    return stretch.end


def _continues(last: Stretch, then: Stretch) -> bool:
    return (
        last.is_verbatim
        and then.is_verbatim
        and last.place.path == then.place.path
        and last.place.span.end == then.place.span.start
    )


def _merged(last: Stretch, then: Stretch) -> Stretch:
    place = Place(last.place.path, Span(last.place.span.start, then.place.span.end))
    end = last.end + then.end - then.start
    return Stretch(last.start, end, place, is_verbatim=True)


def _moved(stretch: Stretch, start: int) -> Stretch:
    end = start + stretch.end - stretch.start
    return Stretch(start, end, stretch.place, stretch.is_verbatim)


def _cut(stretch: Stretch, start: int, end: int, origin: int) -> Stretch:
    span = Span(_source_start(stretch, start), _source_end(stretch, end))
    place = Place(stretch.place.path, span)
    return Stretch(start - origin, end - origin, place, stretch.is_verbatim)


def _source_start(stretch: Stretch, at: int) -> int:
    span = stretch.place.span
    if not stretch.is_verbatim:
        return span.start
    return min(span.start + max(0, at - stretch.start), span.end)


def _source_end(stretch: Stretch, at: int) -> int:
    span = stretch.place.span
    return span.start + at - stretch.start if stretch.is_verbatim else span.end
