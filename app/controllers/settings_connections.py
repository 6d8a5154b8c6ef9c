"""Connections: what the service's settings say, and what the systems answer."""

import json
import smtplib
import socket
import ssl
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.embedded import SANDBOX
from app.tasks import Lane, Task
from app.workspace import Workspace
from governance.errors import ExpectedError
from governance.ports import Progress
from governance.texts import _, ngettext
from sync.api.service import Health
from sync.client import ServiceClient
from sync.practice_client import PracticeClient
from widgets.settings.connections_state import Answer, Asked, Connections

_FILE: Final = "service.toml"
_PATIENCE: Final = 8.0  # seconds that an outside system may take


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)


class ConnectionChecks(QObject):
    """Reads the settings of the service, and asks what it is connected to.

    Signals:
        changed: Something else is known now.
    """

    changed = Signal()

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self.now = Connections()
        self._is_read = False

    def come(self) -> None:
        """Read the settings, in the background."""
        work = partial(_read, self._context.workspace)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._context.messages.log)

    def check(self) -> None:
        """Ask each of them, in the background."""
        asking = Asked(Answer.ASKING)
        is_near = bool(self.now.file) and not self.now.problem
        there = asking if is_near else self.now.asked_mail
        self.now = replace(
            self.now,
            asked_service=asking,
            asked_mail=there,
            asked_ats=asking if is_near else self.now.asked_ats,
        )
        self.changed.emit()
        self._follow("service", self._context.service.ask(_health))
        if is_near:
            folder = Path(self.now.file).parent
            tasks = self._context.tasks
            work: tuple[tuple[str, Callable[[Progress], object]], ...] = (
                ("mail", partial(_mail, folder)),
                ("ats", partial(_ats, folder)),
            )
            for name, one in work:
                self._follow(name, tasks.start(Lane.NETWORK, one))

    def _follow(self, name: str, task: Task) -> None:
        task.setObjectName(name)
        task.succeeded.connect(self._on_answered)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_read(self, found: Connections) -> None:
        if not found.file:
            asked = (self.now.asked_service, Asked(), Asked())
        else:
            asked = (self.now.asked_service, self.now.asked_mail, self.now.asked_ats)
        self.now = replace(
            found, asked_service=asked[0], asked_mail=asked[1], asked_ats=asked[2]
        )
        self._is_read = True
        self.changed.emit()

    @Slot(object)
    def _on_answered(self, words: object) -> None:
        answer = Answer.GOOD
        if isinstance(words, Health):
            answer = Answer.BAD if words.problem else Answer.GOOD
            words = health_words(words)
        self._keep(self.sender().objectName(), answer, str(words))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        words = mail_problem(error)
        if isinstance(error, ExpectedError):
            words = str(error)
        self._keep(self.sender().objectName(), Answer.BAD, words)

    def _keep(self, name: str, answer: Answer, words: str) -> None:
        at = self._context.workspace.clock().astimezone().strftime("%H:%M")
        asked = Asked(answer, words, at)
        match name:
            case "service":
                self.now = replace(self.now, asked_service=asked)
            case "mail":
                self.now = replace(self.now, asked_mail=asked)
            case _:
                self.now = replace(self.now, asked_ats=asked)
        self.changed.emit()


def read_connections(said: Mapping[str, object], file: str) -> Connections:
    """Take what people may know out of the service's settings; never a secret."""
    mail, ats = _table(said, "mail"), _table(said, "ats")
    host = str(mail.get("host", ""))
    port = mail.get("port", 25)
    return Connections(
        file=file,
        sender=str(mail.get("sender", "")),
        host="" if mail.get("sandbox") else host,
        port=port if isinstance(port, int) else 25,
        mail="" if mail.get("sandbox") else f"{host}:{port}",
        user=str(mail.get("user", "")),
        tls=str(mail.get("tls", "starttls")),
        ats="" if ats.get("sandbox") else _("unknown"),
        secrets=str(_table(said, "secrets").get("kind", "files")),
    )


def health_words(health: Health) -> str:
    """Say how the service is."""
    if health.problem:
        return health.problem
    entries = ngettext(
        "{count} signed entry", "{count} signed entries", health.length
    ).format(count=health.length)
    sending = _("sending") if health.is_sending else _("sending is stopped")
    return _("It answers: version {version}, {entries} read, {sending}.").format(
        version=health.version, entries=entries, sending=sending
    )


def ask_mail(server: MailServer) -> str:
    """Greet a mail server as one does before a message, and hang up.

    Raises:
        OSError: It is not there, hangs, or its certificate cannot be trusted.
        smtplib.SMTPException: It answers, and does not do what is asked.
    """
    trusted = ssl.create_default_context()
    made: smtplib.SMTP
    if server.tls == "tls":
        made = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_PATIENCE, context=trusted
        )
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
    with made as connection:
        if server.tls == "starttls":
            connection.starttls(context=trusted)
        connection.ehlo_or_helo_if_needed()
        if server.user and server.password:
            connection.login(server.user, server.password)
        connection.noop()
    if server.user and server.password:
        return _("It answers, and takes this user and password.")
    if server.tls == "none":
        return _("It answers, and takes mail.")
    return _("It answers, and the way there is encrypted. The password is not tried.")


def mail_problem(error: Exception) -> str:
    """Say why a mail server cannot be used; its own words may repeat an address."""
    cases: tuple[tuple[type[Exception], str], ...] = (
        (ssl.SSLError, _("It answers, but its certificate cannot be trusted.")),
        (
            smtplib.SMTPAuthenticationError,
            _("It answers, but does not take this user and password."),
        ),
        (smtplib.SMTPNotSupportedError, _("It answers, but offers no encryption.")),
        (smtplib.SMTPException, _("It answers, but refuses us.")),
        (socket.gaierror, _("Nobody knows a computer of that name.")),
        (TimeoutError, _("It does not answer in time.")),
        (OSError, _("It cannot be reached.")),
    )
    odd = _("It answered something odd.")
    return next((words for kind, words in cases if isinstance(error, kind)), odd)


# In the background --------------------------------------------------------------------


def _read(workspace: Workspace, _progress: Progress) -> Connections:
    if workspace.settings.service:
        return Connections(service=workspace.settings.service)
    file = workspace.paths.service / _FILE
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        words = _("The service has not written its settings yet; it is starting.")
        return Connections(file=str(file), problem=words)
    except (OSError, ValueError):
        words = _("The settings of the service cannot be read.")
        return Connections(file=str(file), problem=words)
    return read_connections(said, str(file))


def _health(service: ServiceClient, _progress: Progress) -> Health:
    return service.health()


def _mail(folder: Path, _progress: Progress) -> str:
    mail = _table(tomllib.loads((folder / _FILE).read_text("utf-8")), "mail")
    if sandbox := mail.get("sandbox"):
        file = (folder / str(sandbox)).resolve() / SANDBOX
        told = json.loads(file.read_bytes())
        return ask_mail(MailServer(told["smtp_host"], told["smtp_port"], "none"))
    port = mail.get("port", 25)
    assert isinstance(port, int), "the service reads it so"
    return ask_mail(
        MailServer(str(mail["host"]), port, str(mail.get("tls", "starttls")))
    )


def _ats(folder: Path, _progress: Progress) -> str:
    ats = _table(tomllib.loads((folder / _FILE).read_text("utf-8")), "ats")
    client = PracticeClient.of((folder / str(ats["sandbox"])).resolve())
    try:
        version = client.identity().version
    finally:
        client.close()
    return _("It answers: version {version}.").format(version=version)


def _table(said: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = said.get(name, {})
    return table if isinstance(table, dict) else {}
