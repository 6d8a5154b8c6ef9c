"""Taking in: what is told and what is read, each in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from sync.candidates.facts import ApplicationId, ApplicationSnapshot
from sync.candidates.ports import Kept
from sync.planning.intent import Intent


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """A hint that something changed; it carries ids only.

    Attributes:
        source: Who told: the connector's name.
        id: The teller's own id of the telling: the same twice is one.
        kind: The teller's own word, for the record.
        attempts: How often taking it in failed.
    """

    source: str
    id: str
    application: ApplicationId
    kind: str
    occurred_at: datetime
    attempts: int = 0

    @property
    def name(self) -> str:
        """One word that names it."""
        return f"{self.source}:{self.id}"


Planner: TypeAlias = Callable[[ApplicationSnapshot], Sequence[Intent]]


class Inbox(Protocol):
    """Takes in what is told and what is read."""

    def receive(self, event: InboundEvent, now: datetime) -> bool:
        """Keep ``event`` and wake the service, in one transaction.

        Returns whether it was new.

        Raises:
            StoreUnavailableError: It was not kept: the teller should try again.
        """

    def waiting_events(self, now: datetime, limit: int = 200) -> Sequence[InboundEvent]:
        """Return what was told and not taken in, whose time to try has come."""

    def event(self, name: str) -> InboundEvent | None:
        """Return an event that waits, None for one that is done or strange."""

    def take_in(
        self,
        snapshot: ApplicationSnapshot,
        plan: Planner,
        *,
        event: str,
        now: datetime,
    ) -> Kept:
        """Keep ``snapshot``, plan what follows, close ``event``; in one transaction.

        What is planned already stays as it is. ``event`` is "" for a poll.

        Raises:
            ErasedError: The candidate was erased; the event is closed.
        """

    def put_off(self, event: str, *, until: datetime) -> None:
        """Try ``event`` again later."""

    def drop(self, event: str, reason: str) -> None:
        """Close ``event`` without effect."""

    def cursor(self, source: str) -> str:
        """Return where polling ``source`` stands, "" for the beginning."""

    def move_cursor(self, source: str, *, before: str, after: str) -> None:
        """Say how far ``source`` was read; a lost race is left to the winner."""
