"""The worker: one process's share of the service.

``start`` takes jobs from the durable queue, beats, and looks after what others left;
``run_once`` does one round of that by hand, for tests and for commands that wait.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from governance.errors import ExpectedError
from sync.errors import DirectoryUnavailableError, StoreUnavailableError, log_unexpected
from sync.sending.delivery import Delivery
from sync.sending.dispatch import LIMIT, Dispatch
from sync.sending.ports import Wired
from sync.sending.queue import Handler, Job
from sync.sending.resolve import ResolveDoubts
from sync.sending.send_anyway import SendAnyway
from sync.sending.send_chunk import SendChunk
from sync.sending.stops import lift_ended
from sync.sending.take_event import TakeEvent

TAKE_EVENT: Final = "take_event"
SEND_CHUNK: Final = "send_chunk"
SWEEP: Final = "sweep"

_SHARE: Final = 10.0  # seconds of one sweep for calls to the ATS, of each kind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker does what.

    Attributes:
        beat: Seconds between signs of life.
        patience: After so long without a sign of life a worker is dead; longer than
            any pause of a living one should be.
        sweep: Seconds between looks at what is due or was left.
        poll: Time between polls of the ATS.
        width: Chunks of one route at once.
    """

    beat: float = 2.0
    patience: timedelta = timedelta(seconds=15)
    sweep: int = 2
    poll: timedelta = timedelta(seconds=30)
    width: int = 2


class Worker:
    """Runs the service's core in this process."""

    def __init__(
        self,
        wired: Wired,
        pace: Pace | None = None,
        mark: Callable[[], None] = lambda: None,
    ) -> None:
        """Wire it; ``mark`` notes how far the database is (``Store.mark``)."""
        self._wired, self._pace, self._mark = wired, pace or Pace(), mark
        self._ending = threading.Event()
        self._heart: threading.Thread | None = None
        self._polled_at: datetime | None = None
        self._sweeping = threading.Lock()
        self.take = TakeEvent(wired)
        self.dispatch = Dispatch(wired)
        self.send = SendChunk(wired, self._pause, self._ending.is_set)
        self.resolve = ResolveDoubts(wired, self.send)
        self.anyway = SendAnyway(wired)

    @property
    def handlers(self) -> dict[str, Handler]:
        """What the queue calls, by name."""
        return {
            TAKE_EVENT: self.take_event,
            SEND_CHUNK: self.send,
            SWEEP: self.sweep,
        }

    def start(self) -> None:
        """Begin; returns at once.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        wired, pace = self._wired, self._pace
        self._ending.clear()
        self.beat()
        routes = {route.name: pace.width for route in wired.policy.routes.values()}
        wired.queue.start(self.handlers, {"work": 4, **routes})
        wired.queue.schedule(SWEEP, every_seconds=pace.sweep)
        wired.queue.enqueue(Job(f"start-{wired.worker}", SWEEP, ""))
        self._heart = threading.Thread(target=self._live, name="heart", daemon=True)
        self._heart.start()

    def stop(self) -> None:
        """End in good order: what is being sent is finished, nothing new is begun."""
        self._ending.set()
        if self._heart is not None:
            self._heart.join(timeout=5)
        self._wired.queue.stop()
        try:
            self._wired.upkeep.leave(self._wired.worker)
            self._mark()
        except ExpectedError as error:
            log.warning("Left without a word: %s", error)

    def run_once(self) -> None:
        """Do one round of everything but what the queue does.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        self.beat()
        self.sweep("")

    def take_event(self, name: str) -> None:
        """Take in one event, and judge what follows from it."""
        application = self.take(name)
        if application is not None:
            self.dispatch(application)

    def sweep(self, _due: str) -> None:
        """Do what is due, and what others left undone; one sweep at a time.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            self._sweep()
        finally:
            self._sweeping.release()

    def _sweep(self) -> None:
        wired = self._wired
        now = wired.clock()
        for chunk in wired.upkeep.orphans(now, self._pace.patience):
            wired.upkeep.wake_chunk(chunk, now)
        until = monotonic() + _SHARE
        while events := wired.inbox.waiting_events(now):
            for event in events:
                if monotonic() > until:
                    break
                self._take(event.name)
            if monotonic() > until:  # an ATS that hangs: what is due must not wait
                break
        if self._polled_at is None or now - self._polled_at >= self._pace.poll:
            self._polled_at = now
            self.take.poll("directory")
        self._lift_ended(now)
        self._note_releases()
        self.resolve()
        while self.dispatch() >= LIMIT and not self._ending.is_set():
            pass
        self._tell_timeline()

    def beat(self) -> None:
        """Say that this worker lives, and take over what the dead held.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        wired = self._wired
        patience = self._pace.patience
        for dead in wired.upkeep.beat(wired.worker, wired.clock(), patience):
            count = wired.queue.resume(dead)
            log.warning("Worker %s is dead; %d jobs were taken over", dead, count)

    def reconcile(self, by: str) -> int:
        """Compare a restored database with the providers, and lift its stop.

        Returns how many messages are still in doubt; while it is not 0 and no person
        has decided about them, the stop stays.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        wired = self._wired
        self.take.poll("directory")
        self.resolve()
        waiting = len(wired.upkeep.in_doubt(wired.clock() + timedelta(days=1)))
        if not waiting:
            for stop in wired.stops.list():
                if stop.code == "RESTORED":
                    wired.stops.lift(stop.id, by=by, now=wired.clock())
        return waiting

    def _take(self, event: str) -> None:
        """Take in one event; one that cannot be must not hold up the others.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        try:
            self.take(event)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 -- told without its words
            log_unexpected(log, f"Event {event} cannot be taken in", error)
            until = self._wired.clock() + timedelta(minutes=5)
            self._wired.inbox.put_off(event, until=until)

    def _lift_ended(self, now: datetime) -> None:
        """Lift stops whose end has come, unless our clock runs apart from the ATS's."""
        offset = self._wired.clock_offset()
        if offset is None or abs(offset) <= self._wired.policy.skew:
            lift_ended(self._wired.stops, now)

    def _note_releases(self) -> None:
        """Say what is in force, so that claims of other workers compare with it."""
        try:
            verified = self._wired.releases.journeys()
        except ExpectedError:
            return
        self._wired.docket.note_releases([item.release for item in verified])

    def _tell_timeline(self) -> None:
        wired = self._wired
        until = monotonic() + _SHARE
        for delivery in wired.upkeep.untold(wired.clock()):
            if monotonic() > until:
                return
            again: datetime | None = None
            try:
                self._tell(delivery)
            except DirectoryUnavailableError:
                again = wired.clock() + timedelta(minutes=1)
            except ExpectedError as error:
                log.warning("The timeline refuses: %s", type(error).__name__)
            wired.upkeep.told(delivery, again=again)

    def _tell(self, delivery: Delivery) -> None:
        sent_at = delivery.sent_at
        if self._wired.timeline is not None and sent_at is not None:
            self._wired.timeline.log(
                delivery.intent.application,
                message_id=delivery.message_id,
                sent_at=sent_at.isoformat(),
                title=delivery.intent.template,
            )

    def _live(self) -> None:
        while not self._ending.wait(self._pace.beat):
            try:
                self.beat()
                self.send.close_left()
                self._mark()
            except ExpectedError as error:
                log.warning("A beat was missed: %s", error)
            except Exception as error:  # noqa: BLE001 -- told without its words
                log_unexpected(log, "A beat was missed", error)

    def _pause(self, seconds: float) -> None:
        self._ending.wait(seconds)
