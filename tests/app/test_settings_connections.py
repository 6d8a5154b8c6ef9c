import smtplib
import socket
import ssl
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from app.controllers.settings_connections import (
    MailServer,
    ask_mail,
    health_words,
    mail_problem,
    read_connections,
)
from sync.api.service import Health


@pytest.fixture
def server() -> Iterator[Controller]:
    controller = Controller(Sink(), hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    yield controller
    controller.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_mail_server_that_is_there_says_so(server: Controller) -> None:
    words = ask_mail(MailServer("127.0.0.1", server.port, "none"))

    assert words == "It answers, and takes mail."


def test_a_server_without_encryption_is_not_taken_for_one_with_it(
    server: Controller,
) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError) as refused:
        ask_mail(MailServer("127.0.0.1", server.port, "starttls"))

    assert mail_problem(refused.value) == "It answers, but offers no encryption."


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(OSError, match="refused") as away:
        ask_mail(MailServer("127.0.0.1", _free_port(), "none"))

    assert mail_problem(away.value) == "It cannot be reached."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ssl.SSLError("maya@example.com"), "certificate"),
        (smtplib.SMTPResponseException(550, "maya@example.com"), "refuses us"),
        (socket.gaierror("x"), "Nobody knows"),
        (TimeoutError(), "in time"),
        (ValueError("maya@example.com"), "something odd"),
    ],
)
def test_trouble_is_said_in_our_words(error: Exception, words: str) -> None:
    assert words in mail_problem(error)
    assert "maya" not in mail_problem(error)


def test_what_people_may_know_is_read_and_no_secret() -> None:
    said = {
        "secrets": {"kind": "keyring"},
        "mail": {
            "sender": "A <a@b.example>",
            "host": "mx.example",
            "port": 587,
            "user": "mailer",
            "password": "correct-horse",
        },
        "ats": {"sandbox": "../sandbox"},
    }

    them = read_connections(said, "/w/service.toml")

    assert (them.mail, them.user, them.secrets) == (
        "mx.example:587",
        "mailer",
        "keyring",
    )
    assert them.ats == ""
    assert "correct-horse" not in repr(them)


def test_the_services_health_is_one_sentence() -> None:
    well = Health(version="0.1.0", workspace="w", length=17)
    ill = Health(version="0.1.0", workspace="w", problem="The database is locked.")

    assert health_words(well) == (
        "It answers: version 0.1.0, 17 signed entries read, sending."
    )
    assert health_words(ill) == "The database is locked."
