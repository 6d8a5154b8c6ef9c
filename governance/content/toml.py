"""TOML from outside: whatever is wrong with it is one kind of error.

The standard library raises others for what is nested too deeply or a number too long,
and needs time that grows with the square of the dots in a key.
"""

import re
import tomllib
from datetime import date, datetime, time
from typing import Final, TypeAlias

TomlValue: TypeAlias = (
    "str | int | float | bool | date | datetime | time | list[TomlValue] | TomlTable"
)
TomlTable: TypeAlias = "dict[str, TomlValue]"

_DEEPEST: Final = 32  # names in one key
_NAME: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY: Final = re.compile(
    rf"(?:^|[\[{{,])[ \t]*(?:{_NAME}[ \t]*\.[ \t]*){{{_DEEPEST}}}", re.MULTILINE
)


def read_toml(source: str) -> TomlTable:
    """Return the tables of ``source``.

    Raises:
        tomllib.TOMLDecodeError: It is no TOML, or none that anybody writes by hand.
    """
    if found := _LONG_KEY.search(source):
        line = source.count("\n", 0, found.end()) + 1
        message = f"A key has too many parts (at line {line}, column 1)"
        raise tomllib.TOMLDecodeError(message)
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # a number of more than 4,300 digits
        message = "A number or a time is impossible (at line 1, column 1)"
        raise tomllib.TOMLDecodeError(message) from error
    except RecursionError as error:
        message = "It is nested too deeply (at line 1, column 1)"
        raise tomllib.TOMLDecodeError(message) from error
