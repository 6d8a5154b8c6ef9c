"""E-mail by SMTP, and what to do when nobody knows whether it was taken.

A message is surely not taken while the server has not yet been given all of it. From
the final dot until the answer, a lost connection leaves it in doubt.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from governance.texts import _
from sync.errors import (
    MailerInDoubtError,
    MailerRefusedError,
    MailerUnavailableError,
)
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt, Sighting

PATIENCE: Final = 20.0  # seconds for one answer of the server
SETTLE: Final = 60.0
_YES: Final = 250
_GO_ON: Final = 354
_TAKEN: Final = frozenset({250, 251})
_TEMPORARY, _PERMANENT = 400, 500  # SMTP: 4xx is for now, 5xx for ever
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
        connection = self._connected()
        try:
            _envelope(connection, message)
        except MailerRefusedError:
            self._give_back(connection)
            raise
        except MailerUnavailableError:
            connection.close()
            raise
        code, answer = self._hand_over(connection, message.body)
        if code == _YES:
            self._give_back(connection)
            return Receipt("smtp", _provider_id(answer))
        connection.close()
        if code < _TEMPORARY:
            raise _doubt()
        raise _refusal(code)

    def _hand_over(self, connection: smtplib.SMTP, body: bytes) -> tuple[int, bytes]:
        """Hand over the bytes, and return the server's answer to all of them."""
        try:
            code, answer = connection.docmd("DATA")
            if code != _GO_ON:
                return max(code, _TEMPORARY), answer
            stuffed = re.sub(rb"(?m)^\.", b"..", body)
            ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
            connection.send(stuffed)
        except (OSError, smtplib.SMTPException) as error:
            connection.close()  # without the final dot nothing was taken
            raise MailerUnavailableError(_("The mail server went away.")) from error
        try:
            connection.send(ending)
            return connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            connection.close()
            raise _doubt() from error

    def look_up(self, message_id: str) -> Sighting:
        """Ask whether a message arrived."""
        return self.finder(message_id) if self.finder else Sighting.UNKNOWN

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection, _since in idle:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        while True:
            with self._lock:
                if not self._idle:
                    break
                connection, since = self._idle.pop()
            if monotonic() - since < _STALE and _is_alive(connection):
                return connection
            connection.close()
        return _connect(self.account, self.patience)

    def _give_back(self, connection: smtplib.SMTP) -> None:
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append((connection, monotonic()))
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
    except (OSError, smtplib.SMTPException) as error:
        if connection is not None:
            connection.close()
        problem = _("The mail server {host} cannot be used.").format(host=account.host)
        raise MailerUnavailableError(problem) from error
    return connection


def _envelope(connection: smtplib.SMTP, message: OutgoingMessage) -> None:
    """Name sender and recipient; nothing of the message is handed over yet.

    Raises:
        MailerRefusedError: The server will never take it.
        MailerUnavailableError: It does not take it now.
    """
    try:
        code, _answer = connection.mail(message.sender, _options(connection, message))
        if code == _YES:
            code, _answer = connection.rcpt(message.recipient)
        if code not in _TAKEN:
            connection.rset()
    except smtplib.SMTPNotSupportedError as error:
        problem = _("The mail server cannot write such an address.")
        raise MailerRefusedError(problem) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        problem = _("The mail server went away.")
        raise MailerUnavailableError(problem) from error
    if code not in _TAKEN:
        raise _refusal(code)


def _options(connection: smtplib.SMTP, message: OutgoingMessage) -> list[str]:
    options = []
    if not message.recipient.isascii():
        options.append("SMTPUTF8")
    if not message.body.isascii() and connection.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    return options


def _doubt() -> MailerInDoubtError:
    problem = _("The connection broke while a message was handed over.")
    return MailerInDoubtError(problem)


def _refusal(code: int) -> MailerRefusedError | MailerUnavailableError:
    """Say no in our words; the server's own may repeat an address."""
    if code >= _PERMANENT:
        text = _("The mail server refused the message ({code}).")
        return MailerRefusedError(text.format(code=code))
    text = _("The mail server does not take the message now ({code}).")
    return MailerUnavailableError(text.format(code=code))


def _is_alive(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == _YES
    except (OSError, smtplib.SMTPException):
        return False


def _provider_id(answer: bytes) -> str:
    """Return the server's own name for the message, where it tells one ("OK name")."""
    words = answer.decode("ascii", "replace").split()
    return words[-1] if len(words) > 1 else ""
