"""The merge fields that messages may use, as ``fields.toml`` declares them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from governance.content.shapes import FieldType, is_shaped, shape_of
from governance.content.sources import Sources
from governance.content.tables import Table, table_of
from governance.content.toml import TomlValue
from governance.names import FieldName, Locale, field_name, locale
from governance.texts import _

FIELDS_FILE: Final = "fields.toml"
FIELDS: Final = "fields"

EVERYWHERE: Final = Locale("")  # a fallback for every language


class Sensitivity(StrEnum):
    """Who may see a value."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Field:
    """One merge field.

    Attributes:
        meaning: What it is, in a sentence.
        sample: What stands for it where nobody chose a sample candidate.
        fallback: What is printed where a candidate has no value, by locale.
        optional: Whether it may be missing; ``{% if %}`` then takes the other way.
        tokens: What each ATS calls it.
    """

    name: FieldName
    type: FieldType
    meaning: str
    sensitivity: Sensitivity
    sample: TomlValue
    fallback: Mapping[Locale, str]
    optional: bool
    tokens: Mapping[str, str]

    def fallback_in(self, where: Locale) -> str | None:
        """Return the fallback for ``where``: its own, its language's, or anyone's."""
        language = Locale(where.partition("-")[0])
        for key in (where, language, EVERYWHERE):
            if key in self.fallback:
                return self.fallback[key]
        return None


@dataclass(frozen=True, slots=True)
class Fields(Mapping[FieldName, Field]):
    """Every merge field, by its name."""

    declared: Mapping[FieldName, Field]

    def __getitem__(self, name: FieldName) -> Field:
        return self.declared[name]

    def __iter__(self) -> Iterator[FieldName]:
        return iter(self.declared)

    def __len__(self) -> int:
        return len(self.declared)

    def within(self, chain: str) -> tuple[FieldName, ...]:
        """Return the fields that the names ``chain`` stands for.

        One for a field's own name, all that it begins for "candidate", none for what
        is not declared.
        """
        if chain in self.declared:
            return (FieldName(chain),)
        return tuple(name for name in self.declared if name.startswith(f"{chain}."))


def read_fields(sources: Sources) -> Fields:
    """Read ``fields.toml``; without one, there are no merge fields.

    Raises:
        ContentError: It says something impossible.
    """
    if FIELDS_FILE not in sources.texts:
        return Fields({})
    return _fields(sources.read(FIELDS_FILE))


@lru_cache(maxsize=16)
def _fields(source: str) -> Fields:
    table = table_of(FIELDS_FILE, source)
    table.allow(FIELDS)
    entries = table.table(FIELDS)
    fields = {}
    for key, entry in entries.tables().items():
        name = entries.named(key, field_name, key)
        fields[name] = _field(name, entry)
    for name in fields:
        _require_leaf(name, fields, entries)
    return Fields(fields)


def _require_leaf(
    name: FieldName, fields: Mapping[FieldName, Field], entries: Table
) -> None:
    """Refuse "interview.place" beside "interview.place.city": one cannot be both."""
    parts = name.split(".")
    for length in range(1, len(parts)):
        above = ".".join(parts[:length])
        if above in fields:
            message = _("“{name}” lies inside “{above}”, which is a field itself.")
            raise entries.refusal(message.format(name=name, above=above), name)


def _field(name: FieldName, table: Table) -> Field:
    table.allow(
        "type", "meaning", "sensitivity", "sample", "fallback", "optional", "tokens"
    )
    if name.partition(".")[0] in {"brand", "loop"}:
        message = _("“{name}” cannot be a field: its first word is taken.")
        raise table.refusal(message.format(name=name))
    kind = table.named("type", FieldType, table.text("type"))
    sensitivity = table.named(
        "sensitivity", Sensitivity, table.text("sensitivity", "personal")
    )
    if "sample" not in table.values:
        raise table.refusal(_("“sample” is missing."))
    sample = table.values["sample"]
    if not is_shaped(kind, sample):
        message = _("“sample” has to be {shape}.").format(shape=shape_of(kind))
        raise table.refusal(message, "sample")
    tokens = table.table("tokens")
    return Field(
        name,
        kind,
        table.text("meaning"),
        sensitivity,
        sample,
        _fallback(table),
        table.flag("optional"),
        {key: tokens.text(key) for key in tokens.values},
    )


def _fallback(table: Table) -> Mapping[Locale, str]:
    if "fallback" not in table.values:
        return {}
    if isinstance(table.values["fallback"], str):
        return {EVERYWHERE: table.text("fallback", "")}
    entries = table.table("fallback")
    return {
        entries.named(key, locale, key): entries.text(key, "") for key in entries.values
    }
