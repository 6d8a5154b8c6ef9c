"""Joining a team: a workspace from its repository, with a key that waits for a role."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from app.founding import require_passphrase, whole
from app.paths import OURS, Paths
from app.settings import Settings, VaultKind
from app.workspace import Workspace, has_keyring, make_repository
from governance.content.sources import Sources
from governance.errors import LedgerBrokenError
from governance.names import PersonId
from governance.texts import _
from governance.trust.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a team's repository is, and who joins.

    Attributes:
        address: "ssh://host/path", "user@host:path" or "file:///folder".
        vault: None for the keyring where there is one, else files.
    """

    folder: Path
    address: str
    person: PersonId
    vault: VaultKind | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """A workspace that was just made, and the key that an administrator enrols."""

    workspace: Workspace
    key: PublicKey


def join(invitation: Invitation, passphrase: Callable[[], str]) -> Joined:
    """Fetch the team's repository, and make a key for the person.

    Raises:
        BadNameError: The address is none that we use.
        RemoteUnavailableError: The repository cannot be reached.
        LedgerBrokenError: It holds no ledger that can be believed.
        FolderInUseError: The folder holds something.
        WrongPassphraseError: The passphrase is too short.
    """
    secret = passphrase()
    require_passphrase(secret)
    with whole(invitation.folder) as half:
        paths = Paths(half)
        (half / OURS).mkdir(parents=True, mode=0o700)
        is_kept = invitation.vault is None and has_keyring()
        kind = VaultKind.KEYRING if is_kept else VaultKind.FILE
        settings = Settings(
            id=token_hex(8),
            me=invitation.person,
            vault=invitation.vault or kind,
            remote=invitation.address,
        )
        settings.write(paths.settings)
        make_repository(paths)
        workspace = Workspace.at(paths)
        workspace.fetch()
        state = workspace.state()
        if not state.length or state.fault:
            raise LedgerBrokenError(
                state.fault.reason
                if state.fault
                else _("There is no workspace at {address}.").format(
                    address=invitation.address
                )
            )
        main = workspace.reader.releases.seen().main
        workspace.folder.write(Sources(), workspace.reader.sources(main))
        workspace.set_base(main)
        key = workspace.vault.create(invitation.person, secret)
    return Joined(Workspace.at(Paths(invitation.folder.absolute())), key)
