"""Verified release: message and journey are signed, and still want this message."""

from sync.planning.plan import plan
from sync.sending.about import best_locale
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed, skipped


def judge(case: Case) -> Decision:
    """Hold what no release proves; skip what the journey no longer wants."""
    release, journey = case.release, case.journey
    inputs = {
        "release": [release.tag, release.closure, release.compiled] if release else [],
        "journey": [journey.release.tag, journey.release.closure] if journey else [],
        "key": case.dossier.delivery.key,
        "problem": case.problem,
    }
    if release is None or case.about is None:
        detail = case.problem
        return held(Gate.RELEASE, Reason.NOT_VERIFIED, inputs, detail=detail)
    if journey is None:
        return held(Gate.RELEASE, Reason.JOURNEY_NOT_VERIFIED, inputs)
    if case.snapshot is None:
        return passed(Gate.RELEASE, inputs)  # suppression has the better reason
    wanted = plan(case.snapshot, [journey.journey], workspace=case.policy.workspace)
    if case.dossier.delivery.key not in {intent.key for intent in wanted}:
        return skipped(Gate.RELEASE, Reason.NOT_PLANNED_ANY_MORE, inputs)
    if best_locale(release, case.snapshot.candidate.locale) is None:
        return held(Gate.RELEASE, Reason.LOCALE_MISSING, inputs)
    return passed(Gate.RELEASE, inputs)
