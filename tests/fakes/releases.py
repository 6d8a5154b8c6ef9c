"""Verified releases that a test decides on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from governance.errors import NotVerifiedError
from governance.journeys.compiled import JOURNEY_PART, compile_journey
from governance.journeys.journey import Journey
from governance.names import Digest, JourneyId, TemplateId, Tip
from governance.trust.canonical import canonical, digest
from sync.publishing.releases import Freshness, VerifiedJourney, VerifiedRelease


class FakeReleases:
    """Believes what it was told; ``recall`` takes a release back."""

    def __init__(self) -> None:
        self._templates: dict[TemplateId, VerifiedRelease] = {}
        self._journeys: dict[JourneyId, VerifiedJourney] = {}
        self._fresh = Freshness(has_remote=False)
        self._length = 0

    def release(self, template: TemplateId, parts: Mapping[str, str]) -> None:
        """Put a new version of ``template`` in force."""
        before = self._templates.get(template)
        self._templates[template] = self._made(
            f"templates/{template}", parts, before.version + 1 if before else 1
        )

    def release_journey(self, journey: Journey) -> None:
        """Put a new version of ``journey`` in force."""
        before = self._journeys.get(journey.id)
        release = self._made(
            f"journeys/{journey.id}",
            {JOURNEY_PART: compile_journey(journey)},
            before.release.version + 1 if before else 1,
        )
        self._journeys[journey.id] = VerifiedJourney(journey, release)

    def recall(self, template: TemplateId) -> None:
        """Let ``template`` verify no more."""
        self._length += 1
        del self._templates[template]

    def go_silent(self, heard_at: datetime) -> None:
        """Pretend that a remote was last heard from at ``heard_at``."""
        self._fresh = Freshness(has_remote=True, heard_at=heard_at)

    def current(self, template: TemplateId) -> VerifiedRelease:
        """Return the release in force."""
        if template not in self._templates:
            raise NotVerifiedError("It was never released. (NOT_RELEASED)")
        return self._templates[template]

    def journeys(self) -> Sequence[VerifiedJourney]:
        """Return all journeys."""
        return tuple(self._journeys.values())

    def freshness(self) -> Freshness:
        """Say what the test decided."""
        return self._fresh

    def _made(
        self, subject: str, parts: Mapping[str, str], version: int
    ) -> VerifiedRelease:
        self._length += 1
        return VerifiedRelease(
            subject=subject,
            version=version,
            closure=digest(b"closure" + msgspec.json.encode(parts)),
            compiled=digest(canonical(parts)),
            parts=parts,
            policy=Digest("0" * 64),
            approvals=(Digest("1" * 64), Digest("2" * 64)),
            tag=f"release/{subject.split('/')[1]}/v{version}",
            tip=Tip(f"{self._length:040x}"),
            length=self._length,
        )
