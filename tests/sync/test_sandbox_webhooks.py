"""The practice ATS tells what happened: signed, until it is believed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.api.practice import NewWebhook
from sync.calling import new_http
from sync.connectors.ats.practice_events import PracticeEvents
from sync.practice_client import PracticeClient
from sync.sandbox.__main__ import sandbox
from sync.sending.inbox import InboundEvent
from sync.serving.body import WholeBody, body
from sync.serving.server import serving

SECRET = "both sides know it"


class Listener:
    """An address that is told, and says no as often as it is asked to."""

    def __init__(self, refusals: list[int]) -> None:
        self.heard: Queue[InboundEvent | None] = Queue()
        self.refusals = refusals
        self._proof = PracticeEvents((SECRET,))

    def take(self, request: Request) -> Response:
        if self.refusals:
            return Response(status_code=self.refusals.pop())
        headers = dict(request.headers)
        self.heard.put(self._proof.verify(headers, body(request), datetime.now(UTC)))
        return Response(status_code=200)


@pytest.fixture
def listener() -> Listener:
    return Listener([])


@pytest.fixture
def address(listener: Listener) -> Iterator[str]:
    routes = [Route("/hook", listener.take, methods=["POST"])]
    with serving(WholeBody(Starlette(routes=routes))) as served:
        yield f"{served.address}/hook"


@pytest.fixture
def recruiter(tmp_path: Path, address: str) -> Iterator[PracticeClient]:
    with sandbox(tmp_path) as where:
        client = PracticeClient(new_http(where.http), where.token)
        client.listen(NewWebhook(address, SECRET))
        yield client
        client.close()


def test_a_move_is_told_and_proved(
    recruiter: PracticeClient, listener: Listener
) -> None:
    recruiter.move("app-001", "interview")

    event = listener.heard.get(timeout=5)

    assert event is not None
    assert (event.application, event.kind) == ("app-001", "application.moved")


def test_it_is_told_again_until_it_is_believed(
    recruiter: PracticeClient, listener: Listener
) -> None:
    listener.refusals += [500, 202]

    recruiter.move("app-001", "interview")
    event = listener.heard.get(timeout=5)

    assert event is not None
    assert event.application == "app-001"
    assert listener.refusals == []


def test_what_was_not_told_is_told_after_a_restart(
    tmp_path: Path, listener: Listener, address: str
) -> None:
    with sandbox(tmp_path) as where:
        client = PracticeClient(new_http(where.http), where.token)
        client.listen(NewWebhook("http://127.0.0.1:1/nobody", SECRET))
        client.move("app-001", "interview")
        client.listen(NewWebhook(address, SECRET))
        client.withdraw("app-002")
        first = listener.heard.get(timeout=5)
        waiting = {hook.url: hook.waiting for hook in client.webhooks()}
        client.close()

    with sandbox(tmp_path) as where:
        client = PracticeClient(new_http(where.http), where.token)
        still = {hook.url: hook.waiting for hook in client.webhooks()}
        client.close()

    assert first is not None
    assert first.application == "app-002"
    assert waiting["http://127.0.0.1:1/nobody"] == 2
    assert still["http://127.0.0.1:1/nobody"] == 2


def test_fifty_moves_are_fifty_tellings(
    recruiter: PracticeClient, listener: Listener
) -> None:
    fifty = [f"app-{number:03}" for number in range(17, 67)]

    recruiter.move_many(fifty, "interview")
    heard = [listener.heard.get(timeout=5) for _each in fifty]

    assert [event.application for event in heard if event] == fifty
    assert len({event.id for event in heard if event}) == 50


def test_who_moved_is_told_at_the_new_address_what_waited(
    tmp_path: Path, listener: Listener, address: str
) -> None:
    with sandbox(tmp_path) as where:
        client = PracticeClient(new_http(where.http), where.token)
        gone = NewWebhook("http://127.0.0.1:1/gone", SECRET, "northwind")
        client.listen(gone)
        client.move("app-001", "interview")
        client.listen(NewWebhook(address, SECRET, "northwind"))
        event = listener.heard.get(timeout=5)
        hooks = [hook.url for hook in client.webhooks()]
        client.close()

    assert event is not None
    assert event.application == "app-001"
    assert hooks == [address]
