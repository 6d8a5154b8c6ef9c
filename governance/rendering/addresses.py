"""Whether the value of an attribute is an address that no recipient's value can turn.

Every way through its conditions is followed, letter by letter of what each construct
can print, until the address is settled: then values may follow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from governance.markup.expression import Construct, Tag
from governance.rendering.origins import MOST_WAYS, Origins, is_address, is_value
from governance.rendering.schemes import is_settled, plain
from governance.rendering.tags import MASK
from governance.texts import N_

LINK: Final = N_("“{name}” is no address; a link begins with a field of type url")
TURNED: Final = N_(
    "“{name}” could lead the link elsewhere; write the address up to its first “/” or "
    "“?” before it"
)

_ADDRESS: Final = "https://u"  # what a url field begins with, without a path
_SETTLED: Final = "#"
_UNKNOWN: Final = "\U000efffe:"  # a beginning that nothing settles


@dataclass(slots=True)
class _Block:
    """A condition or a loop in a value: what the ways before it and in it made."""

    entry: frozenset[str]
    left: frozenset[str] = frozenset()
    has_else: bool = False


@dataclass(slots=True)
class Addresses:
    """Reads the values of link attributes."""

    origins: Origins
    ways: frozenset[str] = frozenset({""})
    blocks: list[_Block] = field(default_factory=list)

    def flaws(
        self, value: str, said: Sequence[Construct]
    ) -> Iterator[tuple[int, str, str]]:
        """Yield each construct that could turn the link: number, message, field."""
        number = 0
        for index, literal in enumerate(value.split(MASK)):
            if index:
                for message, name in self._take(said[number]):
                    yield number, message, name
                number += 1
            self._set(way + literal for way in self.ways)

    def _take(self, said: Construct) -> Iterator[tuple[str, str]]:
        match said.tag:
            case Tag.OUTPUT:
                printed = self.origins.printed(said.expression)
                yield from self._print(printed)
            case Tag.IF:
                self.blocks.append(_Block(self.ways))
            case Tag.FOR:
                unsettled = {way for way in self.ways if not is_settled(way)}
                # What an earlier round printed may stand before.
                ways = self.ways | ({_UNKNOWN} if unsettled else set())
                self.blocks.append(_Block(frozenset(ways)))
                self.ways = frozenset(ways)
            case Tag.ELIF | Tag.ELSE if self.blocks:
                block = self.blocks[-1]
                block.left |= self.ways
                block.has_else |= said.tag is Tag.ELSE
                self.ways = block.entry
            case Tag.END_IF | Tag.END_FOR if self.blocks:
                block = self.blocks.pop()
                rest = frozenset() if block.has_else else block.entry
                self._set(self.ways | block.left | rest)
            case Tag.REFUSED:  # a raw block
                self.ways = frozenset({_UNKNOWN})
            case _:
                pass

    def _print(self, printed: frozenset[str]) -> Iterator[tuple[str, str]]:
        told = set()
        made = set()
        for way in self.ways:
            for text in printed:
                before = way
                for letter in text:
                    if is_address(letter):
                        before += _ADDRESS
                        continue
                    if is_value(letter) and not is_settled(before):
                        is_first = not plain(before)
                        name = self.origins.name(letter)
                        told.add((LINK if is_first else TURNED, name))
                    before += letter
                made.add(before)
        self._set(made)
        yield from sorted(told)

    def _set(self, ways: "Iterator[str] | set[str] | frozenset[str]") -> None:
        found = frozenset(_SETTLED if is_settled(way) else way for way in ways)
        self.ways = found if len(found) <= MOST_WAYS else frozenset({_UNKNOWN})
