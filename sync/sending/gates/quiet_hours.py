"""Quiet hours: nights and weekends where the candidate is, not where we are."""

from governance.journeys.journey import Window
from governance.trust.canonical import JsonValue
from sync.planning.windows import next_open
from sync.planning.zones import possible_zones, zone_info
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, held, passed


def judge(case: Case) -> Decision:
    """Hold until the window is open in every zone that the candidate may be in."""
    if case.snapshot is None or case.is_internal:
        return passed(Gate.QUIET_HOURS, [])
    zones = sorted(possible_zones(case.snapshot.candidate))
    window = _window(case)
    inputs: JsonValue = {
        "zones": zones,
        "days": sorted(window.days),
        "opens": window.opens.isoformat(),
        "closes": window.closes.isoformat(),
        "minute": case.now.strftime("%Y-%m-%dT%H:%M"),
    }
    if window.is_always:  # it suits every zone there is, known or not
        return passed(Gate.QUIET_HOURS, inputs)
    if not zones:
        return held(Gate.QUIET_HOURS, Reason.ZONE_UNKNOWN, inputs)
    opens = next_open(window, map(zone_info, zones), case.now)
    if opens is None:
        return held(Gate.QUIET_HOURS, Reason.NO_COMMON_HOURS, inputs)
    if opens > case.now:
        return held(Gate.QUIET_HOURS, Reason.QUIET_HOURS, inputs, until=opens)
    return passed(Gate.QUIET_HOURS, inputs)


def _window(case: Case) -> Window:
    steps = case.journey.journey.steps if case.journey else ()
    for step in steps:
        if step.id == case.intent.step and step.window is not None:
            return step.window
    return case.policy.quiet[case.intent.channel]
