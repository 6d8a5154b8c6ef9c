"""The kill switch: nothing that a stop covers is sent."""

from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed


def judge(case: Case) -> Decision:
    """Hold what a stop covers."""
    inputs = [stop.id for stop in case.dossier.stops]
    for stop in case.dossier.stops:
        if stop.holds(case.intent):
            reason = Reason.RESTORED if stop.code == "RESTORED" else Reason.STOPPED
            return held(Gate.STOP, reason, inputs, until=stop.until, detail=stop.id)
    return passed(Gate.STOP, inputs)
