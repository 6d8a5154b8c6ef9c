"""Budget: a way out must exist and must not be used beyond what was agreed."""

from datetime import timedelta
from typing import Final

from governance.trust.canonical import JsonValue
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed

_AGAIN: Final = timedelta(minutes=15)


def judge(case: Case) -> Decision:
    """Hold what has no way out, or none that has room today."""
    route = case.policy.routes.get(case.intent.channel)
    if route is None:
        return held(Gate.BUDGET, Reason.NO_ROUTE, [case.intent.channel])
    is_spent = bool(route.per_day) and (
        case.dossier.spent.get(route.name, 0) >= route.per_day
    )
    inputs: JsonValue = [route.name, route.per_day, is_spent]
    if is_spent:
        until = case.now + _AGAIN
        return held(Gate.BUDGET, Reason.NO_BUDGET, inputs, until=until)
    return passed(Gate.BUDGET, inputs)
