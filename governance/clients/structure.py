"""A message after the rules for its elements, cut where styles and colours stand.

Clients differ more in styles than in elements. So a message is built and written once
for all clients that treat its elements alike, and each fills in its own styles.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from governance.clients.mail import COLOURED, Mail
from governance.clients.page import Page
from governance.clients.rule import OnPage, Rule
from governance.clients.scrubbed import written
from governance.clients.tree import new_element

_OPEN: Final = "\ufdd0"
_CLOSE: Final = "\ufdd1"
_SLOT: Final = re.compile(f"{_OPEN}([a-z]+)([0-9]+){_CLOSE}")
GROUND: Final = "ground"
STYLE: Final = "style"
SHEET: Final = "sheet"


class Slot(NamedTuple):
    """Something that a client writes in its own way, wherever it stands alike.

    Attributes:
        kind: "style", "sheet", "ground", or the attribute that holds a colour.
        tag: The name of the elements that it belongs to.
        value: What the author wrote there.
        parts: Where it stands in ``Structure.parts``.
        at: The indexes of the elements.
    """

    kind: str
    tag: str
    value: str
    parts: tuple[int, ...]
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """A written message with slots.

    Attributes:
        parts: The text, with "" where something of a slot stands.
        notes: The rule, before, after, and the index of the element.
    """

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]
    notes: tuple[tuple[Rule, str, str, int], ...]


@lru_cache(maxsize=32)
def structured(mail: Mail, rules: tuple[Rule, ...]) -> Structure:
    """Apply rules for elements to ``mail``, and write it."""
    page = Page.of(mail)
    notes: list[tuple[Rule, str, str, int]] = []
    for rule in rules:
        assert isinstance(rule.work, OnPage)
        rule.work.change(page)
        notes += [(rule, *note) for note in page.notes]
        page.notes.clear()
    values: dict[tuple[str, int], tuple[str, str]] = {}
    for index, tag, _style in mail.styled:
        values[STYLE, index] = (tag, page.style(index))
    for index, style in page.restyled.items():
        values[STYLE, index] = (page.elements[index].tag, style)
    for kind, index in list(values):
        page.elements[index].set("style", _mark(kind, index))
    for name in COLOURED:
        for index, element in page.with_attribute(name):
            values[name, index] = (element.tag, element.get(name))
            element.set(name, _mark(name, index))
    for index, element in page.find("style"):
        values[SHEET, index] = ("style", element.text or "")
        element.text = _mark(SHEET, index)
    ground = new_element("style")
    ground.text = _mark(GROUND, 0)
    page.head.insert(0, ground)
    values[GROUND, 0] = ("style", "")
    found = _SLOT.split(written(page))
    parts = [found[0]]
    alike: dict[tuple[str, str, str], tuple[list[int], list[int]]] = {}
    for kind, number, text in zip(found[1::3], found[2::3], found[3::3], strict=True):
        index = int(number)
        places, indexes = alike.setdefault((kind, *values[kind, index]), ([], []))
        places.append(len(parts))
        indexes.append(index)
        parts += ["", text]
    slots = tuple(
        Slot(*written_there, tuple(places), tuple(indexes))
        for written_there, (places, indexes) in alike.items()
    )
    return Structure(tuple(parts), slots, tuple(notes))


def _mark(kind: str, index: int) -> str:
    return f"{_OPEN}{kind}{index}{_CLOSE}"
