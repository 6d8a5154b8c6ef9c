"""Everything below the window, wired: shared by window, command line and tour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from app.paths import Paths
from app.settings import Settings, VaultKind
from governance.adapters.folder import Folder
from governance.adapters.folder_kept import KeptFolder
from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.remote import Remote
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.shared import fetch
from governance.adapters.git.shared import share as share_all
from governance.adapters.git.store import GitStore
from governance.adapters.keyring_vault import KeyringVault, has_keyring
from governance.adapters.last_seen import (
    AllLastSeen,
    FileLastSeen,
    KeyringLastSeen,
)
from governance.adapters.library_kept import KeptLibrary
from governance.adapters.patience import wait_a_little
from governance.adapters.render_process.late import LateRenderer
from governance.adapters.signature_process.process import helper
from governance.adapters.vaults import FileVault
from governance.changes.approve_change import ApproveChange
from governance.changes.build import Builder
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.merge import merged
from governance.changes.open_change import OpenChange
from governance.changes.reading import Reader
from governance.changes.release_change import ReleaseChange
from governance.changes.revise_change import ReviseChange
from governance.changes.roll_back import RollBack
from governance.content.sources import Sources
from governance.errors import (
    BadNameError,
    ConflictError,
    NotVerifiedError,
    UnknownNameError,
)
from governance.ledger.book import Book
from governance.ledger.ports import LastSeen, Ledger
from governance.ledger.state import LedgerState
from governance.names import (
    Commit,
    PersonId,
    SubjectName,
    person_id,
)
from governance.ports import Clock
from governance.standards.finding import Finding
from governance.standards.selected import selected
from governance.texts import _
from governance.trust.ports import KeyVault

__all__ = [
    "LateRenderer",
    "Workspace",
    "has_keyring",
    "make_renderer",
    "make_repository",
    "resource",
    "share",
    "utc_now",
]


def utc_now() -> datetime:
    """Return the time; the one place that asks the computer's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """The verbs of one workspace, over its ports. One for each window.

    Attributes:
        fetch: Brings the repository up to where the team's is; nothing without one.
    """

    paths: Paths
    settings: Settings
    folder: Folder
    vault: KeyVault
    ledger: Ledger
    reader: Reader
    renderer: LateRenderer
    fetch: Callable[[], object]
    clock: Clock

    @classmethod
    def at(
        cls,
        paths: Paths,
        clock: Clock = utc_now,
        renderer: LateRenderer | None = None,
    ) -> "Workspace":
        """Open the workspace whose files lie at ``paths``.

        Raises:
            NotARepositoryError: Its repository is missing or is none.
            ContentError: Its settings cannot be used.
        """
        settings = Settings.read(paths.settings)
        remote = Remote.parse(settings.remote) if settings.remote else None
        store = GitStore.at(paths.repository, remote)
        renderer = renderer or LateRenderer()
        ledger = GitLedger(store)
        reader = Reader(
            Book(ledger, wait_a_little, helper()),
            GitRepository(store),
            GitReleases(store),
            Builder(renderer, renderer),
            last_seen_of(paths, settings),
            clock,
        )
        return cls(
            paths,
            settings,
            Folder(paths.root),
            vault_of(paths, settings),
            ledger,
            reader,
            renderer,
            lambda: fetch(store),
            clock,
        )

    @cached_property
    def desk(self) -> Desk:
        """Where people act."""
        return Desk(self.reader, self.vault, self.clock)

    @cached_property
    def open_change(self) -> OpenChange:
        """The verb that puts a draft up for review."""
        return OpenChange(self.desk, self.reader.builder)

    @cached_property
    def revise_change(self) -> ReviseChange:
        """The verb that puts a change up again."""
        return ReviseChange(self.desk, self.reader.builder)

    @cached_property
    def approve_change(self) -> ApproveChange:
        """The verb that signs a change."""
        return ApproveChange(self.desk)

    @cached_property
    def release_change(self) -> ReleaseChange:
        """The verb that makes a change what candidates get."""
        return ReleaseChange(self.desk)

    @cached_property
    def roll_back(self) -> RollBack:
        """The verb that brings an earlier version back."""
        return RollBack(self.desk)

    @cached_property
    def kept_folder(self) -> KeptFolder:
        """The author's files, for who looks at them again and again."""
        return KeptFolder(self.folder, self.paths.cache / "folder")

    @cached_property
    def kept_library(self) -> KeptLibrary:
        """The rows of the author's templates, for who lists them again and again."""
        return KeptLibrary(self.paths.cache / "library")

    def sources(self) -> Sources:
        """Return the author's files as they are now.

        Raises:
            SourceError: One of them cannot be used.
        """
        return self.folder.read()

    def state(self) -> LedgerState:
        """Return what the ledger says now.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """
        return self.reader.book.open().state

    def me(self) -> PersonId:
        """Return who acts here.

        Raises:
            BadNameError: The settings name nobody.
        """
        if self.settings.me is None:
            raise BadNameError(
                _("Nobody is named who acts here. Say who: --as name@example.com")
            )
        return self.settings.me

    def close(self) -> None:
        """End the render process; it starts again when it is needed."""
        self.renderer.close()

    def credentials(
        self, person: str | None, passphrase: Callable[[], str]
    ) -> Credentials:
        """Return who acts, with their passphrase, which is asked for now.

        Raises:
            BadNameError: Nobody is named, or not by an e-mail address.
        """
        who = person_id(person) if person else self.me()
        return Credentials(who, passphrase())

    def check(self, sources: Sources, paths: Sequence[str]) -> tuple[Finding, ...]:
        """Check what ``paths`` name: files, folders or templates; all without any.

        Raises:
            ContentError: One of them names nothing.
            RendererUnavailableError: The work cannot be done at all.
        """
        selection = selected(sources, paths)
        return selection.told(self.renderer.check(sources, selection.templates))

    def version_before(self, subject: SubjectName) -> int:
        """Return the number of the version before the one that candidates get.

        Raises:
            UnknownNameError: It was never released.
            NotVerifiedError: There is none.
        """
        released = self.state().versions
        if subject not in released:
            message = _("“{subject}” was never released.").format(subject=subject)
            raise UnknownNameError.among(message, subject, released)
        current = released[subject][-1]
        wanted = (current.of or current.number) - 1
        if wanted < 1:
            raise NotVerifiedError(
                _("There is no earlier version to go back to."),
                code="NOT_RELEASED",
                remedy=_("Only what was released twice can go back."),
            )
        return wanted

    def bring_up(self) -> str:
        """Bring the author's files up to what is released.

        What the author edited stays; where both changed a file nothing is touched, and
        the sentence that is returned says so ("" where all is well).

        Raises:
            SourceError: A file of the folder cannot be used.
            LedgerUnavailableError: The repository cannot be read.
        """
        main, base = self.reader.releases.seen().main, self.base()
        if main == base:
            return ""
        before, mine = self.reader.sources(base), self.sources()
        try:
            now = merged(before, mine, self.reader.sources(main))
        except ConflictError as error:
            return _("Your files stay as they are. {reason}").format(reason=error)
        self.folder.write(mine, now)
        self.set_base(main)
        return ""

    def base(self) -> Commit:
        """Return the commit that the author's files came from, "" for none."""
        file = self.paths.base
        return Commit(file.read_text().strip() if file.exists() else "")

    def set_base(self, commit: Commit) -> None:
        """Remember that the author's files came from ``commit``."""
        half = self.paths.base.with_suffix(".part")
        half.write_text(commit)
        half.replace(self.paths.base)


