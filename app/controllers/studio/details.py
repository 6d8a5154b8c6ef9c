"""Details as a form: what a form changes in a template's table, comments kept."""

from collections.abc import Mapping

import tomlkit
from tomlkit.exceptions import TOMLKitError

_DETAILS = (
    "record.title",
    "record.owner",
    "record.goal",
    "record.helps",
    "record.retention",
    "message.tone",
)


def details(source: str) -> Mapping[str, str]:
    """Return what the form shows of ``source``; nothing of a table that is broken."""
    try:
        table = tomlkit.parse(source).unwrap()
    except TOMLKitError:
        return {}
    found = {}
    for name in _DETAILS:
        section, _dot, key = name.partition(".")
        value = table.get(section, {})
        found[name] = str(value.get(key, "")) if isinstance(value, dict) else ""
    return found


def with_detail(source: str, name: str, text: str) -> str:
    """Return ``source`` with one detail changed; a broken table stays as it is."""
    section, _dot, key = name.partition(".")
    try:
        document = tomlkit.parse(source)
    except TOMLKitError:
        return source
    table = document.setdefault(section, tomlkit.table())
    table[key] = text
    return tomlkit.dumps(document)
