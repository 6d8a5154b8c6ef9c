"""Consent: where it is the ground to write at all, it must be there."""

from typing import Final

from governance.names import Channel
from sync.candidates.consent import ConsentState, consent_on
from sync.sending.case import Case
from sync.sending.decision import Decision, Gate, Reason, passed, skipped

# "I agree that you process my application": what most ATSs ask for once.
GENERAL: Final = "recruiting"


def judge(case: Case) -> Decision:
    """Skip what needs a consent that nobody gave, or that was taken back."""
    about, snapshot = case.about, case.snapshot
    if about is None or snapshot is None or about.is_internal:
        return passed(Gate.CONSENT, [])
    records = case.dossier.consents
    needed = sorted(_needed(case))
    withdrawn = sorted(
        purpose
        for purpose in {about.purpose, case.intent.channel.value}
        if _is_withdrawn(case, purpose)
    )
    missing = [
        purpose
        for purpose in needed
        if not any(
            consent_on(name, snapshot.candidate, records, case.now)
            for name in _grounds(case, purpose)
        )
    ]
    inputs = {"needed": needed, "missing": missing, "withdrawn": withdrawn}
    if refused := missing or withdrawn:
        return skipped(Gate.CONSENT, Reason.NO_CONSENT, inputs, detail=refused[0])
    return passed(Gate.CONSENT, inputs)


def _grounds(case: Case, purpose: str) -> tuple[str, ...]:
    """Return the consents that cover ``purpose``: advertising needs its very own."""
    is_general = (
        purpose != Channel.SMS and case.about and case.about.kind != "commercial"
    )
    return (purpose, GENERAL) if is_general else (purpose,)


def _needed(case: Case) -> set[str]:
    needed = set()
    if case.intent.channel is Channel.SMS:
        needed.add(Channel.SMS.value)
    if case.about and (
        case.about.lawful_basis == "consent" or case.about.kind == "commercial"
    ):
        needed.add(case.about.purpose)
    return needed


def _is_withdrawn(case: Case, purpose: str) -> bool:
    said = [record for record in case.dossier.consents if record.purpose == purpose]
    latest = max(said, key=lambda record: record.at, default=None)
    return latest is not None and latest.state is ConsentState.WITHDRAWN
