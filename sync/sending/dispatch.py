"""Dispatching: what is due comes before its judges; what passes goes into chunks."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.errors import (
    ExpectedError,
    LedgerUnavailableError,
    NotVerifiedError,
    UnknownFormatError,
)
from governance.names import JourneyId, TemplateId
from sync.candidates.facts import ApplicationId
from sync.errors import log_unexpected
from sync.publishing.releases import VerifiedJourney, VerifiedRelease
from sync.sending.about import About, about
from sync.sending.case import Case
from sync.sending.docket import Dossier, Judged
from sync.sending.judge import judge
from sync.sending.ports import Wired

LIMIT = 200
_LATER: Final = timedelta(minutes=5)

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
        judged = self._judge(dossiers, now)
        self.wired.docket.settle(judged, now)
        done = {item.delivery.id for item in judged}
        odd = [item.delivery for item in dossiers if item.delivery.id not in done]
        if odd:  # they would stand before the others again and again
            self.wired.docket.put_off(odd, now + _LATER)
        return len(dossiers)

    def rehearse(self, at: datetime) -> Sequence[Judged]:
        """Say what would be decided at a moment about what is planned; write nothing.

        The judges are the same, and so are the facts: those of now.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        return self._judge(self.wired.docket.due(at, LIMIT), at)

    def _judge(self, dossiers: Sequence[Dossier], now: datetime) -> Sequence[Judged]:
        journeys = self._journeys()
        found: dict[TemplateId, _Found] = {}
        judged = []
        for dossier in dossiers:
            intent = dossier.delivery.intent
            if intent.template not in found:
                found[intent.template] = self._release(intent.template)
            known, journey = found[intent.template], journeys.get(intent.journey)
            try:
                judged.append(self._judged(dossier, known, journey, now))
            except Exception as error:  # noqa: BLE001 -- told without its words
                what = f"{dossier.delivery.id} cannot be judged"
                log_unexpected(log, what, error)
        return judged

    def _judged(
        self,
        dossier: Dossier,
        found: _Found,
        journey: VerifiedJourney | None,
        now: datetime,
    ) -> Judged:
        wired = self.wired
        route = wired.policy.routes.get(dossier.delivery.intent.channel)
        case = Case(
            dossier=dossier,
            release=found.release,
            about=found.about,
            journey=journey,
            freshness=wired.releases.freshness(),
            policy=wired.policy,
            now=now,
            problem=found.problem,
            offset=wired.clock_offset(),
        )
        return Judged(
            delivery=dossier.delivery,
            judgement=judge(case),
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
