"""A message as it was parsed, and where in it something stands."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.harmless import tame_attributes
from governance.clients.tree import Element, excerpt, take_away

# Marks of conditional comments that were resolved before parsing: elements that only
# this client sees have no number, and those that it does not see keep theirs.
SHOWN: Final = "data-only-here"
HIDDEN: Final = "hidden-elements:"

# What no document may hold, and the marks that slots are written with.
_NEVER_READ: Final = str.maketrans(
    dict.fromkeys(
        [*map(chr, {*range(32), 127} - {9, 10, 12, 13}), *"\ufdd0\ufdd1\ufffe\uffff"],
        "\ufffd",
    )
    | {"\x0c": " "}
)
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,9})|([0-9]{1,9}));?")
_DARK_SHEET: Final = re.compile(
    r"(?<![\w-])color-scheme\s*:[^;}:]{0,99}\bdark\b", re.IGNORECASE
)
_DARK_META: Final = re.compile(
    r"<meta\b(?=[^<>]{0,200}\b(?:supported-)?color-schemes?\b)[^<>]{0,200}\bdark\b",
    re.IGNORECASE,
)
COLOURED: Final = ("bgcolor", "color", "text")
_INDEXED: Final = frozenset({*COLOURED, "class", "background"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a message something stands, as well as compiled HTML can say.

    Compiled HTML has no lines of the author. An element has a number: its place among
    all elements in the order of the document, comments and what only one client reads
    left out, so it is the same for every client, and who compiled can map it.

    Attributes:
        number: That number, from 0; -1 for what only this client reads.
        path: The way to it: "/html/body/table[2]/tr/td"; the first of a name has no
            number. "" where only the number was asked for.
        excerpt: The words in it, or the selector in a style sheet.
        line: What the nearest ``data-line`` around it says; 0 where none does.
    """

    number: int
    path: str = ""
    excerpt: str = ""
    line: int = 0


@dataclass(slots=True, eq=False)
class Mail:
    """A message as it was parsed; nobody changes it.

    Attributes:
        elements: All, in the order of the document; an index is a place in it.
        numbers: What ``Place.number`` is, by index.
        styled: Index, name and style of each element that has one.
        doctype: What is written before the message, "" for nothing.
        declares_dark_in_css: Whether a style sheet says that there is a dark scheme.
    """

    html: str
    root: Element
    doctype: str
    declares_dark_in_css: bool
    declares_dark_in_meta: bool
    elements: list[Element] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    styled: list[tuple[int, str, str]] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    by_attribute: dict[str, list[int]] = field(default_factory=dict)
    paths: dict[Element, str] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    unlocated: dict[int, Place] = field(default_factory=dict)

    def has(self, *tags: str) -> bool:
        """Tell whether there is an element with one of these names."""
        return any(tag in self.by_tag for tag in tags)

    def place(self, index: int) -> Place:
        """Say where the element at ``index`` is."""
        found = self.places.get(index)
        if found is None:
            element = self.elements[index]
            line = _line(element) if "data-line" in self.html else 0
            found = Place(
                self.numbers[index], self._path(element), excerpt(element), line
            )
            self.places[index] = found
        return found

    def number(self, index: int) -> Place:
        """Say only which element it is: for previews, at each keystroke."""
        found = self.unlocated.get(index)
        if found is None:
            found = self.unlocated[index] = Place(self.numbers[index])
        return found

    def _path(self, element: Element) -> str:
        path = self.paths.get(element)
        if path is None:
            parent = element.getparent()
            before = sum(
                1 for _one in element.itersiblings(element.tag, preceding=True)
            )
            step = f"/{element.tag}[{before + 1}]" if before else f"/{element.tag}"
            path = step if parent is None else self._path(parent) + step
            self.paths[element] = path
        return path


def parsed(html: str) -> Mail:
    """Parse a message; the last few are kept."""
    return _parsed(html)


@lru_cache(maxsize=8)
def _parsed(html: str) -> Mail:
    root = _root(_readable(html).encode("utf-8", "replace"))
    asks = "color-scheme" in html.lower()
    in_css = asks and _DARK_SHEET.search(html) is not None
    in_meta = asks and _DARK_META.search(html) is not None
    mail = Mail(html, root, _doctype(html), in_css, in_meta)
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


def _readable(html: str) -> str:
    """Leave out the characters that no document may hold, however they are written."""

    def one(found: re.Match[str]) -> str:
        hexadecimal, decimal = found.groups()
        number = int(hexadecimal, 16) if hexadecimal else int(decimal)
        character = chr(number) if number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004
        is_surrogate = "\ud800" <= character <= "\udfff"
        is_kept = not is_surrogate and character.translate(_NEVER_READ) == character
        return found.group() if is_kept else "\ufffd"

    read = html.translate(_NEVER_READ)
    return _REFERENCE.sub(one, read) if "&#" in read else read


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
