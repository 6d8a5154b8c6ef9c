"""A text that a page edits, as Python has it: at once, whatever the page is doing.

Each change of the page's text makes a new version there. The page tells its own changes
as they happen; what Python wants names the version that it is meant for, and a page
that has gone on since leaves it undone. Python hears of that by the page's change, fits
its own over it, and asks again. ``web/editor/src/sync.js`` is the other side.
"""

from dataclasses import dataclass, replace
from typing import Final

import msgspec

from widgets.kit.values import Tone
from widgets.source_editor.edits import Edit, applied, difference, moved, rebased
from widgets.source_editor.port import Squiggle
from widgets.source_editor.positions import points, units, well_formed

_SEVERITIES: Final = {Tone.ERROR: "error", Tone.WARN: "warning"}
NEAR, MIDDLE = 1, 2  # how far a page scrolls to show the caret


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says.

    Attributes:
        v: The version of its text now.
        n: How many keys it has seen.
        a: Where its selection begins, in UTF-16 units.
        h: Where its caret is.
        took: The number of the wish that it fulfilled, -1 for none.
        edits: What a person changed: from, to, text; in units of the text before.
    """

    v: int
    n: int = 0
    a: int
    h: int
    took: int = -1
    edits: tuple[tuple[int, int, str], ...] = ()


class Wish(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="kind",
    tag="sync",
):
    """What Python wants of the page's text; positions in UTF-16 units.

    Attributes:
        base: The version that it is meant for.
        whole: Another text altogether.
        edit: From, to, text.
        a: Where the selection begins, in the text after.
        seen: Whether the caret is brought into view.
        marks: What is underlined: from, to, severity, message.
    """

    base: int
    id: int
    whole: str | None = None
    edit: tuple[int, int, str] | None = None
    a: int | None = None
    h: int | None = None
    seen: int = 0
    marks: tuple[tuple[int, int, str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was shown before, whose last keys may still be on their way."""

    name: str
    text: str


