"""Freshness: a release may have been recalled where we cannot see it."""

from governance.trust.canonical import JsonValue
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed, stamp


def judge(case: Case) -> Decision:
    """Hold while the shared repository has been silent for too long."""
    fresh = case.freshness
    inputs: JsonValue = [fresh.has_remote, stamp(fresh.heard_at)]
    if not fresh.has_remote:
        return passed(Gate.FRESHNESS, inputs)
    if fresh.heard_at is None or case.now - fresh.heard_at > case.policy.silence:
        return held(Gate.FRESHNESS, Reason.REMOTE_SILENT, inputs)
    return passed(Gate.FRESHNESS, inputs)
