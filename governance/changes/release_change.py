"""Releasing a change: what everyone agreed to becomes what candidates get."""

from dataclasses import dataclass
from datetime import datetime

from governance.approval.candidate import Proposed
from governance.approval.verdict import Code, require_verified
from governance.approval.verify import verify_change
from governance.changes.build import Build
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.publishing import Publishing
from governance.changes.reading import Reading
from governance.changes.waivers import require_waived
from governance.ledger.kinds import Release
from governance.ledger.state import Change, LedgerState
from governance.names import ChangeId
from governance.ports import Progress
from governance.texts import _


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """Publish what was agreed to: ledger, main, tags and compiled parts at once."""

    desk: Desk

    def __call__(
        self, change: ChangeId, who: Credentials, progress: Progress
    ) -> Reading:
        """Release ``change``, and return the workspace with it.

        Raises:
            StaleChangeError: It is no longer there, or no longer open.
            NotVerifiedError: Its code says what is missing or differs.
            NotEntitledError: The person may not release it.
            ConflictError: What was released meanwhile changed the same files.
            CompileDiffersError: Another program compiled it to other bytes.
            ChecksFailedError: The checks found errors that nobody waived.
            BadSignatureError: A commit of its branch is not its author's own.
            WrongPassphraseError: The key cannot be unlocked.
            LedgerUnavailableError: The repository cannot be read or written.
            OperationCancelledError: The person stopped before signing.
        """

        def gate(
            state: LedgerState, change: Change, build: Build, now: datetime
        ) -> None:
            progress.step(_("Verifying the approvals"), done=1, total=3)
            proposal = change.proposal
            proposed = Proposed(
                change.id, proposal.base, build.as_in(proposal.subjects)
            )
            verdict = verify_change(state, proposed, now=now)
            if verdict.code is not Code.CHECKS_FAILED:
                require_verified(verdict)
            # What the checks find here decides, and says the place.
            require_waived(change, self.desk.reader.builder.check(build), now)
            require_verified(verdict)
            progress.step(_("Publishing"), done=2, total=3)

        def finish(_state: LedgerState, entry: Release) -> Release:
            return entry

        progress.step(_("Unlocking your key"), done=0, total=3)
        key = self.desk.unlock(who)
        return Publishing(self.desk, change, key, gate, finish).write()
