"""What comes to the webhooks' door to do harm: bombs, slow bodies, endless names."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from sync.sandbox.webhooks import signature
from sync.serving import body as bodies
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, SECRET, THEN, Service

EVENT = (
    b'{"id":"evt-1","sequence":1,"kind":"application.moved","subject":"app-001",'
    b'"occurred_at":"2026-11-24T09:00:00Z"%s}'
)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def http(service: Service) -> Iterator[httpx.Client]:
    listening = listen(0)
    here = address(listening)
    application = build_application(service.desk(here), service.ledger)
    with serving_on(application, listening), httpx.Client(base_url=here) as http:
        yield http


def tell(http: httpx.Client, body: bytes, **headers: str) -> int:
    """Tell something with a right signature."""
    stamp = str(int(THEN.timestamp()))
    proof = {
        "Practice-Timestamp": stamp,
        "Practice-Event-Id": "evt-1",
        "Practice-Signature": signature(SECRET, stamp, "evt-1", body),
    }
    answer = http.post("/webhooks/practice", content=body, headers=proof | headers)
    return answer.status_code


@pytest.mark.parametrize(
    "more",
    [
        b',"x":' + b"[" * 100_000 + b"]" * 100_000,
        b',"x":' + b'{"a":' * 40_000,
        b',"sequence":' + b"9" * 200_000,
        b',"sequence":1e999999999',
        b',"id":"\\ud800"',
        b',"id":"evt-2"',  # the last of two counts, and is not what was signed for
        b',"subject":"' + b"a" * 200_000 + b'"',
    ],
)
def test_a_bomb_is_refused_even_if_it_is_signed(
    http: httpx.Client, service: Service, more: bytes
) -> None:
    assert tell(http, EVENT % more) == 401
    assert service.inbox.kept == {}
    assert tell(http, EVENT % b"") == 200


@pytest.mark.parametrize("path", ["/v1/login/challenge", "/v1/login", "/v1/stories"])
def test_a_bomb_from_a_stranger_is_refused(http: httpx.Client, path: str) -> None:
    for bomb in (b"[" * 100_000, b'{"person":' * 20_000, b"9" * 200_000):
        answer = http.post(
            path, content=bomb, headers={"Authorization": f"Bearer {LOCAL}"}
        )
        assert answer.status_code in {404, 422}


@pytest.mark.parametrize("kind", ["", "text/plain", "application/xml", "x" * 1000])
def test_the_signature_decides_and_not_what_the_bytes_are_called(
    http: httpx.Client, kind: str
) -> None:
    assert tell(http, EVENT % b"", **{"Content-Type": kind}) == 200


def test_a_body_that_trickles_is_not_waited_for(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE", 0.2)
    url = http.base_url
    assert url.port is not None
    head = (
        b"POST /webhooks/practice HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Length: 1000\r\n\r\n{"
    )

    with socket.create_connection((url.host, url.port), timeout=10) as slow:
        slow.sendall(head)
        assert http.get("/v1/health").status_code == 200  # nobody else waits
        assert slow.recv(200).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("given", ["Basic eA==", "Bearer", "Bearer \xff", "x" * 9000])
def test_no_header_is_a_key(http: httpx.Client, given: str) -> None:
    headers = {b"authorization": given.encode("latin-1")}

    assert http.get("/v1/deliveries", headers=headers).status_code == 401
