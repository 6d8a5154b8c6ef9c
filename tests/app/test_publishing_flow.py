"""Publishing several messages over the service's own web face, on a socket."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from app.controllers.publishing_publishing import looked, published, summary
from governance.errors import OperationCancelledError
from governance.names import SubjectName, TemplateId
from sync.client import ServiceClient
from sync.errors import LoginNeededError
from sync.publishing.capabilities import Ability
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, Service
from tests.fakes.make import DAN, key_of
from tests.fakes.template_store import InMemoryTemplates

HELLO, OFFER, GONE = (
    SubjectName(f"templates/{name}") for name in ("hello", "offer", "gone")
)
PARTS = {"en/subject.txt": "Hello", "en/email.txt": "Hello"}
SEES = frozenset({Ability.TEMPLATES_LIST, Ability.TEMPLATES_READ})


@dataclass
class Told:
    """Follows; stops before the message of that number."""

    stop: int = 99
    steps: list[str] = field(default_factory=list)

    def step(self, label: str, *, done: int, total: int) -> None:
        if label == "Publishing" and done >= self.stop:
            raise OperationCancelledError
        self.steps.append(label)


@pytest.fixture
def service() -> Service:
    service = Service()
    for name in ("hello", "offer"):
        service.releases.release(TemplateId(name), PARTS)
    return service


@pytest.fixture
def client(service: Service) -> Iterator[ServiceClient]:
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address, LOCAL)
        yield client
        client.close()


def manager(client: ServiceClient) -> ServiceClient:
    return client.within(client.login(DAN, key_of(DAN)))


def test_one_that_fails_does_not_undo_or_stop_the_others(
    client: ServiceClient,
) -> None:
    outcomes = published((HELLO, GONE, OFFER), manager(client), Told())

    assert [(one.subject, one.is_done) for one in outcomes] == [
        (HELLO, True),
        (GONE, False),
        (OFFER, True),
    ]
    assert "never released" in outcomes[1].problem
    assert [row.state for row in outcomes[2].rows] == ["live"]
    assert summary(outcomes).startswith("2 of 3 published.")


def test_who_stops_is_told_what_was_not_begun(client: ServiceClient) -> None:
    outcomes = published((HELLO, OFFER), manager(client), Told(stop=1))

    assert [one.is_left for one in outcomes] == [False, True]
    assert [row.key for row in client.publications()] == ["hello/en"]


def test_who_stops_before_the_first_has_done_nothing(client: ServiceClient) -> None:
    with pytest.raises(OperationCancelledError):
        published((HELLO, OFFER), manager(client), Told(stop=0))

    assert client.publications() == ()


def test_who_may_not_publish_publishes_nothing(client: ServiceClient) -> None:
    with pytest.raises(LoginNeededError):
        published((HELLO,), client, Told())

    assert client.publications() == ()


def test_what_is_pasted_by_hand_is_read_back_and_matches(service: Service) -> None:
    service.store = InMemoryTemplates(SEES)
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address, LOCAL)
        outcomes = published((HELLO,), manager(client), Told())
        service.store.create("hello/en", "Hello", {"subject": "Hello", "text": "Hello"})
        (matches,) = looked((TemplateId("hello"),), client, Told())
        service.store._keep("tpl-001", "hello/en", "Hello", {"subject": "Hi"})  # noqa: SLF001 -- somebody edits
        (differs,) = looked((TemplateId("hello"),), client, Told())
        client.close()

    assert [row.state for row in outcomes[0].rows] == ["by_hand"]
    assert summary(outcomes) == "1 message waits to be pasted by hand."
    assert (matches.state, differs.state) == ("live", "drifted")
