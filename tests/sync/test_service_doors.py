"""The service answers what was meant for it, and not what a page in a browser sends."""

from collections.abc import Iterator

import httpx
import pytest

from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from sync.web.doors import NEAR, names_of
from tests.fakes.desk import LOCAL, Service

PUBLIC = "https://hiring.northwind.example/countersign"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    service, listening = Service(), listen(0)
    here = address(listening)
    application = build_application(
        service.desk(here), service.ledger, names_of(here, PUBLIC)
    )
    with serving_on(application, listening), httpx.Client(base_url=here) as http:
        yield http


def status(http: httpx.Client, path: str = "/v1/health", **headers: str) -> int:
    return http.get(path, headers=headers).status_code


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:80", "hiring.northwind.example"],
)
def test_it_answers_to_its_names(http: httpx.Client, host: str) -> None:
    assert status(http, host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",  # a name that was made to lead here
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "evil.example@evil.example",
        "127.0.0.1@evil.example",
        "0.0.0.0",  # noqa: S104 -- refused
        "[::1",
        "",
    ],
)
def test_it_does_not_answer_to_a_name_that_was_made_to_lead_here(
    http: httpx.Client, host: str
) -> None:
    known = {"authorization": f"Bearer {LOCAL}"}
    for path in ("/v1/health", "/v1/deliveries", "/no/such/path"):
        assert status(http, path, host=host, **known) == 421


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://localhost:3000",  # another program's page, on this computer
        "file://",
        "http://[",
    ],
)
def test_pages_of_others_are_refused(http: httpx.Client, origin: str) -> None:
    stop = {"scope": "all", "subject": "", "reason": "Wait."}
    headers = {"origin": origin, "authorization": f"Bearer {LOCAL}"}

    assert http.post("/v1/stops", json=stop, headers=headers).status_code == 403
    assert http.get("/v1/deliveries", headers=headers).status_code == 403
    assert http.post("/webhooks/practice", headers=headers).status_code == 403
    assert http.get(
        "/v1/stops", headers={**headers, "origin": str(http.base_url)}
    ).json() == {"stops": []}


def test_a_refusal_comes_before_the_body_is_read(http: httpx.Client) -> None:
    answer = http.post("/v1/login", content=b"x" * 500_000, headers={"host": "evil"})

    assert (answer.status_code, answer.headers["connection"]) == (421, "close")


def test_names_are_taken_from_addresses() -> None:
    assert names_of("http://[::1]:8020", PUBLIC, "") == {
        *NEAR,
        "hiring.northwind.example",
    }
