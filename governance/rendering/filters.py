"""The filters that print values in another style: ``{{ interview.at | time }}``."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from jinja2.runtime import Undefined

from governance.rendering.formats import (
    FormatError,
    date_text,
    duration_text,
    list_text,
    moment_text,
    money_text,
    number_text,
    time_text,
    zone_text,
)
from governance.rendering.shown import Missing, Shown
from governance.rendering.values import Duration, Moment, Money
from governance.texts import _


def _date(given: object, style: str = "long") -> object:
    match given:
        case Shown(value=Moment() as moment):
            return date_text(moment.local.date(), style, given.where)
        case Shown(value=date() as day):
            return date_text(day, style, given.where)
        case _:
            return _unfit(given, "date")


def _time(given: object, style: str = "short") -> object:
    match given:
        case Shown(value=Moment() as moment):
            return time_text(moment.local.time(), style, given.where)
        case Shown(value=time() as clock):
            return time_text(clock, style, given.where)
        case _:
            return _unfit(given, "time")


def _moment(given: object, style: str = "full") -> object:
    if isinstance(given, Shown) and isinstance(given.value, Moment):
        return moment_text(given.value, style, given.where)
    return _unfit(given, "moment")


def _zone(given: object, style: str = "long") -> object:
    if isinstance(given, Shown) and isinstance(given.value, Moment):
        return zone_text(given.value, style, given.where)
    return _unfit(given, "zone")


def _money(given: object) -> object:
    if isinstance(given, Shown) and isinstance(given.value, Money):
        return money_text(given.value, given.where)
    return _unfit(given, "money")


def _list(given: object, style: str = "and") -> object:
    if isinstance(given, Shown) and isinstance(given.value, tuple):
        return list_text(given.value, style, given.where)
    return _unfit(given, "list")


def _duration(given: object) -> object:
    if isinstance(given, Shown) and isinstance(given.value, Duration):
        return duration_text(given.value, given.where)
    return _unfit(given, "duration")


def _number(given: object) -> object:
    if isinstance(given, Shown) and isinstance(given.value, Decimal):
        return number_text(given.value, given.where)
    return _unfit(given, "number")


def _default(given: object, instead: object = "", *_rest: object) -> object:
    return instead if isinstance(given, Missing | Undefined) else given


def _unfit(given: object, name: str) -> object:
    """Let a missing value be its fallback; refuse any other."""
    if isinstance(given, Missing | Undefined):
        return given
    what = f"“{given.name}”" if isinstance(given, Shown) else _("this")
    raise FormatError(
        _("the filter “{filter}” does not fit {what}").format(filter=name, what=what)
    )


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "date": _date,
    "d": _default,
    "default": _default,
    "duration": _duration,
    "list": _list,
    "moment": _moment,
    "money": _money,
    "number": _number,
    "time": _time,
    "zone": _zone,
}
