"""Taking in: an event or a poll is a hint; the application itself is read again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from governance.errors import ExpectedError, LedgerUnavailableError
from governance.journeys.journey import Journey
from sync.candidates.facts import ApplicationId, ApplicationSnapshot
from sync.errors import (
    DirectoryUnavailableError,
    ErasedError,
    StoreUnavailableError,
    UnknownApplicationError,
    log_unexpected,
)
from sync.planning.intent import Intent
from sync.planning.plan import plan
from sync.sending.ports import Wired

_LONGEST: Final = 300  # seconds between tries

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakeEvent:
    """Reads what an event hints at, keeps it and plans from it."""

    wired: Wired

    def __call__(self, name: str) -> ApplicationId | None:
        """Take in the event of that name; None for one that is done or must wait.

        Raises:
            StoreUnavailableError: The database cannot be used; the event waits.
        """
        event = self.wired.inbox.event(name)
        if event is None:
            return None
        try:
            self.read(event.application, event=name)
        except UnknownApplicationError:
            self.wired.inbox.drop(name, "unknown application")
            return None
        except ErasedError:
            return None
        except (DirectoryUnavailableError, LedgerUnavailableError) as error:
            seconds = min(2**event.attempts, _LONGEST)
            until = self.wired.clock() + timedelta(seconds=seconds)
            self.wired.inbox.put_off(name, until=until)
            log.warning("Event %s waits: %s", name, type(error).__name__)
            return None
        return event.application

    def read(self, application: ApplicationId, *, event: str) -> None:
        """Read an application from the ATS, keep it, plan from it, close ``event``.

        Raises:
            UnknownApplicationError: The ATS has none of that id.
            DirectoryUnavailableError: It is away.
            LedgerUnavailableError: The released journeys cannot be read.
            ErasedError: The candidate was erased.
            StoreUnavailableError: The database cannot be used.
        """
        wired = self.wired
        snapshot = wired.directory.application(application)
        journeys = [verified.journey for verified in wired.releases.journeys()]
        planner = _Planner(journeys, wired.policy.workspace)
        wired.inbox.take_in(snapshot, planner, event=event, now=wired.clock())

    def poll(self, source: str) -> int:
        """Read what changed since the last poll; say how many applications.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        inbox = self.wired.inbox
        before = inbox.cursor(source)
        try:
            changed = self.wired.directory.changed_since(before)
            for application in changed.applications:
                self._read_quietly(application)
        except StoreUnavailableError:
            raise
        except ExpectedError as error:
            log.warning("Polling waits: %s", type(error).__name__)
            return 0
        if changed.cursor != before:
            inbox.move_cursor(source, before=before, after=changed.cursor)
        return len(changed.applications)

    def _read_quietly(self, application: ApplicationId) -> None:
        """Read one of many: one that is odd must not hold up the others."""
        try:
            self.read(application, event="")
        except (UnknownApplicationError, ErasedError):
            return
        except ExpectedError:
            raise
        except Exception as error:  # noqa: BLE001 -- told without its words
            what = f"Application {application} cannot be taken in"
            log_unexpected(log, what, error)


@dataclass(frozen=True, slots=True)
class _Planner:
    journeys: Sequence[Journey]
    workspace: str

    def __call__(self, snapshot: ApplicationSnapshot) -> Sequence[Intent]:
        return plan(snapshot, self.journeys, workspace=self.workspace)
