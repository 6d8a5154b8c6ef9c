"""What was copied from a word processor, as plain paragraphs, lists and links.

Only what a message may have is kept: paragraphs, three headings, lists, links, bold and
italic. Fonts, colours, sizes and everything that only Word understands are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import Final

_STEP: Final = "  "
BREAK: Final = "\n"  # a line end inside a paragraph


class Kind(StrEnum):
    """What a block is; its value is its element."""

    PARAGRAPH = "p"
    FIRST = "h1"
    SECOND = "h2"
    THIRD = "h3"
    ITEM = "li"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind.

    Attributes:
        text: ``BREAK`` for a line end.
        link: Where they lead, "" for nowhere.
    """

    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list.

    Attributes:
        level: How deep a list lies in others, from 1; 0 outside of lists.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    is_ordered: bool = False

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A piece of text with its structure, and nothing else of where it came from.

    Attributes:
        pictures: How many were left out.
        tables: How many became paragraphs.
    """

    blocks: tuple[Block, ...]
    pictures: int = 0
    tables: int = 0

    @property
    def is_rich(self) -> bool:
        """Whether there is more to it than the letters."""
        return (
            len(self.blocks) > 1
            or any(one.kind is not Kind.PARAGRAPH for one in self.blocks)
            or any(
                run.is_bold or run.is_italic or run.link
                for one in self.blocks
                for run in one.runs
            )
        )

    @property
    def links(self) -> int:
        """How many places lead somewhere."""
        return sum(
            bool(link)
            for one in self.blocks
            for link, _runs in groupby(one.runs, key=_link)
        )

    def markup(self, indent: str = "") -> str:
        """Return it as HTML, for inside of a text; lines after the first indented.

        One paragraph alone is only its words: it is written into another.
        """
        if len(self.blocks) == 1 and self.blocks[0].kind is Kind.PARAGRAPH:
            return _inline(self.blocks[0].runs)
        return f"\n{indent}".join(_lines(self.blocks))

    def plain(self) -> str:
        """Return it as plain text: list signs are typed, links stand behind."""
        pieces: list[str] = []
        counts: dict[int, int] = {}
        before: Block | None = None
        for one in self.blocks:
            sign = ""
            if one.kind is Kind.ITEM:
                is_first = before is None or before.level < one.level
                if before is not None and before.level == one.level:
                    is_first = before.is_ordered != one.is_ordered
                counts[one.level] = 1 if is_first else counts.get(one.level, 0) + 1
                number = f"{counts[one.level]}. " if one.is_ordered else "- "
                sign = _STEP * (one.level - 1) + number
            if before is not None:
                is_list = one.kind is before.kind is Kind.ITEM
                pieces.append("\n" if is_list else "\n\n")
            pieces.append(sign + "".join(map(_said, _together(one.runs))))
            before = one
        return "".join(pieces)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Write blocks line by line; lists lie in one another."""
    opened: list[str] = []  # the element of each list that is open
    for number, one in enumerate(blocks):
        while len(opened) > one.level or (
            opened and len(opened) == one.level and opened[-1] != _list(one)
        ):
            yield from _closed(opened)
        if one.kind is not Kind.ITEM:
            yield f"<{one.kind}>{_inline(one.runs)}</{one.kind}>"
            continue
        while len(opened) < one.level:
            yield f"{_STEP * 2 * len(opened)}<{_list(one)}>"
            opened.append(_list(one))
            if len(opened) < one.level:  # a level was left out
                yield f"{_STEP * (2 * len(opened) - 1)}<li>"
        later = blocks[number + 1] if number + 1 < len(blocks) else None
        is_parent = later is not None and later.level > one.level
        end = "" if is_parent else "</li>"
        yield f"{_STEP * (2 * one.level - 1)}<li>{_inline(one.runs)}{end}"
    while opened:
        yield from _closed(opened)


def _closed(opened: list[str]) -> Iterator[str]:
    name = opened.pop()
    yield f"{_STEP * 2 * len(opened)}</{name}>"
    if opened:
        yield f"{_STEP * (2 * len(opened) - 1)}</li>"


def _list(one: Block) -> str:
    return "ol" if one.is_ordered else "ul"


def _link(run: Run) -> str:
    return run.link


def _inline(runs: Sequence[Run]) -> str:
    """Write runs as HTML; a link holds all its words."""
    pieces = []
    for link, inside in groupby(runs, key=_link):
        words = "".join(map(_marked, _together(tuple(inside))))
        address = escape(link, quote=True)
        pieces.append(f'<a href="{address}">{words}</a>' if link else words)
    return "".join(pieces)


def _together(runs: Sequence[Run]) -> Iterator[Run]:
    """Join neighbours of one kind."""
    for _kind, same in groupby(runs, key=_looks):
        group = tuple(same)
        first = group[0]
        text = "".join(run.text for run in group)
        yield Run(text, first.is_bold, first.is_italic, first.link)


def _looks(run: Run) -> tuple[bool, bool, str]:
    return run.is_bold, run.is_italic, run.link


def _marked(run: Run) -> str:
    text = escape(run.text, quote=False).replace(BREAK, "<br />")
    if run.is_italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.is_bold else text


def _said(run: Run) -> str:
    shown = run.text
    address = run.link.removeprefix("mailto:").removeprefix("tel:")
    if not run.link or address == shown.strip():
        return shown
    return f"{shown} ({address})"
