"""Builders. Each gives a valid thing; a test names only what matters to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import msgspec
from msgspec.structs import replace

from governance.approval.candidate import Candidate, Proposed
from governance.approval.verdict import Code
from governance.approval.verify import verify, verify_change
from governance.ledger.chain import head_of
from governance.ledger.entry import Entry, ReleasedSubject, SubjectEntry
from governance.ledger.kinds import (
    Approval,
    Emergency,
    EmergencySecond,
    Enrolment,
    Genesis,
    Opening,
    Release,
    Revision,
    Rollback,
    Words,
)
from governance.ledger.policy import (
    ClassRule,
    EmergencyRule,
    Policy,
    ReleaseRule,
    RollbackRule,
)
from governance.ledger.replay import replay
from governance.ledger.state import LedgerState
from governance.ledger.statement import to_statement
from governance.names import ChangeId, Commit, Digest, PersonId, Role, SubjectName
from governance.trust.dsse import seal
from governance.trust.keys import SigningKey

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ANA, BEN, CARA, DAN, EVE = (
    PersonId(f"{name}@example.com") for name in ("ana", "ben", "cara", "dan", "eve")
)
ADMIN, LEGAL, HR, COMMS, MANAGER = map(
    Role, ("admin", "legal", "hr", "communications", "release_manager")
)
CHANGE = ChangeId("01KE6N2G000000000000000000")
OTHER_CHANGE = ChangeId("01KE6N2G000000000000000001")
OFFER = SubjectName("templates/offer-accepted")
INVITE = SubjectName("templates/interview-invitation")
CLOSURE, COMPILED, CHECKS = (Digest(letter * 64) for letter in "cde")
OTHER = Digest("f" * 64)
WORDS = Words(title="Warmer words", reason="Candidates asked.").digest
BASE, TIP_OF_CHANGE, MAIN = (Commit(digit * 40) for digit in "123")
MONTH, YEAR = 30 * 86_400, 365 * 86_400


@cache
def key_of(person: PersonId) -> SigningKey:
    return SigningKey.generate()


def a_policy(
    quorum: Mapping[Role, int] | None = None,
    *,
    max_age: int = 0,
    author_may_release: bool = False,
) -> Policy:
    """Legal and HR agree with messages; Dan releases, rolls back and hurries."""
    rule = ClassRule(quorum=dict(quorum or {LEGAL: 1, HR: 1}), max_age=max_age)
    roles = (ADMIN, LEGAL, HR, COMMS, MANAGER)
    return Policy(
        roles={role: role.replace("_", " ").capitalize() for role in roles},
        classes=dict.fromkeys(("message", "journey", "record", "standards"), rule),
        meanings=dict.fromkeys((LEGAL, HR, COMMS), "I agree."),
        release=ReleaseRule(role=MANAGER, author_may_release=author_may_release),
        rollback=RollbackRule(role=MANAGER),
        emergency=EmergencyRule(
            role=MANAGER,
            seconds=(LEGAL, HR, COMMS),
            lasts=3 * 86_400,
            review_within=5 * 86_400,
        ),
    )


def a_subject(
    name: SubjectName = OFFER,
    *,
    closure: Digest = CLOSURE,
    compiled: Digest = COMPILED,
    classes: tuple[str, ...] = ("message",),
    version_before: int = 0,
) -> SubjectEntry:
    return SubjectEntry(
        name=name,
        classes=classes,
        closure=closure,
        compiled=compiled,
        version_before=version_before,
    )


SUBJECT = a_subject()
SEEN = Proposed(CHANGE, BASE, (SUBJECT,))
RELEASED = Candidate(OFFER, CLOSURE, COMPILED)


def an_opening(of: Proposed = SEEN, *, compiler: str = "test") -> Opening:
    return Opening(
        at=NOON,
        change=of.change,
        title="Warmer words",
        reason="Candidates asked.",
        base=of.base,
        commit=TIP_OF_CHANGE,
        subjects=of.subjects,
        compiler=compiler,
        checks=CHECKS,
        errors=0,
    )


def a_revision(of: Proposed = SEEN) -> Revision:
    return Revision(**msgspec.structs.asdict(an_opening(of)))


def an_approval(
    role: Role = LEGAL, *, of: Proposed = SEEN, policy: Policy | None = None
) -> Approval:
    return Approval(
        at=NOON,
        change=of.change,
        role=role,
        meaning="I agree.",
        subjects=of.subjects,
        base=of.base,
        policy=(policy or a_policy()).digest,
        checks=CHECKS,
        words=WORDS,
    )


def a_release(of: Proposed = SEEN, *, version: int = 1, main: Commit = MAIN) -> Release:
    return Release(
        at=NOON,
        change=of.change,
        main=main,
        releases=tuple(_released(subject, version) for subject in of.subjects),
    )


def a_rollback(
    *, version: int = 3, to: int = 1, of: SubjectEntry = SUBJECT
) -> Rollback:
    return Rollback(
        at=NOON,
        subject=of.name,
        version=version,
        to_version=to,
        closure=of.closure,
        compiled=of.compiled,
        main=MAIN,
        reason="It confused people.",
    )


def an_emergency(of: Proposed = SEEN) -> Emergency:
    return Emergency(at=NOON, change=of.change, reason="A wrong date.", incident="7")


def a_second(
    request: int, role: Role = LEGAL, *, of: Proposed = SEEN, version: int = 1
) -> EmergencySecond:
    return EmergencySecond(
        at=NOON,
        change=of.change,
        main=MAIN,
        releases=tuple(_released(subject, version) for subject in of.subjects),
        request=request,
        role=role,
    )


def _released(subject: SubjectEntry, version: int) -> ReleasedSubject:
    return ReleasedSubject(
        name=subject.name,
        version=version,
        closure=subject.closure,
        compiled=subject.compiled,
    )


@dataclass
class Chain:
    """Entries as stored, each signed and linked to the ones before.

    Ana founds and administers it, and writes the changes.
    """

    entries: list[bytes] = field(default_factory=list)

    @classmethod
    def founded(
        cls,
        quorum: Mapping[Role, int] | None = None,
        *,
        policy: Policy | None = None,
        **roles: Iterable[Role],
    ) -> "Chain":
        """Ana founds it; the others are enrolled by name: ``ben=[LEGAL]``."""
        chain = cls()
        key = key_of(ANA).public.openssh
        chain.add(
            ANA,
            Genesis(
                at=NOON,
                workspace="Test",
                person=ANA,
                name="Ana",
                key=key,
                policy=policy or a_policy(quorum),
            ),
        )
        for name, held in roles.items():
            chain.enrol(PersonId(f"{name}@example.com"), *held)
        return chain

    @classmethod
    def of_a_team(cls, *, policy: Policy | None = None) -> "Chain":
        """Found it with Ben (legal), Cara (HR), Dan (release manager); one change."""
        chain = cls.founded(policy=policy, ben=[LEGAL], cara=[HR], dan=[MANAGER])
        chain.open()
        return chain

    @classmethod
    def with_a_release(cls, *, policy: Policy | None = None) -> "Chain":
        """Let the team release the change."""
        chain = cls.of_a_team(policy=policy)
        chain.approve(BEN, LEGAL)
        chain.approve(CARA, HR)
        chain.add(DAN, a_release())
        return chain

    def enrol(
        self,
        person: PersonId,
        *roles: Role,
        by: PersonId = ANA,
        key: SigningKey | None = None,
    ) -> None:
        line = (key or key_of(person)).public.openssh
        name = person.split("@")[0].capitalize()
        self.add(
            by, Enrolment(at=NOON, person=person, name=name, key=line, roles=roles)
        )

    def open(self, by: PersonId = ANA, of: Proposed = SEEN) -> None:
        self.add(by, an_opening(of))

    def approve(self, by: PersonId, role: Role, of: Proposed = SEEN) -> None:
        self.add(by, an_approval(role, of=of, policy=self.state.policy))

    def add(self, by: PersonId, entry: Entry, *, key: SigningKey | None = None) -> None:
        linked = replace(entry, previous=head_of(self.entries))
        self.entries.append(sealed(linked, key or key_of(by)))

    @property
    def state(self) -> LedgerState:
        return replay(self.entries)  # may have a fault: that is for the test to say

    def verdict(
        self, candidate: Candidate | Proposed = RELEASED, *, now: datetime = NOON
    ) -> Code:
        """Return the code of what verification says of ``candidate``."""
        if isinstance(candidate, Proposed):
            return verify_change(self.state, candidate, now=now).code
        return verify(self.state, candidate, now=now).code


def sealed(entry: Entry, key: SigningKey) -> bytes:
    return seal(to_statement(entry), key).to_bytes()
