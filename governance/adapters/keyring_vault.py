"""Signing keys in the keyring of the operating system, each locked with a passphrase.

The keyring keeps a key from other people; the passphrase keeps it from other programs
of the same person, and is the second half of what a signature takes.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from governance.adapters.system_keyring import get_keyring, keyring_error
from governance.errors import VaultUnavailableError, WrongPassphraseError
from governance.names import PersonId
from governance.texts import _
from governance.trust.keys import PublicKey, SigningKey

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "countersign signing keys"


@dataclass(frozen=True, slots=True)
class KeyringVault:
    """Keeps locked keys under the person's name.

    Attributes:
        workspace: Keys of two workspaces are kept apart.
    """

    workspace: str
    backend: "KeyringBackend" = field(default_factory=get_keyring)

    def create(self, person: PersonId, passphrase: str) -> PublicKey:
        """Make a key and keep it; the keyring replaces an older one at once.

        Raises:
            VaultUnavailableError: There is no keyring, or it stays locked.
        """
        key = SigningKey.generate()
        self.keep(person, key.lock(passphrase))
        return key.public

    def keep(self, person: PersonId, locked: bytes) -> None:
        """Keep a locked key; the keyring replaces an older one at once.

        Raises:
            VaultUnavailableError: There is no keyring, or it stays locked.
        """
        try:
            self.backend.set_password(self._service, person, locked.decode("ascii"))
        except (keyring_error(), RuntimeError) as error:
            raise _unavailable() from error

    def unlock(self, person: PersonId, passphrase: str) -> SigningKey:
        """Take the key of ``person`` and decrypt it.

        Raises:
            WrongPassphraseError: The passphrase does not fit, or there is no key here.
            VaultUnavailableError: There is no keyring, or it stays locked.
            UnknownFormatError: What the keyring holds is no key.
        """
        return SigningKey.unlock(self.locked(person), passphrase)

    def locked(self, person: PersonId) -> bytes:
        """Take the key of ``person`` as the keyring holds it.

        Raises:
            WrongPassphraseError: There is no key here.
            VaultUnavailableError: There is no keyring, or it stays locked.
        """
        try:
            locked = self.backend.get_password(self._service, person)
        except (keyring_error(), RuntimeError) as error:
            raise _unavailable() from error
        if locked is None:
            raise WrongPassphraseError(
                _("There is no key of {person} here.").format(person=person)
            )
        return locked.encode()

    @property
    def _service(self) -> str:
        return f"{SERVICE} ({self.workspace})"


def has_keyring() -> bool:
    """Whether this computer has a keyring that can be used without asking anybody."""
    return get_keyring().priority >= 1


def _unavailable() -> VaultUnavailableError:
    return VaultUnavailableError(_("The keyring of this computer cannot be used."))
