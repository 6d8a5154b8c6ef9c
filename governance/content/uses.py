"""What a template uses of the repository: files, merge fields, brand values, assets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from governance.content.brand import BRAND, Brand, read_brand
from governance.content.fields import read_fields
from governance.content.sources import ASSETS, Sources
from governance.content.template import Template
from governance.errors import MissingFileError
from governance.markup.faults import refused
from governance.markup.mapped import problem_at
from governance.markup.usage import usage
from governance.names import FieldName
from governance.texts import _

# What may follow the name of an asset without being a part of it.
_INSIDE_NAMES = frozenset("-_/%~")


@dataclass(frozen=True, slots=True)
class Uses:
    """What a template uses, over all its locales and parts.

    Attributes:
        texts: Its parts and all that they include.
        fields: The declared merge fields that it names, in output or in conditions.
        brand: The declared brand values that it names: "color_primary".
        assets: The assets that it names, directly or through a brand value.
    """

    texts: tuple[str, ...]
    fields: tuple[FieldName, ...]
    brand: tuple[str, ...]
    assets: tuple[str, ...]


def uses_of(template: Template, sources: Sources) -> Uses:
    """Follow everything that ``template`` names.

    Raises:
        MissingFileError: An included file is not there.
        MarkupError: A source is no Jinja, or computes what it includes.
        ContentError: ``fields.toml`` or ``brand.toml`` says something impossible.
    """
    return uses_of_parts(template.parts.values(), sources)


def uses_of_parts(paths: Iterable[str], sources: Sources) -> Uses:
    """Follow everything that the files at ``paths`` name.

    Raises:
        MissingFileError: One of them, or an included file, is not there.
        MarkupError: A source is no Jinja, or computes what it includes.
        ContentError: ``fields.toml`` or ``brand.toml`` says something impossible.
    """
    texts = _followed(paths, sources)
    fields, brand = read_fields(sources), read_brand(sources)
    names = {use.name for path in texts for use in usage(sources.read(path)).names}
    keys = {key for name in names for key in _brand_keys(name, brand)}
    speaking = [sources.read(path) for path in texts]
    speaking += [brand.values[key] for key in keys]
    found = {field for name in names for field in fields.within(name)}
    assets = {path for text in speaking for path in _assets_in(text, sources)}
    return Uses(
        tuple(sorted(texts)),
        tuple(sorted(found)),
        tuple(sorted(keys)),
        tuple(sorted(assets)),
    )


def _followed(paths: Iterable[str], sources: Sources) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path in found:  # used twice, or in a circle
            continue
        source = sources.read(path)
        found[path] = None
        used = usage(source, path)
        if refusals := [
            fault for fault in used.faults if fault.code == "include-computed"
        ]:
            span = refusals[0].span
            reason = refusals[0].reason
            raise refused(problem_at("include-computed", reason, path, source, span))
        for include in used.includes:
            if include.name not in sources.texts:
                told = _("the included file “{name}” is missing").format(
                    name=include.name
                )
                problem = problem_at(
                    "include-missing", told, path, source, include.span
                )
                raise MissingFileError(str(refused(problem)), (problem,))
            waiting.append(include.name)
    return list(found)


def _brand_keys(name: str, brand: Brand) -> Iterator[str]:
    if name == BRAND:
        yield from brand.values
    first, _dot, key = name.partition(".")
    if first == BRAND and key in brand.values:
        yield key


def _assets_in(text: str, sources: Sources) -> Iterator[str]:
    if ASSETS in text:
        yield from _named_assets(text, tuple(sorted(sources.assets)))


@lru_cache(maxsize=512)
def _named_assets(text: str, assets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in assets if _names_asset(text, path))


def _names_asset(text: str, path: str) -> bool:
    """Tell whether ``text`` names ``path``, or a computed name that it may be."""
    at = text.find(path)
    while at >= 0:
        if not _goes_on(text, at + len(path)):
            return True
        at = text.find(path, at + 1)
    at = text.find(ASSETS)
    while at >= 0:
        end = text.find("{", at)
        if end >= 0 and path.startswith(text[at:end]):
            return True
        at = text.find(ASSETS, at + 1)
    return False


def _goes_on(text: str, at: int) -> bool:
    after = text[at : at + 2]
    return (
        after[:1].isalnum()
        or after[:1] in _INSIDE_NAMES
        or (after[:1] == "." and after[1:].isalnum())
    )
