"""Sending a held message now, on a person's word.

A person may open what is a matter of courtesy: hours, numbers, a stage in which people
write themselves. What protects the candidate or proves the text is opened by nobody:
consent, do-not-contact, a missing signature, a stop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.names import Channel
from governance.texts import N_, _
from governance.trust.canonical import canonical, digest
from sync.errors import ServiceRefusedError
from sync.sending.decision import Decision, Gate, Reason, Verdict
from sync.sending.delivery import Delivery, Round, State

COURTESY: Final = frozenset(
    {
        Reason.QUIET_HOURS,
        Reason.ZONE_UNKNOWN,
        Reason.NO_COMMON_HOURS,
        Reason.TOO_MANY,
        Reason.SENSITIVE_STAGE,
    }
)
MOST: Final = 100  # characters of a reason
HOLDS_FOR: Final = timedelta(minutes=30)  # said tonight, it must not send tomorrow

_WORD: Final = "anyway"
_DETAIL: Final = 200  # characters that are kept
_HOURS: Final = frozenset(
    {Reason.QUIET_HOURS, Reason.ZONE_UNKNOWN, Reason.NO_COMMON_HOURS}
)
_WHY_NOT: Final = {
    Reason.STOPPED: N_("Sending is stopped. Turn it on first."),
    Reason.RESTORED: N_("The providers have to be asked first what was sent already."),
    Reason.NOT_VERIFIED: N_("Nobody may send a text whose signatures are not proved."),
    Reason.JOURNEY_NOT_VERIFIED: N_(
        "Nobody may send by a journey whose signatures are not proved."
    ),
    Reason.CANNOT_RENDER: N_("It cannot be written: a value is missing in the ATS."),
    Reason.NO_BUDGET: N_("The provider takes no more messages today."),
    Reason.NO_ROUTE: N_("There is no way out for this channel."),
}


@dataclass(frozen=True, slots=True)
class Anyway:
    """A person's word that a held message is to go now.

    Attributes:
        gates: Those that held it when the person looked; no others are opened by it.
    """

    by: str
    why: str
    gates: frozenset[Gate]
    at: datetime

    def is_valid(self, now: datetime) -> bool:
        """Whether the word still counts; a clock that went back lets it wait."""
        return self.at <= now <= self.at + HOLDS_FOR


def why_never(reason: Reason, channel: Channel, opened: frozenset[Reason]) -> str:
    """Say why a person may not open what holds a message, "" if they may.

    Args:
        reason: What holds it.
        channel: What it is sent by: the hours of SMS are the law's in many countries.
        opened: What the policy lets people open.
    """
    if reason in _HOURS and channel is Channel.SMS:
        return _("The hours for SMS are set by law in many countries, so nobody may.")
    if reason in COURTESY:
        if reason in opened:
            return ""
        return _("This workspace lets nobody send past this.")
    words = _WHY_NOT.get(reason)
    return _(words) if words else _("Nobody may send past this.")


def holds_of(rounds: Sequence[Round]) -> tuple[Decision, ...]:
    """Return what held a message when it was last judged by gates."""
    for judged in reversed(rounds):
        gates = [one for one in judged.decisions if one.gate is not Gate.PERSON]
        if gates:
            return tuple(one for one in gates if one.verdict is Verdict.HOLD)
    return ()


def word_about(
    delivery: Delivery,
    rounds: Sequence[Round],
    opened: frozenset[Reason],
    *,
    by: str,
    why: str,
    now: datetime,
) -> Decision:
    """Spell a person's word that ``delivery`` is to go now.

    Raises:
        ServiceRefusedError: It is not held, or by what nobody may open; no reason was
            given, or one that is too long; somebody has said so already.
    """
    why = " ".join(why.split())
    if not why or len(why) > MOST:
        raise ServiceRefusedError(
            _("Say why, in at most {count} letters.").format(count=MOST)
        )
    holds = holds_of(rounds)
    if delivery.state is not State.HELD or not holds:
        raise ServiceRefusedError(_("No gate holds this message now."))
    for hold in holds:
        if never := why_never(hold.reason, delivery.intent.channel, opened):
            raise ServiceRefusedError(never)
    said = word_of(rounds[-1]) if rounds else None
    if said is not None and said.is_valid(now):
        raise ServiceRefusedError(
            _("{who} has said so already; it goes at once.").format(who=said.by)
        )
    gates = sorted(hold.gate for hold in holds)
    return Decision(
        Gate.PERSON,
        Verdict.PASS,
        Reason.SENT_ANYWAY,
        digest(canonical([_WORD, by, why, *gates])),
        detail=f"{_WORD} {by} {','.join(gates)} {why}"[:_DETAIL],
    )


def word_of(judged: Round) -> Anyway | None:
    """Return the word that a round is, None for one of gates."""
    if len(judged.decisions) != 1:
        return None
    (only,) = judged.decisions
    return read_word(only, judged.at)


def read_word(decision: Decision, at: datetime) -> Anyway | None:
    """Return what a person said with ``decision``, None where it says no such thing."""
    if decision.gate is not Gate.PERSON or decision.reason is not Reason.SENT_ANYWAY:
        return None
    _kind, by, gates, why = (*decision.detail.split(" ", 3), "", "", "")[:4]
    named = {gate.value: gate for gate in Gate}
    known = frozenset(named[name] for name in gates.split(",") if name in named)
    return Anyway(by, why, known, at)


def without_why(detail: str) -> str:
    """Return a word's detail without what a person wrote, which may name somebody."""
    return " ".join(detail.split(" ", 3)[:3])


def opened_by(
    decisions: tuple[Decision, ...],
    word: tuple[Anyway, Decision] | None,
    channel: Channel,
    opened: frozenset[Reason],
    now: datetime,
) -> tuple[Decision, ...]:
    """Let the gates that a valid ``word`` names pass, and keep it beside them."""
    if word is None or not word[0].is_valid(now):
        return decisions
    said, decision = word
    return (
        *(
            Decision(one.gate, Verdict.PASS, Reason.SENT_ANYWAY, one.inputs)
            if one.verdict is Verdict.HOLD
            and one.gate in said.gates
            and not why_never(one.reason, channel, opened)
            else one
            for one in decisions
        ),
        decision,
    )
