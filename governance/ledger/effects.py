"""What each kind of entry does to the state; whether it may stand is ``entitled``'s."""

from dataclasses import replace

from governance.ledger.chain import NO_HEAD
from governance.ledger.entry import Entry, ReleasedSubject
from governance.ledger.kinds import (
    AboutChange,
    AboutKey,
    Anchor,
    Approval,
    ApprovalWithdrawal,
    ChangeWithdrawal,
    Comment,
    Emergency,
    EmergencySecond,
    Enrolment,
    Genesis,
    HoldRelease,
    HoldSet,
    KeyRevocation,
    Opening,
    PolicyChange,
    Proposal,
    Recall,
    Rejection,
    Release,
    Revision,
    RoleGrant,
    RoleRevocation,
    Rollback,
    Second,
    Waiver,
)
from governance.ledger.policy import Policy
from governance.ledger.seconds import adds_power, administrators, needs_second
from governance.ledger.state import (
    Alone,
    Change,
    Fault,
    HeldKey,
    Hold,
    Ignored,
    IgnoredCode,
    LedgerState,
    Means,
    Member,
    Recalled,
    Refused,
    Said,
    Signed,
    Stage,
    Urgent,
    Version,
    Waiting,
    Waived,
)
from governance.names import ChangeId, Digest, Fingerprint, PersonId, Role
from governance.trust.keys import PublicKey


