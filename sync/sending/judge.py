"""The judge: every gate, in one order, for sending and for a dry run alike."""

from collections.abc import Callable
from typing import Final

from sync.sending.anyway import opened_by
from sync.sending.case import Case
from sync.sending.decision import Decision, Judgement
from sync.sending.gates import (
    budget,
    clock_skew,
    consent,
    deadline,
    frequency_cap,
    freshness,
    quiet_hours,
    release,
    stop,
    suppression,
)

# Of equally strict decisions the first one is told.
GATES: Final[tuple[Callable[[Case], Decision], ...]] = (
    suppression.judge,
    consent.judge,
    deadline.judge,
    stop.judge,
    release.judge,
    clock_skew.judge,
    freshness.judge,
    quiet_hours.judge,
    frequency_cap.judge,
    budget.judge,
)


def judge(case: Case) -> Judgement:
    """Let every gate judge ``case``; a person may have opened some of them."""
    decisions = tuple(gate(case) for gate in GATES)
    return Judgement(
        opened_by(
            decisions,
            case.dossier.word,
            case.intent.channel,
            case.policy.anyway,
            case.now,
        )
    )
