"""Frequency cap: nobody gets more messages at once than a person would send."""

from collections.abc import Sequence

from governance.journeys.journey import Cap
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed, stamp
from sync.sending.docket import Past


def judge(case: Case) -> Decision:
    """Hold until the cap of the step and the one over all journeys allow it."""
    if case.is_internal:
        return passed(Gate.FREQUENCY_CAP, [])
    past = case.dossier.past
    inputs = [stamp(entry.at) for entry in past]
    ours = [entry for entry in past if entry.journey == case.intent.journey]
    steps = case.journey.journey.steps if case.journey else ()
    caps = [(case.policy.cap, past)] + [
        (step.cap, ours) for step in steps if step.id == case.intent.step and step.cap
    ]
    for cap, counted in caps:
        recent = _recent(cap, counted, case)
        if len(recent) >= cap.messages:
            # The cap has room again once this one has left the stretch.
            until = recent[-cap.messages].at + cap.per
            return held(Gate.FREQUENCY_CAP, Reason.TOO_MANY, inputs, until=until)
    return passed(Gate.FREQUENCY_CAP, inputs)


def _recent(cap: Cap, past: Sequence[Past], case: Case) -> list[Past]:
    recent = [entry for entry in past if case.now - entry.at < cap.per]
    return sorted(recent, key=lambda entry: entry.at)
