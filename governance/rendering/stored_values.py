"""Recipients' values as JSON, for the service's encrypted rows, and back.

Each value says its type, so that values outlive a change of ``fields.toml``.
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from governance.content.fields import Field, Sensitivity
from governance.content.shapes import FieldType
from governance.content.toml import TomlValue
from governance.errors import BadNameError, BadValueError, UnknownFormatError
from governance.names import FieldName, field_name
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
    value_of,
)
from governance.texts import _
from governance.trust.canonical import JsonValue, canonical, read_canonical

_TYPE, _VALUE = "type", "value"


def to_json(values: RecipientValues) -> bytes:
    """Spell the values, each with its type."""
    return canonical(
        {
            name: {_TYPE: kind.value, _VALUE: spelled}
            for name, value in values.items()
            for kind, spelled in (_spelled(value),)
        }
    )


def from_json(data: bytes) -> RecipientValues:
    """Read what ``to_json`` spelled.

    Raises:
        UnknownFormatError: The bytes are none that this program wrote.
    """
    stored = read_canonical(data)
    if not isinstance(stored, Mapping):
        raise UnknownFormatError(_("Stored values are no table."))
    try:
        return RecipientValues(
            {field_name(name): _read(name, entry) for name, entry in stored.items()}
        )
    except (BadNameError, BadValueError, ValueError, KeyError, TypeError) as error:
        raise UnknownFormatError(_("Stored values cannot be read.")) from error


def _spelled(  # noqa: C901, PLR0911, PLR0912 -- one case a type
    value: Value,
) -> tuple[FieldType, JsonValue]:
    match value:
        case bool():
            return FieldType.BOOLEAN, value
        case str():
            return FieldType.TEXT, value
        case PersonName():
            return FieldType.PERSON_NAME, value.text
        case Url():
            return FieldType.URL, value.text
        case Email():
            return FieldType.EMAIL, value.text
        case Phone():
            return FieldType.PHONE, value.text
        case Moment():
            at = value.at.isoformat().replace("+00:00", "Z")
            return FieldType.MOMENT, {"at": at, "zone": value.zone}
        case Money():
            spelled = {"amount": str(value.amount), "currency": value.currency}
            return FieldType.MONEY, spelled
        case Duration():
            return FieldType.DURATION, value.minutes
        case Decimal():
            return FieldType.NUMBER, str(value)
        case date():
            return FieldType.DATE, value.isoformat()
        case time():
            return FieldType.TIME, value.isoformat()
        case tuple():
            return FieldType.LIST, list(value)


# Only its type is looked at; the rest of a field says nothing about a stored value.
_NO_SAMPLE: Final = ""


def _read(name: str, entry: JsonValue) -> Value:
    if not isinstance(entry, Mapping):
        raise TypeError
    kind = FieldType(str(entry[_TYPE]))
    field = Field(
        FieldName(name),
        kind,
        meaning="",
        sensitivity=Sensitivity.PERSONAL,
        sample=_NO_SAMPLE,
        fallback={},
        optional=True,
        tokens={},
    )
    return value_of(field, _toml(entry[_VALUE]))


def _toml(value: JsonValue) -> TomlValue:
    match value:
        case str() | bool() | int():
            return value
        case Mapping():
            return {key: _toml(item) for key, item in value.items()}
        case None:
            raise TypeError
        case _:
            return [_toml(item) for item in value]
