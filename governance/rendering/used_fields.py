"""What rendering has to know of the merge fields that a message uses.

It is a compiled part of its own (``fields.json``), so that the service renders from
compiled parts alone and a change of ``fields.toml`` never changes what was signed.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from governance.content.fields import EVERYWHERE, Fields, Sensitivity
from governance.content.shapes import FieldType
from governance.errors import UnknownFormatError
from governance.names import FieldName, Locale
from governance.texts import _
from governance.trust.canonical import canonical

FIELDS_PART = "fields.json"


class UsedField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One merge field of a compiled message.

    Attributes:
        fallback: Locale, or "" for all → what is printed where a value is missing.
    """

    type: FieldType
    sensitivity: Sensitivity
    optional: bool
    fallback: dict[str, str]

    def fallback_in(self, where: Locale) -> str | None:
        """Return the fallback for ``where``: its own, its language's, or anyone's."""
        for key in (where, where.partition("-")[0], EVERYWHERE):
            if key in self.fallback:
                return self.fallback[key]
        return None


def spelled_fields(names: Iterable[FieldName], fields: Fields) -> str:
    """Spell the part ``fields.json``."""
    return canonical(
        {
            name: {
                "type": fields[name].type.value,
                "sensitivity": fields[name].sensitivity.value,
                "optional": fields[name].optional,
                "fallback": {str(k): v for k, v in fields[name].fallback.items()},
            }
            for name in sorted(set(names))
        }
    ).decode()


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
