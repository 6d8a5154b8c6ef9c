"""Stops: the kill switch, whole or in part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from sync.planning.intent import Intent

ENDED: Final = "its end"  # who lifted a stop whose time had come


class Scope(StrEnum):
    """What a stop is about."""

    ALL = "all"
    TEMPLATE = "template"
    JOURNEY = "journey"
    CHANNEL = "channel"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing in this scope is sent until it is lifted.

    Attributes:
        subject: A template's id, a channel's name, …; "" for all.
        by: A person's e-mail address, or "service" for one that it set itself.
        code: "STOPPED" for a person's, "RESTORED" for the service's own.
        until: When it ends by itself, None for when somebody lifts it.
    """

    id: str
    scope: Scope
    subject: str
    reason: str
    by: str
    at: datetime
    code: str = "STOPPED"
    until: datetime | None = None

    def holds(self, intent: Intent) -> bool:
        """Whether it keeps ``intent`` back."""
        match self.scope:
            case Scope.ALL:
                return True
            case Scope.TEMPLATE:
                return self.subject == intent.template
            case Scope.JOURNEY:
                return self.subject == intent.journey
            case Scope.CHANNEL:
                return self.subject == intent.channel
            case Scope.CANDIDATE:
                return self.subject == intent.candidate


class Stops(Protocol):
    """Keeps stops; one that is set holds from the next claim on."""

    def set(
        self,
        scope: Scope,
        subject: str,
        *,
        reason: str,
        by: str,
        now: datetime,
        until: datetime | None = None,
    ) -> Stop:
        """Stop sending, until somebody lifts it or a moment comes."""

    def lift(self, stop: str, *, by: str, now: datetime) -> None:
        """Let a stop go; one that is gone is left alone."""

    def list(self) -> Sequence[Stop]:
        """Return the stops that hold, the oldest first."""


def lift_ended(stops: Stops, now: datetime) -> None:
    """Lift the stops whose end has come.

    Raises:
        StoreUnavailableError: The database cannot be used.
    """
    for stop in stops.list():
        if stop.until is not None and stop.until <= now:
            stops.lift(stop.id, by=ENDED, now=now)
