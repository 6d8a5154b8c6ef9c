"""What opening and revising a change have in common: a draft becomes signed bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from governance.changes.authors import authors_of
from governance.changes.build import Build, Builder, Checks
from governance.changes.draft import Draft
from governance.content.ports import Repository
from governance.errors import ChecksFailedError
from governance.ledger.kinds import Opening, Revision
from governance.ledger.state import LedgerState
from governance.names import ChangeId, Commit
from governance.rendering.compiled import COMPILER
from governance.texts import ngettext
from governance.trust.signer import Signer

Kind = TypeVar("Kind", Opening, Revision)


@dataclass(frozen=True, slots=True)
class Proposing:
    """A draft that was built and checked, on its way into a change."""

    repository: Repository
    change: ChangeId
    draft: Draft
    build: Build
    checks: Checks

    def commit(self, *, after: Commit, sign: Signer) -> Commit:
        """Make the draft the new end of the change's branch, which ends at ``after``.

        Raises:
            StaleTipError: The branch does not end there; it stays as it was.
            LedgerUnavailableError: The repository cannot be written.
        """
        draft = self.draft
        return self.repository.propose(
            self.change,
            draft.sources,
            base=draft.base,
            after=after,
            message=f"{draft.title}\n\n{draft.reason}\n\nChange: {self.change}",
            sign=sign,
        )

    def entry(
        self, kind: type[Kind], state: LedgerState, commit: Commit, now: datetime
    ) -> Kind:
        """Make the entry that names the bytes of ``commit``.

        Raises:
            BadSignatureError: A commit of the branch is not its author's own.
            NotEntitledError: The draft's base was never released.
            LedgerUnavailableError: The repository cannot be read.
        """
        draft, checks = self.draft, self.checks
        return kind(
            at=now,
            change=self.change,
            title=draft.title,
            reason=draft.reason,
            base=draft.base,
            commit=commit,
            subjects=self.build.numbered(state),
            compiler=COMPILER,
            checks=checks.digest,
            errors=checks.record.errors,
            authors=authors_of(state, self.repository, commit, draft.base),
        )


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
