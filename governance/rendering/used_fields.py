"""What rendering has to know of the merge fields that a message uses.

It is a compiled part of its own (``fields.json``), so that the service renders from
compiled parts alone and a change of ``fields.toml`` never changes what was signed.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from governance.content.fields import EVERYWHERE, Field, Fields, Sensitivity
from governance.content.shapes import BY_REGION, FieldType
from governance.errors import UnknownFormatError
from governance.names import FieldName, Locale
from governance.texts import _
from governance.trust.canonical import JsonValue, canonical

FIELDS_PART = "fields.json"


class UsedField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One merge field of a compiled message.

    Attributes:
        fallback: Locale, or "" for all → what is printed where a value is missing.
        regions: Locale → the region that writes its values; none where it is the same.
    """

    type: FieldType
    sensitivity: Sensitivity
    optional: bool
    fallback: dict[str, str]
    regions: dict[str, str] = {}

    def region_in(self, where: Locale) -> Locale:
        """Return whose way of writing a value of this field follows in ``where``."""
        return Locale(self.regions.get(where, where))

    def fallback_in(self, where: Locale) -> str | None:
        """Return the fallback for ``where``: its own, its language's, or anyone's."""
        for key in (where, where.partition("-")[0], EVERYWHERE):
            if key in self.fallback:
                return self.fallback[key]
        return None


def spelled_fields(
    names: Iterable[FieldName], fields: Fields, regions: Mapping[Locale, Locale]
) -> str:
    """Spell the part ``fields.json``."""
    return canonical(
        {name: _spelled(fields[name], regions) for name in sorted(set(names))}
    ).decode()


def _spelled(field: Field, regions: Mapping[Locale, Locale]) -> dict[str, JsonValue]:
    spelled: dict[str, JsonValue] = {
        "type": field.type.value,
        "sensitivity": field.sensitivity.value,
        "optional": field.optional,
        "fallback": {str(where): text for where, text in field.fallback.items()},
    }
    if regions and field.type in BY_REGION:
        spelled["regions"] = {str(where): str(r) for where, r in regions.items()}
    return spelled


@lru_cache(maxsize=256)
def read_used_fields(part: str) -> Mapping[FieldName, UsedField]:
    """Read the part ``fields.json``.

    Raises:
        UnknownFormatError: A newer program wrote it.
    """
    try:
        read = msgspec.json.decode(part, type=dict[str, UsedField])
    except msgspec.MsgspecError as error:
        raise UnknownFormatError(
            _("The compiled message describes its merge fields in an unknown way.")
        ) from error
    return {FieldName(name): used for name, used in read.items()}
