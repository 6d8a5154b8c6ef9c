"""An ATS that is ill: each way has its own word, and nothing of it is repeated."""

import socket
from threading import Event

import pytest

from governance.errors import ExpectedError
from sync.candidates.facts import ApplicationId
from sync.connectors.ats.practice import PracticeDirectory, PracticeTemplates
from sync.connectors.http import Caller
from sync.errors import (
    AtsBusyError,
    AtsRefusedError,
    AtsUnauthorisedError,
    DirectoryUnavailableError,
    RemoteChangedError,
    UnknownApplicationError,
)
from tests.fakes.outside import Conversation, dripping, http_answer, outside, silence

SECRET = b'{"problem": "Maya Okonkwo, maya@candidate.example"}'


def fail(talk: Conversation, patience: float = 5.0) -> ExpectedError:
    with outside(talk) as port:
        caller = Caller.at(f"http://127.0.0.1:{port}", "token", patience=patience)
        with pytest.raises(ExpectedError) as caught:
            PracticeDirectory(caller).application(ApplicationId("app-001"))
        caller.close()
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("401 Unauthorized", AtsUnauthorisedError),
        ("403 Forbidden", AtsUnauthorisedError),
        ("404 Not Found", UnknownApplicationError),
        ("409 Conflict", RemoteChangedError),
        ("412 Precondition Failed", RemoteChangedError),
        ("429 Too Many Requests", AtsBusyError),
        ("302 Found", DirectoryUnavailableError),
        ("500 Internal Server Error", DirectoryUnavailableError),
        ("503 Service Unavailable", DirectoryUnavailableError),
    ],
)
def test_each_status_has_its_word_and_names_nobody(
    status: str, kind: type[ExpectedError]
) -> None:
    error = fail(http_answer(status, SECRET))

    assert type(error) is kind
    assert "Maya" not in f"{error!r} {error.__cause__!r}"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 7", 7.0),
        ("Retry-After: 99999999", 3600.0),
        ("Retry-After: soon", 5.0),
        ("Retry-After: -1", 5.0),
        ("X-Other: 1", 5.0),
    ],
)
def test_a_busy_ats_says_when_to_come_back(header: str, seconds: float) -> None:
    error = fail(http_answer("429 Too Many Requests", b"", header))

    assert isinstance(error, AtsBusyError)
    assert error.retry_after == seconds


def test_a_busy_ats_is_left_alone_until_then() -> None:
    asked: list[int] = []
    busy = http_answer("429 Too Many Requests", b"", "Retry-After: 60")

    def count(connection: socket.socket, over: Event) -> None:
        asked.append(1)
        busy(connection, over)

    with outside(count) as port:
        caller = Caller.at(f"http://127.0.0.1:{port}", "token")
        directory = PracticeDirectory(caller)
        for _time in range(3):
            with pytest.raises(AtsBusyError) as caught:
                directory.changed_since("")
            assert 50 < caught.value.retry_after <= 60
        caller.close()

    assert len(asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Maya</html>",
        b"{}",
        b"null",
        b'{"id": "app-001"',
        b"\xff\xfe",
        b'{"id": 7}',
    ],
)
def test_nonsense_is_an_odd_answer(body: bytes) -> None:
    error = fail(http_answer("200 OK", body))

    assert type(error) is DirectoryUnavailableError
    assert "Maya" not in str(error)


def test_an_ats_that_says_nothing_is_given_up() -> None:
    assert type(fail(silence, patience=0.2)) is DirectoryUnavailableError


def test_an_ats_that_drips_is_given_up() -> None:
    assert type(fail(dripping, patience=0.2)) is DirectoryUnavailableError


def test_an_ats_that_breaks_off_is_away() -> None:
    half = http_answer("200 OK", b"{}", "Content-Length: 99")

    assert type(fail(half)) is DirectoryUnavailableError


def test_no_ats_is_away() -> None:
    caller = Caller.at("http://127.0.0.1:1", "token")

    with pytest.raises(DirectoryUnavailableError):
        PracticeDirectory(caller).changed_since("")
    caller.close()


@pytest.mark.parametrize("id_", ["", "../templates", "a/b", "a?b", "a b", "ä/"])
def test_an_id_cannot_lead_elsewhere(id_: str) -> None:
    caller = Caller.at("http://127.0.0.1:1", "token")

    with pytest.raises(UnknownApplicationError):
        PracticeDirectory(caller).application(ApplicationId(id_))
    caller.close()


def test_a_refused_template_is_refused() -> None:
    with outside(http_answer("422 Unprocessable Content", SECRET)) as port:
        caller = Caller.at(f"http://127.0.0.1:{port}", "token")
        with pytest.raises(AtsRefusedError):
            PracticeTemplates(caller).create("a/en", "A", {"html": "x"})
        caller.close()
