"""Sources and releases in memory, which keep the ports' promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from governance.changes.ports import Publication, References
from governance.content.ports import CommitSigner
from governance.content.sources import Sources
from governance.errors import (
    BadSignatureError,
    LedgerUnavailableError,
    StaleTipError,
)
from governance.ledger.ports import Ledger
from governance.names import ChangeId, Commit, SubjectName, Tip
from governance.trust.signer import Signer

NOWHERE = Commit("")


@dataclass(frozen=True)
class Kept:
    sources: Sources
    parents: tuple[Commit, ...]
    signer: CommitSigner | None


@dataclass
class InMemoryRepository:
    """Its commits count up, as 40 digits."""

    commits: dict[Commit, Kept] = field(default_factory=dict)
    changes: dict[ChangeId, Commit] = field(default_factory=dict)
    released: Commit = NOWHERE

    def main(self) -> Commit:
        return self.released

    def branch(self, change: ChangeId) -> Commit:
        return self.changes.get(change, Commit(""))

    def branches(self) -> Mapping[ChangeId, Commit]:
        return dict(self.changes)

    def sources(self, commit: Commit) -> Sources:
        return self._kept(commit).sources

    def signers(self, commit: Commit, *, base: Commit) -> tuple[CommitSigner, ...]:
        known, found = self._history(base), []
        for name in sorted(self._history(commit) - known, reverse=True):
            signer = self._kept(name).signer
            if signer is None:
                raise BadSignatureError(f"{name} is not signed")
            found.append(signer)
        return tuple(found)

    def is_released(self, commit: Commit) -> bool:
        return commit in self._history(self.released)

    def propose(
        self,
        change: ChangeId,
        sources: Sources,
        *,
        base: Commit,
        after: Commit,
        message: str,
        sign: Signer,
    ) -> Commit:
        if after != self.branch(change):
            raise StaleTipError("Someone else was faster.")
        parents = (after or base,) if after or base else ()
        new = self.keep(sources, parents=parents, message=message, sign=sign)
        self.changes[change] = new
        return new

    def keep(
        self,
        sources: Sources,
        *,
        parents: tuple[Commit, ...],
        message: str,
        sign: Signer | None,
    ) -> Commit:
        name = Commit(f"{len(self.commits) + 1:040}")
        signer = (
            CommitSigner(name, sign.person, sign.key.public.fingerprint)
            if sign
            else None
        )
        self.commits[name] = Kept(sources, parents, signer)
        return name

    def establish(self, commit: Commit) -> None:
        if self.released:
            raise StaleTipError("main is there already")
        self.released = commit

    def _kept(self, commit: Commit) -> Kept:
        if commit not in self.commits:
            raise LedgerUnavailableError(f"no commit {commit}")
        return self.commits[commit]

    def _history(self, commit: Commit) -> set[Commit]:
        found: set[Commit] = set()
        waiting = [commit] if commit else []
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._kept(name).parents
        return found


@dataclass
class InMemoryReleases:
    """Publishes into a ledger and a repository of the same kind."""

    ledger: Ledger
    repository: InMemoryRepository
    parts: dict[tuple[SubjectName, int], Mapping[str, str]] = field(
        default_factory=dict
    )
    known: dict[Tip, Sequence[tuple[SubjectName, int]]] = field(default_factory=dict)
    tags: dict[str, Commit] = field(default_factory=dict)

    def publish(
        self, entry: bytes, publication: Publication, *, after: Tip, sign: Signer
    ) -> Tip:
        is_taken = any(tag.name in self.tags for tag in publication.tags)
        if is_taken or self.repository.released != publication.before:
            raise StaleTipError("Someone else was faster.")
        tip = self.ledger.append(entry, after=after, sign=sign)
        self.repository.released = publication.main
        self.tags |= {tag.name: publication.main for tag in publication.tags}
        self.parts |= publication.compiled
        self.known[tip] = tuple(self.parts)
        return tip

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        if (subject, version) not in self.parts or tip != self.ledger.tip():
            raise LedgerUnavailableError(f"no {subject} v{version}")
        return self.parts[subject, version]

    def seen(self) -> References:
        return References(self.repository.released, dict(self.tags))

    def settle(self) -> None:
        """Nothing is ever left half done in memory."""
