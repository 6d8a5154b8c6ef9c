"""Gathering what proves a message: from a service, or from its database as it lies."""

from app.workspace import Workspace
from sync.api.deliveries import AttestationAnswer
from sync.api.proofs import Proof, judge
from sync.client import ServiceClient
from sync.evidence import Evidence, read_evidence

__all__ = ["Evidence", "asked", "judged", "read_evidence"]

_MOST = 200  # attestations that a service gives at once


def asked(service: ServiceClient, message: str) -> Evidence:
    """Ask a service for the evidence of a message, by its id or Message-ID.

    Raises:
        ServiceRefusedError: It knows no such message, or did not send it.
        ServiceUnavailableError: It is away.
    """
    attested = service.attestation(message)
    chain: list[AttestationAnswer] = []
    while len(chain) < attested.position + 2:
        more = service.chain(attested.route, after=len(chain) - 1, limit=_MOST)
        chain += more
        if len(more) < _MOST:
            break
    return Evidence(service.delivery(message).delivery, attested.envelope, tuple(chain))


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
