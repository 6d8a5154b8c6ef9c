"""Deadline: what comes too late is not sent at all."""

from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed, skipped, stamp
from sync.sending.gates.clock_skew import distrust


def judge(case: Case) -> Decision:
    """Skip what makes no sense any more, and what was others' to send.

    Never is final: a clock that is wrong must not say it.
    """
    since = case.dossier.since
    inputs = [stamp(case.intent.deadline), stamp(case.intent.due_at), stamp(since)]
    if since is not None and case.intent.due_at < since - case.policy.grace:
        return skipped(Gate.DEADLINE, Reason.BEFORE_US, inputs)
    if case.now > case.intent.deadline:
        if reason := distrust(case):
            return held(Gate.DEADLINE, reason, inputs)
        return skipped(Gate.DEADLINE, Reason.TOO_LATE, inputs)
    return passed(Gate.DEADLINE, inputs)
