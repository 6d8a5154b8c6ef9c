"""Values as people of a language write them, by CLDR.

Only Babel's locale data are used, loaded when the first value of a language is printed,
and what was printed once is kept.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast
from zoneinfo import ZoneInfo

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.dates import (
    format_date,
    format_time,
    get_datetime_format,
    get_timezone_location,
    get_timezone_name,
)
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from governance.names import Locale
from governance.rendering.values import Duration, Moment, Money
from governance.texts import _

Style: TypeAlias = Literal["short", "medium", "long", "full"]

STYLES: Final = ("short", "medium", "long", "full")
ZONE_STYLES: Final = ("short", "long", "city")
LIST_STYLES: Final = ("and", "or")

_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_HOUR, _DAY = 60, 1440

# CLDR's "Tokio (Ortszeit)" cannot stand in brackets, where it is most often wanted.
_CITY_TIMES: Final = {"de": "Ortszeit {0}"}


class FormatError(Exception):
    """A value cannot be printed like that; the text says why."""


@lru_cache(maxsize=64)
def cldr(where: Locale) -> Cldr:
    """Return the data of a language, or of the nearest that there is."""
    parts = where.split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Cldr.parse("-".join(parts[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Cldr("en")


@lru_cache(maxsize=4096)
def date_text(day: date, style: str, where: Locale) -> str:
    """Print a day: "3 December 2026"."""
    return format_date(day, _style(style), cldr(where))


@lru_cache(maxsize=4096)
def time_text(clock: time, style: str, where: Locale) -> str:
    """Print a time of day: "14:30", with seconds only where a style asks for them."""
    written = "short" if style in {"long", "full"} else _style(style)
    return _spaced(format_time(clock, written, locale=cldr(where)))


@lru_cache(maxsize=4096)
def moment_text(moment: Moment, style: str, where: Locale) -> str:
    """Print day, time and the zone's abbreviation."""
    local = moment.local
    pattern = str(get_datetime_format(_style(style), cldr(where))).replace("'", "")
    day = date_text(local.date(), style, where)
    text = pattern.replace("{1}", day).replace(
        "{0}", time_text(local.time(), "short", where)
    )
    return f"{text} ({zone_text(moment, 'short', where)})"


@lru_cache(maxsize=4096)
def zone_text(moment: Moment, style: str, where: Locale) -> str:
    """Print the zone that holds at a moment: by its name, letters or city."""
    if style not in ZONE_STYLES:
        raise FormatError(_bad_style(style, ZONE_STYLES))
    local = moment.local
    if style == "short":
        letters = get_timezone_name(local, width="short", locale=cldr(where))
        if letters.isalpha():
            return letters
        name = local.tzname() or ""
        return name if name.isalpha() else _offset(local)
    if style == "long":
        name = get_timezone_name(local, width="long", locale=cldr(where))
        if not re.search(r"\d", name):
            return name
    return _city_time(local, where)


@lru_cache(maxsize=4096)
def duration_text(duration: Duration, where: Locale) -> str:
    """Print how long something takes: "75 minutes", "2 hours", "3 days"."""
    minutes = duration.minutes
    if minutes >= _DAY and minutes % _DAY == 0:
        return _unit(minutes // _DAY, "duration-day", where)
    if minutes >= _HOUR and minutes % _HOUR == 0:
        return _unit(minutes // _HOUR, "duration-hour", where)
    if minutes < 2 * _HOUR:
        return _unit(minutes, "duration-minute", where)
    hours = _unit(minutes // _HOUR, "duration-hour", where)
    rest = _unit(minutes % _HOUR, "duration-minute", where)
    return format_list([hours, rest], style="unit", locale=cldr(where))


@lru_cache(maxsize=4096)
def money_text(money: Money, where: Locale) -> str:
    """Print an amount; one without cents shows none."""
    if money.amount == money.amount.to_integral_value():
        pattern = cldr(where).currency_formats["standard"].pattern.replace(".00", "")
        text = format_currency(
            money.amount, money.currency, pattern, cldr(where), currency_digits=False
        )
    else:
        text = format_currency(money.amount, money.currency, locale=cldr(where))
    return _spaced(text)


@lru_cache(maxsize=4096)
def number_text(number: Decimal, where: Locale) -> str:
    """Print a number with the marks of the language."""
    return _spaced(format_decimal(number, locale=cldr(where)))


@lru_cache(maxsize=4096)
def list_text(items: tuple[str, ...], style: str, where: Locale) -> str:
    """Print items as in a sentence: "a, b and c"."""
    if style not in LIST_STYLES:
        raise FormatError(_bad_style(style, LIST_STYLES))
    kind: Literal["standard", "or"] = "or" if style == "or" else "standard"
    return format_list(list(items), style=kind, locale=cldr(where))


@lru_cache(maxsize=4096)
def name_text(name: str, where: Locale) -> str:
    """Print a name so that its direction cannot move what stands beside it.

    Only a name that runs against its language is isolated (UAX #9): the marks are two
    characters that every text can hold, attributes and subjects too, unlike ``<bdi>``.
    """
    is_right_to_left = any(
        unicodedata.bidirectional(character) in {"R", "AL"} for character in name
    )
    has_left = any(unicodedata.bidirectional(character) == "L" for character in name)
    against = has_left if cldr(where).text_direction == "rtl" else is_right_to_left
    return f"{_ISOLATE}{name}{_POP}" if against else name


def _style(style: str) -> Style:
    if style not in STYLES:
        raise FormatError(_bad_style(style, STYLES))
    return cast("Style", style)


def _bad_style(style: str, known: tuple[str, ...]) -> str:
    return _("“{style}” is no style; there are {styles}").format(
        style=style, styles=", ".join(known)
    )


def _unit(count: int, unit: str, where: Locale) -> str:
    return _spaced(format_unit(count, unit, locale=cldr(where)))


def _spaced(text: str) -> str:
    """Use the one no-break space that fonts of mail clients have."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


def _offset(local: datetime) -> str:
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _city_time(local: datetime, where: Locale) -> str:
    zone = local.tzinfo
    assert isinstance(zone, ZoneInfo)
    city = get_timezone_location(local, locale=cldr(where), return_city=True)
    city = city.rpartition("/")[2].replace("_", " ")
    language = cldr(where).language
    pattern = _CITY_TIMES.get(language) or str(cldr(where).zone_formats["region"])
    return pattern.replace("%s", city).replace("{0}", city)
