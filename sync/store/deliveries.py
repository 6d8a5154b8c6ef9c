"""What there is to read about deliveries, changes and proofs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from governance.texts import _
from sync.candidates.facts import CandidateId
from sync.errors import UnknownMessageError
from sync.sending.decision import Decision
from sync.sending.deliveries import Attested
from sync.sending.delivery import Attempt, Delivery, DeliveryId, Round, State
from sync.store import tables as t
from sync.store.engine import reading
from sync.store.rows import Row, decision_of, delivery_of


@dataclass(frozen=True, slots=True)
class Change:
    """Something that clients may want to read again; it carries ids only.

    Attributes:
        kind: "delivery", "application", "candidate", "stop", "record", "clock".
    """

    seq: int
    kind: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SqlDeliveries:
    """Reads the outbox for people."""

    engine: sa.Engine

    def list(
        self,
        after: str = "",
        limit: int = 200,
        *,
        state: State | None = None,
        candidate: CandidateId | None = None,
    ) -> Sequence[Delivery]:
        """Return deliveries, the oldest first."""
        rows = t.delivery.c
        query = sa.select(t.delivery).where(rows.id > after)
        if state is not None:
            query = query.where(rows.state == state.value)
        if candidate is not None:
            query = query.where(rows.candidate_id == candidate)
        with reading(self.engine) as connection:
            found = connection.execute(query.order_by(rows.id).limit(limit))
            return tuple(delivery_of(row) for row in found.mappings())

    def find(self, text: str) -> Delivery:
        """Return the delivery of an id, an idempotency key or a Message-ID.

        Raises:
            UnknownMessageError: There is none.
        """
        rows = t.delivery.c
        bracketed = f"<{text.strip('<>')}>"
        query = sa.select(t.delivery).where(
            sa.or_(rows.id == text, rows.key == text, rows.message_id == bracketed)
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise UnknownMessageError(
                _("The service knows no message “{text}”.").format(text=text)
            )
        return delivery_of(row)

    def rounds(self, delivery: DeliveryId) -> Sequence[Round]:
        """Return how it was judged, the oldest first."""
        columns = t.decision.c
        query = (
            sa.select(t.decision)
            .where(columns.delivery_id == delivery)
            .order_by(columns.round, columns.place)
        )
        rounds: dict[int, tuple[datetime, tuple[Decision, ...]]] = {}
        with reading(self.engine) as connection:
            for row in connection.execute(query).mappings():
                _at, before = rounds.get(row["round"], (row["at"], ()))
                rounds[row["round"]] = (row["at"], (*before, decision_of(row)))
        return tuple(Round(at, decisions) for at, decisions in rounds.values())

    def attempts(self, delivery: DeliveryId) -> Sequence[Attempt]:
        """Return the tries to send it, the oldest first."""
        columns = t.attempt.c
        query = (
            sa.select(t.attempt)
            .where(columns.delivery_id == delivery)
            .order_by(columns.number)
        )
        with reading(self.engine) as connection:
            return tuple(
                Attempt(
                    number=row["number"],
                    worker=row["worker"],
                    started_at=row["started_at"],
                    ended_at=row["ended_at"],
                    outcome=row["outcome"],
                )
                for row in connection.execute(query).mappings()
            )

    def attestation(self, delivery: DeliveryId) -> Attested | None:
        """Return the proof, None where nothing was sent."""
        query = sa.select(t.attestation).where(t.attestation.c.delivery_id == delivery)
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        return _attested(row) if row else None

    def chain(
        self, route: str, after: int = -1, limit: int = 200
    ) -> Sequence[Attested]:
        """Return a route's proofs, the oldest first."""
        columns = t.attestation.c
        query = (
            sa.select(t.attestation)
            .where(columns.route == route, columns.position > after)
            .order_by(columns.position)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return tuple(map(_attested, connection.execute(query).mappings()))

    def counts(self) -> Mapping[State, int]:
        """Return how many there are of each state; none is left out."""
        columns = t.delivery.c
        query = sa.select(columns.state, sa.func.count()).group_by(columns.state)
        with reading(self.engine) as connection:
            found: dict[str, int] = {
                row[0]: row[1] for row in connection.execute(query)
            }
        return {state: found.get(state.value, 0) for state in State}

    def changes(self, after: int = 0, limit: int = 200) -> Sequence[Change]:
        """Return what changed after a position, the oldest first."""
        columns = t.change.c
        query = (
            sa.select(t.change)
            .where(columns.seq > after)
            .order_by(columns.seq)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return tuple(
                Change(row.seq, row.kind, row.subject, row.at)
                for row in connection.execute(query)
            )


def _attested(row: Row) -> Attested:
    return Attested(
        delivery=DeliveryId(row["delivery_id"]),
        route=row["route"],
        position=row["position"],
        envelope=row["envelope"],
    )
