"""Brand values into a message while it is compiled: none is left for rendering.

``{{ brand.name }}`` becomes the value itself. Inside a larger expression or a condition
the name becomes a string of Jinja's, so ``{% if brand.phone %}`` is decided by what was
approved, and never by what the brand says on the day of sending.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from jinja2 import Environment

from governance.content.brand import BRAND
from governance.markup.expression import Tag, read_construct
from governance.texts import _

# Pairs in their order, so that what was rewritten can be kept.
BrandValues: TypeAlias = tuple[tuple[str, str], ...]

_JINJA: Final = Environment(autoescape=True)
_OPENERS: Final = ("{{", "{%", "{#")


@dataclass(frozen=True, slots=True)
class Branded:
    """A construct once the brand's values are in it.

    Attributes:
        literal: The text that it prints for everyone; None if it is still Jinja.
        jinja: The construct, with strings in the place of brand names.
        fault: Why the brand cannot be used like that, or "".
    """

    literal: str | None
    jinja: str
    fault: str = ""


@lru_cache(maxsize=8192)
def branded(text: str, brand: BrandValues) -> Branded:
    """Put the brand's values into one construct."""
    said = read_construct(text)
    values = dict(brand)
    used = [use for use in (*said.names, *said.inner_names) if _is_brand(use.name)]
    if BRAND in said.targets:
        reason = _("“{name}” is the brand; call it something else")
        return Branded(None, text, reason.format(name=BRAND))
    if not used:
        return Branded(None, text)
    for use in used:
        _brand, _dot, key = use.name.partition(".")
        if key not in values:
            reason = _("“{name}” is no value of “brand.toml”").format(name=use.name)
            return Branded(None, text, reason)
        if any(opener in values[key] for opener in _OPENERS):
            reason = _("“{name}” holds Jinja, which a brand value cannot")
            return Branded(None, text, reason.format(name=use.name))
    jinja = "".join(_rewritten(text, values))
    is_bare = text[2:-2].strip() == used[0].name
    if said.tag is Tag.OUTPUT and is_bare:
        return Branded(values[used[0].name.partition(".")[2]], jinja)
    return Branded(None, jinja)


def _is_brand(name: str) -> bool:
    return name == BRAND or name.startswith(f"{BRAND}.")


def _rewritten(text: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the pieces of a construct, ``brand.key`` as a string."""
    pieces = [(kind, piece) for _line, kind, piece in _JINJA.lex(text)]
    at, before = 0, ""
    while at < len(pieces):
        kind, piece = pieces[at]
        is_name = (kind, piece) == ("name", BRAND) and before != "."
        if is_name and (key := _key_after(pieces, at)) is not None:
            yield _string(values[pieces[key][1].strip("\"'")])
            at, before = _end_of_key(pieces, key), ""
            continue
        before = before if kind == "whitespace" else piece
        yield piece
        at += 1


def _key_after(pieces: list[tuple[str, str]], at: int) -> int | None:
    """Return where the key of a brand value stands: after a dot or in brackets."""
    solid = [n for n in range(at + 1, len(pieces)) if pieces[n][0] != "whitespace"]
    if len(solid) > 1 and pieces[solid[0]][1] in {".", "["}:
        return solid[1]
    return None


def _end_of_key(pieces: list[tuple[str, str]], key: int) -> int:
    if pieces[key][0] == "name":
        return key + 1
    while pieces[key][1] != "]":
        key += 1
    return key + 1


def _string(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'
