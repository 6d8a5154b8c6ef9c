"""Handing mail over: surely taken, surely not, or in doubt."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from governance.errors import ExpectedError
from governance.names import Channel
from sync.connectors.email.practice import MailboxFinder
from sync.connectors.email.smtp import SmtpAccount, SmtpMailer
from sync.connectors.http import Caller
from sync.errors import (
    MailerBusyError,
    MailerInDoubtError,
    MailerRefusedError,
    MailerUnavailableError,
)
from sync.sandbox.__main__ import sandbox
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt, Sighting
from sync.settings.sandbox import SandboxFile
from tests.fakes.outside import (
    Conversation,
    outside,
    silence,
    smtp,
    smtp_silent_after_dot,
)

BODY = (
    b"From: talent@northwind.example\r\nTo: maya@candidate.example\r\n"
    b"Message-ID: <one@northwind.example>\r\nSubject: Hello\r\n\r\n"
    b".dot\r\n..\r\nend\r\n"
)
MESSAGE = OutgoingMessage(
    channel=Channel.EMAIL,
    recipient="maya@candidate.example",
    sender="talent@northwind.example",
    body=BODY,
    message_id="<one@northwind.example>",
)


def send(talk: Conversation, patience: float = 5.0) -> Receipt:
    with outside(talk) as port:
        mailer = SmtpMailer(SmtpAccount("127.0.0.1", port), patience=patience)
        try:
            return mailer.send(MESSAGE, idempotency_key="k")
        finally:
            mailer.close()


def fail(talk: Conversation, patience: float = 5.0) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        send(talk, patience)
    assert "maya" not in f"{caught.value!r}".lower()
    return caught.value


def test_a_message_that_is_taken_has_a_receipt_and_all_its_bytes() -> None:
    heard: list[bytes] = []

    receipt = send(smtp(heard=heard))

    assert receipt == Receipt("smtp", "kept-1")
    assert heard == [
        BODY.replace(b"\r\n.dot", b"\r\n..dot").replace(b"\r\n..\r", b"\r\n...\r")
        + b".\r\n"
    ]


@pytest.mark.parametrize(
    ("talk", "kind"),
    [
        (smtp(rcpt=b"550 maya@candidate.example unknown\r\n"), MailerRefusedError),
        (smtp(rcpt=b"451 later, maya@candidate.example\r\n"), MailerBusyError),
        (smtp(rcpt=b"552 too many\r\n"), MailerBusyError),
        (smtp(rcpt=b"530 log in first\r\n"), MailerUnavailableError),
        (smtp(rcpt=b"421 closing\r\n"), MailerUnavailableError),
        (smtp(mail=b"421 closing\r\n"), MailerUnavailableError),
        (smtp(mail=b"550 not you\r\n"), MailerUnavailableError),
        (smtp(mail=b"451 later\r\n"), MailerUnavailableError),
        (smtp(rcpt=b""), MailerUnavailableError),
        (smtp(data=b"554 no\r\n"), MailerRefusedError),
        (smtp(data=b"421 busy\r\n"), MailerUnavailableError),
        (smtp(data=b"nonsense\r\n"), MailerUnavailableError),
        (smtp(dot=b"554 spam\r\n"), MailerRefusedError),
        (smtp(dot=b"452 full\r\n"), MailerBusyError),
        (smtp(dot=b"552 too large\r\n"), MailerRefusedError),
        (smtp(dot=b"421 closing\r\n"), MailerUnavailableError),
        (smtp(dot=b"nonsense\r\n"), MailerInDoubtError),
        (smtp(dot=b""), MailerInDoubtError),
    ],
)
def test_each_end_has_its_word_and_names_nobody(
    talk: Conversation, kind: type[ExpectedError]
) -> None:
    patience = 0.3 if kind is not MailerInDoubtError else 5.0

    assert type(fail(talk, patience)) is kind


def test_a_server_that_never_greets_is_away() -> None:
    assert type(fail(silence, patience=0.2)) is MailerUnavailableError


def test_a_server_that_is_silent_after_the_dot_leaves_doubt() -> None:
    assert type(fail(smtp_silent_after_dot, patience=0.3)) is MailerInDoubtError


def test_no_server_is_away() -> None:
    mailer = SmtpMailer(SmtpAccount("127.0.0.1", 1))

    with pytest.raises(MailerUnavailableError):
        mailer.send(MESSAGE, idempotency_key="k")


def test_an_idle_connection_that_went_is_replaced_without_a_word() -> None:
    lines: list[bytes] = []
    said = [b"250 OK\r\n", b"421 too long idle\r\n", b"250 OK\r\n"]

    def talk(connection: socket.socket, over: Event) -> None:
        smtp(mail=said.pop(0), lines=lines)(connection, over)

    with outside(talk) as port:
        mailer = SmtpMailer(SmtpAccount("127.0.0.1", port), patience=2.0)
        mailer.send(MESSAGE, idempotency_key="k")
        idle = mailer._idle[0][0]  # noqa: SLF001 -- the server ends it behind our back
        assert idle.sock is not None
        idle.sock.shutdown(socket.SHUT_RDWR)
        with pytest.raises(MailerUnavailableError):  # a new one that says 421
            mailer.send(MESSAGE, idempotency_key="k")
        mailer.send(MESSAGE, idempotency_key="k")
        mailer.send(MESSAGE, idempotency_key="k")
        mailer.close()

    verbs = [line[:4].upper() for line in lines]
    assert verbs.count(b"EHLO") == 3  # the last two share one
    assert b"NOOP" not in verbs


def test_no_final_dot_goes_once_others_may_have_looked() -> None:
    heard: list[bytes] = []

    with outside(smtp(heard=heard)) as port:
        mailer = SmtpMailer(SmtpAccount("127.0.0.1", port), settle=-1, patience=1)
        with pytest.raises(MailerUnavailableError):
            mailer.send(MESSAGE, idempotency_key="k")

    assert heard == []


@pytest.mark.parametrize(
    ("recipient", "kind"),
    [
        ("maya@x.example>\r\nRCPT TO:<eve@evil.example", MailerRefusedError),
        ("josé@candidate.example", MailerRefusedError),  # it does not speak SMTPUTF8
    ],
)
def test_an_address_that_cannot_be_said_is_refused(
    recipient: str, kind: type[ExpectedError]
) -> None:
    lines: list[bytes] = []
    with outside(smtp(lines=lines)) as port:
        mailer = SmtpMailer(SmtpAccount("127.0.0.1", port), patience=2.0)
        with pytest.raises(kind) as caught:
            mailer.send(replace(MESSAGE, recipient=recipient), idempotency_key="k")
        mailer.close()

    assert "candidate" not in str(caught.value)
    assert not any(line.upper().startswith(b"RCPT") for line in lines)


def test_a_server_that_speaks_utf_8_gets_the_address_in_it() -> None:
    lines: list[bytes] = []
    greeting = b"250-outside.example\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
    with outside(smtp(greeting=greeting, lines=lines)) as port:
        mailer = SmtpMailer(SmtpAccount("127.0.0.1", port), patience=2.0)
        jose = replace(MESSAGE, recipient="josé@candidate.example")
        mailer.send(jose, idempotency_key="k")
        mailer.close()

    assert "rcpt TO:<josé@candidate.example>\r\n".encode() in lines


def test_a_password_that_smtp_cannot_say_is_no_doubt() -> None:
    greeting = b"250-outside.example\r\n250 AUTH PLAIN\r\n"
    with outside(smtp(greeting=greeting)) as port:
        account = SmtpAccount("127.0.0.1", port, "talent", "schlüssel")
        with pytest.raises(MailerUnavailableError):
            SmtpMailer(account, patience=2.0).send(MESSAGE, idempotency_key="k")


def test_plain_smtp_cannot_be_asked_afterwards() -> None:
    mailer = SmtpMailer(SmtpAccount("127.0.0.1", 1))

    assert mailer.in_doubt is InDoubt.HOLD
    assert mailer.look_up("<one@northwind.example>") is Sighting.UNKNOWN


def test_its_repr_keeps_the_password_and_the_address() -> None:
    account = SmtpAccount("mail.example", 25, "talent", "secret words")

    assert "secret" not in f"{account!r} {SmtpMailer(account)!r}"
    assert "maya" not in repr(MESSAGE)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[SandboxFile]:
    with sandbox(tmp_path) as where:
        yield where


@pytest.fixture
def mailer(box: SandboxFile) -> Iterator[SmtpMailer]:
    caller = Caller.at(box.http, box.token)
    account = SmtpAccount(box.smtp_host, box.smtp_port)
    mailer = SmtpMailer(account, MailboxFinder(caller).find)
    yield mailer
    mailer.close()
    caller.close()


def test_the_capture_mailbox_can_be_asked(mailer: SmtpMailer) -> None:
    before = mailer.look_up(MESSAGE.message_id)
    receipt = mailer.send(MESSAGE, idempotency_key="k")

    assert mailer.in_doubt is InDoubt.LOOKUP
    assert before is Sighting.NOT_FOUND
    assert receipt.provider_id == "mail-1"
    assert mailer.look_up(MESSAGE.message_id) is Sighting.FOUND


def test_a_mailbox_that_is_away_says_neither() -> None:
    caller = Caller.at("http://127.0.0.1:1", "token")

    assert MailboxFinder(caller).find("<one@x>") is Sighting.UNKNOWN
    caller.close()


def test_a_connection_is_used_again_and_replaced_when_it_broke(
    tmp_path: Path,
) -> None:
    with sandbox(tmp_path) as where:
        account = SmtpAccount(where.smtp_host, where.smtp_port)
        mailer = SmtpMailer(account)
        receipts = [mailer.send(MESSAGE, idempotency_key="k") for _time in range(3)]

    with pytest.raises(MailerUnavailableError):  # the server has gone
        mailer.send(MESSAGE, idempotency_key="k")
    mailer.close()

    assert [receipt.provider_id for receipt in receipts] == [
        "mail-1",
        "mail-2",
        "mail-3",
    ]
