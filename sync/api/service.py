"""What the service says of itself, of refusals, and of work that goes on.

Values here are what the wire carries. A field may be added with a default; one that
changes its meaning needs a new path under ``/v2``.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

HEALTH: Final = "/v1/health"
OPERATION: Final = "/v1/operations/{id}"


class Refusal(msgspec.Struct, frozen=True):
    """Why a request was not answered, in words for a person.

    Attributes:
        code: A verdict's code, where there is one.
    """

    problem: str
    remedy: str
    code: str = ""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How the service is; anyone may ask, so nothing here is a secret.

    Attributes:
        is_sending: False while everything is stopped.
        counts: A delivery's state → how many there are.
        tip: The ledger's, as the service last read it; "" where it cannot be read.
        length: How many entries that ledger has.
        problem: What keeps it from working, "" for nothing.
        key: The fingerprint of the key that it attests with.
        openssh: That key, as OpenSSH writes it, to be enrolled by an administrator.
    """

    version: str
    workspace: str
    is_sending: bool = True
    counts: dict[str, int] = {}
    tip: str = ""
    length: int = 0
    problem: str = ""
    key: str = ""
    openssh: str = ""


class OperationState(StrEnum):
    """Where work stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """Work that goes on after the answer.

    Attributes:
        label: What is being done now.
        result: The id of what came of it, where there is one.
        problem: Why it failed.
    """

    id: str
    state: OperationState
    started_at: datetime
    label: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""
    remedy: str = ""
    code: str = ""
