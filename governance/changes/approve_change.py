"""Approving a change: one person's signed yes to exactly the bytes they saw."""

from dataclasses import dataclass
from datetime import datetime

from governance.approval.candidate import Proposed
from governance.changes.credentials import Consent
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.reading import Look, Reading
from governance.errors import (
    ChecksDifferError,
    CompileDiffersError,
    StaleChangeError,
)
from governance.ledger.kinds import Approval
from governance.ledger.state import LedgerState
from governance.ports import Progress
from governance.rendering.compiled import COMPILER
from governance.texts import _


@dataclass(frozen=True, slots=True)
class ApproveChange:
    """Record that a person agrees with a change."""

    desk: Desk

    def __call__(self, seen: Proposed, consent: Consent, progress: Progress) -> Reading:
        """Sign ``seen``, and return the workspace with the approval in it.

        Raises:
            StaleChangeError: The change was edited after it was shown, or is closed.
            CompileDiffersError: The author's program compiled it to other bytes.
            ChecksDifferError: The author's checks found something else than ours.
            NotEntitledError: The person is an author, or lacks the role.
            NotVerifiedError: The change begins with a text that was never released.
            BadSignatureError: A commit of the change is not its author's own.
            WrongPassphraseError: The key cannot be unlocked.
            LedgerUnavailableError: The repository cannot be read or written.
            OperationCancelledError: The person stopped before signing.
        """

        def compose(state: LedgerState, now: datetime) -> Approval:
            progress.step(_("Checking the change"), done=1, total=3)
            require_open(change_in(state, seen.change))
            self._require_as_seen(state, seen)
            progress.step(_("Signing"), done=2, total=3)
            return _approval(state, seen, consent, now)

        progress.step(_("Unlocking your key"), done=0, total=3)
        return self.desk.write(compose, self.desk.unlock(consent))

    def _require_as_seen(self, state: LedgerState, seen: Proposed) -> None:
        look = self.desk.reader.look_at(state, seen.change)
        proposal = look.change.proposal
        if look.proposed != seen:
            raise StaleChangeError(
                _("The change was edited while you were reading it.")
            )
        if seen.is_meant_by(proposal):
            self._require_as_checked(look)
            return
        recorded = Proposed(seen.change, proposal.base, proposal.subjects)
        if seen.closures == recorded.closures and seen.compiled != recorded.compiled:
            raise CompileDiffersError(
                _("The author compiled with “{theirs}”, you have “{ours}”.").format(
                    theirs=proposal.compiler, ours=COMPILER
                ),
                code="COMPILED_CHANGED",
            )
        raise StaleChangeError(
            _("The branch of the change holds other sources than its entry names."),
            code="CLOSURE_CHANGED",
        )

    def _require_as_checked(self, look: Look) -> None:
        """Count again: what is signed names the checks, and who wrote it made them."""
        ours, theirs = self.desk.reader.check(look), look.change.proposal
        if (ours.digest, ours.record.errors) != (theirs.checks, theirs.errors):
            raise ChecksDifferError(
                _(
                    "The author's checks found {theirs} errors, and yours {ours}, or "
                    "they say something else."
                ).format(theirs=theirs.errors, ours=ours.record.errors)
            )


def _approval(
    state: LedgerState, seen: Proposed, consent: Consent, now: datetime
) -> Approval:
    assert state.policy is not None, "there is a change"
    own_words = state.policy.meanings.get(consent.role, "")
    return Approval(
        at=now,
        change=seen.change,
        role=consent.role,
        meaning=consent.meaning or own_words,
        subjects=seen.subjects,
        base=seen.base,
        policy=state.policy.digest,
        checks=state.changes[seen.change].proposal.checks,
        words=seen.words,
        locales_seen=consent.locales_seen,
    )
