"""The cases of a message: what its conditions ask, and the values that answer it.

A case is forced for a preview alone: the fields that a condition reads get other
values, and everything else stays as the sample has it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from governance.content.fields import Field, Fields
from governance.content.samples import Sample
from governance.content.shapes import FieldType, is_shaped
from governance.content.toml import TomlValue
from governance.markup.conditions import NONE, ONE, OTHER, SOME, TWO, Question
from governance.markup.lex import lex
from governance.markup.programs import program_of
from governance.names import FieldName
from governance.texts import _

_LONGEST: Final = 64  # of a title
_SHORT: Final = 24  # of a value that is its own title

Forced: TypeAlias = "Mapping[FieldName, TomlValue | None]"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a condition.

    Attributes:
        title: The answer in a person's words: "on site", "yes", "not known".
        value: What the field holds then; None for nothing.
    """

    key: str
    title: str
    value: "TomlValue | None"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a message asks of one merge field.

    Attributes:
        title: What the field means, "How we meet".
        options: The answers that a person can have.
    """

    field: FieldName
    title: str
    options: tuple[Option, ...]


def conditions_of(
    texts: Iterable[str], fields: Fields, known: Sequence[Sample]
) -> tuple[Condition, ...]:
    """Return the conditions of a message's parts, in the order in which they are met.

    Args:
        texts: Each part with all that it includes.
        fields: The merge fields.
        known: The samples, whose values are tried.

    A condition that asks for more than one field's value (a sum, a filter) is not among
    them: no single value answers it.
    """
    found: dict[FieldName, Question] = {}
    for text in texts:
        for key, question in program_of(lex(text)).questions.by_key.items():
            name = FieldName(key)
            if name not in fields or not question.is_name:
                continue
            one = found.setdefault(name, Question())
            one.constants.update(question.constants)
            one.is_asked |= question.is_asked
            one.is_looped |= question.is_looped
    made = (
        Condition(name, _title(fields[name]), _options(fields[name], question, known))
        for name, question in found.items()
    )
    return tuple(one for one in made if len(one.options) > 1)


def _title(field: Field) -> str:
    said = field.meaning.partition(":")[0].partition(". ")[0].rstrip(". ")
    if len(said) > _SHORT * 2:
        said = said.partition(", ")[0]
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _options(
    field: Field, question: Question, known: Sequence[Sample]
) -> tuple[Option, ...]:
    """Return the answers that can be, each once, in the order in which one reads."""
    options: dict[str, Option] = {}
    for one in _every_option(field, question, known):
        options.setdefault(f"{one.value!r}", one)
    return tuple(options.values())


def _every_option(
    field: Field, question: Question, known: Sequence[Sample]
) -> Iterator[Option]:
    if field.type is FieldType.BOOLEAN:
        yield Option(SOME, _("yes"), value=True)
        yield Option(NONE, _("no"), value=False)
        return
    if field.type is FieldType.LIST:
        yield from _lists(field, known)
        return
    for constant in question.constants:
        if constant is not None and is_shaped(field.type, constant):
            yield Option(f"={constant}", _said(constant), constant)
    if question.constants:
        other = _other(field, question, known)
        if other is not None:
            said = _said(other) if isinstance(other, str | int | float) else ""
            is_short = 0 < len(said) <= _SHORT
            yield Option(OTHER, said if is_short else _("something else"), other)
    else:
        yield Option(SOME, _("known"), field.sample)
    if field.optional and (question.is_asked or not question.constants):
        yield Option(NONE, _("not known"), None)


def _lists(field: Field, known: Sequence[Sample]) -> Iterator[Option]:
    values = [sample.values.get(field.name) for sample in known]
    items = [
        item
        for value in (field.sample, *values)
        if isinstance(value, list)
        for item in value
    ]
    first = list(dict.fromkeys(map(str, items)))
    if first:
        yield Option(ONE, _("one"), [first[0]])
        yield Option(TWO, _("several"), [first[0], first[1 % len(first)]])
    yield Option(NONE, _("none"), [])


def _other(
    field: Field, question: Question, known: Sequence[Sample]
) -> "TomlValue | None":
    """Return a value that somebody has and that the message does not ask for."""
    values = (field.sample, *(sample.values.get(field.name) for sample in known))
    return next(
        (
            value
            for value in values
            if value is not None
            and is_shaped(field.type, value)
            and not any(value == constant for constant in question.constants)
        ),
        None,
    )


def _said(value: str | float) -> str:
    return str(value).replace("_", " ")
