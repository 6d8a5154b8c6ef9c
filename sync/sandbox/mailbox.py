"""The capture mailbox: a real SMTP server that keeps all mail and passes none on."""

import asyncio
import logging
import socket
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from hashlib import sha256
from threading import Thread

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

from governance.ports import Clock
from sync.api.practice import Behaviour, Mail, Mails
from sync.sandbox.errors import PracticeError
from sync.sandbox.records import Records, decoded
from sync.serving.server import listen

_log = logging.getLogger(__name__)
_LARGEST = 10_000_000  # bytes of a mail
_HEADERS = BytesParser(policy=policy.default)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What was captured."""

    records: Records
    clock: Clock

    def capture(self, sender: str, recipients: list[str], raw: bytes) -> Mail:
        """Keep a mail, byte for byte as it came."""
        head = _HEADERS.parsebytes(raw, headersonly=True)
        mail = Mail(
            id="",
            message_id=str(head.get("Message-ID", "")).strip(),
            sender=sender,
            recipients=tuple(recipients),
            subject=str(head.get("Subject", "")),
            received_at=self.clock(),
            size=len(raw),
            sha256=sha256(raw).hexdigest(),
        )
        with self.records.transaction():
            number = self.records.insert(
                "INSERT INTO mail (message_id, body, raw) VALUES (?, ?, ?)",
                mail.message_id,
                msgspec.json.encode(mail),
                raw,
            )
            for address in {each.lower() for each in recipients}:
                self.records.execute(
                    "INSERT INTO recipient VALUES (?, ?)", number, address
                )
        return _numbered(number, mail)

    def messages(self, to: str, message_id: str, after: str, limit: int) -> Mails:
        """Return a stretch of what was captured, the oldest first.

        Raises:
            PracticeError: ``after`` is no mail's id.
        """
        where, values = ["number > ?"], [_position(after)]
        if to:
            where.append("number IN (SELECT mail FROM recipient WHERE address = ?)")
        if message_id:
            where.append("message_id = ?")
        named = [text for text in (to.lower(), message_id) if text]
        rows = self.records.execute(
            f"SELECT number, body FROM mail WHERE {' AND '.join(where)} "  # noqa: S608 -- our own words
            "ORDER BY number LIMIT ?",
            *values,
            *named,
            limit,
        )
        mails = tuple(_numbered(row[0], decoded(row[1], Mail)) for row in rows)
        return Mails(mails, mails[-1].id if len(mails) == limit else "")

    def read(self, id_: str) -> Mail:
        """Return one mail's facts.

        Raises:
            PracticeError: There is none.
        """
        statement = "SELECT number, body FROM mail WHERE number = ?"
        rows = self.records.execute(statement, _position(id_))
        if not rows:
            raise PracticeError(404, "There is no such message.")
        return _numbered(rows[0][0], decoded(rows[0][1], Mail))

    def raw(self, id_: str) -> bytes:
        """Return one mail's bytes.

        Raises:
            PracticeError: There is none.
        """
        statement = "SELECT raw FROM mail WHERE number = ?"
        rows = self.records.execute(statement, _position(id_))
        if not rows:
            raise PracticeError(404, "There is no such message.")
        raw = rows[0][0]
        assert isinstance(raw, bytes), "the column holds bytes"
        return raw

    def behaviour(self) -> Behaviour:
        """Return how it treats what it gets."""
        return self.records.get(Behaviour, "now") or Behaviour()

    def behave(self, wish: Behaviour) -> Behaviour:
        """Change that; it holds after a restart too."""
        self.records.put("now", wish)
        return wish


class Receiver:
    """Answers the SMTP server's questions; named as aiosmtpd wants them."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient, or refuse one that practises being away."""
        refused = {each.lower() for each in self._mailbox.behaviour().refused}
        if address.lower() in refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail first, then say so."""
        content = envelope.original_content or b""
        sender, recipients = envelope.mail_from or "", list(envelope.rcpt_tos)
        mail = await asyncio.to_thread(
            self._mailbox.capture, sender, recipients, content
        )
        delay = self._mailbox.behaviour().delay
        if delay:
            await asyncio.sleep(delay)
        _log.info("Captured message %s, %d bytes", mail.id, mail.size)
        return f"250 OK {mail.id}"


class SmtpServer:
    """The SMTP server on loopback, in a thread of its own.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        self._receiver, self.port = Receiver(mailbox), port
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = Thread(target=self._loop.run_forever, name="smtp", daemon=True)

    def start(self) -> None:
        """Take mail from now on.

        Raises:
            PortInUseError: Another program has the port.
        """
        listening = listen(self.port)
        self.port = listening.getsockname()[1]
        self._thread.start()
        begun = asyncio.run_coroutine_threadsafe(self._listen(listening), self._loop)
        self._server = begun.result()

    def stop(self) -> None:
        """Take none any more; conversations under way are cut."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self, listening: socket.socket) -> asyncio.Server:
        return await self._loop.create_server(self._conversation, sock=listening)

    def _conversation(self) -> SMTP:
        return SMTP(
            self._receiver,
            hostname="practice.example",
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            loop=self._loop,
        )

    async def _end(self) -> None:
        assert self._server is not None, "it was started"
        self._server.close()
        here = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not here]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def _position(id_: str) -> int:
    number = id_.removeprefix("mail-") or "0"
    if not number.isascii() or not number.isdigit() or len(number) > 15:
        raise PracticeError(404, "There is no such message.")
    return int(number)


def _numbered(number: object, mail: Mail) -> Mail:
    return msgspec.structs.replace(mail, id=f"mail-{number}")
