"""What MJML allows where: the library that compiles it does not look."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from governance.markup.elements import ATTRIBUTES, CHILDREN, REQUIRED, WANTED

# Every element may have these.
_EVERYWHERE: Final = ("css-class", "mj-class")
_FREE: Final = frozenset({"mj-all", "mj-class"})  # these take every attribute there is

_KIND: Final = re.compile(r"(unit|unitWithNegative|enum)\(([^)]*)\)(?:\{([0-9,]+)\})?")
_COLOR: Final = re.compile(
    r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]+|(?:rgb|hsl)a?\([^()]*\)",
    re.IGNORECASE,
)
_INTEGER: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an attribute's value is.

    Attributes:
        name: As MJML writes it: "unit(px,%){1,4}", "enum(left,right)", "color".
    """

    name: str

    @property
    def is_free(self) -> bool:
        """Whether it may be anything, even computed for each candidate."""
        return self.name in {"string", "color"}

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of an enumeration, else none."""
        found = _KIND.fullmatch(self.name)
        return tuple(found[2].split(",")) if found and found[1] == "enum" else ()

    def fits(self, value: str) -> bool:
        """Tell whether ``value`` is one."""
        pattern = _pattern(self.name)
        return pattern is None or pattern.fullmatch(value.strip()) is not None


def is_known(name: str) -> bool:
    """Tell whether MJML has the element."""
    return name in ATTRIBUTES


def holds_html(name: str) -> bool:
    """Tell whether the element's content is HTML or text, and none of MJML's."""
    return name in ATTRIBUTES and name not in CHILDREN


def children(name: str) -> tuple[str, ...]:
    """Return the elements that may stand in ``name``; "" is the file itself."""
    return CHILDREN.get(name, ())


def parents(name: str) -> tuple[str, ...]:
    """Return the elements that ``name`` may stand in, less the lists of defaults."""
    return tuple(
        parent
        for parent, inside in CHILDREN.items()
        if name in inside and parent not in {"", "mj-attributes"}
    )


@lru_cache(maxsize=2048)
def kind(element: str, attribute: str) -> Kind | None:
    """Return what the attribute's value is, or None if it is unknown there."""
    if name := ATTRIBUTES[element].get(attribute):
        return Kind(name)
    if attribute in _EVERYWHERE:
        return Kind("string")
    if element in _FREE:
        return _anywhere().get(attribute)
    return None


def attributes(element: str) -> tuple[str, ...]:
    """Return the names of the element's attributes, sorted."""
    return tuple(sorted({*ATTRIBUTES[element], *_EVERYWHERE}))


def required(element: str) -> tuple[str, ...]:
    """Return the attributes that the element cannot do without."""
    return REQUIRED.get(element, ())


def wanted(element: str) -> tuple[str, ...]:
    """Return the attributes that the element should not do without."""
    return WANTED.get(element, ())


def closest(name: str, among: Iterable[str]) -> str:
    """Return what was probably meant by ``name``, or ""."""
    return next(iter(get_close_matches(name, list(among), n=1, cutoff=0.7)), "")


@lru_cache(maxsize=1)
def _anywhere() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for table in ATTRIBUTES.values():
        for attribute, name in table.items():
            kinds.setdefault(attribute, Kind(name))
            if kinds[attribute].name != name:  # two elements mean two things by it
                kinds[attribute] = Kind("string")
    return kinds


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str] | None:
    match name:
        case "string":
            return None
        case "color":
            return _COLOR
        case "integer":
            return _INTEGER
        case "boolean":
            return re.compile("true|false")
        case _:
            found = _KIND.fullmatch(name)
            assert found is not None, f"{name} is no kind of attribute"
            return _compound(found[1], found[2].split(","), found[3] or "1")


def _compound(what: str, parts: list[str], times: str) -> re.Pattern[str]:
    if what == "enum":
        return re.compile("|".join(map(re.escape, parts)))
    sign = "-?" if what == "unitWithNegative" else ""
    units = "|".join(re.escape(part) for part in parts if part != "auto")
    auto = "|auto" if "auto" in parts else ""
    one = rf"(?:{sign}[0-9]*[.,]?[0-9]+(?:{units})|0{auto})"
    least, _comma, most = times.partition(",")
    return re.compile(
        rf"{one}(?:\s+{one}){{{int(least) - 1},{int(most or least) - 1}}}"
    )
