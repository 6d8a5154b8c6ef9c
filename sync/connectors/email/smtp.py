"""E-mail by SMTP, and what to do when nobody knows whether it was taken.

A message is surely not taken while the server has not yet been given all of it. From
the final dot until the answer, a lost connection leaves it in doubt.
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from governance.texts import _
from sync.connectors.email.smtp_answers import (
    CLOSING,
    TEMPORARY,
    away,
    doubt,
    provider_id,
    refusal,
    unspeakable,
)
from sync.errors import (
    MailerBusyError,
    MailerRefusedError,
    MailerUnavailableError,
)
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt, Sighting

PATIENCE: Final = 20.0  # seconds for one answer of the server
SETTLE: Final = 60.0
_YES: Final = 250
_GO_ON: Final = 354
_TAKEN: Final = frozenset({250, 251})
_ODD: Final = -1  # smtplib's word for an answer that is none
_FULL: Final = 552  # at RCPT: too many for now (RFC 5321, 4.5.3.1.10)
_UNSPEAKABLE: Final = re.compile(r"[\x00-\x20\x7f<>,]")  # in a recipient
_STALE: Final = 30.0  # seconds after which an idle connection is not trusted
_KEPT: Final = 8  # idle connections


@dataclass(frozen=True, slots=True, repr=False)
class SmtpAccount:
    """Where and as whom mail is handed over.

    Attributes:
        tls: "none" (loopback only), "starttls" or "tls".
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "none"

    def __repr__(self) -> str:
        return f"SmtpAccount({self.host}:{self.port})"


LookUp = Callable[[str], Sighting]


