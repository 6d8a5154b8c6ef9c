"""The renderer, whose libraries and child are loaded when there is first work for it.

A window has three and starts without any: they know mail clients, Jinja and lxml.
"""

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from governance.content.sources import Sources
from governance.names import Digest, Locale, TemplateId
from governance.standards.finding import Finding

if TYPE_CHECKING:
    from governance.adapters.render_process.renderer import ProcessRenderer
    from governance.clients.previews import Looked, Previews
    from governance.rendering.compiled import Compiled
    from governance.rendering.render import Rendered
    from governance.rendering.values import RecipientValues


class LateRenderer:
    """Does what ``ProcessRenderer`` does, from the first job on; any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: ProcessRenderer | None = None

    def compile(self, template: TemplateId, sources: Sources) -> "Compiled":
        """Compile a template in all its locales, as ``Renderer`` promises."""
        return self._renderer().compile(template, sources)

    def compile_many(
        self, templates: Sequence[TemplateId], sources: Sources
    ) -> "tuple[Compiled, ...]":
        """Compile several templates, as ``Renderer`` promises."""
        return self._renderer().compile_many(templates, sources)

    def check(
        self, sources: Sources, templates: Sequence[TemplateId] | None
    ) -> tuple[Finding, ...]:
        """Check templates, or everything, as ``Checker`` promises."""
        return self._renderer().check(sources, templates)

    def render(
        self, compiled: "Compiled", values: "RecipientValues", locale: Locale
    ) -> "Rendered":
        """Render one message, as ``Renderer`` promises."""
        return self._renderer().render(compiled, values, locale)

    def render_many(
        self, compiled: "Compiled", values: "Sequence[RecipientValues]", locale: Locale
    ) -> "tuple[Rendered, ...]":
        """Render one message for several recipients, as ``Renderer`` promises."""
        return self._renderer().render_many(compiled, values, locale)

    def preview(
        self, what: "Looked", sources: Sources, known: Sequence[Digest] = ()
    ) -> "tuple[Rendered, Previews]":
        """Render a message and show it as mail clients do, as ``ProcessRenderer``.

        Raises:
            SourceError: It cannot be compiled, or rendered for any of the recipients.
            RenderTooExpensiveError: It takes more than any message may.
        """
        return self._renderer().preview(what, sources, known)

    def close(self) -> None:
        """End the child process, if there ever was one."""
        with self._lock:
            made = self._made
        if made is not None:
            made.close()

    def _renderer(self) -> "ProcessRenderer":
        from governance.adapters.render_process.process import (  # noqa: PLC0415
            RenderProcess,
        )
        from governance.adapters.render_process.renderer import (  # noqa: PLC0415
            ProcessRenderer,
        )

        with self._lock:
            if self._made is None:
                self._made = ProcessRenderer(RenderProcess())
            return self._made
