"""A message as it was parsed, and where in it something stands."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.harmless import tame_attributes
from governance.clients.tree import Element, excerpt, take_away

# Marks of conditional comments that were resolved before parsing: elements that only
# this client sees have no number, and those that it does not see keep theirs.
SHOWN: Final = "data-only-here"
HIDDEN: Final = "hidden-elements:"

# What no document may hold, and the marks that slots are written with.
_NEVER_READ: Final = str.maketrans(dict.fromkeys("\x00\ufdd0\ufdd1", "\ufffd"))
_DARK_SHEET: Final = re.compile(
    r"(?<![\w-])color-scheme\s*:[^;}]*\bdark\b", re.IGNORECASE
)
_DARK_META: Final = re.compile(
    r"<meta\b(?=[^>]*\b(?:supported-)?color-schemes?\b)[^>]*\bdark\b", re.IGNORECASE
)
COLOURED: Final = ("bgcolor", "color", "text")
_INDEXED: Final = frozenset({*COLOURED, "class", "background"})


class _Tree(Protocol):
    def getpath(self, element: Element) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a message something stands, as well as compiled HTML can say.

    Compiled HTML has no lines of the author. An element has a number: its place among
    all elements in the order of the document, comments and what only one client reads
    left out, so it is the same for every client, and who compiled can map it.

    Attributes:
        number: That number, from 0; -1 for what only this client reads.
        path: The way to it: "/html/body/table[2]/tr/td[1]".
        excerpt: The words in it, or the selector in a style sheet.
        line: What the nearest ``data-line`` around it says; 0 where none does.
    """

    number: int
    path: str
    excerpt: str
    line: int = 0


@dataclass(slots=True, eq=False)
class Mail:
    """A message as it was parsed; nobody changes it.

    Attributes:
        elements: All, in the order of the document; an index is a place in it.
        numbers: What ``Place.number`` is, by index.
        styled: Index, name and style of each element that has one.
        doctype: What is written before the message, "" for nothing.
    """

    html: str
    root: Element
    tree: _Tree
    doctype: str
    elements: list[Element] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    styled: list[tuple[int, str, str]] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    by_attribute: dict[str, list[int]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def has(self, *tags: str) -> bool:
        """Tell whether there is an element with one of these names."""
        return any(tag in self.by_tag for tag in tags)

    def place(self, index: int) -> Place:
        """Say where the element at ``index`` is."""
        found = self.places.get(index)
        if found is None:
            element = self.elements[index]
            path = str(self.tree.getpath(element))
            found = Place(
                self.numbers[index],
                path,
                excerpt(element),
                _line(element) if "data-line" in self.html else 0,
            )
            self.places[index] = found
        return found

    @property
    def declares_dark_in_css(self) -> bool:
        """Tell whether a style sheet says that there is a dark scheme."""
        return _DARK_SHEET.search(self.html) is not None

    @property
    def declares_dark_in_meta(self) -> bool:
        """Tell whether a meta element says so."""
        return _DARK_META.search(self.html) is not None


def parsed(html: str) -> Mail:
    """Parse a message; the last few are kept."""
    return _parsed(html)


@lru_cache(maxsize=8)
def _parsed(html: str) -> Mail:
    root = _root(html.translate(_NEVER_READ).encode("utf-8", "replace"))
    mail = Mail(html, root, etree.ElementTree(root), _doctype(html))
    comments, hidden, shown = [], 0, 0
    for node in root.iter():
        if callable(node.tag):  # a comment: its tag is the function that makes one
            comments.append(node)
            if (node.text or "").startswith(HIDDEN):
                hidden += int((node.text or "").removeprefix(HIDDEN))
            continue
        tame_attributes(node)
        index = len(mail.elements)
        is_extra = _read(mail, node, index)
        mail.numbers.append(-1 if is_extra else index - shown + hidden)
        shown += is_extra
    for node in comments:
        take_away(node)
    return mail


def _read(mail: Mail, node: Element, index: int) -> bool:
    """Take an element in, and tell whether only this client reads it."""
    is_extra = False
    mail.elements.append(node)
    mail.by_tag.setdefault(node.tag, []).append(index)
    for name, value in node.items():
        if name == "style":
            if value:
                mail.styled.append((index, node.tag, value))
        elif name in _INDEXED:
            mail.by_attribute.setdefault(name, []).append(index)
        elif name == SHOWN:
            is_extra = True
            del node.attrib[SHOWN]
    return is_extra


def _root(source: bytes) -> Element:
    root: Element | None = None
    if source.strip():
        parser = etree.HTMLParser(encoding="utf-8", remove_pis=True)
        try:
            root = etree.fromstring(source, parser)
        except etree.XMLSyntaxError:  # nothing but a comment or a declaration
            root = None
    if root is None:
        root = etree.fromstring("<html><head></head><body></body></html>")
    assert root is not None
    return root


def _doctype(html: str) -> str:
    """Return a declaration that a browser reads as it reads that of the message."""
    start = html[:400].lower()
    if "<!doctype" not in start:
        return ""
    if "xhtml 1.0 transitional" in start:
        return (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
            '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        )
    return "<!DOCTYPE html>\n"


def _line(element: Element) -> int:
    for found in (element, *element.iterancestors()):
        if (written := found.get("data-line", "")).isdecimal():
            return int(written[:9])
    return 0