@dataclass(slots=True)
class SmtpMailer:
    """Hands messages to one SMTP server; connections are used again.

    Attributes:
        finder: Asks, by Message-ID, whether a message arrived. Plain SMTP has no such
            question, so without it a message in doubt waits for a person.
        patience: Seconds for one answer of the server.
        settle: Seconds that a server may need to show what it has taken.
    """

    account: SmtpAccount
    finder: LookUp | None = None
    patience: float = PATIENCE
    settle: float = SETTLE
    _idle: list[tuple[smtplib.SMTP, float]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def in_doubt(self) -> InDoubt:
        """How a message in doubt is resolved."""
        return InDoubt.LOOKUP if self.finder else InDoubt.HOLD

    @property
    def settles_after(self) -> float:
        """Seconds after which a look-up may be believed."""
        return self.settle

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Hand ``message`` over. SMTP knows no idempotency key; our Message-ID is it.

        Raises:
            MailerUnavailableError: It surely was not taken; worth trying again.
            MailerRefusedError: It surely was not taken, and never will be.
            MailerInDoubtError: Nobody knows.
        """
        del idempotency_key
        until = _now() + max(self.settle - self.patience, self.settle / 2)
        connection = self._introduced(message)
        code, answer = self._hand_over(connection, message.body, until)
        if code == _YES:
            self._give_back(connection)
            return Receipt("smtp", provider_id(answer))
        connection.close()
        if code < TEMPORARY:
            raise doubt()
        raise refusal(code)

    def _hand_over(
        self, connection: smtplib.SMTP, body: bytes, until: float
    ) -> tuple[int, bytes]:
        """Hand over the bytes, and return the server's answer to all of them.

        The final dot goes before ``until`` or never: later, others may already have
        looked for the message in vain.
        """
        try:
            code, answer = connection.docmd("DATA")
            if code != _GO_ON:
                return code if code >= TEMPORARY else CLOSING, answer
            stuffed = re.sub(rb"(?m)^\.", b"..", body)
            ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
            connection.send(stuffed)
        except (OSError, smtplib.SMTPException) as error:
            connection.close()  # without the final dot nothing was taken
            raise away() from error
        if _now() > until:
            connection.close()
            raise away()
        try:
            connection.send(ending)
            return connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            connection.close()
            raise doubt() from error

    def look_up(self, message_id: str) -> Sighting:
        """Ask whether a message arrived."""
        return self.finder(message_id) if self.finder else Sighting.UNKNOWN

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection, _since in idle:
            connection.close()

    def _introduced(self, message: OutgoingMessage) -> smtplib.SMTP:
        """Return a connection that knows sender and recipient of ``message``.

        Raises:
            MailerUnavailableError: The server is not there, or says no for now.
            MailerRefusedError: It says no for ever.
        """
        while (idle := self._idle_one()) is not None:
            try:
                self._introduce(idle, message)
            except _GoneError:
                continue  # it went while nobody used it: another one
            return idle
        fresh = _connect(self.account, self.patience)
        try:
            self._introduce(fresh, message)
        except _GoneError as error:
            raise away() from error
        return fresh

    def _introduce(self, connection: smtplib.SMTP, message: OutgoingMessage) -> None:
        try:
            _envelope(connection, message)
        except (MailerRefusedError, MailerBusyError):
            if _is_reset(connection):
                self._give_back(connection)
            raise
        except (MailerUnavailableError, _GoneError):
            connection.close()
            raise

    def _idle_one(self) -> smtplib.SMTP | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection, since = self._idle.pop()
            if _now() - since < _STALE:
                return connection
            connection.close()

    def _give_back(self, connection: smtplib.SMTP) -> None:
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append((connection, _now()))
                return
        connection.close()


def _connect(account: SmtpAccount, patience: float) -> smtplib.SMTP:
    """Open a connection.

    Raises:
        MailerUnavailableError: The server is not there, hangs, or says no.
    """
    connection: smtplib.SMTP | None = None
    try:
        if account.tls == "tls":
            connection = smtplib.SMTP_SSL(
                account.host,
                account.port,
                timeout=patience,
                context=ssl.create_default_context(),
            )
        else:
            connection = smtplib.SMTP(account.host, account.port, timeout=patience)
        if account.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if account.user:
            connection.login(account.user, account.password)
        connection.ehlo_or_helo_if_needed()
        if connection.sock is not None:
            # The final dot goes by itself; Nagle's algorithm would hold it for 40 ms.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        if connection is not None:
            connection.close()
        problem = _("The mail server {host} cannot be used.").format(host=account.host)
        raise MailerUnavailableError(problem) from error
    return connection


class _GoneError(Exception):
    """The connection is of no use any more; nothing was handed over."""


def _envelope(connection: smtplib.SMTP, message: OutgoingMessage) -> None:
    """Name sender and recipient; nothing of the message is handed over yet.

    Raises:
        MailerRefusedError: The server will never take it.
        MailerBusyError: It does not take this one now.
        MailerUnavailableError: It takes none from us now.
        _GoneError: It answers no more.
    """
    if _UNSPEAKABLE.search(message.recipient):
        raise unspeakable()
    try:
        code, _answer = connection.mail(message.sender, _options(connection, message))
        is_known = code == _YES
        if is_known:
            code, _answer = connection.rcpt(message.recipient)
    except smtplib.SMTPNotSupportedError as problem:
        raise unspeakable() from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise _GoneError from problem
    except ValueError as problem:  # smtplib's words repeat the address
        raise unspeakable() from problem
    if code in {CLOSING, _ODD}:
        raise _GoneError
    if not is_known:
        raise away()  # the sender is the same for all messages
    if code not in _TAKEN:
        raise refusal(TEMPORARY if code == _FULL else code)


def _is_reset(connection: smtplib.SMTP) -> bool:
    """Whether a connection is ready for another message."""
    try:
        if connection.rset()[0] == _YES:
            return True
    except (OSError, smtplib.SMTPException):
        pass
    connection.close()
    return False


def _options(connection: smtplib.SMTP, message: OutgoingMessage) -> list[str]:
    options = []
    if not message.recipient.isascii():
        if not connection.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError
        options.append("SMTPUTF8")
    if not message.body.isascii() and connection.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    return options


def _now() -> float:
    """Return a clock that goes on while the computer sleeps, where there is one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
