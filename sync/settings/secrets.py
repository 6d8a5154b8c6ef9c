"""Where the service's secrets lie: the keyring, files of its own, or the environment.

A desktop uses the keyring. Files (0600) and environment variables are for headless
servers and for throw-away workspaces.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final, Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from governance.errors import ExpectedError
from governance.texts import N_, _
from sync.settings.files import write_private

_SERVICE: Final = "countersign-service"
_VARIABLE: Final = "COUNTERSIGN_SECRET_"
_OTHERS: Final = 0o077


class SecretsError(ExpectedError):
    """A secret cannot be read or kept."""

    remedy = N_(
        "Unlock the keyring, or name another kind of secrets in the service's settings."
    )


class Secrets(Protocol):
    """Keeps the service's secrets by name."""

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret; one that is not there yet is made and kept.

        Raises:
            SecretsError: It cannot be read, or a new one cannot be kept.
        """


@dataclass(frozen=True, slots=True)
class FileSecrets:
    """One file a secret, readable by its owner only."""

    folder: Path

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret; one that is not there yet is made and kept.

        Raises:
            SecretsError: Others can read the file, or it cannot be written.
        """
        path = self.folder / name
        try:
            if not path.exists():
                self._begin(path, make())
            if path.stat().st_mode & _OTHERS:
                raise SecretsError(
                    _(
                        "Others can read the secret {path}; run: chmod 600 {path}"
                    ).format(path=path)
                )
            return path.read_bytes()
        except OSError as error:
            raise SecretsError(
                _("The secret {path} cannot be used: {reason}.").format(
                    path=path, reason=error.strerror
                )
            ) from error

    def _begin(self, path: Path, secret: bytes) -> None:
        """Keep a new secret; of two services that begin at once one wins."""
        half = path.with_name(f"{path.name}.{token_hex(6)}.new")
        write_private(half, secret)
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()


@dataclass(frozen=True, slots=True)
class KeyringSecrets:
    """The computer's keyring.

    Attributes:
        workspace: Tells the services of one computer apart.
    """

    workspace: str
    backend: KeyringBackend = field(default_factory=keyring.get_keyring)

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret; one that is not there yet is made and kept.

        Raises:
            SecretsError: The keyring is locked, or there is none.
        """
        entry = f"{self.workspace}/{name}"
        try:
            kept = self.backend.get_password(_SERVICE, entry)
            if kept is None:
                new = b64encode(make()).decode()
                self.backend.set_password(_SERVICE, entry, new)
                kept = self.backend.get_password(_SERVICE, entry)
        except KeyringError as error:
            raise SecretsError(_("The keyring cannot be used.")) from error
        if kept is None:
            raise SecretsError(_("The keyring does not keep what it is given."))
        return b64decode(kept)


def _taken() -> dict[str, str]:
    """Take the secrets out of the environment, so that no child inherits them."""
    names = [name for name in os.environ if name.startswith(_VARIABLE)]
    return {name: os.environ.pop(name) for name in names}


@dataclass(frozen=True, slots=True)
class EnvironmentSecrets:
    """Environment variables, in base64: COUNTERSIGN_SECRET_KEK and its like."""

    _given: dict[str, str] = field(default_factory=_taken, repr=False)

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret; none is ever made here.

        Raises:
            SecretsError: The variable is not set, or is no base64.
        """
        del make
        variable = _VARIABLE + name.upper().replace("-", "_")
        try:
            return b64decode(self._given[variable], validate=True)
        except (KeyError, ValueError) as error:
            raise SecretsError(
                _("The variable {variable} must hold a secret in base64.").format(
                    variable=variable
                )
            ) from error
