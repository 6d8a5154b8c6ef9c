"""The types of merge fields, and what a value of each looks like in a TOML file."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from governance.content.toml import TomlValue
from governance.texts import N_, _

_URL: Final = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{3,}")
_AMOUNT: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


class FieldType(StrEnum):
    """What kind of value a merge field has."""

    TEXT = "text"
    PERSON_NAME = "person_name"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"  # a point in time, with the zone it is told in
    DURATION = "duration"  # minutes
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"
    MONEY = "money"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"


# Those that a region writes in its own way.
BY_REGION: Final = frozenset(
    {
        FieldType.DATE,
        FieldType.TIME,
        FieldType.MOMENT,
        FieldType.DURATION,
        FieldType.MONEY,
        FieldType.NUMBER,
        FieldType.LIST,
    }
)

# What a value of each type looks like, in words.
SHAPES: Final[Mapping[FieldType, str]] = {
    FieldType.TEXT: N_("a text in quotes"),
    FieldType.PERSON_NAME: N_("a name in quotes"),
    FieldType.DATE: N_("a date such as 2026-12-03"),
    FieldType.TIME: N_("a time such as 09:30:00"),
    FieldType.MOMENT: N_(
        'a moment such as { at = 2026-12-03T09:00:00Z, zone = "Europe/London" }'
    ),
    FieldType.DURATION: N_("a whole number of minutes"),
    FieldType.URL: N_("an address that begins with https:// or http://"),
    FieldType.EMAIL: N_("an e-mail address"),
    FieldType.PHONE: N_("a telephone number"),
    FieldType.MONEY: N_('an amount such as { amount = "84000", currency = "GBP" }'),
    FieldType.NUMBER: N_("a number"),
    FieldType.BOOLEAN: N_("true or false"),
    FieldType.LIST: N_("a list of texts"),
}


def is_shaped(type: FieldType, value: TomlValue) -> bool:  # noqa: A002 -- the word
    """Tell whether ``value`` can be the value of a field of that type."""
    return _CHECKS[type](value)


def shape_of(type: FieldType) -> str:  # noqa: A002 -- the word
    """Say what a value of that type looks like, to people."""
    return _(SHAPES[type])


def is_compound(value: TomlValue) -> bool:
    """Tell whether a table is one value (money, a moment) and not a group of fields."""
    return isinstance(value, dict) and (
        set(value) in ({"at", "zone"}, {"amount", "currency"}, {"at"})
    )


@lru_cache(maxsize=512)
def is_zone(name: str) -> bool:
    """Tell whether ``name`` is a time zone of the IANA data base."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _is_text(value: TomlValue) -> bool:
    return isinstance(value, str)


def _is_date(value: TomlValue) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_time(value: TomlValue) -> bool:
    return isinstance(value, time)


def _is_moment(value: TomlValue) -> bool:
    if not isinstance(value, dict) or set(value) != {"at", "zone"}:
        return False
    at, zone = value["at"], value["zone"]
    is_aware = isinstance(at, datetime) and at.tzinfo is not None
    return is_aware and isinstance(zone, str) and is_zone(zone)


def _is_duration(value: TomlValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_money(value: TomlValue) -> bool:
    if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
        return False
    return _matches(_AMOUNT, value["amount"]) and _matches(_CURRENCY, value["currency"])


def _is_number(value: TomlValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_boolean(value: TomlValue) -> bool:
    return isinstance(value, bool)


def _is_list(value: TomlValue) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_url(value: TomlValue) -> bool:
    return _matches(_URL, value)


def _is_email(value: TomlValue) -> bool:
    return _matches(_EMAIL, value)


def _is_phone(value: TomlValue) -> bool:
    return _matches(_PHONE, value)


def _matches(pattern: re.Pattern[str], value: TomlValue) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


_CHECKS: Final[Mapping[FieldType, Callable[[TomlValue], bool]]] = {
    FieldType.TEXT: _is_text,
    FieldType.PERSON_NAME: _is_text,
    FieldType.DATE: _is_date,
    FieldType.TIME: _is_time,
    FieldType.MOMENT: _is_moment,
    FieldType.DURATION: _is_duration,
    FieldType.URL: _is_url,
    FieldType.EMAIL: _is_email,
    FieldType.PHONE: _is_phone,
    FieldType.MONEY: _is_money,
    FieldType.NUMBER: _is_number,
    FieldType.BOOLEAN: _is_boolean,
    FieldType.LIST: _is_list,
}
