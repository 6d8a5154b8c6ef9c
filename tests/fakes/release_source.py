"""A repository in memory, as the service reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from governance.changes.ports import References
from governance.errors import ExpectedError, LedgerUnavailableError
from governance.ledger.state import LedgerState, Version
from governance.names import (
    NOTHING_YET,
    Commit,
    Digest,
    PersonId,
    SubjectName,
    Tip,
)
from tests.fakes.make import Chain


@dataclass
class InMemorySource:
    """Shows a chain, with the compiled parts and the references that go with it.

    Attributes:
        compiled_parts: Subject → its parts, for all versions alike.
        closures: Subject → what its sources come to, or why they come to nothing;
            what the ledger says for all others.
        computed: How often that was computed.
        writing: Subject → who signed its commits, or why that cannot be said.
        main: Where ``main`` stands; None for where the ledger says.
        is_away: Whether the shared repository is silent.
        reads: How often entries were read.
        before_refs: Called before references are read, to let time pass.
    """

    chain: Chain
    compiled_parts: dict[SubjectName, Mapping[str, str]] = field(default_factory=dict)
    closures: dict[SubjectName, Digest | ExpectedError] = field(default_factory=dict)
    computed: int = 0
    writing: dict[SubjectName, Sequence[PersonId] | ExpectedError] = field(
        default_factory=dict
    )
    main: Commit | None = None
    has_remote: bool = True
    is_away: bool = False
    reads: int = 0
    before_refs: Callable[[], None] = lambda: None

    def fetch(self) -> None:
        if self.is_away:
            raise LedgerUnavailableError("The remote is silent.")

    def tip(self) -> Tip:
        count = len(self.chain.entries)
        return Tip(f"{count}-{hash(self.chain.entries[-1])}") if count else NOTHING_YET

    def entries(self, tip: Tip) -> Sequence[bytes]:
        assert tip == self.tip()
        self.reads += 1
        return tuple(self.chain.entries)

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        if subject not in self.compiled_parts:
            raise LedgerUnavailableError("The parts are not there.")
        return self.compiled_parts[subject]

    def closure(self, version: Version, journey: str) -> Digest:
        self.computed += 1
        found = self.closures.get(version.subject, version.closure)
        if isinstance(found, ExpectedError):
            raise found
        return found

    def writers(self, state: LedgerState, version: Version) -> Sequence[PersonId]:
        found = self.writing.get(version.subject, ())
        if isinstance(found, ExpectedError):
            raise found
        return found

    def refs(self) -> References:
        self.before_refs()
        state = self.chain.state
        tags = {
            version.tag: version.main
            for versions in state.versions.values()
            for version in versions
        }
        return References(state.main if self.main is None else self.main, tags)
