"""Deadline: what comes too late is not sent at all."""

from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, passed, skipped, stamp


def judge(case: Case) -> Decision:
    """Skip what makes no sense any more."""
    inputs = [stamp(case.intent.deadline)]
    if case.now > case.intent.deadline:
        return skipped(Gate.DEADLINE, Reason.TOO_LATE, inputs)
    return passed(Gate.DEADLINE, inputs)
