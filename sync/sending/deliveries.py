"""What there is to read about deliveries, for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.candidates.facts import CandidateId
from sync.sending.delivery import Attempt, Delivery, DeliveryId, Round, State


@dataclass(frozen=True, slots=True)
class Attested:
    """An attestation as kept.

    Attributes:
        envelope: The signed bytes.
        position: From 0, in its route's chain.
    """

    delivery: DeliveryId
    route: str
    position: int
    envelope: bytes


class Deliveries(Protocol):
    """What there is to read about deliveries, for people."""

    def list(
        self,
        after: str = "",
        limit: int = 200,
        *,
        state: State | None = None,
        candidate: CandidateId | None = None,
    ) -> Sequence[Delivery]:
        """Return deliveries, the oldest first."""

    def find(self, text: str) -> Delivery:
        """Return the delivery of an id, an idempotency key or a Message-ID.

        Raises:
            UnknownMessageError: There is none.
        """

    def rounds(self, delivery: DeliveryId) -> Sequence[Round]:
        """Return how it was judged, the oldest first."""

    def attempts(self, delivery: DeliveryId) -> Sequence[Attempt]:
        """Return the tries to send it, the oldest first."""

    def attestation(self, delivery: DeliveryId) -> Attested | None:
        """Return the proof, None where nothing was sent."""

    def chain(
        self, route: str, after: int = -1, limit: int = 200
    ) -> Sequence[Attested]:
        """Return a route's proofs, the oldest first."""

    def counts(self) -> Mapping[State, int]:
        """Return how many there are of each state."""
