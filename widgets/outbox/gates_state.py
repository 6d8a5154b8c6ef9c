"""What each gate said of a message, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.texts import N_, _
from sync.api.deliveries import AttemptRow, DecisionRow, DeliveryRow, RoundRow
from sync.histories.words import in_words
from sync.sending.decision import Gate, Reason, Verdict
from widgets.kit.values import Mark, Tone
from widgets.outbox.anyway_state import word_of
from widgets.outbox.causes_state import outcome_words
from widgets.outbox.state import Outbox, moment_words, stamp_words

_NAMES: Final[Mapping[Gate, str]] = {
    Gate.STOP: N_("Sending is on"),
    Gate.RELEASE: N_("Signed text"),
    Gate.SUPPRESSION: N_("May be contacted, same stage"),
    Gate.CONSENT: N_("Consent"),
    Gate.DEADLINE: N_("In time"),
    Gate.CLOCK_SKEW: N_("Clocks agree"),
    Gate.FRESHNESS: N_("History is fresh"),
    Gate.QUIET_HOURS: N_("Quiet hours"),
    Gate.FREQUENCY_CAP: N_("Not too many"),
    Gate.BUDGET: N_("Way out"),
    Gate.PERSON: N_("A person's word"),
}
_OPEN: Final[Mapping[Gate, str]] = {
    Gate.STOP: N_("Nobody has stopped sending."),
    Gate.RELEASE: N_("The signatures are valid."),
    Gate.SUPPRESSION: N_("Nothing forbids contact; the stage is still the same."),
    Gate.CONSENT: N_("No consent that it needs is missing."),
    Gate.CLOCK_SKEW: N_("Our clock and the ATS's agree."),
    Gate.FRESHNESS: N_("Nothing newer can be hidden from us."),
    Gate.QUIET_HOURS: N_("It was day where they live."),
    Gate.FREQUENCY_CAP: N_("Fewer messages than the limit."),
    Gate.BUDGET: N_("The provider has room today."),
}

_TRIED: Final[Mapping[str, tuple[str, str, Tone]]] = {
    "sent": (N_("Taken"), "check-circle-fill", Tone.OK),
    "found": (N_("Found"), "check-circle-fill", Tone.OK),
    "refused": (N_("Refused"), "x-circle-fill", Tone.ERROR),
    "unavailable": (N_("Away"), "pause-circle-fill", Tone.WARN),
    "not_found": (N_("Not found"), "x-circle-fill", Tone.WARN),
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate.

    Attributes:
        mark: "Open", "Closed" or "Waits", with its icon.
        value: What it saw.
    """

    name: str
    mark: Mark
    value: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Gates:
    """All gates at one moment."""

    title: str
    lines: tuple[GateLine, ...]


def gates_of(
    rounds: tuple[RoundRow, ...],
    row: DeliveryRow,
    box: Outbox,
    attempts: tuple[AttemptRow, ...] = (),
) -> Gates:
    """Describe the last judging of a message; what decided stands first.

    After the gates comes the last try to send it.
    """
    asked = [one for one in rounds if one.decisions]
    if not asked:
        return Gates(
            _("The gates are asked when it is due."),
            (),
        )
    last = asked[-1]
    at = moment_words(last.at, box.now, has_seconds=True)
    order = {Verdict.SKIP: 0, Verdict.HOLD: 1, Verdict.PASS: 2}
    lines = sorted(
        last.decisions,
        key=lambda one: (order[one.verdict], one.reason is not Reason.SENT_ANYWAY),
    )
    return Gates(
        _("Gates, asked {when}").format(when=at),
        (
            *(_tried(one, box) for one in attempts[-1:]),
            *(_line(one, row, box) for one in lines),
        ),
    )


def gate_name(gate: Gate) -> str:
    """Return what people call a gate."""
    return _(_NAMES[gate])


def _tried(attempt: AttemptRow, box: Outbox) -> GateLine:
    at = (attempt.ended_at or attempt.started_at).astimezone(box.here)
    word, icon, tone = _TRIED.get(
        attempt.outcome, (N_("No answer"), "question", Tone.DOUBT)
    )
    value = _("{time}: {outcome}.").format(
        time=at.strftime("%H:%M:%S"), outcome=outcome_words(attempt.outcome)
    )
    return GateLine(_("Handed to the provider"), Mark(_(word), icon, tone), value)


def _line(decision: DecisionRow, row: DeliveryRow, box: Outbox) -> GateLine:
    match decision.verdict:
        case Verdict.SKIP:
            mark = Mark(_("Closed"), "x-circle-fill", Tone.ERROR)
        case Verdict.HOLD:
            mark = Mark(_("Waits"), "pause-circle-fill", Tone.WARN)
        case _ if decision.reason is Reason.SENT_ANYWAY:
            mark = Mark(_("Opened"), "hand-pointing", Tone.WARN)
        case _:
            # Not the deed: other languages have two words.
            mark = Mark(_("open").capitalize(), "check-circle-fill", Tone.OK)
    tooltip = _("Fingerprint of what it saw: {text}").format(text=decision.inputs)
    return GateLine(_(_NAMES[decision.gate]), mark, _value(decision, row, box), tooltip)


def _value(decision: DecisionRow, row: DeliveryRow, box: Outbox) -> str:
    if decision.reason is Reason.SENT_ANYWAY:
        return _anyway_value(decision)
    if decision.gate is Gate.PERSON:
        who = decision.detail.partition(" ")[2]
        if decision.verdict is Verdict.SKIP:
            return _("{who} said that it had arrived.").format(who=who)
        return _("{who} said that it had not arrived.").format(who=who)
    if decision.verdict is Verdict.PASS:
        return _open_value(decision.gate, row, box)
    words = in_words(decision.reason)
    if decision.detail and decision.gate is Gate.CONSENT:
        words = _("{words} Missing: {what}.").format(words=words, what=decision.detail)
    elif decision.detail and decision.gate is Gate.RELEASE:
        words = f"{words} {decision.detail}"
    if decision.until is not None:
        until = stamp_words(decision.until, box.now)
        words = _("{words} Until {when}.").format(words=words, when=until)
    return words


def _anyway_value(decision: DecisionRow) -> str:
    if decision.gate is not Gate.PERSON:
        return _("It waited, and a person opened it.")
    who, said = word_of(decision)
    if not said:
        return _("{who} had it sent anyway.").format(who=who)
    return _("{who} had it sent anyway: {why}").format(who=who, why=said)


def _open_value(gate: Gate, row: DeliveryRow, box: Outbox) -> str:
    if gate is Gate.DEADLINE:
        when = stamp_words(row.deadline, box.now)
        return _("It makes sense until {when}.").format(when=when)
    if gate is Gate.RELEASE and row.version:
        return _("Version {number}; its signatures are valid.").format(
            number=row.version
        )
    if gate is Gate.BUDGET and row.route:
        return _("By {route}, which has room today.").format(route=row.route)
    return _(_OPEN[gate])
