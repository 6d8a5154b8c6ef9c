"""The links of the chain between a message and those who signed its text.

Each link says what was found. Behind a break nothing was looked at, and that is said.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from governance.ledger.policy import Policy
from governance.ledger.role_titles import role_title
from governance.ledger.state import Change, Signed, Version
from governance.ledger.told import Known
from governance.names import Digest, SubjectName
from governance.texts import N_, _, dated, ngettext
from sync.api.proofs import Proof
from widgets.kit.values import Check, Outcome, Person
from widgets.proof.case import Case

# In the order in which a proof looks at them.
_ORDER: Final = ("history", "service", "bytes", "record", "chain", "signed")
_BREAKS: Final = {
    "ATTESTATION_BROKEN": "service",
    "SERVICE_UNKNOWN": "service",
    "BYTES_DIFFER": "bytes",
    "RECORD_DIFFERS": "record",
    "CHAIN_BROKEN": "chain",
}
_FAILED: Final = {
    "bytes": N_("The message is not the one that was sent"),
    "history": N_("The signed history is broken"),
    "service": N_("The record of the sending is not genuine"),
    "record": N_("The records contradict each other"),
    "chain": N_("The chain of messages is broken"),
    "signed": N_("The signatures do not cover this text"),
}
_UNCHECKED: Final = {
    "bytes": N_("Whether the bytes are equal"),
    "history": N_("Whether the signed history is whole"),
    "service": N_("Whether the service recorded it"),
    "record": N_("Whether the records agree"),
    "chain": N_("Whether the chain of messages is whole"),
    "signed": N_("Who signed the text"),
    "policy": N_("By which signing policy"),
    "released": N_("Who released the text"),
    "gates": N_("Whether every gate was open"),
    "provider": N_("What the mail provider said"),
}
_GATES: Final[Mapping[str, str]] = {
    "stop": N_("sending was on"),
    "release": N_("text signed"),
    "suppression": N_("contact allowed"),
    "consent": N_("consent"),
    "deadline": N_("in time"),
    "clock_skew": N_("clocks agree"),
    "freshness": N_("history fresh"),
    "quiet_hours": N_("quiet hours"),
    "frequency_cap": N_("not too many"),
    "budget": N_("way out"),
    "person": N_("a person’s word"),
}


def links(case: Case) -> tuple[Check, ...]:
    """Say of each link whether it holds; none for what was not judged."""
    if case.proof is None:
        return ()
    broken = "" if case.proof.is_proven else broken_link(case.proof)
    made: tuple[tuple[str, Callable[[Case], Check]], ...] = (
        ("bytes", _bytes),
        ("history", _history),
        ("service", _service),
        ("record", _record),
        ("chain", _chain),
        ("signed", _signed),
        ("policy", _policy),
        ("released", _released),
        ("gates", _gates),
        ("provider", _provider),
    )
    return tuple(
        _link(name, make, case, broken)
        for name, make in made
        if name != "record" or case.row is not None
    )


def broken_link(proof: Proof) -> str:
    """Name the link that does not hold."""
    if proof.code in _BREAKS:
        return _BREAKS[proof.code]
    return "history" if proof.attestation is None else "signed"


def _link(name: str, make: Callable[[Case], Check], case: Case, broken: str) -> Check:
    if broken == name:
        reason = case.proof.reason if case.proof else ""
        plain = case.place if name == "bytes" and case.place else reason
        return Check(Outcome.FAILED, _(_FAILED[name]), plain)
    is_before = name in _ORDER and _ORDER.index(name) < _ORDER.index(broken or name)
    if broken and not is_before:
        return Check(Outcome.UNCHECKED, _(_UNCHECKED[name]), _("Not checked."))
    return make(case)


def _bytes(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    if case.message is None or told is None:
        return Check(
            Outcome.UNCHECKED,
            _("The message that arrived was not compared"),
            _("Open its file to compare it, byte for byte."),
        )
    size = f"{len(case.message):,}".replace(",", "\u202f")
    words = _(
        "It is {size} bytes long and has the fingerprint that was recorded when it was "
        "sent."
    ).format(size=size)
    plain = f"{words} {case.travelled}".strip()
    return _passed(_("The bytes are equal"), plain, figures(told.sha256))


def _history(case: Case) -> Check:
    number = case.state.length
    words = ngettext(
        "{count} entry, each follows the one before it.",
        "{count} entries, each follows the one before it.",
        number,
    )
    return _passed(_("The signed history is whole"), words.format(count=number))


def _service(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    assert told is not None, "behind a break nothing is asked"
    when = _moment(told.sent_at)
    return _passed(
        _("The service recorded what it sent, and signed it"),
        _("With its own key, which an administrator enrolled. Sent {when}.").format(
            when=when
        ),
    )


def _record(_case: Case) -> Check:
    return _passed(
        _("The records agree"),
        _("The database says of it what the service signed."),
    )


def _chain(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    assert told is not None, "behind a break nothing is asked"
    number = told.position + 1
    is_last = len(case.chain) <= number
    words = (
        _("Message {number} that was sent this way; the newest that is known.")
        if is_last
        else _("Message {number} that was sent this way, between its neighbours.")
    )
    return _passed(_("In an unbroken chain of messages"), words.format(number=number))


def _signed(case: Case) -> Check:
    signed = _approvals(case)
    known = Known(case.state, case.titles)
    change = _change(case)
    authors = change.authors if change else frozenset()
    people = {one.person for one in signed}
    bold = ngettext("Signed by one person", "Signed by {count} people", len(people))
    if people and not people & authors:
        bold = ngettext(
            "Signed by one person, who did not write it",
            "Signed by {count} different people, none of whom wrote it",
            len(people),
        )
    return Check(
        Outcome.PASSED,
        bold.format(count=len(people)),
        _("Each signature covers the text, the footer, the brand and the fields."),
        people=tuple(
            Person(
                known.name(one.person),
                known.role(one.approval.role),
                dated(one.approval.at.astimezone(), "%-d %B, %H:%M"),
            )
            for one in signed
        ),
    )


def _policy(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    policy = case.state.policies.get(Digest(told.template.policy)) if told else None
    return _passed(
        _("Under the signing policy of then"),
        _quorum(policy) if policy else _("It was satisfied when this was sent."),
    )


def _released(case: Case) -> Check:
    version = _version(case)
    known = Known(case.state, case.titles)
    if version is None:
        return _passed(_("Released"), _("The release stands in the history."))
    return _passed(
        _("Released by {name}").format(name=known.name(version.person)),
        _("{title}, version {number}, on {when}.").format(
            title=known.title(version.subject),
            number=version.number,
            when=dated(version.at.astimezone(), "%-d %B %Y, %H:%M"),
        ),
    )


def _gates(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    assert told is not None, "behind a break nothing is asked"
    names = [_(_GATES[one.gate]) for one in told.gates if one.gate in _GATES]
    listed = ", ".join(names)
    return _passed(
        _("Every gate was open when it was sent"),
        listed[:1].upper() + listed[1:] + ("." if listed else ""),
    )


def _provider(case: Case) -> Check:
    told = case.proof.attestation if case.proof else None
    assert told is not None, "behind a break nothing is asked"
    receipt = _("Receipt {id}.").format(id=told.provider_id) if told.provider_id else ""
    match told.seen:
        case "told":
            bold = _("A person said that it was sent")
            receipt = _("The provider's own answer never came.")
        case "found":
            bold = _("Found at the mail provider afterwards")
        case _:
            bold = _("Accepted by the mail provider, {when}").format(
                when=_moment(told.sent_at)
            )
    return _passed(bold, receipt)


def _passed(bold: str, plain: str = "", code: str = "") -> Check:
    return Check(Outcome.PASSED, bold, plain, code)


def figures(digest: str) -> str:
    """Write the ends of a long number in groups, to compare by eye."""
    groups = [digest[at : at + 4] for at in range(0, len(digest), 4)]
    return f"{' '.join(groups[:4])} … {' '.join(groups[-2:])}"


def _quorum(policy: Policy) -> str:
    rule = policy.classes.get("message")
    seats = rule.quorum if rule else {}
    named = ", ".join(
        f"{count} × {role_title(policy, role)}"
        for role, count in seats.items()
        if count
    )
    return _("A message needs: {seats}.").format(seats=named)


def _approvals(case: Case) -> tuple[Signed, ...]:
    told = case.proof.attestation if case.proof else None
    wanted = set(told.template.approvals) if told else set()
    return tuple(
        one
        for change in case.state.changes.values()
        for one in change.approvals
        if one.envelope in wanted
    )


def _version(case: Case) -> Version | None:
    told = case.proof.attestation if case.proof else None
    if told is None:
        return None
    line = told.template
    return case.state.version(SubjectName(line.subject), line.version)


def _change(case: Case) -> Change | None:
    version = _version(case)
    return case.state.changes.get(version.change) if version else None


def _moment(stamp: str) -> str:
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return dated(at.astimezone(), "%-d %B %Y, %H:%M:%S")
