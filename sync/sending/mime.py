"""An e-mail's bytes: the same for the same inputs, to the last one.

RFC 5322 and 2045, text and HTML as alternatives (RFC 2046, 5.1.4: the best one last),
RFC 2369 and 8058 for List-Unsubscribe. Headers are ASCII, but for an address whose
local part is not (RFC 6532): only a server that speaks SMTPUTF8 can take that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from sync.sending.addresses import mailbox

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Registry(HeaderRegistry):
    """Keeps the class that it makes for each header's name."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        """Return the class of a header."""
        known = self._made.get(name.lower())
        if known is None:
            known = self._made[name.lower()] = super().__getitem__(name)
        return known


_POLICY: Final = SMTP.clone(max_line_length=78, header_factory=_Registry())


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """What an e-mail is made of.

    Attributes:
        to_name: Shown beside the address, "" for the address alone.
        message_id: In angle brackets.
        unsubscribe: Addresses for List-Unsubscribe, none where the class needs none.
    """

    sender: str
    sender_name: str
    to: str
    to_name: str
    reply_to: str
    subject: str
    text: str
    html: str | None
    message_id: str = ""
    date: datetime = _NEVER
    language: str = ""
    unsubscribe: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"Letter({self.message_id})"


def assemble(letter: Letter) -> bytes:
    """Return the bytes of ``letter``, with CRLF line ends.

    Raises:
        ValueError: An address or a header is impossible.
    """
    is_plain = letter.to.isascii() and letter.reply_to.isascii()
    message = EmailMessage(policy=_POLICY.clone(utf8=not is_plain))
    message["From"] = mailbox(letter.sender, letter.sender_name)
    message["To"] = mailbox(letter.to, letter.to_name)
    if letter.reply_to:
        message["Reply-To"] = mailbox(letter.reply_to, "")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = letter.message_id
    if letter.unsubscribe:
        links = ", ".join(f"<{link}>" for link in letter.unsubscribe)
        message["List-Unsubscribe"] = links
        if any(link.startswith("https:") for link in letter.unsubscribe):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    _fill(message, letter)
    if letter.language:  # after the content, which takes away such headers
        message["Content-Language"] = letter.language
    return message.as_bytes()


def _fill(message: EmailMessage, letter: Letter) -> None:
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        # Derived from the key, so that the bytes do not differ from try to try.
        name = letter.message_id.strip("<>").split("@")[0]
        message.set_boundary(f"=_{name[:40]}")
