"""What rendering offers across a process: the same, with limits on time and memory."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from governance.content.sources import Sources
from governance.names import Locale, TemplateId

if TYPE_CHECKING:  # a port names what it speaks of; who uses it has loaded it
    from governance.rendering.compiled import Compiled
    from governance.rendering.render import Rendered
    from governance.rendering.values import RecipientValues


class Renderer(Protocol):
    """Compiles and renders templates that nobody has looked at yet.

    The results are those of ``compile_template`` and ``render``, byte for byte, and so
    are the errors. After any failure the next call works.
    """

    def compile(self, template: TemplateId, sources: Sources) -> "Compiled":
        """Compile a template in all its locales.

        Raises:
            MarkupError: A part cannot be compiled; ``problems`` names each place.
            ContentError: The template, fields or brand say something impossible.
            RenderTooExpensiveError: It takes more time or memory than any may.
            RendererUnavailableError: The work cannot be done at all.
        """

    def compile_many(
        self, templates: Sequence[TemplateId], sources: Sources
    ) -> "tuple[Compiled, ...]":
        """Compile several templates of the same sources, in their order.

        Raises:
            MarkupError: One cannot be compiled; nothing is returned.
            ContentError: One, the fields or the brand say something impossible.
            RenderTooExpensiveError: It takes more time or memory than any may.
            RendererUnavailableError: The work cannot be done at all.
        """

    def render(
        self, compiled: "Compiled", values: "RecipientValues", locale: Locale
    ) -> "Rendered":
        """Render one message for one recipient.

        Raises:
            MissingValueError: A printed field has neither value nor fallback.
            MarkupError: The locale is not there, or an expression cannot be computed.
            UnknownFormatError: A newer program compiled the message.
            RenderTooExpensiveError: It takes more time or memory than any may.
            RendererUnavailableError: The work cannot be done at all.
        """

    def render_many(
        self, compiled: "Compiled", values: "Sequence[RecipientValues]", locale: Locale
    ) -> "tuple[Rendered, ...]":
        """Render one message for several recipients, in their order.

        Raises:
            MissingValueError: A printed field has neither value nor fallback.
            MarkupError: The locale is not there, or an expression cannot be computed.
            UnknownFormatError: A newer program compiled the message.
            RenderTooExpensiveError: It takes more time or memory than any may.
            RendererUnavailableError: The work cannot be done at all.
        """
