"""Making a workspace: complete at the end, or not there at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final

from app.paths import OURS, Paths
from app.settings import Settings, VaultKind
from app.workspace import Workspace, has_keyring, make_repository, resource
from governance.content.sources import Sources
from governance.errors import ExpectedError, WrongPassphraseError
from governance.names import PersonId, Role
from governance.people.found import Founder, found
from governance.people.policy_file import read_policy
from governance.ports import Clock
from governance.texts import N_, _

STARTER: Final = "repo_templates/starter"
EMPTY: Final = "repo_templates/empty"
_POLICY: Final = "repo_templates/starter.policy.toml"
_SHORTEST: Final = 8  # characters of a passphrase

# What the first person is for, besides administering; roles are given to others later.
_FIRST_ROLES: Final = (Role("communications"), Role("release_manager"))


class FolderInUseError(ExpectedError):
    """There is something where a workspace should begin."""

    remedy = N_("Name a folder that does not exist yet, or an empty one.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to begin with.

    Attributes:
        origin: "starter" or "empty".
        vault: None for the keyring where there is one, else files.
    """

    folder: Path
    origin: str
    name: str
    founder: PersonId
    founder_name: str
    vault: VaultKind | None = None


def found_workspace(
    wish: Wish, passphrase: Callable[[], str], clock: Clock | None = None
) -> Workspace:
    """Make the workspace that is wished for, in one step.

    Raises:
        FolderInUseError: The folder holds something.
        WrongPassphraseError: There is no passphrase.
        LedgerUnavailableError: The repository cannot be written.
    """
    secret = passphrase()
    require_passphrase(secret)
    with whole(wish.folder) as half:
        _build(wish, half, secret, clock)
    paths = Paths(wish.folder.absolute())
    return Workspace.at(paths) if clock is None else Workspace.at(paths, clock)


def require_passphrase(passphrase: str) -> None:
    """Let a new passphrase pass that is long enough.

    Raises:
        WrongPassphraseError: It is too short.
    """
    if len(passphrase) < _SHORTEST:
        raise WrongPassphraseError(
            _("A passphrase has at least {count} characters.").format(count=_SHORTEST)
        )


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """Give a place in which to make ``folder``, which appears complete or not at all.

    Raises:
        FolderInUseError: It holds something, or cannot be made.
    """
    final = folder.absolute()
    if final.exists() and (not final.is_dir() or any(final.iterdir())):
        raise FolderInUseError(
            _("There is something in {folder} already.").format(folder=folder)
        )
    half = final.with_name(f".{final.name}.part")
    shutil.rmtree(half, ignore_errors=True)  # what an earlier attempt left
    try:
        yield half
        if final.exists():
            final.rmdir()
        half.rename(final)
    except OSError as error:
        raise FolderInUseError(
            _("The workspace cannot be made in {folder}: {reason}.").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def starter_sources(origin: str) -> Sources:
    """Return the files that a workspace begins with."""
    folder = resource(STARTER if origin == "starter" else EMPTY)
    return Sources.of_files(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    )


def _build(wish: Wish, root: Path, passphrase: str, clock: Clock | None) -> None:
    paths = Paths(root)
    (root / OURS).mkdir(parents=True, mode=0o700)
    vault = wish.vault or (VaultKind.KEYRING if has_keyring() else VaultKind.FILE)
    settings = Settings(id=token_hex(8), me=wish.founder, vault=vault)
    settings.write(paths.settings)
    make_repository(paths)
    workspace = Workspace.at(paths) if clock is None else Workspace.at(paths, clock)
    workspace.vault.create(wish.founder, passphrase)
    workspace.folder.write(Sources(), starter_sources(wish.origin))
    policy = read_policy(resource(_POLICY).read_text(encoding="utf-8"))
    found(
        workspace.reader.book,
        wish.name,
        policy,
        Founder(wish.founder, wish.founder_name, _FIRST_ROLES),
        key=workspace.vault.unlock(wish.founder, passphrase),
        now=workspace.clock(),
    )
