"""A worker dies at each step of sending; another one finishes, and once only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sync.sending.delivery import State
from sync.sending.mailer import InDoubt, OutgoingMessage, Receipt
from sync.sending.outbox import Sent
from sync.sending.worker import Pace, Worker
from tests.fakes.service import (
    MORNING,
    Clock,
    FakeMailer,
    Service,
    a_service,
    an_application,
)

COUNT = 3


class DeathError(BaseException):
    """Nothing that the program could catch and go on after."""


class Dying:
    """The real outbox, whose user dies before or after a call."""

    def __init__(self, real: object, step: str) -> None:
        self._real = real
        self._when, self._name = step.split(" ")
        self._count = 0

    def __getattr__(self, name: str) -> Callable[..., object]:
        call: Callable[..., object] = getattr(self._real, name)
        return self._mortal(call) if name == self._name else call

    def _mortal(self, call: Callable[..., object]) -> Callable[..., object]:
        def dies(*arguments: object, **named: object) -> object:
            self._count += 1
            is_last = self._count == min(2, self._most())  # in the middle of a chunk
            if is_last and self._when == "before":
                raise DeathError
            answer = call(*arguments, **named)
            if is_last:
                raise DeathError
            return answer

        return dies

    def _most(self) -> int:
        return 1 if "chunk" in self._name else COUNT


class DyingMailer(FakeMailer):
    """A provider during whose work the service dies."""

    dies = ""

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take it or not, and die."""
        is_time = len(self.taken) == 1 and self.dies
        if is_time and self.dies == "before":
            raise DeathError
        receipt = super().send(message, idempotency_key=idempotency_key)
        if is_time:
            raise DeathError
        return receipt


def an_heir(folder: Path, dead: Service, clock: Clock) -> Service:
    return a_service(
        folder,
        clock=clock,
        directory=dead.directory,
        mailer=dead.mailer,
        releases=dead.releases,
        key=dead.key,
        worker="heir",
    )


STEPS = [
    f"{when} {call}"
    for call in ("open_chunk", "claim", "send", "confirm", "close_chunk")
    for when in ("before", "after")
] + ["within confirm"]


@pytest.mark.parametrize("way", [InDoubt.LOOKUP, InDoubt.IDEMPOTENT])
@pytest.mark.parametrize("step", STEPS)
def test_wherever_a_worker_dies_each_message_goes_once(
    tmp_path: Path, step: str, way: InDoubt
) -> None:
    clock, mailer = Clock(), DyingMailer(in_doubt=way)
    service = a_service(tmp_path, clock=clock, mailer=mailer)
    wired = service.wired
    when, name = step.split(" ")
    if name == "send":
        mailer.dies = when
    elif when == "within":

        def attest(_sent: Sent) -> bytes:
            raise DeathError

        wired = replace(wired, attest=attest)
    else:
        dying = Dying(wired.outbox, step)
        wired = replace(wired, outbox=dying)  # type: ignore[arg-type]  # it is one
    service.worker = Worker(wired, Pace(poll=timedelta(days=1)))
    service.queue.start(service.worker.handlers, {})
    service.worker.beat()
    for number in range(COUNT):
        due = MORNING - timedelta(minutes=COUNT - number)
        service.tell(an_application(number, stage_entered_at=due))
    service.worker.sweep("")

    with pytest.raises(DeathError):
        service.queue.drain()
    service.store.close()
    mailer.dies = ""
    heir = an_heir(tmp_path, service, clock)
    for _round in range(6):
        clock.forward(seconds=20)
        heir.run()

    assert heir.store.deliveries.counts()[State.SENT] == COUNT
    taken = [message.message_id for message in mailer.taken]
    assert len(taken) == len(set(taken)) == COUNT
    chain = heir.store.deliveries.chain("email/fake")
    assert [link.position for link in chain] == list(range(COUNT))
    heir.store.close()