@dataclass(slots=True)
class Mirror:
    """The text, its caret, and how much of both the page has yet.

    Attributes:
        text: As it is.
        name: Of the text that is shown.
        anchor: Where the selection begins.
        head: Where the caret is.
        shadow: The page's text, as far as it told.
        version: Of the page's text, as far as it told.
        there: The name of the page's text, None while it has none.
    """

    text: str = ""
    name: str = ""
    anchor: int = 0
    head: int = 0
    squiggles: tuple[Squiggle, ...] = ()
    shadow: str = ""
    version: int = 0
    there: str | None = None
    _left: Left | None = None
    _wished: tuple[Wish, str, str] | None = None
    _number: int = 0
    _seen: int = 0
    _has_place: bool = False
    _has_marks: bool = False

    # What Python wants ---------------------------------------------------------------

    def show(self, text: str, name: str, caret: int | None) -> None:
        """Show ``text``; of another ``name`` it is another one altogether."""
        text = well_formed(text)
        if name != self.name:
            if self.there == self.name:
                self._left = Left(self.name, self.text)
            elif self.there == name:
                self._left = None  # back before the page noticed
            self.name, self.text, self.squiggles = name, text, ()
            self._has_marks = True
            self.select(caret or 0, caret or 0, MIDDLE)
            return
        edit = difference(self.text, text)
        if edit is not None:
            self._edited((edit,))
        if caret is not None:
            self.select(caret, caret, NEAR)

    def write(self, text: str, start: int, end: int) -> None:
        """Replace a stretch as a person does, with the caret behind it."""
        edit = Edit(start, end, well_formed(text))
        self._edited((edit,))
        at = start + len(edit.text)
        self.select(at, at, NEAR)

    def select(self, anchor: int, head: int, seen: int) -> None:
        """Put the selection somewhere, as far as there is text."""
        self.anchor = min(max(anchor, 0), len(self.text))
        self.head = min(max(head, 0), len(self.text))
        self._has_place, self._seen = True, max(self._seen, seen)

    def mark(self, squiggles: tuple[Squiggle, ...]) -> None:
        """Underline these, and no others."""
        if squiggles != self.squiggles:
            self.squiggles, self._has_marks = squiggles, True

    @property
    def is_settled(self) -> bool:
        """Whether the page has all that Python wants."""
        return self._wished is None and not self._is_wanting()

    def wish(self) -> Wish | None:
        """Return what the page is asked for next, None while it need not be asked."""
        if self._wished is not None or not self._is_wanting():
            return None
        self._number += 1
        wish = Wish(base=self.version, id=self._number)
        if self.there != self.name:
            wish = msgspec.structs.replace(wish, whole=self.text)
        elif edit := difference(self.shadow, self.text):
            start, end = (units(self.shadow, at) for at in edit[:2])
            wish = msgspec.structs.replace(wish, edit=(start, end, edit.text))
            self._has_place = True  # a page would keep the caret before what is written
        if self._has_place:
            a, h = units(self.text, self.anchor), units(self.text, self.head)
            wish = msgspec.structs.replace(wish, a=a, h=h, seen=self._seen)
        if self._has_marks:
            wish = msgspec.structs.replace(wish, marks=tuple(self._marks()))
        self._wished = wish, self.name, self.text
        self._has_place, self._seen, self._has_marks = False, 0, False
        return wish

    # What the page tells -------------------------------------------------------------

    def take(self, told: Told) -> Left | None:
        """Take over what the page told.

        Returns:
            The text shown before, if it was there that a person typed.
        """
        self.version = told.v
        if self._wished is not None and told.took == self._wished[0].id:
            _wish, self.there, self.shadow = self._wished
            self._wished, self._left = None, None
            if self.there != self.name:  # it is late: another one is shown by now
                self._left = Left(self.there, self.shadow)
        left = None
        if told.edits:
            self._unwish()
            left = self._take_edits(told.edits)
        if not self._has_place and self._wished is None and self.shadow == self.text:
            self.anchor = points(self.text, told.a)
            self.head = points(self.text, told.h)
        return left

    def forget(self) -> None:
        """Begin with a new page, which has nothing yet."""
        self._unwish()
        self.shadow, self.version, self.there, self._left = "", 0, None, None
        self._has_marks = True
        self.select(self.anchor, self.head, MIDDLE)

    def _take_edits(self, told: tuple[tuple[int, int, str], ...]) -> Left | None:
        before = self.shadow
        edits = tuple(
            Edit(points(before, start), points(before, end), well_formed(text))
            for start, end, text in told
        )
        self.shadow = applied(before, edits)
        if self._left is not None:
            text = applied(self._left.text, _over(edits, before, self._left.text))
            self._left = replace(self._left, text=text)
            return self._left
        if self.there is not None:
            self._edited(_over(edits, before, self.text))
        return None

    def _edited(self, edits: tuple[Edit, ...]) -> None:
        self.text = applied(self.text, edits)
        self.anchor, self.head = moved(self.anchor, edits), moved(self.head, edits)
        self.squiggles = tuple(
            replace(
                one,
                start=moved(one.start, edits),
                end=max(moved(one.start, edits), moved(one.end, edits, is_end=True)),
            )
            for one in self.squiggles
        )

    def _unwish(self) -> None:
        """Want again what was wished in vain."""
        if self._wished is not None:
            wish = self._wished[0]
            self._wished = None
            self._has_place |= wish.a is not None
            self._has_marks |= wish.marks is not None
            self._seen = max(self._seen, wish.seen)

    def _is_wanting(self) -> bool:
        return (
            self.there != self.name
            or self._has_place
            or self._has_marks
            or self.shadow != self.text
        )

    def _marks(self) -> list[tuple[int, int, str, str]]:
        most = len(self.text)
        return [
            (
                units(self.text, min(one.start, most)),
                units(self.text, min(max(one.end, one.start + 1), most)),
                _SEVERITIES.get(one.tone, "info"),
                one.message,
            )
            for one in self.squiggles
        ]


def _over(edits: tuple[Edit, ...], before: str, now: str) -> tuple[Edit, ...]:
    """Return edits of the text ``before`` as edits of what it has become meanwhile."""
    gap = difference(before, now)
    if gap is None:
        return edits
    found: list[Edit] = []
    at = 0
    for edit in edits:
        one = rebased(edit, gap)
        one = Edit(max(one.start, at), max(one.end, at), one.text)
        found.append(one)
        at = one.end
    return tuple(found)
