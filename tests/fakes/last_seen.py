"""A memory of the ledger that lasts as long as the test."""

from dataclasses import dataclass

from governance.ledger.seen import Seen


@dataclass
class InMemoryLastSeen:
    kept: Seen | None = None

    def last(self) -> Seen | None:
        return self.kept

    def remember(self, seen: Seen) -> None:
        if self.kept is None or seen.length > self.kept.length:
            self.kept = seen
