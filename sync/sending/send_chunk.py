"""Sending a chunk: claim, send, confirm, one message after the other.

Killed at any point nothing is lost and nothing is sent twice: before the claim nothing
has happened, after the confirm it is proved, and in between it is in doubt.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from governance.errors import (
    ExpectedError,
    LedgerUnavailableError,
    RendererUnavailableError,
)
from sync.errors import (
    ErasedError,
    MailerBusyError,
    MailerInDoubtError,
    MailerRefusedError,
    MailerUnavailableError,
    StoreUnavailableError,
    UnknownApplicationError,
    log_unexpected,
)
from sync.publishing.releases import VerifiedRelease
from sync.sending.decision import Reason
from sync.sending.delivery import Delivery
from sync.sending.mailer import InDoubt, Mailer, OutgoingMessage, Route
from sync.sending.outbox import OpenChunk, Parcel, Refusal
from sync.sending.ports import Wired

_AWAY: Final = timedelta(seconds=30)
_SOON: Final = timedelta(minutes=1)
_LATER: Final = timedelta(minutes=15)
_LONGEST: Final = 900  # seconds between tries
_NAP: Final = 0.5  # seconds, at most, to wait for the throttle
_NAPS: Final = (0.2, 1.0, 3.0)  # seconds between tries to write what must be written

log = logging.getLogger(__name__)


class _Write(Protocol):
    """How the outbox is told what became of a message."""

    def __call__(self, delivery: Delivery, reason: Reason, *, now: datetime) -> bool:
        """Write it; False where somebody else did."""


@dataclass(frozen=True, slots=True)
class SendChunk:
    """Sends what one chunk holds.

    Attributes:
        pause: Waits so many seconds, or less where the service is ending.
        is_ending: Whether the service is ending: then nothing new is begun.
        left: Chunks that are done and could not be laid aside yet.
    """

    wired: Wired
    pause: Callable[[float], None]
    is_ending: Callable[[], bool]
    left: list[OpenChunk] = field(default_factory=list)

    def __call__(self, name: str) -> None:
        """Send the chunk of that name; one that is done or another's is left alone.

        Raises:
            StoreUnavailableError: The database cannot be used; the chunk waits.
        """
        wired = self.wired
        chunk = wired.outbox.open_chunk(name, wired.worker, wired.clock())
        if chunk is None:
            return
        away: datetime | None = None
        try:
            for delivery in chunk.deliveries:
                if self.is_ending():
                    break
                if away is not None:
                    self._put_off(delivery, Reason.MAILER_AWAY, away)
                    continue
                away = self._send_safely(delivery, chunk.epoch)
        finally:  # whatever it was, the others need not wait for it
            self._close(chunk)

    def close_left(self) -> None:
        """Lay chunks aside that could not be laid aside when they were done.

        Raises:
            StoreUnavailableError: The database still cannot be used.
        """
        for chunk in tuple(self.left):
            self.wired.outbox.close_chunk(chunk, self.wired.clock())
            self.left.remove(chunk)

    def _close(self, chunk: OpenChunk) -> None:
        """Lay ``chunk`` aside, now or as soon as the database lets us."""
        wired = self.wired
        try:
            self._insist(lambda: wired.outbox.close_chunk(chunk, wired.clock()))
        except StoreUnavailableError:
            log.warning("Chunk %s is done and cannot be laid aside yet", chunk.id)
            self.left.append(chunk)

    def _insist(self, write: Callable[[], bool]) -> None:
        """Write what only this process knows, though the database be busy a while.

        Raises:
            StoreUnavailableError: It cannot be used for longer than that.
        """
        for nap in _NAPS:
            try:
                write()
            except StoreUnavailableError:
                self.pause(nap)
            else:
                return
        write()

    def _send_safely(self, delivery: Delivery, epoch: int) -> datetime | None:
        """Send one message; one that cannot be must not hold up the others.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        try:
            return self._send(delivery, epoch)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 -- told without its words
            log_unexpected(log, f"{delivery.id} cannot be sent", error)
            # Without effect on one that was claimed meanwhile.
            self._put_off(delivery, Reason.CANNOT_RENDER, self.wired.clock() + _LATER)
            return None

    def _send(self, delivery: Delivery, epoch: int) -> datetime | None:
        """Send one message; return until when the provider is away, if it is."""
        mailer = self.wired.mailers[delivery.intent.channel]
        route = self.wired.policy.routes[delivery.intent.channel]
        parcel = self._parcel(delivery)
        if parcel is None:
            return None
        claimed = self._claim(delivery, epoch, parcel, route)
        if claimed is None:
            return None
        return self.hand_over(claimed, parcel, mailer)

    def hand_over(
        self, claimed: Delivery, parcel: Parcel, mailer: Mailer
    ) -> datetime | None:
        """Give a claimed message to the provider, and write down what it says."""
        wired = self.wired
        message = OutgoingMessage(
            channel=claimed.intent.channel,
            recipient=parcel.recipient,
            sender=parcel.sender,
            body=parcel.body,
            message_id=claimed.message_id,
        )
        if _is_stale(claimed, mailer, wired.clock()):
            # Somebody may have taken it over by now, and looked for it in vain.
            self._put_off(claimed, Reason.CLAIM_LOST, wired.clock())
            return None
        try:
            receipt = mailer.send(message, idempotency_key=claimed.key)
        except MailerUnavailableError as error:
            seconds = min(15 * 2 ** min(claimed.attempts, 10), _LONGEST)
            until = wired.clock() + timedelta(seconds=seconds)
            self._put_off(claimed, Reason.MAILER_AWAY, until)
            # The others come sooner than this one: it may be what breaks things.
            is_alone = isinstance(error, MailerBusyError)
            return None if is_alone else wired.clock() + _AWAY
        except MailerRefusedError:
            self._end(claimed, wired.outbox.fail, Reason.MAILER_REFUSED)
            return None
        except MailerInDoubtError:
            self._end(claimed, wired.outbox.doubt, Reason.IN_DOUBT)
            return None
        except Exception:
            # Whatever it was: the provider may have the message.
            self._end(claimed, wired.outbox.doubt, Reason.IN_DOUBT)
            raise
        now = wired.clock()
        confirm = partial(wired.outbox.confirm, claimed, receipt, wired.attest, now=now)
        self._insist(confirm)
        return None

    def _end(self, claimed: Delivery, write: _Write, reason: Reason) -> None:
        self._insist(lambda: write(claimed, reason, now=self.wired.clock()))

    def _parcel(self, delivery: Delivery) -> Parcel | None:
        wired, intent = self.wired, delivery.intent
        try:
            release = wired.releases.current(intent.template)
            if _moved_on(delivery, release):
                self._put_off(delivery, Reason.CLAIM_LOST, wired.clock())
                return None
            kept = wired.candidates.application(intent.application)
            return wired.prepare(
                intent, delivery.message_id, release, kept.snapshot, wired.clock()
            )
        except (ErasedError, UnknownApplicationError):
            self._put_off(delivery, Reason.CLAIM_LOST, wired.clock())
        except (RendererUnavailableError, LedgerUnavailableError):
            self._put_off(delivery, Reason.CANNOT_RENDER, wired.clock() + _SOON)
        except ExpectedError as error:
            log.warning("%s cannot be rendered: %s", delivery.id, type(error).__name__)
            self._put_off(delivery, Reason.CANNOT_RENDER, wired.clock() + _LATER)
        return None

    def _claim(
        self, delivery: Delivery, epoch: int, parcel: Parcel, route: Route
    ) -> Delivery | None:
        wired = self.wired
        while not self.is_ending():
            answer = wired.outbox.claim(delivery, epoch, parcel, route, wired.clock())
            if answer is Refusal.THROTTLED:
                self.pause(min(_NAP, 1 / route.rate))
                continue
            if answer is Refusal.LOST:
                self._put_off(delivery, Reason.CLAIM_LOST, wired.clock())
                return None
            return answer
        return None

    def _put_off(self, delivery: Delivery, reason: Reason, until: datetime) -> None:
        outbox, now = self.wired.outbox, self.wired.clock()
        self._insist(lambda: outbox.give_back(delivery, reason, until=until, now=now))


def _is_stale(claimed: Delivery, mailer: Mailer, now: datetime) -> bool:
    """Whether a claim is so old that handing it over may be one time too many."""
    if mailer.in_doubt is InDoubt.IDEMPOTENT or claimed.claimed_at is None:
        return False
    return now - claimed.claimed_at > timedelta(seconds=mailer.settles_after / 2)


def _moved_on(delivery: Delivery, release: VerifiedRelease) -> bool:
    judged = (delivery.version, delivery.closure)
    return judged != (release.version, release.closure)