class Growing:
    """The state while it grows; copying it at every entry would be quadratic."""

    def __init__(self, start: LedgerState) -> None:
        self.heads = list(start.heads)
        self.workspace, self.root = start.workspace, start.root
        self.policy, self.main = start.policy, start.main
        self._policy = self.policy.digest if self.policy else Digest("")
        self.policies = dict(start.policies)
        self.waiting = dict(start.waiting)
        self._alone = list(start.alone)
        self.is_shared = start.is_shared
        self.members = dict(start.members)
        self.keys = dict(start.keys)
        self.changes = dict(start.changes)
        self.versions = dict(start.versions)
        self.holds = dict(start.holds)
        self._anchors = list(start.anchors)
        self._ignored = list(start.ignored)
        self.fault: Fault | None = start.fault
        self.seen = set(start.seen)

    @property
    def head(self) -> Digest:
        """The head of the chain."""
        return self.heads[-1] if self.heads else NO_HEAD

    @property
    def length(self) -> int:
        """How many entries there are; the position of the one that is read."""
        return len(self.heads)

    def state(self) -> LedgerState:
        """Hand out what has grown."""
        return LedgerState(
            heads=tuple(self.heads),
            workspace=self.workspace,
            root=self.root,
            policy=self.policy,
            policies=self.policies,
            waiting=self.waiting,
            alone=tuple(self._alone),
            is_shared=self.is_shared,
            members=self.members,
            keys=self.keys,
            changes=self.changes,
            versions=self.versions,
            holds=self.holds,
            main=self.main,
            anchors=tuple(self._anchors),
            ignored=tuple(self._ignored),
            fault=self.fault,
            seen=frozenset(self.seen),
        )

    def ignore(self, position: int, code: IgnoredCode, reason: str) -> None:
        """Name an entry that is without effect."""
        self._ignored.append(Ignored(position, code, reason))

    def record(  # noqa: C901, PLR0912 -- one case a kind
        self, entry: Entry, person: PersonId, key: Fingerprint, envelope: Digest
    ) -> None:
        """Let an entry have its effect; it may stand and is the next in the chain."""
        match entry:
            case Approval():
                signed = Signed(person, entry, self.length, key, envelope)
                change = self.changes[entry.change]
                self.changes[change.id] = change.but(
                    approvals=(*change.approvals, signed)
                )
            case Release():
                self._release(entry, person, key)
            case AboutChange():
                self._say(entry, person, key)
            case Genesis():
                self.workspace, self.root = entry.workspace, envelope
                self.main = entry.main
                self._rule(entry.policy)
                self._enrol(entry, frozenset({entry.policy.admin, *entry.roles}))
            case Enrolment() | RoleGrant() | PolicyChange():
                if needs_second(self, entry):
                    position = self.length
                    self.waiting[position] = Waiting(
                        person, key, entry, position, envelope
                    )
                elif self._empower(entry):
                    self._alone.append(Alone(person, entry, self.length))
            case Second():
                self._empower(self.waiting.pop(entry.entry).entry)
            case RoleRevocation():
                roles = self.members[entry.person].roles - {entry.role}
                self._give(entry.person, roles)
            case KeyRevocation():
                self._revoke(entry)
            case Rollback():
                self._roll_back(entry, person, key)
            case Recall():
                versions = list(self.versions[entry.subject])
                recalled = Recalled(person, entry.reason, entry.at, self.length)
                at = entry.version - 1
                versions[at] = replace(versions[at], recalled=recalled)
                self.versions[entry.subject] = tuple(versions)
            case HoldSet():
                hold = Hold(person, entry.role, entry.reason, entry.at, self.length)
                held = self.holds.get(entry.subject, ())
                self.holds[entry.subject] = (*held, hold)
            case HoldRelease():
                held = self.holds.pop(entry.subject)
                if kept := tuple(one for one in held if one.position != entry.hold):
                    self.holds[entry.subject] = kept
            case Anchor():
                self._anchors.append(entry)
            case _:
                raise AssertionError(entry.kind)

    # -------------------------------------------------------------- people and policy

    def _empower(self, entry: Enrolment | RoleGrant | PolicyChange) -> bool:
        """Let people have what they are given; say whether it is more than before."""
        is_more = adds_power(self, entry)
        match entry:
            case Enrolment():
                self._enrol(entry, frozenset(entry.roles))
            case RoleGrant():
                roles = self.members[entry.person].roles | {entry.role}
                self._give(entry.person, roles)
            case PolicyChange():
                self._rule(entry.policy)
        self.is_shared = self.is_shared or len(administrators(self)) > 1
        return is_more

    def _enrol(self, entry: AboutKey, roles: frozenset[Role]) -> None:
        key = PublicKey.from_openssh(entry.key)
        before = self.members.get(entry.person)
        if before and before.key and before.key != key:
            self._end(before.key.fingerprint)
        if key.fingerprint not in self.keys:
            self.keys[key.fingerprint] = HeldKey(entry.person, key, self.length)
        self.members[entry.person] = Member(entry.person, entry.name, key, roles)

    def _give(self, person: PersonId, roles: frozenset[Role]) -> None:
        self.members[person] = replace(self.members[person], roles=roles)

    def _revoke(self, entry: KeyRevocation) -> None:
        self._end(entry.key)
        if entry.since is not None:
            held = replace(self.keys[entry.key], stolen_at=entry.since)
            self.keys[entry.key] = held
        member = self.members[entry.person]
        if member.key and member.key.fingerprint == entry.key:
            self.members[entry.person] = replace(member, key=None)

    def _end(self, key: Fingerprint) -> None:
        if self.keys[key].until is None:
            self.keys[key] = replace(self.keys[key], until=self.length)

    def _rule(self, policy: Policy) -> None:
        self.policy, self._policy = policy, policy.digest
        self.policies[self._policy] = policy
        self.waiting = {  # a policy is agreed to as it compares with the one in force
            position: waiting
            for position, waiting in self.waiting.items()
            if not isinstance(waiting.entry, PolicyChange)
        }

    # ------------------------------------------------------------------------ changes

    def _say(self, entry: AboutChange, person: PersonId, key: Fingerprint) -> None:
        if isinstance(entry, Opening):
            authors = self._authors(entry, person)
            change = Change(
                entry.change,
                person,
                authors,
                entry.at,
                self.length,
                entry,
                commits=((self.length, entry.commit),),
            )
        else:
            change = self._said(self.changes[entry.change], entry, person, key)
        self.changes[entry.change] = change

    def _said(  # noqa: PLR0911 -- one case a kind
        self, change: Change, entry: AboutChange, person: PersonId, key: Fingerprint
    ) -> Change:
        match entry:
            case Comment():
                said = Said(person, entry, self.length)
                return change.but(comments=(*change.comments, said))
            case Waiver():
                waived = Waived(person, entry, self.length)
                return replace(change, waivers=(*change.waivers, waived))
            case Revision():
                return replace(
                    change,
                    authors=change.authors | self._authors(entry, person),
                    proposal=entry,
                    revisions=change.revisions + 1,
                    commits=(*change.commits, (self.length, entry.commit)),
                    stage=Stage.OPEN,
                    rejection=None,
                    urgent=None,
                )
            case ApprovalWithdrawal():
                kept = (one for one in change.approvals if one.person != person)
                return replace(change, approvals=tuple(kept))
            case Rejection():
                refused = Refused(person, entry, self.length)
                return replace(
                    change, stage=Stage.REJECTED, approvals=(), rejection=refused
                )
            case ChangeWithdrawal():
                return replace(change, stage=Stage.WITHDRAWN, approvals=())
            case Emergency():
                urgent = Urgent(
                    person, key, entry.reason, entry.incident, entry.at, self.length
                )
                return replace(change, urgent=urgent)
            case _:
                raise AssertionError(entry.kind)

    def _authors(self, entry: Proposal, person: PersonId) -> frozenset[PersonId]:
        return frozenset({person, *(self.keys[key].person for key in entry.authors)})

    # ------------------------------------------------------------ what candidates get

    def _release(self, entry: Release, person: PersonId, key: Fingerprint) -> None:
        is_urgent = isinstance(entry, EmergencySecond)
        means = Means.EMERGENCY if is_urgent else Means.RELEASE
        change = self.changes[entry.change]
        stage = Stage.EMERGENCY if is_urgent else Stage.RELEASED
        self.changes[entry.change] = change.but(stage=stage)
        self.main = entry.main
        for released in entry.releases:
            version = self._version(released, entry, means, person, key)
            self._add(replace(version, change=change.id, reason=change.proposal.reason))

    def _roll_back(self, entry: Rollback, person: PersonId, key: Fingerprint) -> None:
        self.main = entry.main
        released = ReleasedSubject(
            name=entry.subject,
            version=entry.version,
            closure=entry.closure,
            compiled=entry.compiled,
        )
        version = self._version(released, entry, Means.ROLLBACK, person, key)
        target = self.versions[entry.subject][entry.to_version - 1]
        self._add(
            replace(
                version,
                change=target.change,
                reason=entry.reason,
                of=entry.to_version,
            )
        )

    def _version(
        self,
        released: ReleasedSubject,
        entry: Release | Rollback,
        means: Means,
        person: PersonId,
        key: Fingerprint,
    ) -> Version:
        return Version(
            subject=released.name,
            number=released.version,
            closure=released.closure,
            compiled=released.compiled,
            main=entry.main,
            change=ChangeId(""),
            means=means,
            person=person,
            key=key,
            reason="",
            at=entry.at,
            position=self.length,
            policy=self._policy,
        )

    def _add(self, version: Version) -> None:
        before = self.versions.get(version.subject, ())
        self.versions[version.subject] = (*before, version)
