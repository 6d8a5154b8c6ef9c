"""The docket: what is to be judged, and what the judge said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.candidates.consent import ConsentRecord, Suppression
from sync.candidates.facts import ApplicationId
from sync.candidates.ports import Kept
from sync.publishing.releases import VerifiedRelease
from sync.sending.anyway import Anyway
from sync.sending.decision import Decision, Judgement
from sync.sending.delivery import Delivery
from sync.sending.stops import Stop


@dataclass(frozen=True, slots=True)
class Past:
    """What was sent to a candidate or is on its way, for the caps."""

    journey: str
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the database knows about one delivery, read in one moment.

    Attributes:
        kept: None where the candidate was erased.
        past: The last 31 days, without the delivery itself.
        spent: Route → messages of the last day.
        clock_high: The latest time that any worker has seen.
        since: When this service began to watch the ATS.
        word: The last that a person said about sending it anyway, as recorded.
    """

    delivery: Delivery
    kept: Kept | None
    consents: tuple[ConsentRecord, ...]
    suppressions: tuple[Suppression, ...]
    past: tuple[Past, ...]
    stops: tuple[Stop, ...]
    spent: Mapping[str, int]
    clock_high: datetime | None
    since: datetime | None = None
    word: tuple[Anyway, Decision] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A delivery with its judgement, and what it was judged by."""

    delivery: Delivery
    judgement: Judgement
    release: VerifiedRelease | None
    journey: VerifiedRelease | None
    revision: int
    route: str


class Docket(Protocol):
    """What is to be judged, and what the judge said."""

    def due(
        self,
        now: datetime,
        limit: int = 200,
        *,
        application: ApplicationId | None = None,
    ) -> Sequence[Dossier]:
        """Return what is to be judged now, the longest due first.

        One delivery for each candidate: the next has to wait for its turn.
        """

    def settle(self, judged: Sequence[Judged], now: datetime) -> int:
        """Record judgements; what may go is put into chunks, with a wake for each.

        Who was judged by another worker meanwhile is left alone. A judgement like the
        one before is not recorded twice. Returns how many may go.
        """

    def note_releases(self, releases: Sequence[VerifiedRelease]) -> None:
        """Say what is in force: a claim compares with it. Older news change nothing."""

    def put_off(self, deliveries: Sequence[Delivery], until: datetime) -> None:
        """Look at deliveries that cannot be judged again at ``until``."""

    def recheck(self, now: datetime) -> None:
        """Let everything that is held be judged again at once."""
