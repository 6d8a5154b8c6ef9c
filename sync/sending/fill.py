"""Filling: an application's values into a release's compiled parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from governance.content.fields import Field
from governance.content.toml import TomlValue
from governance.names import FieldName, Locale
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.used_fields import FIELDS_PART, UsedField, read_used_fields
from governance.rendering.values import RecipientValues, Value, value_of
from governance.trust.canonical import canonical
from sync.candidates.facts import ApplicationSnapshot, FieldValue
from sync.candidates.values import field_values
from sync.publishing.releases import VerifiedRelease


class Rendering(Protocol):
    """The part of ``governance.rendering.ports.Renderer`` that sending needs."""

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Render one message for one recipient.

        Raises:
            MarkupError: A merge field has no value, or cannot be computed.
            UnknownFormatError: A newer program compiled the message.
            RendererUnavailableError: The work cannot be done at all.
        """


@dataclass(frozen=True, slots=True)
class Filled:
    """A message with one recipient's values in it.

    Attributes:
        inputs: What went in, canonically; its HMAC is attested, itself never kept.
    """

    rendered: Rendered
    inputs: bytes


@dataclass(frozen=True, slots=True)
class Filler:
    """Renders a release's compiled parts for one application."""

    renderer: Rendering

    def fill(
        self, release: VerifiedRelease, snapshot: ApplicationSnapshot, locale: Locale
    ) -> Filled:
        """Return the message.

        Raises:
            MarkupError: A merge field has no value, or cannot be computed.
            BadValueError: The ATS says something that does not fit a field's type.
            UnknownFormatError: A newer program compiled the message.
            RendererUnavailableError: The render process is gone; worth trying again.
        """
        used = read_used_fields(release.parts.get(FIELDS_PART, "{}"))
        known = {
            name: value
            for name, value in field_values(snapshot).items()
            if name in used
        }
        typed = RecipientValues(
            {name: _typed(name, used[name], value) for name, value in known.items()}
        )
        rendered = self.renderer.render(Compiled(release.parts), typed, locale)
        inputs = canonical({str(locale): {str(name): known[name] for name in known}})
        return Filled(rendered, inputs)


def _typed(name: FieldName, used: UsedField, given: FieldValue) -> Value:
    field = Field(
        name,
        used.type,
        meaning="",
        sensitivity=used.sensitivity,
        sample="",
        fallback={},  # the compiled part has it
        optional=used.optional,
        tokens={},
    )
    return value_of(field, _toml(given))


def _toml(value: FieldValue) -> TomlValue:
    match value:
        case Mapping():
            return dict(value)
        case tuple():
            return list(value)
        case None:
            return ""
        case _:
            return value
