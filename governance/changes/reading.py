"""Reading: everything that the pages show, taken at one moment, as one frozen value.

Verbs return it and the window passes it on, so a page never asks the repository itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from governance.approval.alarms import alarm
from governance.approval.candidate import Proposed
from governance.approval.tally import Tally, tally
from governance.approval.verdict import Code, Verdict, require_verified
from governance.approval.verify import verify_change
from governance.changes.authors import require_known_authors
from governance.changes.beginnings import require_released_beginning
from governance.changes.build import Build, Builder, Checks
from governance.changes.ports import References, Releases
from governance.content.ports import Repository
from governance.content.sources import Sources
from governance.errors import ExpectedError, StaleChangeError, StaleTipError
from governance.ledger.book import Book, Page
from governance.ledger.kinds import Proposal
from governance.ledger.ports import LastSeen
from governance.ledger.seen import Seen
from governance.ledger.state import Change, LedgerState, Stage
from governance.names import ChangeId, Commit, SubjectName, Tip
from governance.ports import Clock
from governance.texts import _

_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as the ledger tells it; ``Reader.look`` builds it to be reviewed.

    Attributes:
        verdict: Whether everyone who must has agreed with what was proposed.
        is_edited: Whether its branch goes on after what was proposed.
    """

    change: Change
    tally: Tally
    verdict: Verdict
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The workspace at one moment.

    Attributes:
        main: Where the released sources end.
        alarm: What is wrong with the ledger as a whole, None if nothing is.
        released: The sources at ``main``; ``library`` makes rows of them.
        strays: Branches of changes that no entry opened.
        problems: Why something has no row, in words.
    """

    tip: Tip
    state: LedgerState
    main: Commit
    refs: References
    alarm: Verdict | None
    changes: Mapping[ChangeId, ChangeRow]
    released: Sources = field(repr=False)
    strays: tuple[ChangeId, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A change as a reviewer has it before their eyes.

    Attributes:
        proposed: What this computer made of the branch; an approval names it.
        before: The sources that the change begins with.
    """

    change: Change
    proposed: Proposed
    build: Build
    before: Sources


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes readings; holds nothing but where to look."""

    book: Book
    repository: Repository
    releases: Releases
    builder: Builder
    last_seen: LastSeen
    clock: Clock
    # What is closed is history: it is judged once, until something speaks of the past.
    _closed: dict[ChangeId, ChangeRow] = field(
        default_factory=dict, repr=False, compare=False
    )
    _judged_by: list[object] = field(default_factory=list, repr=False, compare=False)

    def read(self) -> Reading:
        """Look at everything as it is now; what is broken hides nothing else.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
            UnknownFormatError: What was last seen of the ledger cannot be read.
        """
        page, refs, trouble = self._settled()
        branches, problems = self.repository.branches(), []
        self._forget_if_the_past_changed(page.state)
        rows = {
            name: self._row(page.state, change, branches.get(name))
            for name, change in page.state.changes.items()
        }
        released = Sources()
        try:
            released = self.sources(refs.main)
        except ExpectedError as error:
            problems.append(str(error))
        if trouble is None:
            self.last_seen.remember(Seen.of(page.state))
        return Reading(
            page.tip,
            page.state,
            refs.main,
            refs,
            trouble,
            rows,
            released,
            tuple(sorted(branches.keys() - rows.keys())),
            tuple(problems),
        )

    def look(self, change: ChangeId) -> Look:
        """Build a change from what its last entry names.

        Raises:
            StaleChangeError: There is no such change.
            BadSignatureError: A commit of its branch is not its author's own.
            NotEntitledError: Its entry leaves out somebody who wrote a part of it.
            NotVerifiedError: It begins with a text that was never released.
            MarkupError: It cannot be compiled.
            LedgerUnavailableError: The repository cannot be read.
        """
        return self.look_at(self.book.open().state, change)

    def look_at(self, state: LedgerState, name: ChangeId) -> Look:
        """Build a change as ``state`` names it; raises as ``look`` does."""
        change = state.changes.get(name)
        if change is None:
            raise StaleChangeError(
                _("There is no change {change}.").format(change=name),
                remedy=_("Take its name from the list of changes."),
                code=Code.NO_SUCH_CHANGE,
            )
        require_known_authors(state, self.repository, change)
        proposal = change.proposal
        before = self.sources(proposal.base)
        require_released_beginning(state, change, before)
        build = self.builder.build(
            before, self.sources(proposal.commit), names_of(proposal)
        )
        subjects = build.as_in(proposal.subjects)
        proposed = Proposed(name, proposal.base, subjects, proposal.words)
        return Look(change, proposed, build, before)

    def check(self, look: Look) -> Checks:
        """Check what a change alters.

        Raises:
            RendererUnavailableError: Nobody checks.
        """
        return self.builder.check(look.build)

    def sources(self, commit: Commit) -> Sources:
        """Return the sources at ``commit``, none at all for "".

        Raises:
            LedgerUnavailableError: The repository cannot be read, or lacks it.
        """
        return self.repository.sources(commit) if commit else Sources()

    def require_sound(self, state: LedgerState) -> None:
        """Let a ledger pass that grew from what was seen before.

        Raises:
            NotVerifiedError: It went back, forked, or is broken; the code says which.
        """
        last = self.last_seen.last()
        trouble = alarm(state, seen=last)
        if trouble and trouble.code is Code.LEDGER_REWOUND:
            # Another process may have read, and remembered, more than this one: then
            # ``state`` is only old, and nothing can be written on top of it.
            now = self.book.open().state
            if now.heads[: state.length] == state.heads:
                trouble = alarm(now, seen=last)
        if trouble:
            require_verified(trouble)

    def require_unmoved(self, state: LedgerState) -> References:
        """Let references pass that stand where the ledger says.

        What a computer left half done that stopped in the middle is finished first.

        Raises:
            StaleTipError: Somebody released something after ``state``.
            NotVerifiedError: One was moved by somebody else (REF_MOVED).
            LedgerUnavailableError: The repository cannot be read or written.
        """
        refs = self.releases.seen()
        if alarm(state, refs=refs):
            if self.book.open().state.head != state.head:
                raise StaleTipError(_("Someone else was faster."))
            self.releases.settle()
            refs = self.releases.seen()
        self.require_sound(state)
        if trouble := alarm(state, refs=refs):
            require_verified(trouble)
        return refs

    def _settled(self) -> tuple[Page, References, Verdict | None]:
        """Read ledger and references of one moment, as far as that can be had."""
        last = self.last_seen.last()
        page, refs = self.book.open(), self.releases.seen()
        trouble = alarm(page.state, seen=last, refs=refs)
        for _attempt in range(_TRIES):
            if trouble is None or trouble.code is not Code.REF_MOVED:
                break
            self.releases.settle()
            page, refs = self.book.open(), self.releases.seen()
            trouble = alarm(page.state, seen=last, refs=refs)
        return page, refs, trouble

    def _forget_if_the_past_changed(self, state: LedgerState) -> None:
        stolen = {key: held.stolen_at for key, held in state.keys.items()}
        marks: list[object] = [stolen, state.holds, state.policy]
        if marks != self._judged_by:
            self._closed.clear()
            self._judged_by[:] = marks

    def _row(
        self, state: LedgerState, change: Change, branch: Commit | None
    ) -> ChangeRow:
        known = self._closed.get(change.id)
        if known is not None and known.change is change:
            return known
        proposal = change.proposal
        proposed = Proposed(change.id, proposal.base, proposal.subjects)
        row = ChangeRow(
            change,
            tally(state, change.id),
            verify_change(state, proposed, now=self.clock()),
            is_edited=branch is not None and branch != proposal.commit,
        )
        if change.stage in {Stage.RELEASED, Stage.WITHDRAWN}:
            self._closed[change.id] = row
        return row


def names_of(proposal: Proposal) -> tuple[SubjectName, ...]:
    """Return what a proposal names, which may have been proposed as it was."""
    return tuple(subject.name for subject in proposal.subjects)
