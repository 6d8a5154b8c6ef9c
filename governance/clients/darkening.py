"""What the dark scheme of a client makes of colours in styles."""

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from governance.clients import colour
from governance.clients.css import one_written
from governance.clients.rule import OnColour, Rule
from governance.rendering.sheets import Declaration

MARKING: Final = "O6"  # the rule of the client that leaves its marks in a message
BACKGROUNDS: Final = ("background", "background-color", "background-image")
_LINES: Final = (
    "color", "border", "border-*", "outline", "outline-color", "text-decoration-color",
    "fill", "stroke", "caret-color", "column-rule-color",
)  # fmt: skip
_GROUND: Final = "#333333"


class Hit(NamedTuple):
    """What a rule changed in a style."""

    rule: Rule
    before: str
    after: str


def darkened_attribute(rule: Rule, name: str, value: str) -> str:
    """Return what becomes of a colour in an attribute of an element."""
    work = rule.work
    assert isinstance(work, OnColour)
    known = value if colour.read_colour(value) else f"#{value}"
    if colour.read_colour(known) is None:
        return value
    return work.background(known) if name == "bgcolor" else work.text(known)


def darkened(
    declarations: Iterable[Declaration], rule: Rule, hits: list[Hit]
) -> list[Declaration]:
    """Return the declarations with other colours, and add what changed to ``hits``."""
    work = rule.work
    assert isinstance(work, OnColour)
    kept, ground, text = [], "", -1
    for one in declarations:
        is_ground = one.name in BACKGROUNDS
        if not is_ground and not any(fnmatchcase(one.name, name) for name in _LINES):
            kept.append(one)
            continue
        change = work.background if is_ground else work.text
        value = colour.with_colours(one.value, change)
        if is_ground:
            ground = colour.first_colour(value) or ground
        elif one.name == "color":
            text = len(kept)
        kept.append(one if value == one.value else replace(one, value=value))
        if value != one.value:
            hits.append(Hit(rule, one_written(one), one_written(kept[-1])))
    if work.is_readable and text >= 0:
        shown = kept[text]
        value = colour.readable(shown.value, ground or _GROUND)
        if value != shown.value:
            kept[text] = replace(shown, value=value)
            hits.append(Hit(rule, one_written(shown), one_written(kept[text])))
    return kept


def was(before: dict[str, str], after: dict[str, str], names: tuple[str, ...]) -> str:
    """Return the first colour of the property that changed, "" where none did."""
    for name in names:
        if name in before and before[name] != after.get(name):
            return colour.first_colour(before[name])
    return ""
