"""The connector and the practice ATS, over a real socket."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from governance.names import FieldName
from sync.api.practice import Appointment
from sync.calling import new_http
from sync.candidates.facts import ApplicationId, InterviewState, Status
from sync.connectors.ats.practice import PracticeDirectory
from sync.connectors.http import Caller
from sync.errors import (
    AtsRefusedError,
    ServiceRefusedError,
    UnknownApplicationError,
)
from sync.practice_client import PracticeClient
from sync.sandbox.__main__ import sandbox
from sync.settings.sandbox import SandboxFile

NINE = datetime(2026, 12, 3, 9, tzinfo=UTC)
FIRST = ApplicationId("app-001")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[SandboxFile]:
    with sandbox(tmp_path) as where:
        yield where


@pytest.fixture
def recruiter(box: SandboxFile) -> Iterator[PracticeClient]:
    client = PracticeClient(new_http(box.http), box.token)
    yield client
    client.close()


@pytest.fixture
def directory(box: SandboxFile) -> Iterator[PracticeDirectory]:
    caller = Caller.at(box.http, box.token)
    yield PracticeDirectory(caller)
    caller.close()


def test_an_application_is_read_as_facts(
    directory: PracticeDirectory, recruiter: PracticeClient
) -> None:
    moved = recruiter.move(
        "app-001", "interview", Appointment(mode="video", starts_at=NINE)
    )

    found = directory.application(FIRST)

    assert (found.id, found.stage, found.status) == ("app-001", "interview", "active")
    assert found.stage_entered_at == moved.stage_entered_at
    assert found.candidate.zone == "Europe/London"
    assert {consent.purpose for consent in found.candidate.consents} == {
        "recruiting",
        "sms",
    }
    assert found.interview is not None
    assert (found.interview.starts_at, found.interview.state) == (
        NINE,
        InterviewState.SCHEDULED,
    )
    assert found.values[FieldName("job.location")] == "London"


def test_facts_name_nobody_in_a_repr(directory: PracticeDirectory) -> None:
    found = directory.application(FIRST)

    assert "Maya" not in f"{found!r} {found.candidate!r} {found.owner!r}"


def test_who_withdrew_and_who_lives_nowhere_are_read_so(
    directory: PracticeDirectory,
) -> None:
    gone = directory.application(ApplicationId("app-003"))
    nowhere = directory.application(ApplicationId("app-004")).candidate

    assert gone.status is Status.WITHDRAWN
    assert gone.status_at is not None
    assert (nowhere.zone, nowhere.country, nowhere.phone) == ("", "", "")


def test_a_field_that_is_none_of_ours_is_left_out(
    directory: PracticeDirectory, recruiter: PracticeClient
) -> None:
    recruiter.fill("app-001", {"Shoe Size": 44, "offer.salary": {"amount": "1"}})

    values = directory.application(FIRST).values

    assert values[FieldName("offer.salary")] == {"amount": "1"}
    assert "Shoe Size" not in values


def test_an_application_that_is_not_there_is_unknown(
    directory: PracticeDirectory,
) -> None:
    with pytest.raises(UnknownApplicationError):
        directory.application(ApplicationId("app-999"))


def test_changes_are_read_once_and_from_where_it_stopped(
    directory: PracticeDirectory, recruiter: PracticeClient
) -> None:
    recruiter.move("app-001", "interview")
    recruiter.move("app-001", "offer")
    recruiter.move("app-002", "offer")

    first = directory.changed_since("", limit=2)
    second = directory.changed_since(first.cursor)
    third = directory.changed_since(second.cursor)

    assert first.applications == ("app-001",)
    assert second.applications == ("app-002",)
    assert (third.applications, third.cursor) == ((), second.cursor)


def test_a_message_is_noted_once(
    directory: PracticeDirectory, recruiter: PracticeClient
) -> None:
    for _time in range(2):
        directory.log(
            "app-001",
            message_id="<one@x.example>",
            sent_at="2026-11-24T09:00:00+00:00",
            title="Your interview",
        )

    (entry,) = recruiter.timeline("app-001")

    assert (entry.message_id, entry.title) == ("<one@x.example>", "Your interview")


def test_a_message_to_a_stranger_is_refused(directory: PracticeDirectory) -> None:
    with pytest.raises(AtsRefusedError):
        directory.log(
            "app-999",
            message_id="<one@x.example>",
            sent_at="2026-11-24T09:00:00+00:00",
            title="",
        )


def test_a_candidate_who_asks_to_be_erased_is_known_to_have_asked(
    directory: PracticeDirectory, recruiter: PracticeClient
) -> None:
    before = directory.application(FIRST)
    other = directory.application(ApplicationId("app-002"))

    recruiter.ask_erasure(before.candidate.id)
    first = directory.application(FIRST)
    recruiter.ask_erasure(before.candidate.id)  # twice is once

    assert before.erasure_asked_at is None
    assert first.erasure_asked_at is not None
    assert first.erasure_asked_at == first.updated_at
    assert directory.application(FIRST) == first
    assert directory.application(other.id).erasure_asked_at is None


def test_nobody_asks_for_who_is_not_there(recruiter: PracticeClient) -> None:
    with pytest.raises(ServiceRefusedError):
        recruiter.ask_erasure("cand-999")
