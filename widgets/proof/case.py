"""A message with everything that is known of it, and what its proof says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from governance.ledger.state import LedgerState
from governance.names import SubjectName
from sync.api.deliveries import AttestationAnswer, DeliveryRow
from sync.api.proofs import Proof
from widgets.proof.arrived import Arrived


class Origin(StrEnum):
    """Whose signatures a message was judged by."""

    OWN = "own"  # this computer's copy of the history
    FILE = "file"  # those that a proof file brought along


@dataclass(frozen=True, slots=True)
class Case:
    """One message.

    Attributes:
        key: Its id or Message-ID, "" where it has none.
        message: The bytes that arrived, None where nobody has them.
        travelled: What came to them on the way, in words.
        proof: None where it cannot be checked yet.
        why: Why not, and ``remedy`` what helps.
        place: Where it differs from what was sent, where that can be told.
        entries: The history that it was judged by, as stored.
        state: What that history says.
        titles: Subject → what people call it.
    """

    at: datetime
    key: str = ""
    message: bytes | None = field(default=None, repr=False)
    arrived: Arrived | None = None
    travelled: str = ""
    proof: Proof | None = None
    why: str = ""
    remedy: str = ""
    place: str = ""
    origin: Origin = Origin.OWN
    row: DeliveryRow | None = None
    attestation: bytes = field(default=b"", repr=False)
    chain: tuple[AttestationAnswer, ...] = field(default=(), repr=False)
    entries: Sequence[bytes] = field(default=(), repr=False)
    state: LedgerState = field(default_factory=LedgerState, repr=False)
    titles: Mapping[SubjectName, str] = field(default_factory=dict)
