"""The way out: what a provider must be able to do and say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from governance.names import Channel


class InDoubt(StrEnum):
    """How a provider helps when nobody knows whether it has taken a message."""

    IDEMPOTENT = "idempotent"  # the same key twice is one message: send again
    LOOKUP = "lookup"  # it can be asked by Message-ID
    HOLD = "hold"  # neither: a person decides


class Sighting(StrEnum):
    """What a look-up says."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"  # it cannot be asked now


@dataclass(frozen=True, slots=True, repr=False)
class OutgoingMessage:
    """What is handed to a provider.

    Attributes:
        recipient: An e-mail address or a phone number.
        sender: The envelope's sender: an address, or a number or name for SMS.
        body: The exact bytes: RFC 5322 for e-mail, UTF-8 text for SMS and chat.
        message_id: In angle brackets; for SMS too, as our reference.
    """

    channel: Channel
    recipient: str
    sender: str
    body: bytes
    message_id: str

    def __repr__(self) -> str:
        return f"OutgoingMessage({self.message_id})"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider's answer.

    Attributes:
        provider_id: Its own name for the message, "" where it has none.
    """

    provider: str
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A way out for messages, with its budget.

    Attributes:
        name: "email/practice": the chain of attestations is kept for each.
        rate: Messages per second.
        burst: Messages at once.
        per_day: Messages in any 24 hours, 0 for as many as there are.
    """

    name: str
    channel: Channel
    rate: float = 50.0
    burst: int = 100
    per_day: int = 0


class Mailer(Protocol):
    """One provider account that sends on one channel."""

    @property
    def in_doubt(self) -> InDoubt:
        """How a message in doubt is resolved."""

    @property
    def settles_after(self) -> float:
        """Seconds after which a look-up may be believed: longer than any time-out."""

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Send ``message``.

        Raises:
            MailerUnavailableError: It surely was not taken; worth trying again.
            MailerBusyError: The same, for this message alone.
            MailerRefusedError: It surely was not taken, and never will be.
            MailerInDoubtError: Nobody knows.
        """

    def look_up(self, message_id: str) -> Sighting:
        """Ask whether a message was taken; never raises for a provider that is away."""

    def close(self) -> None:
        """Let go of connections."""


class Timeline(Protocol):
    """The ATS's own record of what a candidate was sent."""

    def log(
        self, application: str, *, message_id: str, sent_at: str, title: str
    ) -> None:
        """Note a message; twice the same is once.

        Raises:
            DirectoryUnavailableError: The ATS is away; worth trying again.
        """
