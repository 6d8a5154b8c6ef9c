"""The capture mailbox: real SMTP in, HTTP out, byte for byte."""

import smtplib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from sync.calling import new_http
from sync.errors import ServiceRefusedError
from sync.practice_client import PracticeClient
from sync.sandbox.__main__ import sandbox
from sync.settings.sandbox import SandboxFile

MAIL = (
    b"From: talent@northwind.example\r\nTo: maya@candidate.example\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <one@northwind.example>\r\n"
    b"\r\n.a line that begins with a dot\r\n..two\r\n\r\n"
)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[SandboxFile]:
    with sandbox(tmp_path) as where:
        yield where


@pytest.fixture
def reader(box: SandboxFile) -> Iterator[PracticeClient]:
    client = PracticeClient(new_http(box.http), box.token)
    yield client
    client.close()


def send(box: SandboxFile, raw: bytes, *to: str) -> None:
    with smtplib.SMTP(box.smtp_host, box.smtp_port, timeout=5) as smtp:
        smtp.sendmail("talent@northwind.example", to, raw)


def test_what_was_sent_is_read_back_byte_for_byte(
    box: SandboxFile, reader: PracticeClient
) -> None:
    send(box, MAIL, "maya@candidate.example")

    (mail,) = reader.messages(message_id="<one@northwind.example>")

    assert reader.raw(mail.id) == MAIL
    assert mail.sha256 == sha256(MAIL).hexdigest()
    assert (mail.subject, mail.recipients) == ("Grüße", ("maya@candidate.example",))


def test_mail_is_found_by_its_recipient_whatever_the_case(
    box: SandboxFile, reader: PracticeClient
) -> None:
    send(box, MAIL, "Maya@Candidate.example", "copy@candidate.example")
    send(box, MAIL, "other@candidate.example")

    found = reader.messages(to="maya@candidate.example")

    assert [mail.id for mail in found] == ["mail-1"]
    assert reader.messages(to="nobody@candidate.example") == ()


def test_the_same_mail_twice_is_seen_twice(
    box: SandboxFile, reader: PracticeClient
) -> None:
    send(box, MAIL, "maya@candidate.example")
    send(box, MAIL, "maya@candidate.example")

    assert len(reader.messages(message_id="<one@northwind.example>")) == 2


def test_a_refused_address_gets_nothing(
    box: SandboxFile, reader: PracticeClient
) -> None:
    reader.behave(refused=["gone@candidate.example"])

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(box, MAIL, "Gone@candidate.example")

    assert reader.messages() == ()


@pytest.mark.parametrize("id_", ["mail-99", "99", "mail-", "x", "mail-" + "9" * 40])
def test_mail_that_is_not_there_is_refused(reader: PracticeClient, id_: str) -> None:
    with pytest.raises(ServiceRefusedError):
        reader.mail(id_)


def test_a_restart_loses_no_mail(tmp_path: Path) -> None:
    with sandbox(tmp_path) as where:
        send(where, MAIL, "maya@candidate.example")

    with sandbox(tmp_path) as where:
        client = PracticeClient(new_http(where.http), where.token)
        found = [client.raw(mail.id) for mail in client.messages()]
        client.close()

    assert found == [MAIL]
