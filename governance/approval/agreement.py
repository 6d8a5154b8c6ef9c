"""Whether everyone who must has agreed with a change, and what is missing if not."""

from datetime import datetime, timedelta
from typing import Final

from governance.approval.tally import Tally, applicable, is_stolen, is_under, seated
from governance.approval.verdict import Code, Verdict
from governance.ledger.kinds import PolicyChange
from governance.ledger.policy import Policy
from governance.ledger.role_titles import role_title
from governance.ledger.state import Change, LedgerState, Said, Signed
from governance.names import PersonId
from governance.texts import _

SKEW: Final = timedelta(days=1)  # more than that is no honest clock


def judge_approvals(
    state: LedgerState,
    change: Change,
    policy: Policy,
    now: datetime,
    *,
    signed_by: datetime,
) -> Verdict:
    """Say whether the approvals fill the quorum; if not, what would be needed.

    A yes is as old as its signer's clock says, but never younger than the release that
    it served (``signed_by``), and one of the future counts as too old: nobody prolongs
    it by turning a clock.
    """
    given = applicable(change)
    strict = [one for one in given if is_under(state, one, policy)]
    sound = [one for one in strict if not is_stolen(state, one)]
    given_at = {one.position: min(one.approval.at, signed_by) for one in sound}
    sane = [one for one in sound if given_at[one.position] <= now + SKEW]
    ends = {one.position: _end(state, change, given_at[one.position]) for one in sane}
    fresh = [one for one in sane if (end := ends[one.position]) is None or now < end]
    counted = seated(change, policy, fresh)
    if not counted.missing:
        return _agreed(fresh, counted, {p: end for p, end in ends.items() if end})
    for code, approvals, reason in (
        (Code.EXPIRED, sound, _("The approvals are too old; they are due again.")),
        (Code.BAD_SIGNATURE, strict, _("An approval bears a stolen key.")),
        (
            Code.POLICY_WEAKENED,
            given,
            _("Approvals were given under a weaker policy than the one in force."),
        ),
    ):
        if not seated(change, policy, approvals).missing:
            return Verdict(code, reason)
    if _would_do(state, change, sound):
        reason = _("Only a policy that waits for a second administrator is met.")
        return Verdict(Code.POLICY_WEAKENED, reason)
    return _missing(policy, counted)


def had_agreed(
    state: LedgerState, change: Change, policy: Policy, position: int
) -> bool:
    """Whether the quorum was full before ``position``, whatever any clock says."""
    sound = [
        one
        for one in applicable(change)
        if one.position < position
        and is_under(state, one, policy)
        and not is_stolen(state, one)
    ]
    return not seated(change, policy, sound).missing


def unanswered(questions: tuple[Said, ...]) -> Verdict | None:
    """Say who still waits for an answer, None if nobody does."""
    for one in questions:
        reason = _("A comment of {person} asks for an answer: {text}").format(
            person=one.person, text=one.comment.text
        )
        return Verdict(Code.COMMENT_UNANSWERED, reason)
    return None


def unwaived(change: Change, *, at: datetime, before: int) -> Verdict | None:
    """Say that errors of the checks went out which nobody had let pass, if they did.

    How many waivers errors take is not in the ledger, since one covers a text wherever
    it stands in a file; so one that held is asked for. Who releases looks at each.

    Args:
        change: What was released.
        at: When.
        before: The position of the release.
    """
    if not change.proposal.errors:
        return None
    for one in change.waivers:
        if one.position < before and at < one.waiver.until:
            return None
    reason = _("The checks found errors that no reviewer had let pass.")
    return Verdict(Code.CHECKS_FAILED, reason)


def _end(state: LedgerState, change: Change, at: datetime) -> datetime | None:
    """Return when a yes of ``at`` is too old, by the policy in force."""
    assert state.policy is not None, "there is a change"
    classes = {name for subject in change.subjects for name in subject.classes}
    rules = state.policy.classes
    ages = [rules[name].max_age for name in classes if name in rules]
    limits = [age for age in ages if age]
    return at + timedelta(seconds=min(limits)) if limits else None


def _agreed(fresh: list[Signed], counted: Tally, ends: dict[int, datetime]) -> Verdict:
    latest: dict[PersonId, datetime] = {}
    for one in fresh:
        end = ends.get(one.position)
        if end and counted.seats.get(one.person) == one.approval.role:
            latest[one.person] = max(end, latest.get(one.person, end))
    return Verdict(
        Code.VERIFIED,
        _("Everyone who must agree has signed."),
        until=min(latest.values(), default=None),
    )


def _would_do(state: LedgerState, change: Change, sound: list[Signed]) -> bool:
    return any(
        not seated(change, waiting.entry.policy, sound).missing
        for waiting in state.waiting.values()
        if isinstance(waiting.entry, PolicyChange)
    )


def _missing(policy: Policy, counted: Tally) -> Verdict:
    wanted = ", ".join(
        f"{role_title(policy, role)} ({count})"
        for role, count in sorted(counted.missing.items())
    )
    reason = _("Approvals are missing: {roles}.").format(roles=wanted)
    return Verdict(Code.QUORUM_MISSING, reason)
