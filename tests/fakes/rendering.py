"""Rendering and checking in this process, without limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from governance.content.sources import Sources
from governance.content.template import find_template
from governance.names import Locale, TemplateId
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered, render
from governance.rendering.values import RecipientValues
from governance.standards.finding import Finding


@dataclass
class PureRenderer:
    """Calls the pure functions.

    Attributes:
        alter: What another program would make of the same sources.
    """

    alter: Callable[[Compiled], Compiled] = lambda compiled: compiled

    def compile(self, template: TemplateId, sources: Sources) -> Compiled:
        return self.alter(compile_template(find_template(sources, template), sources))

    def compile_many(
        self, templates: Sequence[TemplateId], sources: Sources
    ) -> tuple[Compiled, ...]:
        return tuple(self.compile(template, sources) for template in templates)

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        return render(compiled, values, locale)

    def render_many(
        self, compiled: Compiled, values: Sequence[RecipientValues], locale: Locale
    ) -> tuple[Rendered, ...]:
        return tuple(render(compiled, one, locale) for one in values)


@dataclass
class SetChecker:
    """Finds what a test decides on, in whatever it is given."""

    findings: list[Finding] = field(default_factory=list)

    def check(
        self, sources: Sources, templates: Sequence[TemplateId] | None
    ) -> tuple[Finding, ...]:
        return tuple(self.findings)
