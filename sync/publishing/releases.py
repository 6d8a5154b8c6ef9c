"""What may be published and sent: releases that this service verified on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from governance.journeys.journey import Journey
from governance.names import Digest, TemplateId, Tip


@dataclass(frozen=True, slots=True)
class VerifiedRelease:
    """A release whose verdict was VERIFIED at ``tip``.

    Attributes:
        subject: "templates/interview-invitation" or "journeys/interview".
        closure: The digest of its sources.
        compiled: The digest of ``parts``.
        parts: "en/email.html" → compiled text; for a journey "journey.json".
        approvals: The digests of the approvals that counted.
        tag: "release/<id>/v<N>".
        tip: The ledger's, when it was verified.
        length: The ledger's length at ``tip``; a longer one knows more.
    """

    subject: str
    version: int
    closure: Digest
    compiled: Digest
    parts: Mapping[str, str]
    policy: Digest
    approvals: tuple[Digest, ...]
    tag: str
    tip: Tip
    length: int


@dataclass(frozen=True, slots=True)
class VerifiedJourney:
    """A journey with the release that proves it."""

    journey: Journey
    release: VerifiedRelease


@dataclass(frozen=True, slots=True)
class Freshness:
    """How recently the service heard from the shared repository.

    Attributes:
        has_remote: False for a repository on this computer: it is never silent.
        heard_at: The last time that a fetch succeeded, None for never.
    """

    has_remote: bool
    heard_at: datetime | None = None


class VerifiedReleases(Protocol):
    """Replays the ledger and verifies, for the service itself; remembers by tip."""

    def current(self, template: TemplateId) -> VerifiedRelease:
        """Return the release of ``template`` that is in force.

        Raises:
            NotVerifiedError: The ledger does not prove one; its ``code`` says why.
            LedgerUnavailableError: The repository cannot be read.
        """

    def journeys(self) -> Sequence[VerifiedJourney]:
        """Return all journeys in force that verify.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """

    def freshness(self) -> Freshness:
        """Say when the shared repository was last heard from."""
