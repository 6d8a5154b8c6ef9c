"""A recipient's values as a template meets them: bound to a language, sealed.

A template can print, compare and loop over them; it reaches nothing behind them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import NoReturn

from markupsafe import Markup, escape

from governance.names import FieldName, Locale
from governance.rendering.formats import (
    FormatError,
    date_text,
    duration_text,
    list_text,
    moment_text,
    money_text,
    name_text,
    number_text,
    time_text,
)
from governance.rendering.used_fields import UsedField
from governance.rendering.values import (
    Duration,
    Email,
    Moment,
    Money,
    PersonName,
    Phone,
    RecipientValues,
    Url,
    Value,
)
from governance.texts import _


class NoValueError(Exception):
    """A field is printed for which there is neither value nor fallback."""

    def __init__(self, name: FieldName) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Shown:
    """A value in a language."""

    name: FieldName
    value: Value
    where: Locale

    def __str__(self) -> str:
        return text_of(self.value, self.where, self.name)

    def __html__(self) -> str:
        return str(escape(str(self))).replace("\n", Markup("<br />\n"))

    def __bool__(self) -> bool:
        match self.value:
            case Money():
                return bool(self.value.amount)
            case PersonName() | Url() | Email() | Phone():
                return bool(self.value.text)
            case Duration():
                return bool(self.value.minutes)
            case Moment() | date() | time():
                return True
            case _:
                return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __lt__(self, other: object) -> bool:
        return _ordered(self, other)

    def __gt__(self, other: object) -> bool:
        return _ordered(other, self)

    def __le__(self, other: object) -> bool:
        return not _ordered(other, self)

    def __ge__(self, other: object) -> bool:
        return not _ordered(self, other)

    def __iter__(self) -> Iterator[object]:
        if not isinstance(self.value, tuple):
            message = _("“{name}” is no list").format(name=self.name)
            raise FormatError(message)
        return iter(self.value)

    def __len__(self) -> int:
        if isinstance(self.value, str | tuple):
            return len(self.value)
        raise FormatError(_("“{name}” has no length").format(name=self.name))

    def __contains__(self, item: object) -> bool:
        return isinstance(self.value, str | tuple) and str(item) in self.value

    def __getitem__(self, index: object) -> object:
        if isinstance(self.value, tuple) and isinstance(index, int):
            return self.value[index]
        raise FormatError(_("“{name}” is no list").format(name=self.name))

    def __repr__(self) -> str:  # a traceback shows no name and no address
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """A field for which this recipient has no value: false, and its fallback."""

    name: FieldName
    fallback: str | None

    def __str__(self) -> str:
        if self.fallback is None:
            raise NoValueError(self.name)
        return self.fallback

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Missing) or other is None

    def __hash__(self) -> int:
        return hash(None)

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __contains__(self, item: object) -> bool:
        return False

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Group:
    """The fields that begin alike: ``candidate``."""

    name: str
    members: Mapping[str, object]

    def __str__(self) -> NoReturn:
        message = _("“{name}” is no merge field, but the beginning of several")
        raise FormatError(message.format(name=self.name))

    __html__ = __str__


def context(
    used: Mapping[FieldName, UsedField], values: RecipientValues, where: Locale
) -> Mapping[str, object]:
    """Return what a template sees: the fields that it was compiled with, no others."""
    tree: dict[str, object] = {}
    for name, field in used.items():
        *groups, leaf = name.split(".")
        branch = tree
        for depth, part in enumerate(groups):
            group = branch.setdefault(part, Group(".".join(groups[: depth + 1]), {}))
            assert isinstance(group, Group)
            members = group.members
            assert isinstance(members, dict)
            branch = members
        value = values.get(name)
        branch[leaf] = (
            Missing(name, field.fallback_in(where))
            if value is None
            else Shown(name, value, field.region_in(where))
        )
    return tree


def text_of(  # noqa: C901, PLR0911 -- one case a type
    value: Value, where: Locale, name: str
) -> str:
    """Print a value in the way that needs no filter."""
    match value:
        case bool():
            message = _("“{name}” is yes or no: ask for it with “if”")
            raise FormatError(message.format(name=name))
        case str():
            return value
        case PersonName():
            return name_text(value.text, where)
        case Url() | Email() | Phone():
            return value.text
        case Moment():
            return moment_text(value, "full", where)
        case Money():
            return money_text(value, where)
        case Duration():
            return duration_text(value, where)
        case Decimal():
            return number_text(value, where)
        case date():
            return date_text(value, "long", where)
        case time():
            return time_text(value, "short", where)
        case tuple():
            return list_text(value, "and", where)


def _compared(given: object) -> object:  # noqa: PLR0911 -- one case a type
    """Return what two things are equal by: "on_site" and a text, 3 and a number."""
    value = given.value if isinstance(given, Shown) else given
    match value:
        case PersonName() | Url() | Email() | Phone():
            return value.text
        case Duration():
            return Decimal(value.minutes)
        case Money():
            return value.amount
        case Moment():
            return value.at
        case bool() | str() | tuple():
            return value
        case int() | float():
            return Decimal(str(value))
        case _:
            return value


def _ordered(one: object, other: object) -> bool:
    if isinstance(one, Missing) or isinstance(other, Missing):
        return False
    left, right = _compared(one), _compared(other)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if type(left) is type(right) and isinstance(left, date | time):
        return bool(left < right)  # type: ignore[operator]
    raise FormatError(_("these two cannot be compared"))
