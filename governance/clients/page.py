"""A copy of a message that the rules of a client change."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.mail import Mail
from governance.clients.tree import Element, new_element

_BODY: Final = "body"


@dataclass(slots=True)
class Page:
    """A copy of a message, with what was changed in it so far.

    Attributes:
        notes: Before, after and the element's index, for the rule at work.
    """

    mail: Mail
    root: Element
    elements: list[Element]
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    restyled: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, mail: Mail) -> "Page":
        """Copy ``mail``."""
        root = deepcopy(mail.root)
        return cls(mail, root, list(root.iter(etree.Element)))

    @property
    def head(self) -> Element:
        """The head of the document; it is made where there is none."""
        return _made(self.root, "head", 0)

    @property
    def body(self) -> Element:
        """The body of the document; it is made where there is none."""
        return _made(self.root, _BODY, len(self.root))

    def find(self, *tags: str) -> Iterator[tuple[int, Element]]:
        """Yield what is left of the elements with these names, with their index."""
        by_tag = self.mail.by_tag
        indexes = [index for tag in tags for index in by_tag.get(tag, ())]
        if len(tags) > 1:
            indexes.sort()
        for index in indexes:
            element = self.elements[index]
            if element.tag in tags and self.is_there(element):
                yield index, element

    def with_attribute(self, name: str) -> Iterator[tuple[int, Element]]:
        """Yield the elements that have this attribute, with their index."""
        for index in self.mail.by_attribute.get(name, ()):
            element = self.elements[index]
            if name in element.attrib:
                yield index, element

    def is_there(self, element: Element) -> bool:
        """Tell whether ``element`` was not taken away."""
        while (parent := element.getparent()) is not None:
            element = parent
        return element is self.root

    def style(self, index: int) -> str:
        """Return the style attribute of an element as it is now."""
        found = self.restyled.get(index)
        return self.elements[index].get("style", "") if found is None else found

    def restyle(self, index: int, style: str) -> None:
        """Give an element another style attribute."""
        self.restyled[index] = style
        self.elements[index].set("style", style)

    def move(self, index: int, element: Element) -> None:
        """Let ``element`` stand for the one at ``index``, whose style it bears."""
        self.elements[index] = element
        if "style" in element.attrib:
            self.restyled[index] = element.get("style")

    def note(self, before: str, after: str, index: int) -> None:
        """Keep what the rule at work changed."""
        self.notes.append((before, after, index))


def _made(root: Element, tag: str, place: int) -> Element:
    found = root.find(tag)
    if found is None:
        found = new_element(tag)
        root.insert(place, found)
    return found
