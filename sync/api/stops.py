"""What the service says about stops, the kill switch."""

from datetime import datetime
from typing import Final, Self

import msgspec

from sync.sending.stops import Scope as Scope  # noqa: PLC0414 -- callers name it
from sync.sending.stops import Stop

STOPS: Final = "/v1/stops"
STOP: Final = "/v1/stops/{id}"


class StopWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish to stop sending.

    Attributes:
        until: When it ends by itself, None for when somebody turns sending on.
    """

    scope: Scope = Scope.ALL
    subject: str = ""
    reason: str
    until: datetime | None = None


class StopRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stop that holds."""

    id: str
    scope: Scope
    subject: str
    reason: str
    by: str
    at: datetime
    code: str
    until: datetime | None = None

    @classmethod
    def of(cls, stop: Stop) -> Self:
        """Put a stop on the wire."""
        return msgspec.convert(stop, type=cls, from_attributes=True)


class Stops(msgspec.Struct, frozen=True):
    """All that hold, the oldest first."""

    stops: tuple[StopRow, ...]
