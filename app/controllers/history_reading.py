"""What the history room has done in the background."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.controllers.proof_archive import write_archive
from app.snapshot import Snapshot
from app.workspace import Workspace
from governance.approval.alarms import alarm
from governance.changes.library import subject_of
from governance.ledger.history import read_history
from governance.ledger.replay import replay
from governance.ledger.state import EMPTY
from governance.people.evidence_files import evidence_files
from governance.ports import Progress
from governance.texts import _
from widgets.history.listed import Listed, listed

_AT_ONCE: Final = 200  # entries between two looks whether to stop


@dataclass(frozen=True, slots=True)
class Verified:
    """All entries, verified from the first on.

    Attributes:
        problem: What is wrong, "" if nothing is.
    """

    entries: int
    problem: str


def read(
    workspace: Workspace, snapshot: Snapshot, before: Listed | None, _progress: Progress
) -> Listed:
    """Read the history of ``snapshot`` and make its rows.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    reading = snapshot.reading
    titles = {subject_of(row.id): row.title for row in snapshot.rows}
    history = read_history(
        workspace.ledger.entries(reading.tip),
        reading.state,
        titles,
        alarm=reading.alarm.reason if reading.alarm else "",
        before=before.history if before else None,
    )
    return listed(history, workspace.clock())


def verify(workspace: Workspace, progress: Progress) -> Verified:
    """Verify every entry from the first on, trusting nothing that was read before.

    Raises:
        OperationCancelledError: The person stopped it.
        LedgerUnavailableError: The repository cannot be read.
    """
    entries = workspace.ledger.entries(workspace.ledger.tip())
    state, total = EMPTY, len(entries)
    for start in range(0, total, _AT_ONCE):
        label = _("Verifying {count} entries").format(count=total)
        progress.step(label, done=start, total=total)
        state = replay(entries[start : start + _AT_ONCE], state)
    trouble = alarm(
        state,
        seen=workspace.reader.last_seen.last(),
        refs=workspace.reader.releases.seen(),
    )
    return Verified(total, trouble.reason if trouble else "")


def export(
    workspace: Workspace, file: Path, position: int | None, progress: Progress
) -> Path:
    """Write the evidence of one entry, or of all, as one file.

    Raises:
        FolderUnavailableError: The file cannot be written.
        OperationCancelledError: The person stopped it; nothing is left.
        LedgerUnavailableError: The repository cannot be read.
    """
    progress.step(_("Collecting the evidence"), done=0, total=2)
    entries = workspace.ledger.entries(workspace.ledger.tip())
    positions = range(len(entries)) if position is None else (position,)
    files = evidence_files(workspace.state(), entries, positions)
    progress.step(_("Writing the file"), done=1, total=2)
    write_archive(file, files)
    return file
