"""The repository's own file, ``countersign.toml``: its format, name and languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from governance.content.shapes import is_zone
from governance.content.sources import Sources
from governance.content.tables import Table, read_table
from governance.errors import UnknownFormatError
from governance.names import Locale, locale
from governance.texts import _

FORMAT: Final = 1
FORMAT_FILE: Final = "countersign.toml"
_REGIONS: Final = "regions"


@dataclass(frozen=True, slots=True)
class RepositoryFormat:
    """What holds for the whole repository.

    Attributes:
        name: What the organisation calls it.
        locales: The languages that messages are written in; the default is one.
        zone: The time zone (IANA) of the organisation.
        connectors: Which connector gets what: a channel → the connector's name.
        regions: Language → the region whose way of writing dates, times and numbers it
            follows ("en" → "en-GB"); without one a language follows its own.
    """

    format: int
    name: str
    default_locale: Locale
    locales: tuple[Locale, ...]
    zone: str
    connectors: Mapping[str, str]
    regions: Mapping[Locale, Locale]


def is_repository(sources: Sources) -> bool:
    """Tell whether these are sources of a template repository at all."""
    return FORMAT_FILE in sources.texts


def read_format(sources: Sources) -> RepositoryFormat:
    """Read ``countersign.toml``.

    Raises:
        MissingFileError: There is none.
        UnknownFormatError: A newer Countersign wrote the repository.
        ContentError: It says something impossible.
    """
    table = read_table(sources, FORMAT_FILE)
    version = _version(table)
    table.allow(
        *("format", "name", "default_locale", "locales", "zone", "connectors"),
        _REGIONS,
    )
    default = table.named("default_locale", locale, table.text("default_locale", "en"))
    written = table.texts("locales") or (default,)
    locales = tuple(table.named("locales", locale, text) for text in written)
    if default not in locales:
        message = _("The default “{locale}” is none of “locales”.")
        raise table.refusal(message.format(locale=default), "default_locale")
    zone = table.text("zone", "UTC")
    if not is_zone(zone):
        message = _("“{zone}” is no time zone such as “Europe/Berlin”.")
        raise table.refusal(message.format(zone=zone), "zone")
    connectors = table.table("connectors")
    return RepositoryFormat(
        version,
        table.text("name"),
        default,
        tuple(dict.fromkeys(locales)),
        zone,
        {key: connectors.text(key) for key in connectors.values},
        _regions(table, locales),
    )


def regions_for(locales: Iterable[Locale], sources: Sources) -> Mapping[Locale, Locale]:
    """Return the regions of those of ``locales`` that have one.

    Raises:
        ContentError: The table says something impossible.
    """
    if FORMAT_FILE not in sources.texts:
        return {}
    regions = _regions(read_table(sources, FORMAT_FILE), None)
    return {where: regions[where] for where in locales if where in regions}


def _regions(
    table: Table, locales: tuple[Locale, ...] | None
) -> Mapping[Locale, Locale]:
    regions = table.table(_REGIONS)
    found: dict[Locale, Locale] = {}
    for key in regions.values:
        where = regions.named(key, locale, key)
        region = regions.named(key, locale, regions.text(key))
        if locales is not None and where not in locales:
            message = _("“{locale}” is none of “locales”.").format(locale=where)
            raise regions.refusal(message, key)
        if region.partition("-")[0] != where.partition("-")[0]:
            message = _("“{region}” is no region of “{locale}”, such as “{locale}-GB”.")
            raise regions.refusal(message.format(region=region, locale=where), key)
        found[where] = region
    return found


def _version(table: Table) -> int:
    version = table.values.get("format")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        message = _("“format” has to be a number, now {format}.")
        raise table.refusal(message.format(format=FORMAT), "format")
    if version > FORMAT:
        message = _(
            "{path}: the repository has format {version}; this Countersign reads up to "
            "format {format}."
        )
        raise UnknownFormatError(
            message.format(path=table.path, version=version, format=FORMAT)
        )
    return version
