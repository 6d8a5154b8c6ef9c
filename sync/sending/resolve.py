"""Resolving doubts: send again, ask the provider, or leave it to a person."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from sync.errors import StoreUnavailableError, log_unexpected
from sync.sending.decision import Reason, told_by_person
from sync.sending.delivery import Delivery
from sync.sending.mailer import InDoubt, Mailer, Receipt, Sighting
from sync.sending.ports import Wired
from sync.sending.send_chunk import SendChunk

log = logging.getLogger(__name__)

_AGAIN: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class ResolveDoubts:
    """Finds out what became of messages that were under way when something died."""

    wired: Wired
    send: SendChunk

    def __call__(self) -> int:
        """Resolve what can be resolved now; say how many were looked at.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        doubtful = self.wired.upkeep.in_doubt(self.wired.clock())
        for delivery in doubtful:
            try:
                self._resolve(delivery)
            except StoreUnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 -- told without its words
                log_unexpected(log, f"{delivery.id} cannot be resolved", error)
                until = self.wired.clock() + _AGAIN
                self.wired.outbox.ask_later(delivery, Reason.IN_DOUBT, until)
        return len(doubtful)

    def decide(self, delivery: Delivery, *, was_sent: bool, by: str) -> bool:
        """Resolve a doubt by a person's word; False where there is none any more.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        now, word = self.wired.clock(), told_by_person(by, was_sent=was_sent)
        if was_sent:
            return self.wired.outbox.confirm(
                delivery,
                Receipt(provider=f"person:{by}"),
                self.wired.attest,
                now=now,
                reason=Reason.DECIDED_BY_PERSON,
                word=word,
            )
        return self.wired.outbox.give_back(
            delivery, Reason.DECIDED_BY_PERSON, until=now, now=now, word=word
        )

    def _resolve(self, delivery: Delivery) -> None:
        mailer = self.wired.mailers.get(delivery.intent.channel)
        way = mailer.in_doubt if mailer else InDoubt.HOLD
        match way:
            case InDoubt.LOOKUP:
                assert mailer is not None, "without one it is held"
                self._look_up(delivery, mailer)
            case InDoubt.IDEMPOTENT:
                assert mailer is not None, "without one it is held"
                self._send_again(delivery, mailer)
            case InDoubt.HOLD:
                self.wired.outbox.ask_later(delivery, Reason.PERSON_DECIDES, None)
            case _:
                assert_never(way)

    def _look_up(self, delivery: Delivery, mailer: Mailer) -> None:
        """Ask, once a message that was on its way must have arrived."""
        wired, now = self.wired, self.wired.clock()
        settled = self._since(delivery) + timedelta(seconds=mailer.settles_after)
        if now < settled:
            wired.outbox.ask_later(delivery, Reason.IN_DOUBT, settled)
            return
        sighting = mailer.look_up(delivery.message_id)
        now = wired.clock()
        match sighting:
            case Sighting.FOUND:
                wired.outbox.confirm(
                    delivery,
                    Receipt(provider=delivery.route),
                    wired.attest,
                    now=now,
                    reason=Reason.FOUND_AT_PROVIDER,
                )
            case Sighting.NOT_FOUND:
                wired.outbox.give_back(delivery, Reason.IN_DOUBT, until=now, now=now)
            case Sighting.UNKNOWN:
                until = now + _AGAIN
                wired.outbox.ask_later(delivery, Reason.IN_DOUBT, until)
            case _:
                assert_never(sighting)

    def _send_again(self, delivery: Delivery, mailer: Mailer) -> None:
        """Send the same bytes under the same key: the provider keeps it one message."""
        wired, now = self.wired, self.wired.clock()
        if any(stop.holds(delivery.intent) for stop in wired.stops.list()):
            wired.outbox.ask_later(delivery, Reason.IN_DOUBT, now + _AGAIN)
            return
        parcel = wired.outbox.parcel(delivery)
        if parcel is None and not delivery.sha256:
            # Never claimed here: the key protects the ordinary way as well.
            wired.outbox.give_back(delivery, Reason.IN_DOUBT, until=now, now=now)
            return
        if parcel is None:
            wired.outbox.ask_later(delivery, Reason.PERSON_DECIDES, None)
            return
        if claimed := wired.outbox.claim_again(delivery, now):
            self.send.hand_over(claimed, parcel, mailer)

    def _since(self, delivery: Delivery) -> datetime:
        """Return the last moment at which somebody may have been sending it."""
        restored = self.wired.upkeep.restored_at()
        known = [at for at in (delivery.claimed_at, restored) if at is not None]
        return max(known) if known else self.wired.clock()
