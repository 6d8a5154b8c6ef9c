"""What changes ask of the world: a place for releases, kept whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from governance.names import Commit, SubjectName, Tip
from governance.trust.signer import Signer


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that a version gets for ever.

    Attributes:
        name: "release/interview-invitation/v3".
        message: What people read who look at it with git.
    """

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What becomes visible together with an entry that releases something.

    Attributes:
        before: Where ``main`` must stand, "" for nowhere.
        main: Where it will stand.
        compiled: (subject, version) → its parts: "en/email.html" → text.
        tags: On ``main``.
    """

    before: Commit
    main: Commit
    compiled: Mapping[tuple[SubjectName, int], Mapping[str, str]]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class References:
    """Where the references stand, whatever the ledger says of them.

    Attributes:
        tags: The name of a release tag → the commit that it leads to, "" for one that
            is no annotated tag.
    """

    main: Commit
    tags: Mapping[str, Commit]


class Releases(Protocol):
    """Keeps what was released."""

    def publish(
        self, entry: bytes, publication: Publication, *, after: Tip, sign: Signer
    ) -> Tip:
        """Add ``entry`` to the ledger, and all of ``publication``, or nothing.

        Raises:
            StaleTipError: The ledger, ``main`` or a tag does not stand where it should;
                nothing was changed.
            LedgerUnavailableError: The repository cannot be written.
        """

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        """Return the compiled parts of a version as the ledger has them at ``tip``.

        Their digest is to be compared with the one that the ledger's entry names.

        Raises:
            LedgerUnavailableError: The repository cannot be read, or lacks them.
            BadTextError: They are no texts; somebody else wrote them.
        """

    def seen(self) -> References:
        """Return where ``main`` and the tags stand.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """

    def settle(self) -> None:
        """Finish a publication whose entry stands but whose references do not.

        That is what a computer leaves that stopped between two of them. Nothing moves
        but ``main``, forwards, and tags that are missing.

        Raises:
            LedgerUnavailableError: The repository cannot be written.
        """
