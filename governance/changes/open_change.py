"""Opening a change: sources on a branch of their own, and an entry that says why."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from governance.changes.authors import authors_of
from governance.changes.build import Build, Builder, Checks
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.reading import Reading
from governance.content.sources import Sources
from governance.errors import ChecksFailedError
from governance.ledger.kinds import Opening
from governance.ledger.state import LedgerState
from governance.names import ChangeId, Commit, SubjectName, new_change_id
from governance.ports import Progress
from governance.rendering.compiled import COMPILER
from governance.texts import _, ngettext


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to be reviewed.

    Attributes:
        title: In a line, for lists.
        reason: Why, for those who decide and those who ask later.
        sources: Everything, as it shall be.
        base: The commit of ``main`` that the sources began with, "" for none.
        accepts_errors: Whether errors that the checks find are left to the reviewers,
            who may waive them.
        also: Subjects that are proposed although nothing of them differs: for the first
            time, or because their approvals grow old.
    """

    title: str
    reason: str
    sources: Sources
    base: Commit
    accepts_errors: bool = False
    also: tuple[SubjectName, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A change that was just put up."""

    change: ChangeId
    checks: Checks
    reading: Reading


@dataclass(frozen=True, slots=True)
class OpenChange:
    """Put a draft up for review."""

    desk: Desk
    builder: Builder
    entropy: Callable[[int], bytes] = secrets.token_bytes

    def __call__(self, draft: Draft, who: Credentials, progress: Progress) -> Opened:
        """Keep the sources on a new branch, and sign what they compile to.

        Raises:
            EmptyChangeError: Nothing differs from ``draft.base``.
            MarkupError: The sources cannot be compiled; nothing is written.
            ChecksFailedError: The checks found errors; nothing is written.
            NotEntitledError: The person takes no part, or ``draft.base`` was never
                released.
            WrongPassphraseError: The key cannot be unlocked.
            LedgerUnavailableError: The repository cannot be read or written.
            OperationCancelledError: The person stopped before signing.
        """
        desk, reader = self.desk, self.desk.reader
        progress.step(_("Compiling"), done=0, total=4)
        before = reader.sources(draft.base)
        build = self.builder.build(before, draft.sources, draft.also)
        progress.step(_("Checking the texts"), done=1, total=4)
        checks = checked(self.builder, build, draft)
        progress.step(_("Unlocking your key"), done=2, total=4)
        key = desk.unlock(who)
        now = desk.clock()
        change = new_change_id(now, self.entropy(10))
        state = reader.book.open().state
        reader.require_sound(state)
        signer = desk.signer(state, key, now)
        progress.step(_("Signing"), done=3, total=4)
        commit = reader.repository.propose(
            change,
            draft.sources,
            base=draft.base,
            after=Commit(""),
            message=commit_message(draft, change),
            sign=signer,
        )

        def compose(state: LedgerState, now: datetime) -> Opening:
            authors = authors_of(state, reader.repository, commit, draft.base)
            return Opening(
                at=now,
                change=change,
                title=draft.title,
                reason=draft.reason,
                base=draft.base,
                commit=commit,
                subjects=build.numbered(state),
                compiler=COMPILER,
                checks=checks.digest,
                errors=checks.record.errors,
                authors=authors,
            )

        return Opened(change, checks, desk.write(compose, key))


def checked(builder: Builder, build: Build, draft: Draft) -> Checks:
    """Check what a draft alters.

    Raises:
        ChecksFailedError: There are errors, which the draft does not accept.
    """
    checks = builder.check(build)
    if checks.errors and not draft.accepts_errors:
        first, count = checks.errors[0], len(checks.errors)
        raise ChecksFailedError(
            ngettext(
                "The checks found an error: {file}, line {line}: {message}",
                "The checks found {count} errors; first: {file}, line {line}: "
                "{message}",
                count,
            ).format(
                count=count, file=first.file, line=first.line, message=first.message
            )
        )
    return checks


def commit_message(draft: Draft, change: ChangeId) -> str:
    """Say in git what a commit of a change is."""
    return f"{draft.title}\n\n{draft.reason}\n\nChange: {change}"
