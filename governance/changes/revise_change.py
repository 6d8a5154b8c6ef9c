"""Revising a change: other sources on its branch, and an entry with the new bytes.

An approval stays where the bytes that it names stay; every other one must be given
anew.
"""

from dataclasses import dataclass
from datetime import datetime

from governance.changes.build import Builder
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.draft import Draft, Opened
from governance.changes.proposing import Proposing, checked
from governance.errors import StaleChangeError
from governance.ledger.kinds import Revision
from governance.ledger.state import LedgerState
from governance.names import ChangeId
from governance.ports import Progress
from governance.texts import _


@dataclass(frozen=True, slots=True)
class ReviseChange:
    """Put a change up for review again."""

    desk: Desk
    builder: Builder

    def __call__(
        self, change: ChangeId, draft: Draft, who: Credentials, progress: Progress
    ) -> Opened:
        """Add the sources to the branch, and sign what they compile to.

        Raises:
            StaleChangeError: The change is no longer there or no longer open, or
                somebody else revised it meanwhile.
            EmptyChangeError: Nothing differs from ``draft.base`` any more.
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
        state = reader.book.open().state
        reader.require_sound(state)
        known = change_in(state, change)
        require_open(known)
        before = reader.sources(draft.base)
        build = self.builder.build(before, draft.sources, draft.also)
        progress.step(_("Checking the texts"), done=1, total=4)
        checks = checked(self.builder, build, draft)
        progress.step(_("Unlocking your key"), done=2, total=4)
        key = desk.unlock(who)
        signer = desk.signer(state, key, desk.clock())
        progress.step(_("Signing"), done=3, total=4)
        proposing = Proposing(reader.repository, change, draft, build, checks)
        commit = proposing.commit(after=reader.repository.branch(change), sign=signer)

        def compose(state: LedgerState, now: datetime) -> Revision:
            current = change_in(state, change)
            require_open(current)
            if current.revisions != known.revisions:
                raise StaleChangeError(_("Somebody else revised the change meanwhile."))
            return proposing.entry(Revision, state, commit, now)

        return Opened(change, checks, desk.write(compose, key))
