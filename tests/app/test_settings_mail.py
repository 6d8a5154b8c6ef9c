"""Another mail server: tried against a real one, saved, and taken up by the service."""

import smtplib
import socket
import tomllib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pytestqt.qtbot import QtBot

from app.controllers.settings import SettingsController
from app.controllers.settings_connections import MailServer, ask_mail, mail_problem
from app.controllers.settings_mail import MailNotSavedError, write_mail
from app.desktop import Desktop
from app.places import Place, Room
from app.service_link import ServiceStage
from app.service_secrets import (
    FileKeeper,
    KeyringKeeper,
    NoKeeper,
    SecretNotKeptError,
)
from app.tour.authoring import found
from tests.fakes.keyring import InMemoryKeyring
from tests.fakes.qt import child
from tests.fakes.window import MOMENT, RUTH, be, open_desktop, press
from widgets.kit.controls import Button
from widgets.settings.mail_state import MailWish

NO = False  # not the practice mailbox
SENDER = "Northwind <talent@northwind.example>"
TOML = """\
# ours
[service]
workspace = "northwind"  # never change it
[mail]
sender = "Old <old@old.example>"
domain = "old.example"
sandbox = "../sandbox"
rate = 5.0
"""


def _allows(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given.password == b"right"
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def server() -> Iterator[Controller]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    controller = Controller(
        Sink(),
        hostname="127.0.0.1",
        port=port,
        authenticator=_allows,
        auth_require_tls=False,
    )
    controller.start()
    yield controller
    controller.stop()


def test_user_and_password_are_tried_at_the_server(server: Controller) -> None:
    right = MailServer("127.0.0.1", server.port, "none", "mailer", "right")
    wrong = MailServer("127.0.0.1", server.port, "none", "mailer", "wrong")

    assert ask_mail(right) == "It answers, and takes this user and password."
    with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
        ask_mail(wrong)
    assert "does not take this user" in mail_problem(refused.value)
    assert "wrong" not in repr(wrong)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (MailWish(SENDER), ""),
        (MailWish("nobody"), "The sender is no address"),
        (MailWish(SENDER, is_practice=False), "The mail server is missing."),
        (MailWish(SENDER, NO, "mx example"), "no such name"),
        (MailWish(SENDER, NO, "mx.example", "70000"), "from 1 to 65535"),
        (MailWish(SENDER, NO, "mx.example", "25", "none"), "to this computer only"),
        (MailWish(SENDER, NO, "mx.example", password="x"), "The user is missing."),
        (MailWish(SENDER, NO, "mx.example", "465", "tls", "me", "x"), ""),
    ],
)
def test_what_is_missing_is_said(wish: MailWish, why: str) -> None:
    assert why in wish.why_not
    assert bool(why) == bool(wish.why_not)


def test_only_the_mail_is_changed_and_back(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(TOML)

    write_mail(file, MailWish(SENDER, NO, "mx.example", "465", "tls", "me", "secret"))

    text = file.read_text()
    assert "# ours" in text
    assert "# never change it" in text
    assert "secret" not in text
    assert tomllib.loads(text)["mail"] == {
        "sender": SENDER,
        "domain": "northwind.example",
        "rate": 5.0,
        "host": "mx.example",
        "port": 465,
        "tls": "tls",
        "user": "me",
    }
    write_mail(file, MailWish(SENDER))
    mail = tomllib.loads(file.read_text())["mail"]
    assert (mail["sandbox"], "host" in mail) == ("../sandbox", False)
    with pytest.raises(MailNotSavedError):
        write_mail(tmp_path / "none.toml", MailWish(SENDER))


def test_a_password_lies_where_the_service_looks_for_it(tmp_path: Path) -> None:
    backend = InMemoryKeyring()
    KeyringKeeper("northwind", backend).keep("smtp", b"right")
    FileKeeper(tmp_path / "secrets").keep("smtp", b"right")

    kept = backend.get_password("countersign-service", "northwind/smtp")
    assert kept is not None
    assert b64decode(kept) == b"right"
    file = tmp_path / "secrets" / "smtp"
    assert file.read_bytes() == b"right"
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(SecretNotKeptError, match="environment"):
        NoKeeper().keep("smtp", b"right")


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    found(tmp_path / "made").close()
    (tmp_path / "made" / ".countersign" / "demo").write_text("1")
    desktop = open_desktop(tmp_path / "made", tmp_path, qtbot)
    desktop.context.service.start()
    yield desktop
    desktop.close()
    desktop.window.close()


def test_the_service_takes_up_another_mail_server(
    desktop: Desktop, server: Controller, qtbot: QtBot
) -> None:
    service = desktop.context.service

    def is_on() -> bool:
        return service.state.stage is ServiceStage.ON

    qtbot.waitUntil(is_on, timeout=MOMENT)
    be(desktop, RUTH)
    desktop.context.navigator.open(Place(Room.SETTINGS, "", "connections"))
    page = desktop.controller.page(Room.SETTINGS)
    assert isinstance(page, SettingsController)
    qtbot.waitUntil(lambda: bool(page.connections.now.sender), timeout=MOMENT)
    folder = desktop.context.workspace.paths.service
    qtbot.waitUntil((folder / "service.json").is_file, timeout=MOMENT)
    before = (folder / "service.json").read_bytes()
    change = child(page.widget(), Button, "mail")
    qtbot.waitUntil(change.isVisible)
    press(page.widget(), qtbot, "mail")
    dialog = page.mail.dialog
    assert dialog is not None
    dialog.way.chosen.emit("server")
    dialog.who.edit.setText(SENDER)
    dialog.host.edit.setText("127.0.0.1")
    dialog.port.edit.setText(str(server.port))
    dialog.tls.setCurrentIndex(2)
    dialog.user.edit.setText("mailer")
    dialog.password.edit.setText("right")
    dialog.tried.emit(dialog.wish)
    qtbot.waitUntil(lambda: "takes this user" in dialog.answer, timeout=MOMENT)
    press(dialog, qtbot, "save")

    def is_another() -> bool:
        file = folder / "service.json"
        return file.is_file() and file.read_bytes() != before and is_on()

    qtbot.waitUntil(is_another, timeout=MOMENT)
    assert (folder / "secrets" / "smtp").read_bytes() == b"right"
    qtbot.waitUntil(lambda: page.connections.now.user == "mailer", timeout=MOMENT)
    assert "right" not in (folder / "service.toml").read_text()
