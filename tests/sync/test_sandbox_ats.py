"""The practice ATS over a real socket, as a recruiter and a connector use it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from sync.api.practice import Appointment, NewApplication, Status
from sync.calling import new_http
from sync.errors import LoginNeededError, ServiceRefusedError
from sync.practice_client import PracticeClient
from sync.sandbox.__main__ import sandbox
from sync.sandbox.seeds import CROWD
from sync.settings.sandbox import SandboxFile

NINE = datetime(2026, 12, 3, 9, tzinfo=UTC)
VIDEO = Appointment(mode="video", starts_at=NINE, url="https://meet.example/1")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxFile]:
    with sandbox(tmp_path_factory.mktemp("sandbox")) as where:
        yield where


@pytest.fixture
def recruiter(box: SandboxFile) -> Iterator[PracticeClient]:
    client = PracticeClient(new_http(box.http), box.token)
    yield client
    client.close()


def test_there_are_people_for_every_story(recruiter: PracticeClient) -> None:
    everyone = recruiter.applications()

    candidates = [each.candidate for each in everyone]
    unknown = [one for one in candidates if not one.time_zone]
    assert len({each.id for each in everyone}) == len(everyone) >= CROWD >= 60
    assert len({one.email for one in candidates}) == len(everyone)
    assert any(one.country == "" == one.phone for one in unknown)
    assert len({one.time_zone for one in candidates}) > 8
    assert {each.stage for each in everyone} == {
        "applied",
        "screening",
        "assessment",
        "interview",
        "offer",
        "hired",
        "rejected",
    }
    assert sum(each.status is Status.WITHDRAWN for each in everyone) == 1


def test_a_move_is_noted_with_its_time(recruiter: PracticeClient) -> None:
    before = recruiter.application("app-001")

    moved = recruiter.move("app-001", "interview", VIDEO)

    assert moved.stage == "interview"
    assert moved.stage_entered_at > before.stage_entered_at
    assert moved.interview is not None
    assert moved.interview.starts_at == NINE
    assert recruiter.application("app-001") == moved


def test_moving_to_where_it_is_changes_nothing(recruiter: PracticeClient) -> None:
    moved = recruiter.move("app-002", "assessment")

    assert recruiter.move("app-002", "assessment") == moved


def test_who_withdrew_stays_withdrawn_when_moved(recruiter: PracticeClient) -> None:
    moved = recruiter.move("app-003", "interview")

    assert (moved.stage, moved.status) == ("interview", Status.WITHDRAWN)


def test_fifty_are_moved_at_once_or_none(recruiter: PracticeClient) -> None:
    fifty = [f"app-{number:03}" for number in range(17, 67)]

    with pytest.raises(ServiceRefusedError):
        recruiter.move_many([*fifty, "app-999"], "offer")
    untouched = {recruiter.application(id_).stage for id_ in fifty}
    moved = recruiter.move_many(fifty, "interview", VIDEO)

    assert untouched == {"screening"}
    assert {each.stage for each in moved} == {"interview"}
    assert all(each.interview for each in moved)


def test_an_appointment_is_changed_and_called_off(recruiter: PracticeClient) -> None:
    first = recruiter.schedule("app-005", VIDEO).interview
    again = recruiter.schedule("app-005", VIDEO).interview
    off = recruiter.cancel("app-005").interview

    assert first == again
    assert off is not None
    assert off.is_cancelled


@pytest.mark.parametrize("stage", ["", "nowhere", "INTERVIEW"])
def test_an_unknown_stage_is_refused(recruiter: PracticeClient, stage: str) -> None:
    with pytest.raises(ServiceRefusedError, match="stage"):
        recruiter.move("app-001", stage)


def test_an_unknown_application_is_refused(recruiter: PracticeClient) -> None:
    with pytest.raises(ServiceRefusedError):
        recruiter.application("app-000")


def test_a_stranger_learns_nothing(box: SandboxFile) -> None:
    stranger = PracticeClient(new_http(box.http), "guess")

    with pytest.raises(LoginNeededError):
        stranger.applications()
    stranger.close()


def test_the_same_application_twice_is_one(box: SandboxFile) -> None:
    wish = {
        "job": "job-design",
        "first_name": "Ada",
        "last_name": "Byron",
        "email": "ada@candidate.example",
    }
    headers = {"Authorization": f"Bearer {box.token}", "Idempotency-Key": "one"}

    with httpx.Client(base_url=box.http, headers=headers) as http:
        first = http.post("/ats/v1/applications", json=wish).json()
        second = http.post("/ats/v1/applications", json=wish).json()

    assert first == second


def test_no_repr_names_a_person(recruiter: PracticeClient) -> None:
    application = recruiter.application("app-001")
    wish = NewApplication(
        job="job-design", first_name="Ada", last_name="Byron", email="ada@x.example"
    )

    said = f"{application!r} {application.candidate!r} {application.owner!r} {wish!r}"

    for secret in ("Maya", "Okonkwo", "@", "Ada", "Hartmann"):
        assert secret not in said


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"{", 422), (b"[]", 422), (b'{"stage": 7}', 422), (b"\xff", 422)],
)
def test_nonsense_is_refused(box: SandboxFile, content: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {box.token}"}
    answer = httpx.post(
        f"{box.http}/ats/v1/applications/app-001/move", content=content, headers=headers
    )

    assert answer.status_code == status


def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    with sandbox(tmp_path) as where:
        first = PracticeClient(new_http(where.http), where.token)
        moved = first.move("app-009", "interview")
        first.close()

    with sandbox(tmp_path) as where:
        second = PracticeClient(new_http(where.http), where.token)
        found = second.application("app-009")
        second.close()

    assert found == moved
