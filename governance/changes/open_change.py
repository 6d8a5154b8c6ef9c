"""Opening a change: sources on a branch of their own, and an entry that says why."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from governance.changes.build import Builder
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.draft import Draft, Opened
from governance.changes.proposing import Proposing, checked
from governance.ledger.kinds import Opening
from governance.ledger.state import LedgerState
from governance.names import Commit, new_change_id
from governance.ports import Progress
from governance.texts import _


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
        proposing = Proposing(reader.repository, change, draft, build, checks)
        commit = proposing.commit(after=Commit(""), sign=signer)

        def compose(state: LedgerState, now: datetime) -> Opening:
            return proposing.entry(Opening, state, commit, now)

        return Opened(change, checks, desk.write(compose, key))
