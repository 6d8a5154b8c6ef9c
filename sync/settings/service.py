"""The service's settings file: addresses and folders, and never a secret.

::

    [service]
    workspace = "northwind"            # in every idempotency key: never change it
    repository = "../repository.git"   # paths are relative to this file
    remote = ""                        # "ssh://…" or "file:///…" for a team
    folder = "."                       # database, secrets, log, service.json
    database = ""                      # "": SQLite; else postgresql+psycopg://…
    port = 0                           # 0: chosen by the system; see service.json
    host = "127.0.0.1"
    public = ""                        # where the ATS reaches it; "": as it listens
    fetch_every = 60                   # seconds between looks at the remote
    poll_every = 60                    # seconds between polls of the ATS
    dead_after = 15.0                  # seconds without a sign of life of a process
    patience = 10.0                    # seconds to wait for a lock on the database

    [secrets]
    kind = "files"                     # "files" (0600), "keyring" or "environment"

    [mail]
    sender = "Northwind Robotics <talent@northwind.example>"
    domain = "northwind.example"       # of Message-IDs
    sandbox = "../sandbox"             # the practice mailbox, or host/port/tls/user
    rate = 50.0                        # messages per second
    burst = 100

    [ats]
    sandbox = "../sandbox"             # the practice ATS, or an address
    by_hand = false                    # true: people paste, we read back and compare
"""

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from governance.errors import ExpectedError
from governance.texts import N_, _

_Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
_Rate = Annotated[float, msgspec.Meta(gt=0)]
FILE: Final = "service.json"


class SettingsError(ExpectedError):
    """The settings cannot be used."""

    remedy = N_("Correct the settings file at the place named.")


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[service]``."""

    workspace: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    repository: str
    remote: str = ""
    folder: str = "."
    database: str = ""
    port: _Port = 0
    host: str = "127.0.0.1"
    public: str = ""
    fetch_every: Annotated[int, msgspec.Meta(ge=5)] = 60
    poll_every: Annotated[int, msgspec.Meta(ge=5)] = 60
    dead_after: Annotated[float, msgspec.Meta(ge=2)] = 15.0
    patience: Annotated[float, msgspec.Meta(gt=0)] = 10.0


class Secrets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[secrets]``."""

    kind: Literal["files", "keyring", "environment"] = "files"


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[mail]``."""

    sender: str
    domain: str
    sandbox: str = ""
    host: str = ""
    port: _Port = 25
    user: str = ""
    tls: Literal["none", "starttls", "tls"] = "starttls"
    rate: _Rate = 50.0
    burst: Annotated[int, msgspec.Meta(ge=1)] = 100


class Ats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[ats]``.

    Attributes:
        by_hand: Whether people paste messages there; the service only reads them back.
    """

    sandbox: str
    by_hand: bool = False


class ServiceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it.

    Attributes:
        base: The folder of the file, that relative paths start from.
    """

    service: Service
    mail: Mail
    ats: Ats
    secrets: Secrets = Secrets()
    base: str = "."

    @property
    def folder(self) -> Path:
        """Where the service keeps its own files."""
        return self.path(self.service.folder)

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database."""
        return self.service.database or f"sqlite:///{self.folder / 'service.sqlite'}"

    def path(self, text: str) -> Path:
        """Return a path of the settings as one that holds anywhere."""
        return (Path(self.base) / text).resolve()


class ServiceFile(msgspec.Struct, frozen=True):
    """``service.json``: where a running service is; readable by its owner only.

    Attributes:
        token: Lets programs read that can read this file.
    """

    address: str
    token: str
    pid: int

    def __repr__(self) -> str:
        return f"ServiceFile({self.address})"


def read_settings(path: Path) -> ServiceSettings:
    """Read a settings file.

    Raises:
        SettingsError: It is not there, or says something impossible.
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        settings = msgspec.convert(
            {**said, "base": str(path.parent.resolve())}, type=ServiceSettings
        )
    except OSError as error:
        raise SettingsError(
            _("The settings {path} cannot be read: {reason}.").format(
                path=path, reason=error.strerror
            )
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise SettingsError(
            _("The settings {path} cannot be used: {reason}.").format(
                path=path, reason=error
            )
        ) from error
    if not (settings.mail.sandbox or settings.mail.host):
        raise SettingsError(_("The settings name no mail server: [mail] host."))
    return settings


def read_service(folder: Path) -> ServiceFile | None:
    """Return where the service of ``folder`` is, ``None`` where none has said so."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=ServiceFile)
    except (OSError, msgspec.MsgspecError):
        return None
