"""Logging in: who signs with the ledger's key comes in, nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import msgspec
import pytest

from governance.errors import ExpectedError
from governance.ledger.kinds import KeyRevocation
from governance.names import Fingerprint, PersonId, TemplateId
from governance.trust import sshsig
from governance.trust.keys import SigningKey
from sync.api.login import LOGIN, NAMESPACE, LoginWish, Session, login_message
from sync.client import ServiceClient
from sync.errors import (
    LoginNeededError,
    ServiceRefusedError,
    ServiceUnavailableError,
)
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, Service
from tests.fakes.make import ANA, BEN, DAN, EVE, LEGAL, MANAGER, NOON, key_of

OFFER = TemplateId("offer-accepted")


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def client(service: Service) -> Iterator[ServiceClient]:
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        yield client
        client.close()


def test_a_member_comes_in_with_the_roles_of_the_ledger(client: ServiceClient) -> None:
    session = client.login(DAN, key_of(DAN))

    me = client.within(session).whoami()

    assert (me.person, me.roles) == (DAN, (MANAGER,))


@pytest.mark.parametrize(
    ("person", "key"),
    [
        (DAN, key_of(BEN)),
        (DAN, SigningKey.generate()),
        (EVE, key_of(EVE)),
        (PersonId("nobody@example.com"), key_of(DAN)),
    ],
)
def test_a_wrong_key_or_person_stays_out(
    client: ServiceClient, person: PersonId, key: SigningKey
) -> None:
    with pytest.raises(LoginNeededError):
        client.login(person, key)


def test_a_login_is_used_once(client: ServiceClient) -> None:
    wish = a_login(client, str(client.http.base_url).rstrip("/"))
    first = post(client, wish)

    second = post(client, wish)

    assert (first.status_code, second.status_code) == (200, 401)


def test_a_login_of_another_person_cannot_be_taken_over(client: ServiceClient) -> None:
    wish = a_login(client, str(client.http.base_url).rstrip("/"))

    answer = post(client, LoginWish(BEN, wish.nonce, wish.audience, wish.signature))

    assert answer.status_code == 401
    assert post(client, wish).status_code == 200  # nor is it used up by strangers


def test_nobody_is_locked_out_by_who_asks_for_many_challenges(
    client: ServiceClient,
) -> None:
    wish = a_login(client, str(client.http.base_url).rstrip("/"))
    for number in range(300):
        person = DAN if number % 2 else f"p{number}@example.com"
        client.http.post("/v1/login/challenge", json={"person": person})

    assert post(client, wish).status_code == 200


def test_challenges_are_kept_nowhere(service: Service) -> None:
    sessions = service.desk("http://x").sessions
    before = len(sessions.__dict__["_used"])
    for _number in range(2000):
        sessions.challenge(DAN)

    assert len(sessions.__dict__["_used"]) == before == 0


@pytest.mark.parametrize(
    "nonce", ["", ".", "..", "a.b.c", "x.99999999999.0.00", "é.1.0.ü", "a" * 5000]
)
def test_an_invented_challenge_lets_nobody_in(
    client: ServiceClient, nonce: str
) -> None:
    audience = str(client.http.base_url).rstrip("/")
    message = login_message(DAN, nonce, audience)
    signature = sshsig.sign(message, key_of(DAN), namespace=NAMESPACE)

    assert post(client, LoginWish(DAN, nonce, audience, signature)).status_code == 401


def test_a_challenge_cannot_be_made_to_last(client: ServiceClient) -> None:
    wish = a_login(client, audience := str(client.http.base_url).rstrip("/"))
    asked, end, rest = wish.nonce.split(".", 2)
    nonce = f"{asked}.{int(end) + 3600}.{rest}"
    message = login_message(DAN, nonce, audience)
    signature = sshsig.sign(message, key_of(DAN), namespace=NAMESPACE)

    assert post(client, LoginWish(DAN, nonce, audience, signature)).status_code == 401


def test_who_has_no_role_reads_nothing_of_candidates_and_may_still_stop(
    client: ServiceClient, service: Service
) -> None:
    within = client.within(client.login(DAN, key_of(DAN)))
    service.chain.enrol(DAN)

    for ask in (
        within.deliveries,
        within.publications,
        lambda: within.why("cand-003"),
        lambda: within.delivery("x"),
        lambda: within.attestation("x"),
        lambda: within.chain("email/practice"),
        lambda: within.publish(OFFER, is_look=True),
    ):
        with pytest.raises(LoginNeededError, match="may not"):
            ask()

    stop = within.stop("Wait.")
    assert [each.id for each in within.stops()] == [stop.id]


def test_a_login_for_another_service_is_refused(client: ServiceClient) -> None:
    assert post(client, a_login(client, "http://other.example")).status_code == 401


def test_an_approval_is_no_login(client: ServiceClient) -> None:
    right = a_login(client, str(client.http.base_url).rstrip("/"))
    message = login_message(DAN, right.nonce, right.audience)
    other = sshsig.sign(message, key_of(DAN), namespace="countersign")

    answer = post(client, LoginWish(DAN, right.nonce, right.audience, other))

    assert answer.status_code == 401


def test_an_old_challenge_is_refused(client: ServiceClient, service: Service) -> None:
    wish = a_login(client, str(client.http.base_url).rstrip("/"))
    service.now += timedelta(minutes=2)

    assert post(client, wish).status_code == 401


def test_a_session_ends(client: ServiceClient, service: Service) -> None:
    within = client.within(client.login(DAN, key_of(DAN)))
    service.now += timedelta(hours=9)

    with pytest.raises(LoginNeededError):
        within.whoami()


def test_a_role_that_was_lost_is_lost_at_once(
    client: ServiceClient, service: Service
) -> None:
    within = client.within(client.login(DAN, key_of(DAN)))
    service.chain.enrol(DAN, LEGAL)

    with pytest.raises(LoginNeededError, match="may not"):
        within.publish(OFFER)
    assert within.whoami().roles == (LEGAL,)


def test_a_key_that_was_revoked_ends_its_sessions(
    client: ServiceClient, service: Service
) -> None:
    within = client.within(client.login(DAN, key_of(DAN)))
    service.chain.add(
        ANA,
        KeyRevocation(
            at=NOON,
            person=DAN,
            key=Fingerprint(key_of(DAN).public.fingerprint),
            reason="Lost.",
        ),
    )

    with pytest.raises(LoginNeededError):
        within.whoami()


@pytest.mark.parametrize("token", ["", "x", "a.b", "e30=.00", LOCAL + "x"])
def test_an_invented_token_opens_nothing(client: ServiceClient, token: str) -> None:
    with pytest.raises(LoginNeededError):
        replace(client, token=token).deliveries()


def test_a_changed_token_opens_nothing(client: ServiceClient) -> None:
    token = client.login(DAN, key_of(DAN)).token
    for at in range(0, len(token), 7):
        changed = token[:at] + chr(ord(token[at]) ^ 1) + token[at + 1 :]
        answer = client.http.get(
            "/v1/deliveries", headers={"Authorization": f"Bearer {changed}"}
        )
        assert answer.status_code == 401


def test_the_role_is_needed_to_publish_and_to_let_go(client: ServiceClient) -> None:
    legal = client.within(client.login(BEN, key_of(BEN)))

    stop = legal.stop("Wait.")
    with pytest.raises(LoginNeededError, match="may not"):
        legal.publish(OFFER)
    with pytest.raises(LoginNeededError, match="may not"):
        legal.lift(stop.id)

    assert [each.id for each in legal.stops()] == [stop.id]


def test_the_folders_token_reads_and_stops_and_no_more(client: ServiceClient) -> None:
    local = replace(client, token=LOCAL)

    stop = local.stop("Wait.")
    with pytest.raises(LoginNeededError):
        local.publish(OFFER)
    with pytest.raises(LoginNeededError):
        local.lift(stop.id)

    assert local.deliveries().deliveries == ()


def test_a_broken_ledger_lets_nobody_in(
    client: ServiceClient, service: Service
) -> None:
    within = client.within(client.login(DAN, key_of(DAN)))
    del service.chain.entries[1]

    for attempt in (within.whoami, lambda: client.login(DAN, key_of(DAN))):
        with pytest.raises(ExpectedError):
            attempt()


def test_no_session_shows_its_token(client: ServiceClient) -> None:
    session = client.login(DAN, key_of(DAN))

    assert session.token not in f"{session!r} {client.within(session)!r}"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"person": 1}', b"\xff"])
def test_nonsense_is_refused(client: ServiceClient, content: bytes) -> None:
    assert client.http.post("/v1/login", content=content).status_code == 422
    assert client.http.post("/v1/login/challenge", content=content).status_code == 422


def odd(body: bytes, status: int = 200) -> ServiceClient:
    answer = httpx.Response(status, content=body)
    transport = httpx.MockTransport(lambda _request: answer)
    return ServiceClient(httpx.Client(base_url="http://x", transport=transport))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>", 200),
        (b"<html>", 502),
        (b'{"version": 1}', 200),
        (b'{"problem":"Busy.","remedy":""}', 503),
    ],
)
def test_a_service_that_is_not_itself_is_unavailable(body: bytes, status: int) -> None:
    with odd(body, status).http, pytest.raises(ServiceUnavailableError):
        odd(body, status).health()


def test_no_service_is_unavailable() -> None:
    nobody = ServiceClient(httpx.Client(base_url="http://127.0.0.1:1"))

    with nobody.http, pytest.raises(ServiceUnavailableError):
        nobody.health()


def test_what_is_not_there_is_refused(client: ServiceClient) -> None:
    with pytest.raises(ServiceRefusedError):
        replace(client, token=LOCAL).operation("op-none")


def a_login(client: ServiceClient, audience: str) -> LoginWish:
    nonce = client.http.post("/v1/login/challenge", json={"person": DAN}).json()[
        "nonce"
    ]
    message = login_message(DAN, nonce, audience)
    signature = sshsig.sign(message, key_of(DAN), namespace=NAMESPACE)
    return LoginWish(DAN, nonce, audience, signature)


def post(client: ServiceClient, wish: LoginWish) -> httpx.Response:
    answer = client.http.post(LOGIN, content=msgspec.json.encode(wish))
    if answer.is_success:
        assert msgspec.json.decode(answer.content, type=Session).token
    return answer