def last_seen_of(paths: Paths, settings: Settings) -> LastSeen:
    """Return where it is remembered how far the ledger was: one place or two."""
    file = FileLastSeen(paths.last_seen)
    if settings.vault is VaultKind.KEYRING:
        return AllLastSeen((file, KeyringLastSeen(settings.id)))
    return file


def make_renderer() -> LateRenderer:
    """Return a render process of its own, for work that must not wait for other."""
    return LateRenderer()


def make_repository(paths: Paths) -> None:
    """Make the repository of a new workspace.

    Raises:
        LedgerUnavailableError: It cannot be written.
    """
    GitStore.make(paths.repository)


def share(paths: Paths, address: str) -> None:
    """Bring a workspace to a team's repository that is empty, and follow it from now.

    Raises:
        BadNameError: The address is none that we use.
        StaleTipError: The repository there holds something else already.
        RemoteUnavailableError: It did not answer, or refuses.
    """
    settings = Settings.read(paths.settings)
    share_all(GitStore.at(paths.repository, Remote.parse(address)))
    msgspec.structs.replace(settings, remote=address).write(paths.settings)


def vault_of(paths: Paths, settings: Settings) -> KeyVault:
    """Return where the keys of a workspace lie."""
    if settings.vault is VaultKind.KEYRING:
        return KeyringVault(settings.id)
    return FileVault(paths.keys)


def resource(name: str) -> Path:
    """Return where something lies that comes with the program."""
    return Path(__file__).parents[1] / name
