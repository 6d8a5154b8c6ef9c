"""Sending a held message now: whether a person may, and what they said."""

from governance.texts import _
from sync.api.deliveries import DecisionRow, DeliveryRow, RoundRow
from sync.sending.anyway import COURTESY, MOST, why_never
from sync.sending.decision import Gate, Reason, Verdict


def why_not_anyway(row: DeliveryRow, rounds: tuple[RoundRow, ...]) -> str:
    """Say why nobody may send past what holds a message, "" if somebody may.

    The service has the last word: its policy may let people open less.
    """
    reasons = [hold.reason for hold in holds_of(rounds)] or [row.reason]
    words = (why_never(reason, row.channel, COURTESY) for reason in reasons)
    return next((word for word in words if word), "")


def holds_of(rounds: tuple[RoundRow, ...]) -> tuple[DecisionRow, ...]:
    """Return what held a message when gates last judged it."""
    for judged in reversed(rounds):
        gates = [one for one in judged.decisions if one.gate is not Gate.PERSON]
        if gates:
            return tuple(one for one in gates if one.verdict is Verdict.HOLD)
    return ()


def said_anyway(rounds: tuple[RoundRow, ...]) -> tuple[str, str]:
    """Return who had a message sent anyway, and why; twice "" for nobody."""
    for judged in reversed(rounds):
        for one in judged.decisions:
            if one.gate is Gate.PERSON and one.reason is Reason.SENT_ANYWAY:
                return word_of(one)
    return "", ""


def word_of(decision: DecisionRow) -> tuple[str, str]:
    """Return who said it, and why; "" for the latter once the candidate was erased."""
    _kind, who, _gates, why = (*decision.detail.split(" ", 3), "", "", "")[:4]
    return who, why


def asks_why() -> str:
    """Return the question that a person answers."""
    return _("Why now? In {count} letters at most; name nobody, it is kept.").format(
        count=MOST
    )
