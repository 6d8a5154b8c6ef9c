"""Readable text, cut from one form of a message, that finds its way back on demand.

Most of what is read is fine, and its place is never asked for.
"""

from dataclasses import dataclass
from typing import Final

from governance.markup.mapped import MappedText, Place

BETWEEN: Final = "\n\n"  # what stands between the blocks of a summary


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a reading.

    Attributes:
        at: Where it begins in the reading.
        start: Where it comes from in the form.
        end: Where that ends.
        stands: What is read instead; None for the very text of the form.
    """

    at: int
    start: int
    end: int
    stands: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text that a person reads, without its markup.

    Attributes:
        form: What it was cut from.
        pieces: In order, without gaps.
    """

    text: str
    form: MappedText
    pieces: tuple[Piece, ...]

    def mapped(self, start: int, end: int) -> MappedText:
        """Return the stretch from ``start`` to ``end`` with its places."""
        found: list[MappedText] = []
        for number, piece in enumerate(self.pieces):
            stop = (
                self.pieces[number + 1].at
                if number + 1 < len(self.pieces)
                else len(self.text)
            )
            first, last = max(start, piece.at), min(end, stop)
            if first >= last:
                continue
            if piece.stands is None:
                begin = piece.start + first - piece.at
                found.append(self.form[begin : begin + last - first])
            else:
                place = self.form.place(piece.start, piece.end)
                words = piece.stands[first - piece.at : last - piece.at]
                found.append(MappedText.standing_for(place, words))
        return MappedText.joined(found)

    def place(self, start: int, end: int) -> Place | None:
        """Return where the author finds the stretch; an empty one is a point."""
        if start < end:
            return self.mapped(start, end).place(0, end - start)
        first = self.mapped(start, start + 1).place(0, 0)
        return first or self.form.place(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Several readings, one after the other, with a blank line between them."""

    text: str
    readings: tuple[Reading, ...]

    def mapped(self, start: int, end: int) -> MappedText:
        """Return the stretch from ``start`` to ``end`` with its places."""
        found: list[MappedText] = []
        at = 0
        for reading in self.readings:
            after = at + len(reading.text)
            if start < after and at < end:
                if found:
                    gap = MappedText.standing_for(reading.place(0, 0), BETWEEN)
                    found.append(gap)
                inner = max(start, at) - at, min(end, after) - at
                found.append(reading.mapped(*inner))
            at = after + len(BETWEEN)
        return MappedText.joined(found)

    def place(self, start: int, end: int) -> Place | None:
        """Return where the author finds the stretch; an empty one is a point."""
        mapped = self.mapped(start, max(end, start + 1))
        return mapped.place(0, end - start)


def whole(form: MappedText, start: int, end: int) -> Reading:
    """Return a stretch of a form that is read as it stands."""
    return Reading(form.text[start:end], form, (Piece(0, start, end, None),))
