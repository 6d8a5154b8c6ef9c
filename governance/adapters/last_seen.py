"""Where it is remembered how long a ledger was: a file, the keyring, or both."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from governance.adapters.system_keyring import get_keyring, keyring_error
from governance.adapters.vaults import write_whole
from governance.errors import VaultUnavailableError
from governance.ledger.ports import LastSeen
from governance.ledger.seen import Seen
from governance.texts import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "countersign last seen"


@dataclass(frozen=True, slots=True)
class FileLastSeen:
    """Keeps the promises of ``LastSeen`` in a file outside of the repository."""

    path: Path

    def last(self) -> Seen | None:
        """Read the file.

        Raises:
            VaultUnavailableError: It is there and cannot be read.
            UnknownFormatError: It holds something else.
        """
        try:
            return Seen.from_bytes(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unavailable(str(self.path)) from error

    def remember(self, seen: Seen) -> None:
        """Replace the file, whole or not at all.

        Raises:
            VaultUnavailableError: It cannot be written.
        """
        if not _is_longer(seen, self.last()):
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, seen.to_bytes())
        except OSError as error:
            raise _unavailable(str(self.path)) from error


@dataclass(frozen=True, slots=True)
class KeyringLastSeen:
    """Keeps the promises of ``LastSeen`` in the keyring of the operating system.

    Attributes:
        workspace: What tells this workspace from others: the path of its folder.
    """

    workspace: str
    backend: "KeyringBackend" = field(default_factory=get_keyring)

    def last(self) -> Seen | None:
        """Ask the keyring.

        Raises:
            VaultUnavailableError: There is no keyring, or it stays locked.
            UnknownFormatError: It holds something else.
        """
        try:
            kept = self.backend.get_password(SERVICE, self.workspace)
        except (keyring_error(), RuntimeError) as error:
            raise _unavailable(_("the keyring")) from error
        return None if kept is None else Seen.from_bytes(kept.encode())

    def remember(self, seen: Seen) -> None:
        """Tell the keyring.

        Raises:
            VaultUnavailableError: There is no keyring, or it stays locked.
        """
        if not _is_longer(seen, self.last()):
            return
        try:
            self.backend.set_password(SERVICE, self.workspace, seen.to_bytes().decode())
        except (keyring_error(), RuntimeError) as error:
            raise _unavailable(_("the keyring")) from error


@dataclass(frozen=True, slots=True)
class AllLastSeen:
    """Remembers in several places; who wants it forgotten must reach them all."""

    places: Sequence[LastSeen]

    def last(self) -> Seen | None:
        """Return the longest that any place remembers."""
        found = [seen for place in self.places if (seen := place.last())]
        return max(found, key=_length, default=None)

    def remember(self, seen: Seen) -> None:
        """Tell every place."""
        for place in self.places:
            place.remember(seen)


def _length(seen: Seen) -> int:
    return seen.length


def _is_longer(seen: Seen, kept: Seen | None) -> bool:
    return kept is None or seen.length > kept.length


def _unavailable(place: str) -> VaultUnavailableError:
    return VaultUnavailableError(
        _("What was last seen of the ledger cannot be kept in {place}.").format(
            place=place
        )
    )
