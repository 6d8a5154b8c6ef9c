"""The outbox in the service's database: every move is one compare-and-swap."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from governance.names import Digest
from sync.sending.decision import Decision, Reason
from sync.sending.delivery import Delivery, State
from sync.sending.mailer import Receipt, Route
from sync.sending.outbox import Attest, OpenChunk, Parcel, Refusal, Sent
from sync.store import tables as t
from sync.store.chunks import lay_chunk_aside, take_chunk
from sync.store.claiming import (
    CLAIM,
    CONFIRM,
    as_it_was,
    begin_attempt,
    end_attempt,
    known_as,
    lengthen,
    link_of,
)
from sync.store.engine import reading, writing
from sync.store.parcels import keep_parcel, parcel_of
from sync.store.rounds import last_decisions, record_word
from sync.store.rows import announce, delivery_of
from sync.store.sealing import Sealer
from sync.store.throttle import take_token


class _TakenBackError(Exception):
    """A claim that must not be: all that it wrote is undone."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """Moves deliveries from ready to sent."""

    engine: sa.Engine
    sealer: Sealer

    def open_chunk(self, chunk: str, worker: str, now: datetime) -> OpenChunk | None:
        """Take a chunk in hand: its epoch goes up, so nobody else may write.

        What a former worker was sending is in doubt from here on. None for a chunk that
        is done, strange, or in the hands of somebody who lives.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        with writing(self.engine) as connection:
            return take_chunk(connection, chunk, worker, now)

    def claim(
        self,
        delivery: Delivery,
        epoch: int,
        parcel: Parcel,
        route: Route,
        now: datetime,
    ) -> Delivery | Refusal:
        """Begin to send: one UPDATE whose WHERE is the last gate.

        The parcel is kept with it, sealed. Where it is refused nothing was written.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        given = known_as(delivery) | {
            "b_new_epoch": epoch,
            "b_sha256": parcel.sha256,
            "b_inputs": parcel.inputs,
            "b_segments": parcel.segments,
            "b_now": now,
        }
        try:
            with writing(self.engine) as connection:
                claimed = connection.execute(CLAIM, given).mappings().first()
                if claimed is None:
                    return Refusal.LOST
                if not keep_parcel(connection, self.sealer, delivery, parcel):
                    raise _TakenBackError(Refusal.LOST)  # noqa: TRY301 -- rolls back
                if not take_token(connection, route, now):
                    raise _TakenBackError(Refusal.THROTTLED)  # noqa: TRY301 -- as above
                begin_attempt(connection, delivery.id, claimed["attempts"], now)
                return delivery_of(claimed)
        except _TakenBackError as error:
            return error.refusal

    def claim_again(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """Begin to send a message in doubt once more; None if another one does."""
        rows = t.delivery.c
        with writing(self.engine) as connection:
            row = (
                connection.execute(
                    t.delivery.update()
                    .where(as_it_was(delivery), rows.state == State.IN_DOUBT.value)
                    .values(
                        state=State.SENDING.value,
                        attempts=rows.attempts + 1,
                        claimed_at=now,
                    )
                    .returning(t.delivery)
                )
                .mappings()
                .first()
            )
            if row is None:
                return None
            begin_attempt(connection, delivery.id, row["attempts"], now)
        return delivery_of(row)

    def parcel(self, delivery: Delivery) -> Parcel | None:
        """Return the message that was claimed, None where it was erased."""
        with reading(self.engine) as connection:
            return parcel_of(connection, self.sealer, delivery)

    def confirm(
        self,
        delivery: Delivery,
        receipt: Receipt,
        attest: Attest,
        *,
        now: datetime,
        reason: Reason = Reason.OK,
        word: Decision | None = None,
    ) -> bool:
        """Say that a claimed message was sent, and keep its attestation, in one.

        A person's ``word`` for it is kept among the decisions. False where the delivery
        is no longer as ``delivery`` says.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        given = known_as(delivery) | {
            "b_reason": reason.value,
            "b_provider_id": receipt.provider_id,
            "b_now": now,
        }
        with writing(self.engine) as connection:
            row = connection.execute(CONFIRM, given).mappings().first()
            if row is None:
                return False
            outcome = "sent" if reason is Reason.OK else "found"
            end_attempt(connection, delivery, outcome, now)
            if row["sha256"]:  # nothing can be attested that was never claimed here
                link = link_of(connection, row["route"])
                sent = Sent(
                    delivery=delivery_of(row),
                    inputs=Digest(row["inputs"]),
                    segments=row["segments"],
                    judged=row["judged"],
                    decisions=last_decisions(connection, delivery.id),
                    receipt=receipt,
                    sent_at=now,
                    link=link,
                )
                lengthen(connection, link, sent.delivery, attest(sent))
            if word is not None:
                record_word(connection, delivery.id, word, now)
            announce(connection, "delivery", delivery.id, now)
        return True

    def give_back(
        self,
        delivery: Delivery,
        reason: Reason,
        *,
        until: datetime,
        now: datetime,
        word: Decision | None = None,
    ) -> bool:
        """Let a delivery be judged again at ``until``: it was surely not sent.

        A person's ``word`` for it is kept among the decisions.
        """
        return self._move(
            delivery,
            State.HELD,
            reason,
            next_at=until,
            outcome="unavailable",
            now=now,
            word=word,
        )

    def hurry(self, delivery: Delivery, word: Decision, *, now: datetime) -> bool:
        """Have a held delivery judged at once, with a person's ``word`` for it.

        False where it is not held any more.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        rows = t.delivery.c
        with writing(self.engine) as connection:
            won = connection.execute(
                t.delivery.update()
                .where(as_it_was(delivery), rows.state == State.HELD.value)
                .values(next_at=now)
            ).rowcount
            if won:
                record_word(connection, delivery.id, word, now)
                announce(connection, "delivery", delivery.id, now)
        return bool(won)

    def doubt(self, delivery: Delivery, reason: Reason, *, now: datetime) -> bool:
        """Say that nobody knows whether a claimed message was sent."""
        return self._move(
            delivery,
            State.IN_DOUBT,
            reason,
            next_at=now,
            outcome="in_doubt",
            now=now,
        )

    def ask_later(
        self, delivery: Delivery, reason: Reason, until: datetime | None
    ) -> bool:
        """Leave a delivery in doubt until ``until``; None: until a person decides."""
        rows = t.delivery.c
        with writing(self.engine) as connection:
            won = connection.execute(
                t.delivery.update()
                .where(as_it_was(delivery), rows.state == State.IN_DOUBT.value)
                .values(reason=reason.value, next_at=until, until=until)
            ).rowcount
        return bool(won)

    def fail(self, delivery: Delivery, reason: Reason, *, now: datetime) -> bool:
        """Say that a delivery was not sent and never will be."""
        return self._move(
            delivery,
            State.FAILED,
            reason,
            next_at=None,
            outcome="refused",
            now=now,
        )

    def close_chunk(self, chunk: OpenChunk, now: datetime) -> bool:
        """Lay a chunk aside; what it still holds is judged again.

        False where another worker has it by now.
        """
        with writing(self.engine) as connection:
            return lay_chunk_aside(connection, chunk, now)

    def _move(
        self,
        delivery: Delivery,
        state: State,
        reason: Reason,
        *,
        next_at: datetime | None,
        outcome: str,
        now: datetime,
        word: Decision | None = None,
    ) -> bool:
        open_states = [State.READY.value, State.SENDING.value, State.IN_DOUBT.value]
        rows = t.delivery.c
        with writing(self.engine) as connection:
            won = connection.execute(
                t.delivery.update()
                .where(as_it_was(delivery), rows.state.in_(open_states))
                .values(
                    state=state.value,
                    reason=reason.value,
                    next_at=next_at,
                    until=next_at if state is State.HELD else None,
                    chunk_id="" if state is State.HELD else rows.chunk_id,
                )
            ).rowcount
            if won:
                end_attempt(connection, delivery, outcome, now)
                if word is not None:
                    record_word(connection, delivery.id, word, now)
                announce(connection, "delivery", delivery.id, now)
        return bool(won)
