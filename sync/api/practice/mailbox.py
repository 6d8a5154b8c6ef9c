"""What the capture mailbox says of the mails that it kept."""

from datetime import datetime

import msgspec


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A captured mail, without its bytes.

    Attributes:
        recipients: The envelope's, as the SMTP server was told.
        sha256: Of the raw bytes.
    """

    id: str
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    received_at: datetime
    size: int
    sha256: str

    def __repr__(self) -> str:
        return f"Mail({self.id})"


class Mails(msgspec.Struct, frozen=True):
    """A stretch of what was captured, the oldest first.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
    """

    messages: tuple[Mail, ...]
    next: str = ""


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the capture mailbox treats what it gets, to practise bad days.

    Attributes:
        delay: Seconds between keeping a mail and saying so.
        refused: Addresses that it does not accept.
    """

    delay: float = 0.0
    refused: tuple[str, ...] = ()
