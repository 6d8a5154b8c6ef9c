"""Another program holds the database for a while, in the middle of sending."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import event

from sync.sending.delivery import State
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt
from sync.sending.send_chunk import SendChunk
from tests.fakes.service import FakeMailer, Service, a_service, an_application


@dataclass
class Holder(FakeMailer):
    """A provider during whose work another program takes the database."""

    other: sqlite3.Connection | None = None
    pauses: list[float] = field(default_factory=list)
    holds_for: int = 2

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take the message, and the database."""
        if self.other is not None and not self.pauses:
            self.other.execute("BEGIN IMMEDIATE")
        return super().send(message, idempotency_key=idempotency_key)

    def pause(self, seconds: float) -> None:
        """Let the database go after some pauses."""
        self.pauses.append(seconds)
        if self.other is not None and len(self.pauses) == self.holds_for:
            self.other.rollback()


@contextmanager
def a_held_service(
    folder: Path, mailer: Holder, *, is_ending: bool = False
) -> Iterator[Service]:
    service = a_service(folder, mailer=mailer)
    event.listen(
        service.store.engine,
        "checkout",
        lambda raw, *_: raw.execute("PRAGMA busy_timeout=20"),
    )
    sending = SendChunk(service.wired, mailer.pause, lambda: is_ending)
    service.worker.send = sending
    service.queue.start(service.worker.handlers, {})
    path = folder / "service.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        mailer.other = other
        yield service
    service.store.close()


def open_chunks(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "service.sqlite")) as database:
        found = database.execute("SELECT count(*) FROM chunk WHERE closed_at IS NULL")
        count: int = found.fetchone()[0]
        return count


@pytest.mark.parametrize("way", list(InDoubt))
def test_what_the_provider_took_is_confirmed_once_the_database_is_free(
    tmp_path: Path, way: InDoubt
) -> None:
    mailer = Holder(in_doubt=way)

    with a_held_service(tmp_path, mailer) as service:
        service.tell(an_application())
        service.queue.drain()

        assert service.states() == {"sent": 1}
        assert len(mailer.taken) == 1
        assert open_chunks(tmp_path) == 0


def test_a_chunk_that_cannot_be_laid_aside_is_laid_aside_at_the_next_beat(
    tmp_path: Path,
) -> None:
    mailer = Holder(in_doubt=InDoubt.LOOKUP, holds_for=99)

    with a_held_service(tmp_path, mailer) as service:
        for number in range(3):
            service.tell(an_application(number))
        service.worker.sweep("")
        with pytest.raises(Exception, match="holds"):
            service.queue.drain()
        before = open_chunks(tmp_path)
        assert mailer.other is not None
        mailer.other.rollback()
        mailer.other = None
        service.worker.send.close_left()
        after = open_chunks(tmp_path)
        service.clock.forward(minutes=1)  # far from the ten that others wait
        service.run()
        service.clock.forward(seconds=6)
        service.run()

        assert before == 1
        assert after == 0
        assert service.states() == {"sent": 3}
        assert len(mailer.taken) == len({m.message_id for m in mailer.taken}) == 3


def test_a_claim_that_has_grown_old_is_not_handed_over(tmp_path: Path) -> None:
    mailer = FakeMailer(settles_after=60)
    service = a_service(tmp_path, mailer=mailer)
    outbox = service.store.outbox
    service.tell(an_application())
    service.worker.take_event("ats:e1")
    (delivery,) = service.store.deliveries.list(state=State.READY)
    chunk = outbox.open_chunk(delivery.chunk, "w1", service.clock())
    assert chunk is not None
    parcel = service.worker.send._parcel(delivery)  # noqa: SLF001 -- as it does itself
    assert parcel is not None
    route = service.wired.policy.routes[delivery.intent.channel]
    claimed = service.worker.send._claim(delivery, chunk.epoch, parcel, route)  # noqa: SLF001 -- as above
    assert claimed is not None

    service.clock.forward(seconds=31)  # the computer slept, and others looked it up
    service.worker.send.hand_over(claimed, parcel, mailer)

    assert mailer.taken == []
    assert service.states() == {"held": 1}
