"""Stops that end by themselves, and stops of one thing alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.client import ServiceClient
from sync.errors import ServiceRefusedError
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.stops import ENDED, Scope
from sync.serving.server import address, listen, serving_on
from sync.store import tables as t
from sync.store.engine import reading
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, THEN
from tests.fakes.desk import Service as InMemory
from tests.fakes.service import MORNING, Service, a_service, an_application

RUTH = "ruth@northwind.example"
SOON = timedelta(minutes=10)


def stopped_for_a_while(folder: Path) -> Service:
    service = a_service(folder)
    service.store.stops.set(
        Scope.TEMPLATE,
        "interview-invitation",
        reason="!",
        by=RUTH,
        now=MORNING,
        until=MORNING + SOON,
    )
    service.tell(an_application())
    service.run()
    return service


def test_a_stop_holds_until_its_end_and_says_so(tmp_path: Path) -> None:
    service = stopped_for_a_while(tmp_path)

    (delivery,) = service.store.deliveries.list()

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.STOPPED)
    assert delivery.until == MORNING + SOON


def test_at_its_end_it_is_lifted_and_what_it_held_goes(tmp_path: Path) -> None:
    service = stopped_for_a_while(tmp_path)
    service.clock.now = MORNING + SOON

    service.run()

    assert service.states() == {"sent": 1}
    assert service.store.stops.list() == ()
    with reading(service.store.engine) as connection:
        (row,) = connection.execute(t.stop.select()).mappings()
    assert (row["lifted_by"], row["lifted_at"]) == (ENDED, MORNING + SOON)


def test_a_clock_that_runs_apart_ends_no_stop(tmp_path: Path) -> None:
    service = stopped_for_a_while(tmp_path)
    service.clock.now = MORNING + SOON
    object.__setattr__(service.wired, "clock_offset", lambda: timedelta(hours=-1))

    service.run()

    assert len(service.store.stops.list()) == 1
    assert service.states() == {"held": 1}


def test_a_stop_without_an_end_is_lifted_by_nobody(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.store.stops.set(Scope.ALL, "", reason="!", by=RUTH, now=MORNING)
    service.clock.forward(days=30)

    service.run()

    assert len(service.store.stops.list()) == 1


def test_the_service_is_told_when_a_stop_ends() -> None:
    memory = InMemory()
    listening = listen(0)
    desk = memory.desk(address(listening))
    with serving_on(build_application(desk, memory.ledger), listening) as where:
        client = ServiceClient.at(where.address, LOCAL)
        told = client.stop("!", scope=Scope.CHANNEL, subject="sms", until=THEN + SOON)
        for past in (THEN, datetime(1999, 1, 1, tzinfo=UTC)):
            with pytest.raises(ServiceRefusedError, match="must lie ahead"):
                client.stop("!", until=past)
        held = client.stops()
        client.close()

    assert (told.subject, told.until) == ("sms", THEN + SOON)
    assert held == (told,)
