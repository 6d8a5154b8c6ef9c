"""What a release and an emergency have in common: a change becomes a version.

The change is brought onto what was released meanwhile and built once more; only if that
is, to the byte, what its entry names, it becomes the new end of ``main``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from governance.approval.candidate import Proposed
from governance.changes.authors import require_known_authors
from governance.changes.build import Build
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.merge import merged
from governance.changes.ports import Publication, Tag
from governance.changes.reading import Reading, names_of
from governance.errors import CompileDiffersError, EmptyChangeError, NotVerifiedError
from governance.ledger.entry import ReleasedSubject, SubjectEntry
from governance.ledger.kinds import Release
from governance.ledger.state import Change, LedgerState, version_tag
from governance.names import ChangeId, Commit, Tip
from governance.rendering.compiled import COMPILER
from governance.texts import _
from governance.trust.keys import SigningKey
from governance.trust.signer import Signer

# What may still refuse, given the change, and what was built, by their own rules.
Gate = Callable[[LedgerState, Change, Build, datetime], None]


@dataclass(slots=True)
class Publishing:
    """One change on its way to ``main``; it may be composed more than once.

    Attributes:
        publication: What the last composed entry publishes.
    """

    desk: Desk
    change: ChangeId
    key: SigningKey
    gate: Gate
    finish: Callable[[LedgerState, Release], Release]
    publication: Publication | None = field(default=None, init=False)

    def write(self) -> Reading:
        """Sign and publish.

        Raises:
            ExpectedError: As ``compose`` and ``Desk.write``.
        """
        return self.desk.write(self.compose, self.key, append=self.append)

    def append(self, entry: bytes, *, after: Tip, sign: Signer) -> Tip:
        """Add the entry with everything that becomes visible with it.

        Raises:
            StaleTipError: Something moved meanwhile; nothing was changed.
            LedgerUnavailableError: The repository cannot be written.
        """
        assert self.publication is not None, "an entry was composed"
        releases = self.desk.reader.releases
        return releases.publish(entry, self.publication, after=after, sign=sign)

    def compose(self, state: LedgerState, now: datetime) -> Release:
        """Build the change on what is released now, and make its entry.

        Raises:
            StaleChangeError: It is no longer there, or no longer open.
            ConflictError: What was released meanwhile changed the same files.
            NotVerifiedError: It is not what was agreed to, or a reference was moved.
            CompileDiffersError: Another program compiled it to other bytes.
            BadSignatureError: A commit of its branch is not its author's own.
            ExpectedError: Whatever the gate refuses with.
        """
        reader = self.desk.reader
        change = change_in(state, self.change)
        require_open(change)
        refs = reader.require_unmoved(state)
        require_known_authors(state, reader.repository, change)
        proposal = change.proposal
        released = reader.sources(refs.main)
        cut = reader.sources(proposal.commit)
        if refs.main != proposal.base:
            cut = merged(reader.sources(proposal.base), cut, released)
        try:
            build = reader.builder.build(released, cut, names_of(proposal))
        except EmptyChangeError as error:
            raise _closure_changed() from error
        require_as_proposed(build, change)
        self.gate(state, change, build, now)
        signer = self.desk.signer(state, self.key, now)
        main = reader.repository.keep(
            build.sources,
            parents=parents(refs.main, proposal.commit),
            message=f"{proposal.title}\n\n{proposal.reason}\n\nChange: {change.id}",
            sign=signer,
        )
        versions = numbered(state, build.subjects)
        self.publication = Publication(
            refs.main,
            main,
            {
                (one.name, one.version): build.parts[one.name]
                for one in versions
                if one.name in build.parts
            },
            tuple(tag_of(one, proposal.title) for one in versions),
        )
        entry = Release(at=now, change=change.id, main=main, releases=versions)
        return self.finish(state, entry)


def require_as_proposed(build: Build, change: Change) -> None:
    """Let a build pass that is, to the byte, what the change's entry names.

    Raises:
        NotVerifiedError: Other sources (CLOSURE_CHANGED) or other bytes of the same
            sources (COMPILED_CHANGED).
        CompileDiffersError: The author's program compiled to other bytes.
    """
    recorded = change.subjects
    known = Proposed(change.id, change.proposal.base, recorded)
    now = Proposed(change.id, change.proposal.base, build.as_in(recorded))
    if now == known:
        return
    if now.closures != known.closures:
        raise _closure_changed()
    if change.proposal.compiler != COMPILER:
        raise CompileDiffersError(
            _("The author compiled with “{theirs}”, you have “{ours}”.").format(
                theirs=change.proposal.compiler, ours=COMPILER
            ),
            code="COMPILED_CHANGED",
        )
    if now.compiled != known.compiled:
        raise NotVerifiedError(
            _("The compiled parts are not those that were agreed to."),
            code="COMPILED_CHANGED",
        )
    raise _closure_changed()


def numbered(
    state: LedgerState, subjects: Sequence[SubjectEntry]
) -> tuple[ReleasedSubject, ...]:
    """Give each subject its next version."""
    return tuple(
        ReleasedSubject(
            name=subject.name,
            version=len(state.versions.get(subject.name, ())) + 1,
            closure=subject.closure,
            compiled=subject.compiled,
        )
        for subject in subjects
    )


def tag_of(released: ReleasedSubject, title: str) -> Tag:
    """Name a version in git, with the digests that it stands for."""
    lines = [title, "", f"Subject: {released.name}", f"Closure: {released.closure}"]
    if released.compiled:
        lines.append(f"Compiled: {released.compiled}")
    return Tag(version_tag(released.name, released.version), "\n".join(lines))


def parents(main: Commit, branch: Commit) -> tuple[Commit, ...]:
    """Return what a commit of ``main`` stands on."""
    return (main, branch) if main else (branch,)


def _closure_changed() -> NotVerifiedError:
    return NotVerifiedError(
        _(
            "With what was released meanwhile, the sources are not those that were "
            "agreed to."
        ),
        code="CLOSURE_CHANGED",
    )
