"""What git complains of, as sentences that a person can act on."""

import re
from typing import Final

from governance.errors import (
    DiskFullError,
    LedgerUnavailableError,
    NotARepositoryError,
    RepositoryDamagedError,
    RepositoryLockedError,
)
from governance.texts import _

_LOCK: Final = re.compile(r"'([^']+\.lock)'")
_FULL: Final = ("No space left on device", "File too large", "Disk quota exceeded")
_FILE_SIZE_SIGNAL: Final = -25  # SIGXFSZ, which Windows does not have
_DAMAGE: Final = (
    "bad object",
    "corrupt",
    "did not receive expected object",
    "fatal: missing blob",
    "invalid object",
    "missing tree",
    "not a tree object",
    "not a valid object",
    "Not a valid commit name",
    "Not a valid object",
    "unable to read",
    "unresolved deltas",
    "broken",
)


def explained(command: str, code: int, complaint: str) -> LedgerUnavailableError:
    """Choose the error that says what to do about ``complaint``."""
    if code == _FILE_SIZE_SIGNAL or any(text in complaint for text in _FULL):
        return DiskFullError(_("The disk is full; nothing was changed."))
    if "File exists" in complaint and (lock := _LOCK.search(complaint)):
        return RepositoryLockedError(
            _("Another program is writing, or died while it was: {path}").format(
                path=lock[1]
            )
        )
    if "not a git repository" in complaint:
        return NotARepositoryError(_("This folder is no template repository."))
    if any(text in complaint for text in _DAMAGE):
        return damaged(complaint.splitlines()[0])
    return LedgerUnavailableError(
        _("git {command}: {reason}").format(
            command=command, reason=complaint or _("it stopped without a word")
        )
    )


def damaged(detail: str) -> RepositoryDamagedError:
    """Say that objects are missing or broken."""
    return RepositoryDamagedError(
        _("The repository is incomplete or damaged ({detail}).").format(detail=detail)
    )
