"""All that sending asks of the world, in one list.

* :class:`~sync.sending.mailer.Mailer`, one for each way out; ``Timeline``
* :class:`~sync.sending.releases.VerifiedReleases`
* :class:`~sync.sending.queue.Queue`
* :class:`~sync.sending.outbox.Outbox`, ``Inbox``, ``Stops``, ``Attestations``
* :class:`Filler`, which renders compiled parts
"""

from typing import Protocol

from governance.names import Locale
from sync.candidates.facts import ApplicationSnapshot
from sync.sending.releases import VerifiedRelease


class Filled(Protocol):
    """A message with one recipient's values in it."""

    @property
    def subject(self) -> str | None:
        """The subject line."""

    @property
    def html(self) -> str | None:
        """The e-mail's HTML part."""

    @property
    def text(self) -> str | None:
        """The e-mail's text part."""

    @property
    def sms(self) -> str | None:
        """The text message."""

    @property
    def chat(self) -> str | None:
        """The chat message."""


class Filler(Protocol):
    """Renders a release's compiled parts for one application."""

    def fill(
        self, release: VerifiedRelease, snapshot: ApplicationSnapshot, locale: Locale
    ) -> Filled:
        """Return the message.

        Raises:
            MarkupError: A merge field has no value.
            RendererUnavailableError: The render process is gone; worth trying again.
        """
