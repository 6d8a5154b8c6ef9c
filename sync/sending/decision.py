"""What a gate says, and what all of them together mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from governance.names import Digest
from governance.trust.canonical import JsonValue, canonical, digest

_DETAIL: Final = 200  # characters that are kept


class Gate(StrEnum):
    """Who judges."""

    STOP = "stop"
    RELEASE = "release"
    SUPPRESSION = "suppression"
    CONSENT = "consent"
    DEADLINE = "deadline"
    CLOCK_SKEW = "clock_skew"
    FRESHNESS = "freshness"
    QUIET_HOURS = "quiet_hours"
    FREQUENCY_CAP = "frequency_cap"
    BUDGET = "budget"
    PERSON = "person"  # no gate: a person's word


class Verdict(StrEnum):
    """What a gate decides: send, not yet, never."""

    PASS = "pass"  # noqa: S105 -- no password, a verdict
    HOLD = "hold"
    SKIP = "skip"


class Reason(StrEnum):
    """Why, in a closed set of words."""

    OK = "OK"
    # stop
    STOPPED = "STOPPED"
    RESTORED = "RESTORED"  # the database is older than what was seen
    # release
    NOT_VERIFIED = "NOT_VERIFIED"
    JOURNEY_NOT_VERIFIED = "JOURNEY_NOT_VERIFIED"
    NOT_PLANNED_ANY_MORE = "NOT_PLANNED_ANY_MORE"  # facts or journey moved on
    LOCALE_MISSING = "LOCALE_MISSING"
    CANNOT_RENDER = "CANNOT_RENDER"
    # suppression
    WITHDRAWN = "WITHDRAWN"
    REJECTED = "REJECTED"
    HIRED = "HIRED"
    ADVANCED = "ADVANCED"  # no longer in the stage that the message is about
    DO_NOT_CONTACT = "DO_NOT_CONTACT"
    SUPPRESSED = "SUPPRESSED"
    SENSITIVE_STAGE = "SENSITIVE_STAGE"
    ERASED = "ERASED"
    NO_ADDRESS = "NO_ADDRESS"
    # consent
    NO_CONSENT = "NO_CONSENT"
    # time
    TOO_LATE = "TOO_LATE"
    BEFORE_US = "BEFORE_US"  # it was due before this service began to watch
    CLOCK_WENT_BACK = "CLOCK_WENT_BACK"
    CLOCK_DIFFERS = "CLOCK_DIFFERS"
    REMOTE_SILENT = "REMOTE_SILENT"
    QUIET_HOURS = "QUIET_HOURS"
    ZONE_UNKNOWN = "ZONE_UNKNOWN"
    NO_COMMON_HOURS = "NO_COMMON_HOURS"
    # numbers
    TOO_MANY = "TOO_MANY"
    NO_BUDGET = "NO_BUDGET"
    NO_ROUTE = "NO_ROUTE"
    # sending
    MAILER_AWAY = "MAILER_AWAY"
    MAILER_REFUSED = "MAILER_REFUSED"
    IN_DOUBT = "IN_DOUBT"
    PERSON_DECIDES = "PERSON_DECIDES"
    CLAIM_LOST = "CLAIM_LOST"  # something changed between judging and claiming
    FOUND_AT_PROVIDER = "FOUND_AT_PROVIDER"
    DECIDED_BY_PERSON = "DECIDED_BY_PERSON"
    SENT_ANYWAY = "SENT_ANYWAY"  # a gate that a person opened


@dataclass(frozen=True, slots=True)
class Decision:
    """One gate's judgement.

    Attributes:
        until: For a hold: when to judge again; None for "when something changes".
        inputs: The digest of what was judged by.
        detail: A word more for programs: a verdict's code, a stop's id.
    """

    gate: Gate
    verdict: Verdict
    reason: Reason
    inputs: Digest
    until: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """All gates together: the strictest decides, and of equals the first."""

    decisions: tuple[Decision, ...]

    @property
    def deciding(self) -> Decision:
        """The decision that counts; a pass only where all pass."""
        for verdict in (Verdict.SKIP, Verdict.HOLD):
            for decision in self.decisions:
                if decision.verdict is verdict:
                    return decision
        return self.decisions[0]

    @property
    def verdict(self) -> Verdict:
        """What is to be done."""
        return self.deciding.verdict

    @property
    def until(self) -> datetime | None:
        """When a held message is to be judged again: when the last hold ends."""
        holds = [d for d in self.decisions if d.verdict is Verdict.HOLD]
        ends = [decision.until for decision in holds if decision.until is not None]
        return max(ends) if len(ends) == len(holds) and ends else None


def passed(gate: Gate, inputs: JsonValue) -> Decision:
    """Let a message pass ``gate``."""
    return Decision(gate, Verdict.PASS, Reason.OK, digest(canonical(inputs)))


def held(
    gate: Gate,
    reason: Reason,
    inputs: JsonValue,
    *,
    until: datetime | None = None,
    detail: str = "",
) -> Decision:
    """Hold a message at ``gate``."""
    seen = digest(canonical(inputs))
    return Decision(gate, Verdict.HOLD, reason, seen, until, detail)


def skipped(
    gate: Gate, reason: Reason, inputs: JsonValue, *, detail: str = ""
) -> Decision:
    """Let a message never pass ``gate``."""
    return Decision(
        gate, Verdict.SKIP, reason, digest(canonical(inputs)), detail=detail
    )


def told_by_person(by: str, *, was_sent: bool) -> Decision:
    """Spell a person's word about a message in doubt: sent it is never to be again."""
    word = "sent" if was_sent else "not_sent"
    return Decision(
        Gate.PERSON,
        Verdict.SKIP if was_sent else Verdict.PASS,
        Reason.DECIDED_BY_PERSON,
        digest(canonical([word, by])),
        detail=f"{word} {by}"[:_DETAIL],
    )


def stamp(moment: datetime | None) -> str:
    """Spell a moment for a digest or the wire."""
    return moment.isoformat() if moment else ""


def judgement(decisions: Sequence[Decision]) -> Judgement:
    """Put decisions together."""
    assert decisions, "there are always gates"
    return Judgement(tuple(decisions))
