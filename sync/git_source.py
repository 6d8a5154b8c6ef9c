"""The shared repository, as the service reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.remote import Remote
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.shared import fetch
from governance.adapters.git.store import GitStore
from governance.approval.alarms import Refs
from governance.changes.authors import writers_of
from governance.changes.recomputed import recomputed_closure
from governance.ledger.state import LedgerState, Version
from governance.names import Digest, PersonId, SubjectName, Tip
from sync.settings.service import ServiceSettings


@dataclass(frozen=True, slots=True)
class GitSource:
    """Keeps the promises of ``ReleaseSource`` over a bare repository."""

    store: GitStore

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """Open the repository that the settings name; a remote's copy may be new.

        Raises:
            NotARepositoryError: There is none.
            LedgerUnavailableError: A copy cannot be made there.
            BadNameError: The remote's address is none.
        """
        path = settings.path(settings.service.repository)
        if not settings.service.remote:
            return cls(GitStore.at(path))
        remote = Remote.parse(settings.service.remote)
        open_it = GitStore.at if path.exists() else GitStore.make
        return cls(open_it(path, remote))

    @property
    def has_remote(self) -> bool:
        """Whether there is a repository elsewhere that decides."""
        return self.store.remote is not None

    def fetch(self) -> None:
        """Get what is new."""
        fetch(self.store)

    def tip(self) -> Tip:
        """Return where the ledger ends."""
        return GitLedger(self.store).tip()

    def entries(self, tip: Tip) -> Sequence[bytes]:
        """Return all entries."""
        return GitLedger(self.store).entries(tip)

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        """Return the compiled parts of a version."""
        return GitReleases(self.store).compiled(tip, subject, version)

    def closure(self, version: Version, journey: str) -> Digest:
        """Return the digest of a version's sources, computed anew."""
        return recomputed_closure(version, journey, GitRepository(self.store).sources)

    def writers(self, state: LedgerState, version: Version) -> Sequence[PersonId]:
        """Return who signed a commit of the change that a version came from."""
        return writers_of(state, GitRepository(self.store), version)

    def refs(self) -> Refs:
        """Return where ``main`` and the tags stand."""
        return GitReleases(self.store).seen()
