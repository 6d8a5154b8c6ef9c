"""From the tree back to the text: byte by byte what was parsed."""

from collections.abc import Iterable
from typing import TypeAlias

from governance.markup.tree import (
    Attribute,
    Condition,
    Document,
    Element,
    Loop,
    Loose,
    Node,
)

_Work: TypeAlias = "Node | str"


def serialise(document: Document) -> str:
    """Return the text of ``document``; of a parsed one, the very text it came from."""
    return text_of(document.nodes)


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of ``nodes``, one after the other."""
    texts: list[str] = []
    waiting: list[_Work] = list(reversed(tuple(nodes)))
    while waiting:
        item = waiting.pop()
        match item:
            case str():
                texts.append(item)
            case Element():
                texts.append(opening_of(item))
                waiting.append(item.closing)
                waiting.extend(reversed(item.children))
            case Condition() | Loop():
                waiting.append(item.closing)
                for arm in reversed(item.arms):
                    waiting.extend(reversed(arm.children))
                    waiting.append(arm.tag)
            case _:
                texts.append(item.text)
    return "".join(texts)


def opening_of(element: Element) -> str:
    """Return the tag that begins ``element``."""
    inside = "".join(map(_inside, element.inside))
    return f"<{element.name}{inside}{element.tail}"


def _inside(item: Attribute | Loose) -> str:
    if isinstance(item, Loose):
        return item.text
    value = f"{item.quote}{item.value}{item.quote}"
    return f"{item.before}{item.name}{item.equals}{value}"
