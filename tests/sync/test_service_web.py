"""What the service answers, over a real socket, to its client and to an ATS."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic, sleep

import msgspec
import pytest

from governance.names import TemplateId
from sync.api.practice import Change, EventKind
from sync.api.service import Operation, OperationState
from sync.client import ServiceClient
from sync.errors import LoginNeededError, ServiceRefusedError
from sync.publishing.publication import State as Published
from sync.sandbox.webhooks import signature
from sync.sending.delivery import State
from sync.sending.stops import Scope
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, SECRET, THEN, Service, a_delivery
from tests.fakes.make import DAN, key_of

HELLO = TemplateId("hello")
PARTS = {"en/subject.txt": "Hello", "en/email.html": "<p>Hello</p>"}


@pytest.fixture
def service() -> Service:
    service = Service()
    service.releases.release(HELLO, PARTS)
    return service


@pytest.fixture
def stranger(service: Service) -> Iterator[ServiceClient]:
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        yield client
        client.close()


@pytest.fixture
def client(stranger: ServiceClient) -> ServiceClient:
    return replace(stranger, token=LOCAL)


@pytest.fixture
def manager(stranger: ServiceClient) -> ServiceClient:
    return stranger.within(stranger.login(DAN, key_of(DAN)))


def ended(client: ServiceClient, operation: Operation) -> Operation:
    until = monotonic() + 5
    while operation.state is OperationState.RUNNING and monotonic() < until:
        sleep(0.01)
        operation = client.operation(operation.id)
    return operation


def test_anyone_may_ask_how_it_is(stranger: ServiceClient) -> None:
    assert stranger.health().workspace == "northwind"


def test_publishing_is_followed_to_its_end(
    manager: ServiceClient, service: Service
) -> None:
    done = ended(manager, manager.publish(HELLO))

    (row,) = manager.publications()
    assert done.state is OperationState.DONE
    assert (row.key, row.version, row.state) == ("hello/en", 1, Published.LIVE)
    assert [each.key for each in service.store.templates()] == ["hello/en"]


def test_what_is_not_verified_is_not_published_and_says_why(
    manager: ServiceClient, service: Service
) -> None:
    done = ended(manager, manager.publish(TemplateId("never-released")))

    assert done.state is OperationState.FAILED
    assert "NOT_RELEASED" in done.problem
    assert service.store.templates() == ()


def test_anyone_who_reads_may_look_for_drift(
    client: ServiceClient, service: Service
) -> None:
    done = ended(client, client.publish(HELLO, is_look=True))

    assert done.state is OperationState.DONE
    assert [row.state for row in client.publications()] == [Published.MISSING]
    assert service.store.templates() == ()


def test_messages_are_listed_in_stretches(
    client: ServiceClient, service: Service
) -> None:
    service.deliveries.kept += [a_delivery(number) for number in range(1, 6)]
    service.deliveries.kept.append(a_delivery(6, State.SKIPPED))

    first = client.deliveries(limit=4)
    second = client.deliveries(limit=4, after=first.next)
    skipped = client.deliveries(state=State.SKIPPED)
    one = client.deliveries(candidate="cand-003")

    assert [row.candidate[-1] for row in first.deliveries] == ["1", "2", "3", "4"]
    assert [row.candidate[-1] for row in second.deliveries] == ["5", "6"]
    assert second.next == ""
    assert [row.candidate for row in skipped.deliveries] == ["cand-006"]
    assert [row.candidate for row in one.deliveries] == ["cand-003"]
    assert (first.counts["sent"], first.counts["skipped"]) == (5, 1)


def test_a_message_is_shown_by_its_message_id_with_its_reasons(
    client: ServiceClient, service: Service
) -> None:
    sent = a_delivery()
    service.deliveries.kept.append(sent)

    shown = client.delivery(sent.message_id)

    assert (shown.delivery.id, shown.is_attested) == (sent.id, True)
    (decision,) = shown.rounds[0].decisions
    assert (decision.gate, decision.reason) == ("suppression", "WITHDRAWN")
    assert shown.attempts[0].outcome == "sent"


def test_a_proof_comes_byte_for_byte(client: ServiceClient, service: Service) -> None:
    service.deliveries.kept += [a_delivery(), a_delivery(2, State.SKIPPED)]

    proof = client.attestation(service.deliveries.kept[0].id)

    assert proof.envelope == b"\x00proof"
    assert client.chain("email/practice") == (proof,)
    assert client.chain("email/other") == ()
    with pytest.raises(ServiceRefusedError, match="no proof"):
        client.attestation(service.deliveries.kept[1].id)


def test_a_person_decides_about_a_doubt_once(
    manager: ServiceClient, client: ServiceClient, service: Service
) -> None:
    service.deliveries.kept.append(a_delivery(1, State.IN_DOUBT))
    id_ = service.deliveries.kept[0].id

    with pytest.raises(LoginNeededError):
        client.decide(id_, was_sent=True)
    decided = manager.decide(id_, was_sent=True)

    assert (decided.state, decided.provider_id) == (State.SENT, DAN)
    with pytest.raises(ServiceRefusedError, match="no doubt"):
        manager.decide(id_, was_sent=False)


def test_a_restored_database_is_compared_by_a_person(
    manager: ServiceClient, client: ServiceClient
) -> None:
    assert manager.reconcile() == 3
    with pytest.raises(LoginNeededError):
        client.reconcile()


@pytest.mark.parametrize("name", ["nobody", "<x@y>", "a%2Fb", "x" * 299])
def test_an_unknown_message_is_refused(client: ServiceClient, name: str) -> None:
    with pytest.raises(ServiceRefusedError):
        client.delivery(name)


def test_a_story_is_told_by_address_without_one_in_it(client: ServiceClient) -> None:
    story = client.why("elena.petrova@candidate.example")

    assert story.candidate == "cand-003"
    (chapter,) = story.chapters
    assert chapter.rounds[0].decisions[0].reason == "WITHDRAWN"
    with pytest.raises(ServiceRefusedError):
        client.why("nobody@candidate.example")


def test_a_stop_holds_until_it_is_lifted(manager: ServiceClient) -> None:
    stop = manager.stop("A wrong date.", scope=Scope.TEMPLATE, subject="hello")

    holding = manager.stops()
    left = manager.lift(stop.id)

    assert [(each.scope, each.subject, each.by) for each in holding] == [
        (Scope.TEMPLATE, "hello", DAN)
    ]
    assert left == ()


def test_changes_go_on_where_they_stopped(client: ServiceClient) -> None:
    assert [change.seq for change in client.changes(1).changes] == [2, 3]
    assert client.changes(3).last == 3


@pytest.mark.parametrize("query", ["limit=x", "limit=1e9", "limit=" + "9" * 30])
def test_a_number_that_is_none_is_refused(client: ServiceClient, query: str) -> None:
    headers = {"Authorization": f"Bearer {LOCAL}"}

    assert client.http.get(f"/v1/deliveries?{query}", headers=headers).is_client_error


# -------------------------------------------------------------------- webhooks


def event(id_: str = "evt-1") -> bytes:
    return msgspec.json.encode(
        Change(
            id=id_,
            sequence=1,
            kind=EventKind.MOVED,
            subject="app-001",
            stage="interview",
            occurred_at=THEN,
        )
    )


def tell(
    client: ServiceClient,
    body: bytes,
    *,
    id_: str = "evt-1",
    secret: str = SECRET,
    at: datetime = THEN,
    source: str = "practice",
) -> int:
    stamp = str(int(at.timestamp()))
    headers = {
        "Practice-Timestamp": stamp,
        "Practice-Event-Id": id_,
        "Practice-Signature": signature(secret, stamp, id_, body),
    }
    path = f"/webhooks/{source}"
    return client.http.post(path, content=body, headers=headers).status_code


def test_what_the_ats_tells_is_kept_once(
    stranger: ServiceClient, service: Service
) -> None:
    codes = [tell(stranger, event()), tell(stranger, event())]

    assert codes == [200, 200]
    assert list(service.inbox.kept) == ["practice:evt-1"]


@pytest.mark.parametrize(
    ("body", "secret", "age", "source", "code"),
    [
        (event(), "forged", timedelta(0), "practice", 401),
        (event(), SECRET, timedelta(minutes=6), "practice", 401),
        (event(), SECRET, timedelta(minutes=-6), "practice", 401),
        (event("evt-2"), SECRET, timedelta(0), "practice", 401),
        (b"{", SECRET, timedelta(0), "practice", 401),
        (event(), SECRET, timedelta(0), "unknown", 404),
    ],
)
def test_what_is_forged_old_or_broken_is_not_kept(
    stranger: ServiceClient,
    service: Service,
    *,
    body: bytes,
    secret: str,
    age: timedelta,
    source: str,
    code: int,
) -> None:
    said = tell(stranger, body, secret=secret, at=THEN - age, source=source)

    assert said == code
    assert service.inbox.kept == {}


def test_what_could_not_be_kept_is_asked_for_again(
    stranger: ServiceClient, service: Service
) -> None:
    service.inbox.is_locked = True
    first = tell(stranger, event())
    service.inbox.is_locked = False

    assert (first, tell(stranger, event())) == (503, 200)
    assert list(service.inbox.kept) == ["practice:evt-1"]


def raw_answer(client: ServiceClient, head: bytes, body: bytes = b"") -> bytes:
    """Say something to the service, and return how it begins to answer."""
    url = client.http.base_url
    assert url.port is not None
    with socket.create_connection((url.host, url.port), timeout=5) as connection:
        connection.sendall(head + body)
        return connection.recv(200)


def test_what_is_huge_is_refused_before_it_is_read(stranger: ServiceClient) -> None:
    head = (
        b"POST /webhooks/practice HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Length: 9000000000\r\n\r\n"
    )

    # Not a byte of the body was sent, and still there is an answer.
    assert raw_answer(stranger, head).startswith(b"HTTP/1.1 413")


def test_what_grows_beyond_what_is_allowed_is_cut_off(stranger: ServiceClient) -> None:
    head = (
        b"POST /webhooks/practice HTTP/1.1\r\nHost: localhost\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    assert raw_answer(stranger, head, chunk * 5).startswith(b"HTTP/1.1 413")


def test_a_mistake_of_ours_names_nobody(
    stranger: ServiceClient,
    service: Service,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_arguments: object) -> None:
        message = "maya@candidate.example"
        raise RuntimeError(message)

    monkeypatch.setattr(type(service.inbox), "receive", broken)

    assert tell(stranger, event()) == 500
    assert "RuntimeError" in caplog.text
    assert "maya" not in caplog.text
