"""Suppression: withdrawn, advanced, do not contact, sensitive stage, erased."""

from typing import Final

from governance.journeys.journey import Event
from governance.names import Channel
from governance.trust.canonical import JsonValue
from sync.candidates.facts import ApplicationSnapshot, Status
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed, skipped

# What may still be said to someone whose application has ended.
_STILL: Final = {
    Status.WITHDRAWN: {Event.WITHDRAWN, Event.ERASED, Event.CONSENT_EXPIRING},
    Status.REJECTED: {
        Event.REJECTED,
        Event.POSITION_FILLED,
        Event.ERASED,
        Event.CONSENT_EXPIRING,
    },
    Status.HIRED: {Event.HIRED, Event.ERASED, Event.CONSENT_EXPIRING},
}

_WHY: Final = {
    Status.WITHDRAWN: Reason.WITHDRAWN,
    Status.REJECTED: Reason.REJECTED,
    Status.HIRED: Reason.HIRED,
}


def judge(case: Case) -> Decision:
    """Skip what must not be said any more."""
    snapshot = case.snapshot
    if snapshot is None:
        return skipped(Gate.SUPPRESSION, Reason.ERASED, [])
    suppressed = sorted(
        suppression.reason
        for suppression in case.dossier.suppressions
        if suppression.channel in {"", case.intent.channel}
    )
    inputs: JsonValue = {
        "status": snapshot.status,
        "stage": snapshot.stage,
        "about": case.intent.stage,
        "event": case.intent.event,
        "do_not_contact": snapshot.candidate.do_not_contact,
        "erased": snapshot.erasure_asked_at is not None,
        "suppressed": suppressed,
    }
    if case.is_internal:
        return passed(Gate.SUPPRESSION, inputs)
    if reason := _never(case, snapshot, is_suppressed=bool(suppressed)):
        return skipped(Gate.SUPPRESSION, reason, inputs)
    if snapshot.stage in case.policy.sensitive_stages:
        return held(Gate.SUPPRESSION, Reason.SENSITIVE_STAGE, inputs)
    return passed(Gate.SUPPRESSION, inputs)


def _never(
    case: Case, snapshot: ApplicationSnapshot, *, is_suppressed: bool
) -> Reason | None:
    """Return why a message must never go to the candidate, None if it may."""
    intent, candidate = case.intent, snapshot.candidate
    address = {
        Channel.EMAIL: candidate.email,
        Channel.SMS: candidate.phone,
        Channel.CHAT: "",
    }[intent.channel]
    is_about_stage = intent.event == Event.STAGE_ENTERED
    is_erasing = snapshot.erasure_asked_at is not None
    reasons = (
        (candidate.do_not_contact, Reason.DO_NOT_CONTACT),
        (is_suppressed, Reason.SUPPRESSED),
        (is_erasing and intent.event != Event.ERASED, Reason.ERASED),
        (_has_ended(case, snapshot), _WHY.get(snapshot.status)),
        (is_about_stage and intent.stage != snapshot.stage, Reason.ADVANCED),
        (not address, Reason.NO_ADDRESS),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def _has_ended(case: Case, snapshot: ApplicationSnapshot) -> bool:
    if snapshot.status is Status.ACTIVE:
        return False
    is_of_this_end = (
        case.intent.event == Event.STAGE_ENTERED
        and case.intent.stage == snapshot.stage
        and snapshot.status is not Status.WITHDRAWN
    )
    return not is_of_this_end and case.intent.event not in _STILL[snapshot.status]
