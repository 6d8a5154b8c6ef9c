"""The repository's own file, ``countersign.toml``: its format, name and languages."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class RepositoryFormat:
    """What holds for the whole repository.

    Attributes:
        name: What the organisation calls it.
        locales: The languages that messages are written in; the default is one.
        zone: The time zone (IANA) of the organisation.
        connectors: Which connector gets what: a channel → the connector's name.
    """

    format: int
    name: str
    default_locale: Locale
    locales: tuple[Locale, ...]
    zone: str
    connectors: Mapping[str, str]


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
    table.allow("format", "name", "default_locale", "locales", "zone", "connectors")
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
    )


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
