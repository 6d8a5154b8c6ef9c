"""Who may say what about a change, and make a version of it."""

from typing import Final

from governance.ledger.entry import ReleasedSubject, SubjectEntry
from governance.ledger.kinds import (
    AboutChange,
    Approval,
    ApprovalWithdrawal,
    ChangeWithdrawal,
    Comment,
    Emergency,
    EmergencySecond,
    Opening,
    Proposal,
    Rejection,
    Release,
    Revision,
    Rollback,
    Waiver,
)
from governance.ledger.policy import Policy
from governance.ledger.sight import Sight, refuse, require_role
from governance.ledger.state import Change, IgnoredCode, Member, Stage, Version
from governance.names import Role, SubjectName
from governance.texts import _

_CLASS_OF: Final = {"templates": "message", "journeys": "journey"}


def require_may_say(  # noqa: C901, PLR0912 -- one case a kind
    sight: Sight, policy: Policy, entry: AboutChange, member: Member
) -> None:
    """Let an entry about a change pass that ``member`` may write now.

    Raises:
        NotEntitledError: They may not.
    """
    change = sight.changes.get(entry.change)
    if isinstance(entry, Opening):
        if change is not None:
            refuse(_("A change of this name was opened before."))
        _require_sound_proposal(sight, policy, entry)
        return
    if change is None:
        refuse(_("The ledger knows no such change."), IgnoredCode.NO_SUCH_CHANGE)
    match entry:
        case Comment():
            asked = {said.position for said in change.comments}
            if entry.answers is not None and entry.answers not in asked:
                refuse(_("There is no such comment to answer."))
        case Approval():
            _require_may_approve(policy, change, entry, member)
        case ApprovalWithdrawal():
            _require_stage(change, Stage.OPEN, Stage.EMERGENCY)
            if all(one.person != member.person for one in change.approvals):
                refuse(_("{person} has not approved.").format(person=member.person))
        case Revision():
            _require_stage(change, Stage.OPEN, Stage.REJECTED)
            _require_sound_proposal(sight, policy, entry)
        case Rejection() | Waiver():
            _require_stage(change, Stage.OPEN)
            _require_reviewer(policy, change, entry.role, member)
        case ChangeWithdrawal():
            _require_stage(change, Stage.OPEN, Stage.REJECTED)
            if member.person not in change.authors:
                require_role(member, policy.admin)
        case Emergency() | Release():  # an EmergencySecond is a Release
            _require_stage(change, Stage.OPEN)
            _require_may_release(sight, policy, change, entry, member)
        case _:
            raise AssertionError(entry.kind)


def _require_sound_proposal(sight: Sight, policy: Policy, entry: Proposal) -> None:
    names = [subject.name for subject in entry.subjects]
    if len(set(names)) < len(names):
        refuse(_("A change names a subject twice."))
    for subject in entry.subjects:
        expected = _CLASS_OF.get(subject.name.split("/")[0], subject.classes[0])
        if not {expected, *subject.classes} <= policy.classes.keys():
            refuse(_("The policy knows no such class."))
        if expected not in subject.classes:
            refuse(
                _("“{name}” belongs to the class “{expected}”.").format(
                    name=subject.name, expected=expected
                )
            )
    for key in entry.authors:
        held = sight.keys.get(key)
        if held is None or sight.members[held.person].is_service:
            refuse(_("An author of the branch takes no part here."))


def _require_may_approve(
    policy: Policy, change: Change, entry: Approval, member: Member
) -> None:
    _require_stage(change, Stage.OPEN, Stage.EMERGENCY)
    require_role(member, entry.role)
    _require_no_author(change, member)
    _require_same_bytes(change, entry.subjects)
    seen = change.proposal
    if (entry.subjects, entry.base, entry.checks, entry.words) != (
        seen.subjects,
        seen.base,
        seen.checks,
        seen.words,
    ):
        refuse(
            _("The approval was given to another state of the change."),
            IgnoredCode.CLOSURE_CHANGED,
        )
    if entry.policy != policy.digest:
        refuse(
            _("The approval names another policy than the one in force."),
            IgnoredCode.POLICY_WEAKENED,
        )


def _require_may_release(
    sight: Sight,
    policy: Policy,
    change: Change,
    entry: Emergency | Release,
    member: Member,
) -> None:
    match entry:
        case Emergency():
            require_role(member, policy.emergency.role)
            if len(change.subjects) != 1:
                refuse(_("An emergency is about one subject."))
            return
        case EmergencySecond():
            require_role(member, entry.role)
            _require_no_author(change, member)
            if change.urgent is None or change.urgent.position != entry.request:
                refuse(_("There is no such emergency."))
            if change.urgent.person == member.person:
                refuse(_("An emergency takes a second person."))
            if entry.role not in policy.emergency.seconds:
                refuse(
                    _("The role “{role}” joins no emergency.").format(role=entry.role)
                )
        case _:
            require_role(member, policy.release.role)
            if not policy.release.author_may_release:
                _require_no_author(change, member)
    _require_same_bytes(change, entry.releases)
    for released in entry.releases:
        if released.version != len(sight.versions.get(released.name, ())) + 1:
            refuse(_("The versions do not follow one another."))


def require_can_return(sight: Sight, entry: Rollback) -> None:
    """Let a rollback pass to a version that was, with the bytes that it had.

    Raises:
        NotEntitledError: There was none, or it is withdrawn.
    """
    version = version_of(sight, entry.subject, entry.to_version)
    if version.recalled:
        refuse(_("That version was withdrawn for cause."), IgnoredCode.WITHDRAWN)
    if version.closure != entry.closure:
        refuse(_("That version had other sources."), IgnoredCode.CLOSURE_CHANGED)
    if version.compiled != entry.compiled:
        refuse(_("That version had other bytes."), IgnoredCode.COMPILED_CHANGED)
    if entry.version != len(sight.versions[entry.subject]) + 1:
        refuse(_("The versions do not follow one another."))


def version_of(sight: Sight, subject: SubjectName, number: int) -> Version:
    """Return v``number`` of ``subject``.

    Raises:
        NotEntitledError: It was never released.
    """
    versions = sight.versions.get(subject, ())
    if number > len(versions):
        refuse(_("That version was never released."), IgnoredCode.NOT_RELEASED)
    return versions[number - 1]


def _require_same_bytes(
    change: Change, said: tuple[SubjectEntry, ...] | tuple[ReleasedSubject, ...]
) -> None:
    closures = {one.name: one.closure for one in said}
    if len(closures) < len(said) or closures != {
        one.name: one.closure for one in change.subjects
    }:
        refuse(_("The sources are not those proposed."), IgnoredCode.CLOSURE_CHANGED)
    compiled = {one.name: one.compiled for one in said}
    if compiled != {one.name: one.compiled for one in change.subjects}:
        refuse(_("The bytes are not those proposed."), IgnoredCode.COMPILED_CHANGED)


def _require_stage(change: Change, *stages: Stage) -> None:
    if change.stage not in stages:
        refuse(_("The change is no longer under review."))


def _require_no_author(change: Change, member: Member) -> None:
    if member.person in change.authors:
        refuse(_("You wrote this change; someone else signs it."))


def _require_reviewer(
    policy: Policy, change: Change, role: Role, member: Member
) -> None:
    require_role(member, role)
    _require_no_author(change, member)
    if role not in policy.reviewing:
        refuse(_("The role “{role}” reviews nothing.").format(role=role))
