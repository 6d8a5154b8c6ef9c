"""What publishing asks of the world: an ATS's templates, git, a place for records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from governance.approval.alarms import Refs
from governance.ledger.state import LedgerState, Version
from governance.names import Digest, PersonId, SubjectName, Tip
from sync.publishing.capabilities import Capabilities
from sync.publishing.publication import Publication


@dataclass(frozen=True, slots=True)
class RemoteTemplate:
    """A message template as an ATS has it.

    Attributes:
        key: Our name for it there, "interview-invitation/en".
        etag: Changes with every edit; an update names the one that it has seen.
        parts: "subject", "html", … → text; None where only the list was read.
    """

    id: str
    key: str
    title: str
    etag: str
    updated_at: datetime
    parts: Mapping[str, str] | None = None


class TemplateStore(Protocol):
    """The templates of one ATS."""

    @property
    def name(self) -> str:
        """Which one it is, for records and people: "practice"."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def templates(self) -> Sequence[RemoteTemplate]:
        """Return all templates, without their texts.

        Raises:
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """

    def read(self, id_: str) -> RemoteTemplate:
        """Return a template with its texts.

        Raises:
            AtsRefusedError: There is none.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """

    def create(self, key: str, title: str, parts: Mapping[str, str]) -> RemoteTemplate:
        """Write a new template; the same again is the same one.

        Raises:
            AtsRefusedError: It does not take it.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """

    def update(
        self, id_: str, key: str, title: str, parts: Mapping[str, str], *, seen: str
    ) -> RemoteTemplate:
        """Write a template anew that has the etag ``seen``.

        Raises:
            RemoteChangedError: Somebody edited it there meanwhile.
            AtsRefusedError: It does not take it.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """

    def archive(self, id_: str) -> None:
        """Put a template away.

        Raises:
            AtsRefusedError: There is none.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """


class ReleaseSource(Protocol):
    """The shared repository, as the service reads it: never written."""

    @property
    def has_remote(self) -> bool:
        """Whether there is a repository elsewhere that decides."""

    def fetch(self) -> None:
        """Get what is new from the shared repository; nothing to do without one.

        Raises:
            LedgerUnavailableError: It cannot be reached.
            ExpectedError: It was rewound or forked; nothing was taken from it.
        """

    def tip(self) -> Tip:
        """Return where the ledger ends now.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """

    def entries(self, tip: Tip) -> Sequence[bytes]:
        """Return all entries up to ``tip``, the oldest first.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        """Return the compiled parts that the ledger carries, "en/email.html" → text.

        Raises:
            LedgerUnavailableError: The repository cannot be read, or lacks them.
        """

    def closure(self, version: Version, journey: str) -> Digest:
        """Return the digest of a version's sources, computed anew from the repository.

        Args:
            version: Which one.
            journey: The compiled text of a journey.

        Raises:
            LedgerUnavailableError: The repository cannot be read, or lacks them.
            ExpectedError: They make no message.
        """

    def writers(self, state: LedgerState, version: Version) -> Sequence[PersonId]:
        """Return who signed a commit of the change that a version came from.

        Raises:
            BadSignatureError: A commit is not signed by whom it names.
            NotEntitledError: The change begins with what was never released.
            LedgerUnavailableError: The repository cannot be read.
        """

    def refs(self) -> Refs:
        """Return where ``main`` and the tags stand.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """


class Publications(Protocol):
    """Remembers what was published where; the ATS itself is the truth."""

    def record(self, publication: Publication) -> None:
        """Keep ``publication``; an older one of the same key is replaced."""

    def all(self) -> Sequence[Publication]:
        """Return the latest of each key, in their order."""
