"""What changed, for live pages: ids only, to read the things themselves again."""

from datetime import datetime
from typing import Final

import msgspec

CHANGES: Final = "/v1/changes"


class ChangeRow(msgspec.Struct, frozen=True):
    """Something that a client may want to read again.

    Attributes:
        kind: "delivery", "application", "candidate", "stop", "record", "clock".
    """

    seq: int
    kind: str
    subject: str
    at: datetime


class Changes(msgspec.Struct, frozen=True):
    """What changed after a position.

    Attributes:
        last: What to ask for as ``after`` the next time.
    """

    changes: tuple[ChangeRow, ...]
    last: int
