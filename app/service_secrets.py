"""Passwords for the service beside this window, put where it keeps its secrets."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final, Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from governance.errors import ExpectedError
from governance.texts import N_, _

_SERVICE: Final = "countersign-service"  # as the service names itself there


class SecretNotKeptError(ExpectedError):
    """A password could not be kept."""

    remedy = N_("Unlock the keyring of this computer, and save again.")


class SecretKeeper(Protocol):
    """Keeps a secret for the service."""

    def keep(self, name: str, secret: bytes) -> None:
        """Keep ``secret`` in place of the one before.

        Raises:
            SecretNotKeptError: It cannot be kept.
        """


@dataclass(frozen=True, slots=True)
class KeyringKeeper:
    """The keyring of this computer."""

    workspace: str
    backend: KeyringBackend

    def keep(self, name: str, secret: bytes) -> None:
        """Keep ``secret`` in place of the one before.

        Raises:
            SecretNotKeptError: The keyring is locked, or there is none.
        """
        text = b64encode(secret).decode()
        try:
            self.backend.set_password(_SERVICE, f"{self.workspace}/{name}", text)
        except KeyringError as error:
            raise SecretNotKeptError(_("The keyring cannot be used.")) from error


@dataclass(frozen=True, slots=True)
class FileKeeper:
    """Files of their own, readable by their owner only."""

    folder: Path

    def keep(self, name: str, secret: bytes) -> None:
        """Keep ``secret`` in place of the one before.

        Raises:
            SecretNotKeptError: The file cannot be written.
        """
        half = self.folder / f"{name}.{token_hex(6)}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half.touch(mode=0o600, exist_ok=False)
            half.write_bytes(secret)
            half.replace(self.folder / name)
        except OSError as error:
            raise SecretNotKeptError(_("The password cannot be kept.")) from error


@dataclass(frozen=True, slots=True)
class NoKeeper:
    """The environment, which this window cannot set."""

    def keep(self, name: str, _secret: bytes) -> None:
        """Say that it is set elsewhere.

        Raises:
            SecretNotKeptError: Always.
        """
        raise SecretNotKeptError(
            _("The service takes “{name}” from its environment; set it there.").format(
                name=name
            )
        )


def keeper_of(kind: str, folder: Path, workspace: str) -> SecretKeeper:
    """Return where the service of ``folder`` keeps its secrets."""
    if kind == "keyring":
        return KeyringKeeper(workspace, keyring.get_keyring())
    return FileKeeper(folder / "secrets") if kind == "files" else NoKeeper()
