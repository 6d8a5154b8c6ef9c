"""Reading TOML files so that each mistake is told with its file and line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from governance.content.sources import Sources
from governance.content.toml import TomlValue, read_toml
from governance.errors import BadNameError, ContentError, Problem
from governance.kept import kept_texts
from governance.names import Span
from governance.texts import _, quoted
from governance.trust.canonical import JsonValue

Value = TypeVar("Value")

_PLACE: Final = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file, which knows where it stands.

    Attributes:
        path: The file.
        source: The file's whole text.
        keys: Where the table lies in the file: ("fields", "candidate.first_name").
        values: The table itself.
    """

    path: str
    source: str
    keys: tuple[str, ...]
    values: Mapping[str, TomlValue]

    def refusal(self, message: str, key: str = "") -> ContentError:
        """Return the error that tells the author what is wrong with ``key``."""
        line, span = _line_of(self.source, (*self.keys, key) if key else self.keys)
        if not line:
            told = _("{path}: {message}").format(path=self.path, message=message)
        else:
            told = _("{path}, line {line}: {message}").format(
                path=self.path, line=line, message=message
            )
        column = 1 if line else 0
        problem = Problem(
            "toml", message, self.path, span.start, span.end, line, column
        )
        return ContentError(told, (problem,))

    def allow(self, *known: str) -> None:
        """Refuse keys that are none of ``known``: a typing mistake must not pass.

        Raises:
            ContentError: There is one.
        """
        for key in self.values:
            if key not in known:
                message = _("“{key}” is not known here; known are {known}.")
                names = ", ".join(quoted(name) for name in known)
                raise self.refusal(message.format(key=key, known=names), key)

    def table(self, key: str) -> "Table":
        """Return the table ``key``, an empty one where there is none.

        Raises:
            ContentError: It is something else.
        """
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            message = _("“{key}” has to be a table.").format(key=key)
            raise self.refusal(message, key)
        return Table(self.path, self.source, (*self.keys, key), value)

    def tables(self) -> "Mapping[str, Table]":
        """Return every entry as a table.

        Raises:
            ContentError: One is something else.
        """
        return {key: self.table(key) for key in self.values}

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text ``key``; without a default it must be there, and not empty.

        Raises:
            ContentError: It is missing, empty or no text.
        """
        value = self.values.get(key, default)
        if value is None:
            raise self.refusal(_("“{key}” is missing.").format(key=key))
        if not isinstance(value, str):
            message = _("“{key}” has to be a text in quotes.").format(key=key)
            raise self.refusal(message, key)
        if default is None and not value.strip():
            raise self.refusal(_("“{key}” is empty.").format(key=key), key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts ``key``, an empty one where there is none.

        Raises:
            ContentError: It is no list of texts.
        """
        value = self.values.get(key, [])
        found = (
            [item for item in value if isinstance(item, str)]
            if (isinstance(value, list))
            else []
        )
        if not isinstance(value, list) or len(found) != len(value):
            message = _("“{key}” has to be a list of texts.").format(key=key)
            raise self.refusal(message, key)
        return tuple(found)

    def flag(self, key: str) -> bool:
        """Return whether ``key`` is true; false where it is missing.

        Raises:
            ContentError: It is neither.
        """
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            message = _("“{key}” has to be true or false.").format(key=key)
            raise self.refusal(message, key)
        return value

    def day(self, key: str) -> date | None:
        """Return the date ``key``, or None where there is none.

        Raises:
            ContentError: It is no date.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            message = _("“{key}” has to be a date such as 2027-05-01.").format(key=key)
            raise self.refusal(message, key)
        return value

    def named(self, key: str, parse: Callable[[str], Value], text: str) -> Value:
        """Return what ``parse`` makes of ``text``, which stands at ``key``.

        Raises:
            ContentError: ``parse`` refuses it.
        """
        try:
            return parse(text)
        except (BadNameError, ValueError) as error:
            message = (
                str(error)
                if isinstance(error, BadNameError)
                else _("“{text}” cannot be “{key}”.").format(text=text, key=key)
            )
            raise self.refusal(message, key) from error


def read_table(sources: Sources, path: str) -> Table:
    """Return the TOML file at ``path``.

    Raises:
        MissingFileError: There is none.
        ContentError: It is no TOML.
    """
    return table_of(path, sources.read(path))


def table_of(path: str, source: str) -> Table:
    """Return the TOML file at ``path``, whose text is ``source``.

    Raises:
        ContentError: It is no TOML.
    """
    values, problem = _parsed(source)
    if problem is not None:
        line, column, reason = problem
        where = Problem("toml", reason, path, 0, 0, line, column)
        told = _("{path}, line {line}: this is no TOML: {reason}.").format(
            path=path, line=line, reason=reason
        )
        raise ContentError(told, (where,))
    return Table(path, source, (), values)


def as_json(value: TomlValue) -> JsonValue:
    """Return ``value`` as JSON has it; dates, times and fractions say what they are."""
    match value:
        case bool() | int() | str():
            return value
        case float():
            return {"float": repr(value)}
        case list():
            return [as_json(item) for item in value]
        case dict():
            return {"table": {key: as_json(item) for key, item in value.items()}}
        case _:
            return {type(value).__name__: value.isoformat()}


@kept_texts(3_000_000)
def _parsed(source: str) -> tuple[Mapping[str, TomlValue], tuple[int, int, str] | None]:
    try:
        return read_toml(source), None
    except tomllib.TOMLDecodeError as error:
        text = str(error)
        line, column = source.count("\n") + 1, 1
        if place := _PLACE.search(text):
            text = text[: place.start()]
            line, column = int(place[1] or line), int(place[2] or column)
        return {}, (line, column, text)


def _line_of(source: str, keys: tuple[str, ...]) -> tuple[int, Span]:
    """Return the line where ``keys`` is written, and its span; 0 if it is not found.

    A key with dots may be written as one or as several: both are found.
    """
    wanted, here, at = ".".join(keys), "", 0
    best: tuple[int, Span] = (0, Span(0, 0))
    for number, line in enumerate(source.split("\n"), 1):
        stripped = line.strip()
        span = Span(at, at + len(line))
        at += len(line) + 1
        if stripped.startswith("["):
            here = written = ".".join(_header(stripped))
        elif "=" in stripped and _begins(here, wanted):
            key = ".".join(_header(f"[{stripped.partition('=')[0].strip()}]"))
            written = f"{here}.{key}".strip(".")
        else:
            continue
        if written == wanted:
            return number, span
        if written and _begins(written, wanted):
            best = number, span
    return best


def _begins(written: str, wanted: str) -> bool:
    return not written or f"{wanted}.".startswith(f"{written}.")


def _header(line: str) -> list[str]:
    """Return the keys of a line such as ``[fields."candidate.first_name"]``."""
    try:
        node: TomlValue = read_toml(line.strip())
    except tomllib.TOMLDecodeError:
        return []
    keys: list[str] = []
    while True:
        if isinstance(node, list) and node:
            node = node[0]
        if not isinstance(node, dict) or not node:
            return keys
        key, node = next(iter(node.items()))
        keys.append(key)
