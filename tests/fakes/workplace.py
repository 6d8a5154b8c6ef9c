"""A workspace with its people, over fakes or over git.

Ana founds it, administers it and writes; Ben signs for legal, Cara for HR, Dan
releases. Everybody's passphrase is their first name.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.store import GitStore
from governance.changes.approve_change import ApproveChange
from governance.changes.build import Builder
from governance.changes.credentials import Consent, Credentials
from governance.changes.desk import Desk
from governance.changes.draft import Draft, Opened
from governance.changes.open_change import OpenChange
from governance.changes.ports import Releases
from governance.changes.reading import Reader, Reading
from governance.changes.release_change import ReleaseChange
from governance.changes.revise_change import ReviseChange
from governance.changes.roll_back import RollBack
from governance.content.ports import Repository
from governance.content.sources import Sources
from governance.ledger.book import Book
from governance.ledger.policy import Policy
from governance.ledger.ports import Ledger
from governance.names import ChangeId, Commit, PersonId, Role, SubjectName
from governance.people.enrol import enrol
from governance.people.found import Founder, found
from governance.trust.signer import Signer
from tests.fakes.ledger import InMemoryLastSeen, InMemoryLedger
from tests.fakes.library import a_library
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    COMMS,
    DAN,
    EVE,
    HR,
    LEGAL,
    MANAGER,
    NOON,
    a_policy,
)
from tests.fakes.progress import Noted
from tests.fakes.rendering import PureRenderer, SetChecker
from tests.fakes.repository import InMemoryReleases, InMemoryRepository
from tests.fakes.vault import InMemoryVault

TEAM = {BEN: [LEGAL], CARA: [HR], DAN: [MANAGER], EVE: [LEGAL, HR]}


@dataclass
class Watch:
    """A clock that a test sets."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Workplace:
    ledger: Ledger
    repository: Repository
    releases: Releases
    vault: InMemoryVault = field(default_factory=InMemoryVault)
    renderer: PureRenderer = field(default_factory=PureRenderer)
    checker: SetChecker = field(default_factory=SetChecker)
    last_seen: InMemoryLastSeen = field(default_factory=InMemoryLastSeen)
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        self.builder = Builder(self.renderer, self.checker)
        self.reader = Reader(
            Book(self.ledger),
            self.repository,
            self.releases,
            self.builder,
            self.last_seen,
            self.watch,
        )
        self.desk = Desk(self.reader, self.vault, self.watch)

    def found(self, policy: Policy | None = None) -> "Workplace":
        self.vault.create(ANA, "ana")
        key, book = self.vault.unlock(ANA, "ana"), self.reader.book
        main = self.repository.keep(
            a_library(),
            parents=(),
            message="Begin",
            sign=Signer(ANA, "Ana", key, NOON),
        )
        self.repository.establish(main)
        founder = Founder(ANA, "Ana", [COMMS])
        found(
            book,
            "Test",
            policy or a_policy(),
            founder,
            key=key,
            now=NOON,
            main=main,
        )
        for person, roles in TEAM.items():
            name = person.split("@")[0]
            public = self.vault.create(person, name)
            enrol(book, person, name.title(), public, *roles, key=key, now=NOON)
        return self

    @property
    def main(self) -> Commit:
        return self.repository.main()

    def read(self) -> Reading:
        return self.reader.read()

    def draft(self, sources: Sources, *, base: Commit | None = None) -> Draft:
        begun = self.main if base is None else base
        return Draft("Warmer words", "Candidates asked.", sources, begun)

    def open(
        self,
        sources: Sources,
        *,
        by: PersonId = ANA,
        base: Commit | None = None,
    ) -> Opened:
        draft = self.draft(sources, base=base)
        return OpenChange(self.desk, self.builder)(draft, as_(by), Noted())

    def revise(
        self, change: ChangeId, sources: Sources, *, by: PersonId = ANA
    ) -> Opened:
        revise = ReviseChange(self.desk, self.builder)
        return revise(change, self.draft(sources), as_(by), Noted())

    def approve(
        self, change: ChangeId, by: PersonId = BEN, role: Role = LEGAL
    ) -> Reading:
        seen = self.reader.look(change).proposed
        return ApproveChange(self.desk)(seen, consent_of(by, role), Noted())

    def release(self, change: ChangeId, by: PersonId = DAN) -> Reading:
        return ReleaseChange(self.desk)(change, as_(by), Noted())

    def agree_and_release(self, sources: Sources) -> ChangeId:
        change = self.open(sources).change
        self.approve(change, BEN, LEGAL)
        self.approve(change, CARA, HR)
        self.release(change)
        return change

    def roll_back(self, subject: SubjectName, to: int, by: PersonId = DAN) -> Reading:
        return RollBack(self.desk)(subject, to, "It confused.", as_(by), Noted())


def as_(person: PersonId) -> Credentials:
    return Credentials(person, person.split("@")[0])


def consent_of(person: PersonId, role: Role) -> Consent:
    return Consent(person, person.split("@")[0], role)


def in_memory(policy: Policy | None = None) -> Workplace:
    ledger, repository = InMemoryLedger(), InMemoryRepository()
    place = Workplace(ledger, repository, InMemoryReleases(ledger, repository))
    return place.found(policy)


def over_git(store: GitStore) -> Workplace:
    return Workplace(GitLedger(store), GitRepository(store), GitReleases(store))


def in_git(folder: Path, policy: Policy | None = None) -> Workplace:
    return over_git(GitStore.make(folder / "repository.git")).found(policy)
