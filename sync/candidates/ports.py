"""What this room asks of the world: an ATS to read, and a place to keep people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.candidates.consent import ConsentRecord, Suppression
from sync.candidates.facts import ApplicationId, ApplicationSnapshot, CandidateId


@dataclass(frozen=True, slots=True)
class Changed:
    """Applications that changed after a cursor.

    Attributes:
        cursor: What to ask with the next time; opaque.
    """

    applications: tuple[ApplicationId, ...]
    cursor: str


class Directory(Protocol):
    """The ATS as far as people and their applications go."""

    def application(self, application: ApplicationId) -> ApplicationSnapshot:
        """Return the application as it is now.

        Raises:
            UnknownApplicationError: The ATS has none of that id (any more).
            DirectoryUnavailableError: It is away, busy, or answers something odd.
        """

    def changed_since(self, cursor: str, limit: int = 200) -> Changed:
        """Return what changed after ``cursor``, "" for the beginning.

        Raises:
            DirectoryUnavailableError: It is away, busy, or answers something odd.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """An application as the service keeps it.

    Attributes:
        revision: Counts the changes of what is known; a claim names the one it read.
    """

    snapshot: ApplicationSnapshot
    revision: int


class Candidates(Protocol):
    """Keeps what is known of people, encrypted with a key for each of them."""

    def application(self, application: ApplicationId) -> Kept:
        """Return what is known.

        Raises:
            UnknownApplicationError: Nothing is.
            ErasedError: It was erased.
        """

    def applications(self, candidate: CandidateId) -> Sequence[ApplicationId]:
        """Return the applications of ``candidate``; none for a stranger."""

    def find(self, text: str) -> CandidateId | None:
        """Find a candidate by id, application, e-mail address or phone number."""

    def consents(self, candidate: CandidateId) -> Sequence[ConsentRecord]:
        """Return what was recorded here, the oldest first."""

    def record_consent(self, record: ConsentRecord) -> None:
        """Add ``record``; what is there is never changed."""

    def suppressions(self, candidate: CandidateId) -> Sequence[Suppression]:
        """Return what forbids contact with ``candidate``."""

    def suppress(self, suppression: Suppression) -> None:
        """Forbid contact from now on; twice the same is once."""

    def erase(self, candidate: CandidateId, now: datetime, proof: bytes = b"") -> None:
        """Destroy the key of ``candidate``; what was proved stays proved.

        ``proof`` says who did it; that of the first time is kept.
        """

    def erasure(self, candidate: CandidateId) -> bytes:
        """Return the proof of who erased ``candidate``, b"" where there is none."""
