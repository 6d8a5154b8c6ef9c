"""Upkeep: what the dead left behind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sync.sending.delivery import Delivery


class Upkeep(Protocol):
    """Finds what the dead left behind."""

    def beat(self, worker: str, now: datetime, patience: timedelta) -> Sequence[str]:
        """Say that ``worker`` lives; return those found dead, each to one finder."""

    def leave(self, worker: str) -> None:
        """Say that ``worker`` ends in good order."""

    def orphans(self, now: datetime, patience: timedelta) -> Sequence[str]:
        """Return open chunks whose worker has gone, or that nobody took in time.

        Single messages whose sender has gone are put in doubt on the way.
        """

    def wake_chunk(self, chunk: str, now: datetime) -> None:
        """Put a fresh wake for ``chunk`` into the queue."""

    def in_doubt(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what nobody knows about, whose time to ask has come."""

    def untold(self, now: datetime, limit: int = 200) -> Sequence[Delivery]:
        """Return what was sent and is not yet in the ATS's timeline."""

    def told(self, delivery: Delivery, *, again: datetime | None) -> None:
        """Say that the timeline knows, or when to tell it ``again``."""

    def restored_at(self) -> datetime | None:
        """Say when the service found its database older than it should be."""

    def accept_clock(self, now: datetime) -> None:
        """Believe this computer's clock again, on a person's word."""
