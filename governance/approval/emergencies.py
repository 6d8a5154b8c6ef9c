"""What two people released in a hurry: how long it holds, and what it stops.

Who never reviews what they hurried out would need no review at all, so one emergency
that waits for its review lets no other one through on the same subject. That is judged
by positions and approvals, by no clock.
"""

from datetime import datetime, timedelta

from governance.approval.agreement import SKEW, had_agreed
from governance.approval.verdict import Code, Verdict
from governance.ledger.policy import EmergencyRule, Policy
from governance.ledger.state import Change, LedgerState, Means, Urgent, Version
from governance.names import SubjectName
from governance.texts import _


def unreviewed(
    state: LedgerState, subject: SubjectName, *, before: int | None = None
) -> Version | None:
    """Return the emergency of ``subject`` whose full review was still to come.

    It is over once everyone who must has agreed with its bytes, or with a later version
    of the subject. To roll it back or to recall it reviews nothing.

    Args:
        state: The ledger.
        subject: What was released.
        before: The position where the question is asked; None for the end.
    """
    position = state.length if before is None else before
    for version in reversed(state.versions.get(subject, ())):
        if version.position >= position or version.of is not None:
            continue
        change = state.changes[version.change]
        is_urgent = version.means is Means.EMERGENCY
        limit = position if is_urgent else version.position
        if had_agreed(state, change, state.policies[version.policy], limit):
            return None
        if is_urgent:
            return version
    return None


def stands_in_the_way(version: Version) -> Verdict:
    """Say that no other emergency is possible before the review of ``version``."""
    reason = _(
        "v{number} was released in an emergency and has not been reviewed in full; "
        "no other emergency is possible before that."
    )
    return Verdict(Code.EMERGENCY_OVERDUE, reason.format(number=version.number))


def judge_emergency(
    state: LedgerState, version: Version, change: Change, policy: Policy, now: datetime
) -> Verdict:
    """Say whether two people's word holds for ``version``, and until when."""
    rule, urgent = policy.emergency, change.urgent
    assert urgent, "replay looked"
    if trouble := _refused(state, version, change) or _untimely(version, urgent, rule):
        return trouble
    if version.at > now + SKEW:
        return Verdict(Code.EMERGENCY_OVERDUE, _("Its clock was in the future."))
    until = version.at + timedelta(seconds=rule.review_within)
    if now >= until:
        reason = _("The full review was due on {date}.").format(date=until.date())
        return Verdict(Code.EMERGENCY_OVERDUE, reason, is_emergency=True)
    reason = (
        _("{first}, who wrote it, and {second} released it in an emergency.")
        if urgent.person in change.authors
        else _("{first} and {second} released it in an emergency.")
    ).format(first=urgent.person, second=version.person)
    return Verdict(Code.VERIFIED, reason, until=until, is_emergency=True)


def _refused(state: LedgerState, version: Version, change: Change) -> Verdict | None:
    """Say why the two may not have done it, None if they might."""
    urgent = change.urgent
    assert urgent, "replay looked"
    if version.person in change.authors:
        reason = _("{person} wrote it and cannot be its second person.")
        return Verdict(Code.NOT_ENTITLED, reason.format(person=version.person))
    stolen_at = state.keys[urgent.key].stolen_at
    if stolen_at is not None and stolen_at <= urgent.position:
        reason = _("The emergency was asked for with a stolen key.")
        return Verdict(Code.BAD_SIGNATURE, reason)
    if earlier := unreviewed(state, version.subject, before=version.position):
        return stands_in_the_way(earlier)
    return None


def _untimely(version: Version, urgent: Urgent, rule: EmergencyRule) -> Verdict | None:
    if version.at - urgent.at > timedelta(seconds=rule.lasts):
        return Verdict(Code.EMERGENCY_OVERDUE, _("The second person joined too late."))
    if urgent.at > version.at + SKEW:  # it would wait for a second for years
        return Verdict(Code.EMERGENCY_OVERDUE, _("It was asked for in the future."))
    return None
