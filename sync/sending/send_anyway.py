"""Sending a held message now: who says so, why, and past what."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.texts import _
from sync.errors import ServiceRefusedError
from sync.sending.anyway import word_about
from sync.sending.delivery import Delivery, Round
from sync.sending.ports import Wired


@dataclass(frozen=True, slots=True)
class SendAnyway:
    """Takes a person's word; the gates are asked again before anything goes."""

    wired: Wired

    def __call__(
        self, delivery: Delivery, rounds: Sequence[Round], *, by: str, why: str
    ) -> None:
        """Have ``delivery`` judged at once, past what a person may open.

        Args:
            delivery: A held message.
            rounds: How it was judged.
            by: Who says so.
            why: In their words.

        Raises:
            ServiceRefusedError: Nobody may send past what holds it, or it went on.
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        now, opened = self.wired.clock(), self.wired.policy.anyway
        word = word_about(delivery, rounds, opened, by=by, why=why, now=now)
        if not self.wired.outbox.hurry(delivery, word, now=now):
            raise ServiceRefusedError(_("No gate holds this message now."))
