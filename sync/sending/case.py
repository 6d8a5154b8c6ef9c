"""A case: all that the gates judge by, as one value."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.candidates.facts import ApplicationSnapshot
from sync.planning.intent import Intent
from sync.publishing.releases import Freshness, VerifiedJourney, VerifiedRelease
from sync.sending.about import About
from sync.sending.docket import Dossier
from sync.sending.policy import SendingPolicy


@dataclass(frozen=True, slots=True)
class Case:
    """One delivery before its judges.

    Attributes:
        release: None where none verifies; ``problem`` then is the verdict's code.
        about: None where the release does not say.
        journey: None where none verifies.
        offset: How far the ATS's clock is ahead of this one, None where unknown.
        now: The one time of this judging.
    """

    dossier: Dossier
    release: VerifiedRelease | None
    about: About | None
    journey: VerifiedJourney | None
    freshness: Freshness
    policy: SendingPolicy
    now: datetime
    problem: str = ""
    offset: timedelta | None = None

    @property
    def intent(self) -> Intent:
        """What is to be sent."""
        return self.dossier.delivery.intent

    @property
    def snapshot(self) -> ApplicationSnapshot | None:
        """What is known of the application, None once it was erased."""
        return self.dossier.kept.snapshot if self.dossier.kept else None

    @property
    def is_internal(self) -> bool:
        """Whether the message goes to a colleague."""
        return self.about is not None and self.about.is_internal
