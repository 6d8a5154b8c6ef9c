"""Who uses what: read off the texts in one pass, for lists; the closure is exact."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from governance.content.sources import Sources
from governance.content.template import TEMPLATES
from governance.names import TemplateId

PARTIALS: Final = "partials/"

_JINJA: Final = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_QUOTED: Final = re.compile(r"""["'](partials/[^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses what.

    Attributes:
        partials: Path → the templates that include it, straight or through another.
        fields: A merge field's name → the templates that say it.
    """

    partials: Mapping[str, tuple[TemplateId, ...]]
    fields: Mapping[str, tuple[TemplateId, ...]]


def uses(sources: Sources) -> Uses:
    """Read off who uses what."""
    includes: dict[str, frozenset[str]] = {}
    names: dict[str, frozenset[str]] = {}
    own: defaultdict[TemplateId, set[str]] = defaultdict(set)
    said: defaultdict[TemplateId, set[str]] = defaultdict(set)
    for path, text in sources.texts.items():
        if path.startswith(PARTIALS):
            includes[path], names[path] = _read(text)
        elif path.startswith(TEMPLATES) and path.count("/") > 2:  # noqa: PLR2004
            template = TemplateId(path.split("/", 3)[2])
            straight, spoken = _read(text)
            own[template] |= straight
            said[template] |= spoken
    partials: defaultdict[str, list[TemplateId]] = defaultdict(list)
    fields: defaultdict[str, list[TemplateId]] = defaultdict(list)
    for template in sorted(own):
        followed = _followed(own[template], includes)
        for path in followed:
            partials[path].append(template)
        spoken_by = said[template].union(*(names.get(path, ()) for path in followed))
        for name in spoken_by:
            fields[name].append(template)
    return Uses(
        {path: tuple(found) for path, found in partials.items()},
        {name: tuple(found) for name, found in fields.items()},
    )


def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the partials and the names between Jinja's braces."""
    if "{" not in text:
        return frozenset(), frozenset()
    inner = " ".join(_JINJA.findall(text))
    partials = frozenset(_QUOTED.findall(inner))
    return partials, frozenset(_NAME.findall(inner))


def _followed(
    straight: Iterable[str], includes: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(straight)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(includes.get(path, ()))
    return frozenset(found)
