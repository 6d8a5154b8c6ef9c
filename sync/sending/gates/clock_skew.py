"""Clock skew: a clock that jumped back or runs apart must not decide when to send."""

from datetime import timedelta

from governance.trust.canonical import JsonValue
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed


def distrust(case: Case) -> Reason | None:
    """Return why this computer's clock cannot be believed, None if it can."""
    high = case.dossier.clock_high
    back = max(high - case.now, timedelta(0)) if high else timedelta(0)
    apart = abs(case.offset) if case.offset is not None else timedelta(0)
    if back > case.policy.skew:
        return Reason.CLOCK_WENT_BACK
    return Reason.CLOCK_DIFFERS if apart > case.policy.skew else None


def judge(case: Case) -> Decision:
    """Hold everything while this computer's clock cannot be believed."""
    reason = distrust(case)
    inputs: JsonValue = [reason or Reason.OK]
    if reason is not None:
        return held(Gate.CLOCK_SKEW, reason, inputs)
    return passed(Gate.CLOCK_SKEW, inputs)
