"""A recipient's values, typed: what a merge field can hold, and how it is stored.

A value knows no language; ``formats`` prints it in one. Control characters and marks
that turn the direction of text are taken out where a value is made, so that a name
cannot disguise what stands beside it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from governance.content.fields import Field, Fields
from governance.content.samples import Sample
from governance.content.shapes import FieldType, shape_of
from governance.content.toml import TomlValue
from governance.errors import BadValueError
from governance.names import FieldName
from governance.texts import _

LONGEST_TEXT: Final = 20_000
MOST_ITEMS: Final = 200

# Overrides and isolates of direction; C0 and C1 controls but tab and line feed.
_UNSEEN: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ue000\ufeff]"
)
_LINE_ENDS: Final = re.compile("\r\n?|[\u2028\u2029]")
_EMAIL: Final = re.compile(  # 254 letters at most; trying more takes seconds
    r"(?=.{3,254}\Z)[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;]+"
)
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.\-]{3,30}")
_URL: Final = re.compile(
    r"(?:https://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+|tel:[0-9+().\-]+"
    r"|http://(?:127\.0\.0\.1|localhost)(?::[0-9]+)?(?:/[^\s\"'<>\\]*)?)",
    re.IGNORECASE,
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """What a person is called."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, and the zone in which it is told.

    Attributes:
        at: Aware, UTC.
        zone: IANA, "Europe/Berlin".
    """

    at: datetime
    zone: str

    @property
    def local(self) -> datetime:
        """The same point on the clocks of its zone."""
        return self.at.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Url:
    """An address that a link may lead to: https, mailto or tel.

    Plain http leads only to this computer, where the practice systems are.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address."""

    text: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number, as people read it."""

    text: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount.

    Attributes:
        currency: ISO 4217.
    """

    amount: Decimal
    currency: str


Value: TypeAlias = (
    str
    | PersonName
    | date
    | time
    | Moment
    | Duration
    | Url
    | Email
    | Phone
    | Money
    | Decimal
    | bool
    | tuple[str, ...]
)


@dataclass(frozen=True, slots=True, repr=False)
class RecipientValues(Mapping[FieldName, Value]):
    """What is known about one recipient; a missing field has no value."""

    known: Mapping[FieldName, Value]

    def __getitem__(self, name: FieldName) -> Value:
        return self.known[name]

    def __iter__(self) -> Iterator[FieldName]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def __repr__(self) -> str:  # names and addresses are in no log
        return f"RecipientValues({len(self.known)} fields)"


def sample_values(sample: Sample, fields: Fields) -> RecipientValues:
    """Return the values of a sample candidate, as a recipient would have them.

    Raises:
        BadValueError: One does not have its field's type.
    """
    return RecipientValues(
        {
            name: value_of(fields[name], value)
            for name, value in sample.values.items()
            if name in fields
        }
    )


def default_values(fields: Fields) -> RecipientValues:
    """Return each field's own sample: for where no sample candidate was chosen.

    Raises:
        BadValueError: One does not have its field's type.
    """
    return RecipientValues(
        {name: value_of(field, field.sample) for name, field in fields.items()}
    )


def value_of(field: Field, given: TomlValue) -> Value:
    """Return what ``given`` means for ``field``: from TOML, JSON or a connector.

    Raises:
        BadValueError: It cannot be a value of the field's type. The error never
            carries the value, which may be somebody's name.
    """
    try:
        return _MAKERS[field.type](given)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        message = _("The value of “{name}” has to be {shape}.")
        raise BadValueError(
            message.format(name=field.name, shape=shape_of(field.type))
        ) from error


def clean_text(given: object) -> str:
    """Return a text without what people cannot see.

    Raises:
        ValueError: It is no text, or longer than any message.
    """
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise ValueError
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", given))
    return _UNSEEN.sub("", text).encode(errors="replace").decode()


def _line(given: object) -> str:
    return " ".join(clean_text(given).split())


def _matching(pattern: re.Pattern[str], given: object) -> str:
    text = clean_text(given).strip()
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def _name(given: object) -> PersonName:
    return PersonName(_line(given))


def _url(given: object) -> Url:
    return Url(_matching(_URL, given))


def _email(given: object) -> Email:
    return Email(_matching(_EMAIL, given))


def _phone(given: object) -> Phone:
    return Phone(_matching(_PHONE, given))


def _date(given: object) -> date:
    if isinstance(given, str):
        return date.fromisoformat(given)
    if isinstance(given, datetime) or not isinstance(given, date):
        raise TypeError
    return given


def _time(given: object) -> time:
    if isinstance(given, str):
        return time.fromisoformat(given)
    if not isinstance(given, time):
        raise TypeError
    return given


def _moment(given: object) -> Moment:
    if not isinstance(given, Mapping):
        raise TypeError
    at, zone = given["at"], str(given["zone"])
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ValueError
    ZoneInfo(zone)
    return Moment(at.astimezone(UTC), zone)


def _duration(given: object) -> Duration:
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise ValueError
    return Duration(given)


def _money(given: object) -> Money:
    if not isinstance(given, Mapping):
        raise TypeError
    return Money(_number(given["amount"]), _matching(_CURRENCY, given["currency"]))


def _number(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        raise TypeError
    try:
        number = Decimal(str(given))
    except InvalidOperation as error:
        raise ValueError from error
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValueError
    return number


def _boolean(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _list(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or len(given) > MOST_ITEMS:
        raise TypeError
    return tuple(_line(item) for item in given)


_MAKERS: Final[Mapping[FieldType, Callable[[object], Value]]] = {
    FieldType.TEXT: clean_text,
    FieldType.PERSON_NAME: _name,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.MOMENT: _moment,
    FieldType.DURATION: _duration,
    FieldType.URL: _url,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _phone,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: _boolean,
    FieldType.LIST: _list,
}
