"""A mail as it arrived: its head and its bodies, read and never run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from hashlib import sha256
from typing import Final

from governance.errors import UnknownFormatError
from governance.texts import _

LARGEST: Final = 32 * 1024 * 1024  # bytes of a mail that is shown
_SHOWN: Final = 400_000  # characters of a body
_HOPS: Final = 200  # lines that servers on the way may have put on top
# What servers write there; a second sender or subject on top is a forgery, no trace.
_TRACES: Final = frozenset(
    {
        b"arc-authentication-results",
        b"arc-message-signature",
        b"arc-seal",
        b"authentication-results",
        b"delivered-to",
        b"dkim-signature",
        b"received",
        b"received-spf",
        b"return-path",
    }
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a reader of the mail sees.

    Attributes:
        date: As the mail itself says it.
        raw: Its bytes as text; cut where it is very long.
    """

    subject: str = ""
    sender: str = ""
    to: str = ""
    date: str = ""
    message_id: str = ""
    html: str = field(default="", repr=False)
    plain: str = field(default="", repr=False)
    raw: str = field(default="", repr=False)


def read_mail(data: bytes) -> Arrived:
    """Read a mail.

    Raises:
        UnknownFormatError: It is none, or larger than any mail.
    """
    if len(data) > LARGEST:
        raise UnknownFormatError(_("The file is larger than any mail that we show."))
    try:
        mail = message_from_bytes(data, policy=default)
        assert isinstance(mail, EmailMessage), "the policy makes these"
        if not mail.keys():
            raise UnknownFormatError(_("The file is no mail: it has no head."))
        return Arrived(
            _head(mail, "Subject"),
            _head(mail, "From"),
            _head(mail, "To"),
            _head(mail, "Date"),
            _head(mail, "Message-ID"),
            _body(mail, "html"),
            _body(mail, "plain"),
            data[:_SHOWN].decode("utf-8", "replace").replace("\r\n", "\n"),
        )
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnknownFormatError(_("The file is no mail that can be read.")) from error


def sent_part(data: bytes, digest: str) -> tuple[bytes, str]:
    """Return the part of a mail that was sent, and what came to it on the way.

    Servers put lines on top of a mail, and programs that save one may write its ends
    of lines anew. What is left without these is what was sent, or nothing is: then all
    of it is returned, with no words.
    """
    for candidate, saved in ((data, False), (_with_crlf(data), True)):
        for number, start in enumerate(_line_starts(candidate)):
            if sha256(memoryview(candidate)[start:]).hexdigest() == digest:
                return candidate[start:], _words(number, saved=saved)
    return data, ""


def difference(arrived: Arrived, sent: Arrived) -> str:
    """Say where a mail first differs from the one that was sent, "" for nowhere."""
    for mine, theirs in (
        (arrived.plain, sent.plain),
        (arrived.html, sent.html),
        (arrived.raw, sent.raw),
    ):
        ours, other = mine.splitlines(), theirs.splitlines()
        for number in range(max(len(ours), len(other))):
            here = ours[number].strip() if number < len(ours) else ""
            there = other[number].strip() if number < len(other) else ""
            if here != there:
                return _("Line {number} reads “{here}”; sent was “{there}”.").format(
                    number=number + 1, here=_cut(here), there=_cut(there)
                )
    return ""


def _cut(text: str) -> str:
    most = 160
    return text if len(text) <= most else f"{text[:most]}…"


def _words(number: int, *, saved: bool) -> str:
    said = []
    if number:
        said.append(_("Mail servers put lines on top of it on its way."))
    if saved:
        said.append(_("The file was saved with other ends of lines."))
    return " ".join(said)


def _with_crlf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _line_starts(data: bytes) -> Iterator[int]:
    """Name where lines of a head begin, while only servers wrote those above."""
    start = 0
    for _number in range(_HOPS):
        yield start
        end = data.find(b"\n", start)
        if end < 0 or not _is_trace(data[start:end]):
            return
        start = end + 1


def _is_trace(line: bytes) -> bool:
    if line[:1] in {b" ", b"\t"}:  # goes on with the line before
        return bool(line.strip())
    name, colon, _rest = line.partition(b":")
    name = name.strip().lower()
    return bool(colon) and (name in _TRACES or name.startswith(b"x-"))


def _head(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _body(mail: EmailMessage, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == f"text/{kind}" and not part.is_multipart():
            return _text(part)[:_SHOWN]
    return ""


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
