"""Steps that could never send: what they name is not there, or is of another kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from governance.content.fields import Fields
from governance.content.shapes import FieldType
from governance.content.sources import Sources
from governance.content.template import Template
from governance.journeys.journey import Journey, Step
from governance.journeys.read import journey_path
from governance.markup.mapped import Place
from governance.names import Span, TemplateId
from governance.standards.finding import (
    Finding,
    Severity,
    Spot,
    finding_at,
    replacement,
)
from governance.texts import _

_DATES = frozenset([FieldType.MOMENT, FieldType.DATE])


@dataclass(frozen=True, slots=True)
class Steps:
    """A journey laid out for checking."""

    journey: Journey
    sources: Sources
    templates: Mapping[TemplateId, Template]
    fields: Fields

    def findings(self) -> Iterator[Finding]:
        """Judge every step."""
        for step in self.journey.steps:
            yield from self._template(step)
            for condition in step.when:
                if condition.field not in self.fields:
                    yield self._unknown_field(step, condition.field)
            if step.at is not None:
                yield from self._anchor(step, step.at.field)

    def _template(self, step: Step) -> Iterator[Finding]:
        template = self.templates.get(step.template)
        if template is None:
            message = _("There is no template “{name}”.").format(name=step.template)
            yield self._finding(
                step, "unknown-template", message, step.template, self.templates
            )
        elif step.channel not in template.message.channels:
            message = _("“{template}” has no text for “{channel}”.").format(
                template=step.template, channel=step.channel.value
            )
            others = [channel.value for channel in template.message.channels]
            yield self._finding(
                step, "no-such-channel", message, step.channel.value, others
            )

    def _anchor(self, step: Step, name: str) -> Iterator[Finding]:
        declared = next((self.fields[one] for one in self.fields if one == name), None)
        if declared is None:
            yield self._unknown_field(step, name)
        elif declared.type not in _DATES:
            message = _("“{name}” is no moment: nothing can be counted from it.")
            yield self._finding(step, "no-moment", message.format(name=name), name)

    def _unknown_field(self, step: Step, name: str) -> Finding:
        message = _("There is no merge field “{name}”.").format(name=name)
        return self._finding(step, "unknown-field", message, name, self.fields)

    def _finding(
        self, step: Step, rule: str, message: str, word: str, known: Iterable[str] = ()
    ) -> Finding:
        place = self._place(step, word)
        names = get_close_matches(word, list(known), n=3) if place.span.end else []
        fixes = [
            replacement(place, name, _("Write “{name}”").format(name=name))
            for name in names
        ]
        text = self.sources.texts[place.path]
        return finding_at(
            f"journey.{rule}", Severity.ERROR, message, Spot(place), text, fixes=fixes
        )

    def _place(self, step: Step, word: str) -> Place:
        """Return where ``word`` stands in the step's table, or the file's begin."""
        path = journey_path(self.journey.id)
        text = self.sources.texts[path]
        named = max(0, text.find(f'"{step.id}"'))
        begin = max(0, text.rfind("[[steps]]", 0, named))
        end = text.find("[[steps]]", named)
        at = text.find(f'"{word}"', begin, end if end >= 0 else len(text))
        if at < 0:
            return Place(path, Span(0, 0))
        return Place(path, Span(at + 1, at + 1 + len(word)))
