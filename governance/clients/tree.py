"""What is used of lxml's elements, and how they are moved."""

from collections.abc import Iterator
from typing import Final, Protocol

from lxml import etree  # type: ignore[import-untyped]

_EXCERPT: Final = 60


class Element(Protocol):
    """What is used of an element of lxml."""

    tag: str  # of a comment, the function that makes one
    text: str | None
    tail: str | None
    attrib: dict[str, str]

    def items(self) -> "list[tuple[str, str]]": ...  # noqa: D102 -- as in lxml
    def get(self, name: str, default: str = ...) -> str: ...  # noqa: D102 -- as in lxml
    def set(self, name: str, value: str) -> None: ...  # noqa: D102 -- as in lxml
    def find(self, path: str) -> "Element | None": ...  # noqa: D102 -- as in lxml
    def iter(self, *tags: object) -> "Iterator[Element]": ...  # noqa: D102 -- as in lxml
    def itertext(self) -> Iterator[str]: ...  # noqa: D102 -- as in lxml
    def iterancestors(self) -> "Iterator[Element]": ...  # noqa: D102 -- as in lxml
    def itersiblings(  # noqa: D102 -- as in lxml
        self, tag: str, *, preceding: bool
    ) -> "Iterator[Element]": ...
    def getparent(self) -> "Element | None": ...  # noqa: D102 -- as in lxml
    def getprevious(self) -> "Element | None": ...  # noqa: D102 -- as in lxml
    def insert(self, index: int, element: "Element") -> None: ...  # noqa: D102 -- as in lxml
    def append(self, element: "Element") -> None: ...  # noqa: D102 -- as in lxml
    def remove(self, element: "Element") -> None: ...  # noqa: D102 -- as in lxml
    def replace(self, old: "Element", new: "Element") -> None: ...  # noqa: D102 -- as in lxml
    def index(self, element: "Element") -> int: ...  # noqa: D102 -- as in lxml
    def __iter__(self) -> "Iterator[Element]": ...
    def __len__(self) -> int: ...


def new_element(tag: str, attributes: dict[str, str] | None = None) -> Element:
    """Make an element."""
    made: Element = etree.Element(tag, attributes or {})
    return made


def take_away(element: Element, *, tail: bool = True) -> None:
    """Remove an element with what is in it; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if tail and element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place, before = parent.index(element), element.getprevious()
    if element.text:
        if before is None:
            parent.text = (parent.text or "") + element.text
        else:
            before.tail = (before.tail or "") + element.text
    for number, child in enumerate(list(element)):
        parent.insert(place + number, child)
    take_away(element)


def excerpt(element: Element) -> str:
    """Return the first words in an element, or what an image says it shows."""
    if element.tag == "img":
        return element.get("alt", "")[:_EXCERPT]
    if element.tag == "style":
        return ""
    words, length = [], 0
    for text in element.itertext():
        kept = " ".join(text.split())
        if kept:
            words.append(kept)
            length += len(kept)
        if length > _EXCERPT:
            break
    whole = " ".join(words)
    return whole if len(whole) <= _EXCERPT else whole[: _EXCERPT - 1].rstrip() + "…"
