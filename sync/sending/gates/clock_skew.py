"""Clock skew: a clock that jumped back or runs apart must not decide when to send."""

from datetime import timedelta

from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed


def judge(case: Case) -> Decision:
    """Hold everything while this computer's clock cannot be believed."""
    high = case.dossier.clock_high
    back = max(high - case.now, timedelta(0)) if high else timedelta(0)
    apart = abs(case.offset) if case.offset is not None else timedelta(0)
    limit = case.policy.skew
    inputs = [back > limit, apart > limit]
    if back > limit:
        return held(Gate.CLOCK_SKEW, Reason.CLOCK_WENT_BACK, inputs)
    if apart > limit:
        return held(Gate.CLOCK_SKEW, Reason.CLOCK_DIFFERS, inputs)
    return passed(Gate.CLOCK_SKEW, inputs)
