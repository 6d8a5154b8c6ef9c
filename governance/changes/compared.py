"""Two renderings beside each other: which paragraphs differ, numbered alike on both.

A paragraph is what an element says itself, without the paragraphs inside of it. Both
documents are read as a list of paragraphs; what differs in the list is a change,
whatever happened to the markup around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from lxml import etree, html  # type: ignore[import-untyped]

_HEADINGS: Final = tuple(f"h{level}" for level in range(1, 7))
_BLOCKS: Final = frozenset(
    ("td", "th", "div", "p", "li", "blockquote", "pre", "body", *_HEADINGS)
)
_SILENT: Final = frozenset({"style", "script", "head", "title"})
_DEL: Final = ("#FBE3E1", "#981B16")
_ADD: Final = ("#DDF3E4", "#0D5A30")
# A preheader is hidden, and so would a mark in it be.
_HIDDEN: Final = "display:none"


class Kind(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were kept, added or removed together."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One change, by the number that it bears on both sides."""

    number: int
    words: tuple[Stretch, ...]

    @property
    def is_added(self) -> bool:
        """Whether nothing stood there before."""
        return all(one.kind is Kind.ADDED for one in self.words)

    @property
    def is_removed(self) -> bool:
        """Whether nothing stands there now."""
        return all(one.kind is Kind.REMOVED for one in self.words)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two documents with their changes marked.

    Attributes:
        before: The earlier one, "" if there was none.
        after: The later one, "" if there is none.
    """

    before: str = field(repr=False)
    after: str = field(repr=False)
    marks: tuple[Mark, ...]


def compared(before: str, after: str) -> Compared:
    """Mark what differs between two HTML documents."""
    old, new = _read(before), _read(after)
    old_blocks = list(_paragraphs(old)) if old is not None else []
    new_blocks = list(_paragraphs(new)) if new is not None else []
    marks: list[Mark] = []
    matcher = SequenceMatcher(
        None,
        [text for _, text in old_blocks],
        [text for _, text in new_blocks],
        autojunk=False,
    )
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old_blocks[old_from:old_to], new_blocks[new_from:new_to]
        for at in range(max(len(gone), len(come))):
            number = len(marks) + 1
            was = gone[at][1] if at < len(gone) else ""
            now = come[at][1] if at < len(come) else ""
            marks.append(Mark(number, words(was, now)))
            if at < len(gone):
                _mark(gone[at][0], number, _DEL)
            if at < len(come):
                _mark(come[at][0], number, _ADD)
    return Compared(_written(old, before), _written(new, after), tuple(marks))


def words(before: str, after: str) -> tuple[Stretch, ...]:
    """Say which words were kept, added and removed, in the order of reading."""
    old, new = before.split(), after.split()
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            found.append(Stretch(Kind.SAME, " ".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Stretch(Kind.REMOVED, " ".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Stretch(Kind.ADDED, " ".join(new[new_from:new_to])))
    return tuple(found)


def _read(text: str) -> html.HtmlElement | None:
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        return None


def _paragraphs(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag not in _BLOCKS:
            continue
        if any(parent.tag in _SILENT for parent in element.iterancestors()):
            continue
        text = _text(element)
        if text:
            yield element, text


def _text(element: html.HtmlElement) -> str:
    """Return the words of an element, without those of the paragraphs in it."""
    parts = [element.text or ""]
    for inner in element:
        is_named = isinstance(inner.tag, str)
        if is_named and inner.tag not in _SILENT and inner.tag not in _BLOCKS:
            parts.append(_text(inner))
        parts.append(inner.tail or "")
    return " ".join(" ".join(parts).split())


def _mark(element: html.HtmlElement, number: int, colors: tuple[str, str]) -> None:
    ground, ink = colors
    style = element.get("style", "")
    if _HIDDEN in style.replace(" ", ""):
        return
    element.set("data-change", str(number))
    element.set(
        "style",
        f"{style};background-color:{ground} !important;color:{ink} !important;"
        f"box-shadow:inset 3px 0 0 {ink}",
    )
    badge = html.Element("span")
    badge.text = str(number)
    badge.set(
        "style",
        f"display:inline-block;min-width:16px;margin-right:8px;padding:0 3px;"
        f"border-radius:9px;background:{ink};color:#fff;font:600 11px/17px sans-serif;"
        "text-align:center;vertical-align:middle",
    )
    badge.tail = element.text
    element.text = None
    element.insert(0, badge)


def _written(root: html.HtmlElement | None, otherwise: str) -> str:
    if root is None:
        return otherwise
    written = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return str(written)
