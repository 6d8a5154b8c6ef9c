"""Waivers: a finding that a reviewer lets pass, for a reason, until a moment."""

from datetime import datetime

from governance.changes.build import Checks
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.reading import Reading
from governance.errors import ChecksFailedError
from governance.ledger.kinds import Waiver
from governance.ledger.state import Change, LedgerState
from governance.names import ChangeId, Digest, Role
from governance.standards.finding import Finding
from governance.texts import _
from governance.trust.canonical import digest


def waive_finding(
    desk: Desk,
    change: ChangeId,
    finding: Finding,
    reason: str,
    until: datetime,
    *,
    role: Role,
    who: Credentials,
) -> Reading:
    """Let ``finding`` pass in ``change`` until a moment.

    Raises:
        StaleChangeError: The change is no longer there, or no longer open.
        NotEntitledError: The person does not review it in ``role``.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> Waiver:
        require_open(change_in(state, change))
        return Waiver(
            at=now,
            change=change,
            role=role,
            rule=finding.rule,
            match=match_of(finding),
            reason=reason,
            until=until,
        )

    return desk.write(compose, desk.unlock(who))


def require_waived(change: Change, checks: Checks, now: datetime) -> None:
    """Let checks pass whose every error somebody has waived.

    Raises:
        ChecksFailedError: One is not, or no longer.
    """
    waived = {
        (one.waiver.rule, one.waiver.match)
        for one in change.waivers
        if now < one.waiver.until
    }
    for finding in checks.errors:
        if (finding.rule, match_of(finding)) not in waived:
            raise ChecksFailedError(
                _("{file}, line {line}: {message}").format(
                    file=finding.file, line=finding.line, message=finding.message
                )
            )


def match_of(finding: Finding) -> Digest:
    """Return what a waiver names: the file and the text that was found there."""
    return digest(f"{finding.file}\n{finding.match}".encode())
