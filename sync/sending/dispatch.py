"""Dispatching: what is due comes before its judges; what passes goes into chunks."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from governance.errors import (
    ExpectedError,
    LedgerUnavailableError,
    NotVerifiedError,
    UnknownFormatError,
)
from governance.names import JourneyId, TemplateId
from sync.candidates.facts import ApplicationId
from sync.publishing.releases import VerifiedJourney, VerifiedRelease
from sync.sending.about import About, about
from sync.sending.case import Case
from sync.sending.judge import judge
from sync.sending.outbox import Dossier, Judged
from sync.sending.ports import Wired

LIMIT = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Found:
    release: VerifiedRelease | None
    about: About | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Judges what is due."""

    wired: Wired

    def __call__(self, application: ApplicationId | None = None) -> int:
        """Judge what is due, of one application or of all; say how many.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was decided.
        """
        now = self.wired.clock()
        dossiers = self.wired.docket.due(now, LIMIT, application=application)
        if not dossiers:
            return 0
        journeys = self._journeys()
        found: dict[TemplateId, _Found] = {}
        judged = []
        for dossier in dossiers:
            template = dossier.delivery.intent.template
            if template not in found:
                found[template] = self._release(template)
            try:
                judged.append(self._judged(dossier, found[template], journeys))
            except Exception:  # what no judge can judge is not sent
                log.exception("%s cannot be judged", dossier.delivery.id)
        self.wired.docket.settle(judged, now)
        return len(judged)

    def case(
        self,
        dossier: Dossier,
        found: _Found,
        journeys: Mapping[JourneyId, VerifiedJourney],
    ) -> Case:
        """Put together what the judges need."""
        wired = self.wired
        return Case(
            dossier=dossier,
            release=found.release,
            about=found.about,
            journey=journeys.get(dossier.delivery.intent.journey),
            freshness=wired.releases.freshness(),
            policy=wired.policy,
            now=wired.clock(),
            problem=found.problem,
            offset=wired.clock_offset(),
        )

    def _judged(
        self,
        dossier: Dossier,
        found: _Found,
        journeys: Mapping[JourneyId, VerifiedJourney],
    ) -> Judged:
        intent = dossier.delivery.intent
        journey = journeys.get(intent.journey)
        route = self.wired.policy.routes.get(intent.channel)
        return Judged(
            delivery=dossier.delivery,
            judgement=judge(self.case(dossier, found, journeys)),
            release=found.release,
            journey=journey.release if journey else None,
            revision=dossier.kept.revision if dossier.kept else 0,
            route=route.name if route else "",
        )

    def _journeys(self) -> Mapping[JourneyId, VerifiedJourney]:
        try:
            verified = self.wired.releases.journeys()
        except LedgerUnavailableError:
            return {}  # the gate holds what no journey proves
        return {item.journey.id: item for item in verified}

    def _release(self, template: TemplateId) -> _Found:
        try:
            release = self.wired.releases.current(template)
            return _Found(release, about(release))
        except NotVerifiedError as error:
            return _Found(None, None, error.code or "NOT_RELEASED")
        except UnknownFormatError:
            return _Found(None, None, "UNKNOWN_FORMAT")
        except ExpectedError:
            return _Found(None, None, "UNAVAILABLE")
