"""What a service planned and did, and what proves a message, read where it lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.embedded import service_settings
from app.workspace import Workspace
from sync.api.proofs import Proof, judge
from sync.evidence import Evidence, Records, records_of

__all__ = ["Evidence", "Records", "judged", "read_evidence", "records_beside"]


@contextmanager
def records_beside(workspace: Workspace) -> Iterator[Records]:
    """Give what the service beside a workspace planned and did; nothing is started.

    Raises:
        SettingsError: Its settings cannot be used.
    """
    settings = service_settings(workspace.paths, workspace.state().workspace)
    with records_of(settings) as records:
        yield records


def read_evidence(settings: Path, message: str) -> Evidence:
    """Read the evidence of a message, by its id or Message-ID.

    Raises:
        SettingsError: The settings cannot be used.
        UnknownMessageError: The database knows no such message.
        ServiceRefusedError: Nothing was sent, so there is nothing to prove.
        StoreUnavailableError: The database is locked or away.
        StoreBrokenError: It cannot be read.
    """
    with records_of(settings) as records:
        return records.evidence(message)


def judged(workspace: Workspace, evidence: Evidence, message: bytes | None) -> Proof:
    """Judge evidence by one's own clone, and by the bytes that arrived if at hand.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    entries = workspace.ledger.entries(workspace.ledger.tip())
    return judge(
        evidence.attestation,
        evidence.chain,
        entries,
        message=message,
        row=evidence.row,
    )
