"""What checking offers across a process: the same, with limits on time and memory."""

from collections.abc import Sequence
from typing import Protocol

from governance.content.sources import Sources
from governance.names import TemplateId
from governance.standards.finding import Finding


class Checker(Protocol):
    """Checks templates that nobody has looked at yet.

    The findings are those of ``check_template`` and ``check_repository``. After any
    failure the next call works.
    """

    def check(
        self, sources: Sources, templates: Sequence[TemplateId] | None
    ) -> tuple[Finding, ...]:
        """Check ``templates``, one after the other; None is the whole repository.

        Raises:
            ContentError: A template is not there, or says something impossible.
            RenderTooExpensiveError: It takes more time or memory than any may.
            RendererUnavailableError: The work cannot be done at all.
        """
