"""Which declarations an element carries once rules and its own style are one.

CSS 2.1 6.4.1: the author's rules, the element's own style, the important rules, the
element's own important ones; inside each by specificity, then by order. The order is
kept in what is written, so shorthands and fallback pairs mean what they meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final, NamedTuple

from governance.rendering.sheets import Declaration, read_declarations

# Attributes that old clients want beside the style; only where none is there.
_SIZED: Final = frozenset({"table", "td", "th", "img"})
_CELLS: Final = frozenset({"td", "th", "tr"})
_COLOURED: Final = _CELLS | {"table", "body"}
_NAMES: Final = re.compile(r"\s([a-z-]+)=")
_MOST_KEPT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Carried:
    """A rule that an element matches.

    Attributes:
        order: Where the rule stands among all rules of the document.
    """

    declarations: Sequence[Declaration]
    specificity: tuple[int, int, int]
    order: int


class Tag(NamedTuple):
    """A start tag, parted where its style stands.

    Attributes:
        before: What stands between its name and its style.
        own: Its own style as written in the source.
        after: What follows the style.
    """

    name: str
    before: str
    own: str
    after: str


@dataclass(frozen=True, slots=True)
class Dresser:
    """Writes tags with the style of the rules that hold for them.

    Attributes:
        rules: All rules of the document.
        stand_in: What each stand-in for Jinja begins with.
        styles: What was merged before; most elements are alike.
        tags: What was dressed before.
    """

    rules: tuple[Carried, ...]
    stand_in: str
    styles: dict[tuple[tuple[int, ...], str], str] = field(default_factory=dict)
    tags: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    def dressed(self, text: str, tag: Tag, numbers: tuple[int, ...]) -> str:
        """Write ``tag``, for which the rules with ``numbers`` hold.

        What else says the same as the whole tag is ``text``, which is looked up sooner.
        """
        if len(self.tags) >= _MOST_KEPT:
            self.tags.clear()
            self.styles.clear()
        done = self.tags.get((text, numbers))
        if done is None:
            done = self.tags[text, numbers] = self._dressed(tag, numbers)
        return done

    def _dressed(self, tag: Tag, numbers: tuple[int, ...]) -> str:
        rules = [self.rules[number] for number in numbers]
        style = self.styles.get((numbers, tag.own))
        if style is None:
            style = merged(rules, tag.own, self.stand_in)
            self.styles[numbers, tag.own] = style
        present = frozenset(_NAMES.findall(tag.before + tag.after))
        extra = "".join(
            f' {key}="{value}"'
            for key, value in extra_attributes(tag.name.lower(), present, rules).items()
        )
        return f'<{tag.name}{tag.before} style="{style}"{tag.after}{extra}>'


def merged(rules: Iterable[Carried], own: str, stand_in: str) -> str:
    """Write the style attribute of an element that matches ``rules``.

    Args:
        rules: The rules that hold for the element.
        own: Its own style as written in the source, entities and all.
        stand_in: What each stand-in for Jinja begins with; a style with one is not
            taken apart, since a condition may go over several declarations.
    """
    ranked = [
        ((2 if found.is_important else 0, rule.specificity, rule.order), found)
        for rule in rules
        for found in rule.declarations
    ]
    nowhere = (0, 0, 0)
    if stand_in not in own:
        ranked += [
            ((3 if found.is_important else 1, nowhere, 0), found)
            for found in read_declarations(unescape(own))
        ]
    elif own.strip():
        quoted = own.strip().rstrip(";").replace('"', "&quot;")
        kept = Declaration("", quoted, is_important=False)
        ranked.append(((1, nowhere, 0), kept))
    ranked.sort(key=_rank)
    last = {found.name: place for place, (_rank_, found) in enumerate(ranked)}
    return ";".join(
        _text(found, rank[0], stand_in)
        for place, (rank, found) in enumerate(ranked)
        if not found.name or last[found.name] == place or _is_fallback(ranked, place)
    )


def extra_attributes(
    name: str, present: frozenset[str], rules: Iterable[Carried]
) -> Mapping[str, str]:
    """Return what Outlook and old clients read from attributes, never from styles.

    Premailer writes "width: calc(…)" there too and turns "text-align" of a table into
    "align", which makes it float.
    """
    styles = {
        found.name: found.value
        for rule in sorted(rules, key=_carried_rank)
        for found in rule.declarations
    }
    extra = {}
    for size in ("width", "height"):
        pixels = styles.get(size, "").removesuffix("px")
        if name in _SIZED and styles.get(size, "").endswith("px") and pixels.isdigit():
            extra[size] = pixels
    colour = styles.get("background-color", "")
    if name in _COLOURED and colour.startswith("#") and colour[1:].isalnum():
        digits = colour[1:]
        is_short = len(digits) == 3  # noqa: PLR2004 -- #abc
        extra["bgcolor"] = "#" + "".join(d * 2 for d in digits) if is_short else colour
    if name in _CELLS and styles.get("vertical-align") in {"top", "middle", "bottom"}:
        extra["valign"] = styles["vertical-align"]
    return {key: value for key, value in extra.items() if key not in present}


_Rank = tuple[int, tuple[int, int, int], int]


def _rank(item: tuple[_Rank, Declaration]) -> _Rank:
    return item[0]


def _carried_rank(rule: Carried) -> tuple[tuple[int, int, int], int]:
    return rule.specificity, rule.order


def _is_fallback(ranked: Sequence[tuple[_Rank, Declaration]], place: int) -> bool:
    """Tell whether what overrides the declaration may be unknown to some client."""
    name = ranked[place][1].name
    later = [found for _rank, found in ranked[place + 1 :] if found.name == name]
    return all("(" in found.value for found in later)


def _text(found: Declaration, layer: int, stand_in: str) -> str:
    """Write one declaration; only what the element itself called important stays so.

    An inline "!important" would beat the media queries of the sheets, which are kept.
    """
    if not found.name:
        return (
            found.value if stand_in in found.value else escape(found.value, quote=True)
        )
    important = " !important" if layer == 3 else ""  # noqa: PLR2004 -- its own
    return escape(f"{found.name}:{found.value}{important}", quote=True)
