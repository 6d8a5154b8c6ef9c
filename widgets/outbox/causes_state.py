"""What a message answers to, and how tries to send it ended, in words."""

from collections.abc import Mapping
from typing import Final

from governance.journeys.journey import Event
from governance.texts import N_, _
from sync.api.deliveries import DeliveryRow

_CAUSES: Final[Mapping[str, str]] = {
    Event.APPLICATION_RECEIVED: N_("An application arrived"),
    Event.STAGE_ENTERED: N_("The stage became {stage}"),
    Event.STAGE_LEFT: N_("The stage {stage} was left"),
    Event.INTERVIEW_SCHEDULED: N_("An interview was arranged"),
    Event.INTERVIEW_CHANGED: N_("The interview was moved"),
    Event.INTERVIEW_CANCELLED: N_("The interview was called off"),
    Event.INTERVIEW_PASSED: N_("The interview is over"),
    Event.OFFER_MADE: N_("An offer was made"),
    Event.WITHDRAWN: N_("The candidate withdrew"),
    Event.HIRED: N_("The candidate was hired"),
    Event.REJECTED: N_("The application was rejected"),
    Event.POSITION_FILLED: N_("The vacancy was filled"),
    Event.CONSENT_EXPIRING: N_("A consent is about to end"),
    Event.ERASED: N_("The candidate's data was erased"),
}
_STAGES: Final[Mapping[str, str]] = {
    "applied": N_("Applied"),
    "screening": N_("Screening"),
    "assessment": N_("Assessment"),
    "interview": N_("Interview"),
    "offer": N_("Offer"),
    "hired": N_("Hired"),
    "rejected": N_("Rejected"),
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "sent": N_("the provider took it"),
    "unavailable": N_("the provider was away"),
    "refused": N_("the provider refused it"),
    "in_doubt": N_("no answer"),
    "found": N_("found at the provider"),
    "not_found": N_("not found at the provider"),
}


def cause_words(row: DeliveryRow) -> str:
    """Say what the message answers to."""
    kind, _space, rest = row.fact.partition(" ")
    words = _CAUSES.get(kind)
    if words is None:
        return kind.replace("_", " ").capitalize()
    return _(words).format(stage=stage_title(rest.partition(" ")[0]))


def stage_title(stage: str) -> str:
    """Return a stage as people write it."""
    words = _STAGES.get(stage)
    return _(words) if words else stage.replace("_", " ").capitalize()


def outcome_words(outcome: str) -> str:
    """Say how a try ended."""
    return _(_OUTCOMES.get(outcome, N_("nobody saw its end")))
