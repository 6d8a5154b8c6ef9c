"""The service follows a team's repository over git, and only forwards."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from governance.errors import ExpectedError, LedgerBrokenError, NotVerifiedError
from sync.git_source import GitSource
from sync.publishing.verified import LedgerReleases
from sync.settings.service import read_settings
from tests.fakes.ledger import InMemoryLastSeen
from tests.fakes.library import INVITE, a_library
from tests.fakes.make import NOON
from tests.fakes.processes import ALWAYS, SETTINGS
from tests.fakes.workplace import Workplace, in_git


def clock() -> datetime:
    return NOON


@pytest.fixture
def team(tmp_path: Path) -> Workplace:
    place = in_git(tmp_path / "team")
    place.agree_and_release(a_library(journeys=ALWAYS, footer="<p>v1</p>"))
    return place


@pytest.fixture
def releases(tmp_path: Path, team: Workplace) -> LedgerReleases:
    remote = f'remote = "file://{tmp_path}/team/repository.git"\npatience'
    path = tmp_path / "service" / "service.toml"
    path.parent.mkdir()
    path.write_text(SETTINGS.replace("patience", remote))
    source = GitSource.of(read_settings(path))
    return LedgerReleases(source, InMemoryLastSeen(), clock, lambda _seconds: None)


def test_nothing_is_proved_before_the_first_fetch(releases: LedgerReleases) -> None:
    with pytest.raises(NotVerifiedError):
        releases.current(INVITE)
    assert releases.freshness().heard_at is None


def test_what_the_team_releases_arrives_with_a_fetch(
    releases: LedgerReleases, team: Workplace
) -> None:
    releases.fetch()
    first = releases.current(INVITE)
    team.agree_and_release(a_library(journeys=ALWAYS, footer="<p>v2</p>"))
    before = releases.current(INVITE)
    releases.fetch()
    second = releases.current(INVITE)

    assert (first.version, before.version, second.version) == (1, 1, 2)
    assert "v2" in second.parts["en/email.html"]
    assert [each.journey.id for each in releases.journeys()] == ["interview"]
    assert releases.freshness().heard_at == NOON


def test_a_team_that_went_back_is_an_alarm_and_what_was_known_stays(
    releases: LedgerReleases, team: Workplace, tmp_path: Path
) -> None:
    older = tmp_path / "older.git"
    shutil.copytree(tmp_path / "team" / "repository.git", older)
    team.agree_and_release(a_library(journeys=ALWAYS, footer="<p>v2</p>"))
    releases.fetch()
    releases.current(INVITE)
    shutil.rmtree(tmp_path / "team" / "repository.git")
    older.rename(tmp_path / "team" / "repository.git")

    with pytest.raises(LedgerBrokenError) as caught:
        releases.fetch()

    assert caught.value.code in {"LEDGER_REWOUND", "REF_MOVED"}
    assert releases.current(INVITE).version == 2


def test_a_team_that_is_gone_is_said(releases: LedgerReleases, tmp_path: Path) -> None:
    releases.fetch()
    shutil.rmtree(tmp_path / "team")

    with pytest.raises(ExpectedError):
        releases.fetch()

    assert releases.current(INVITE).version == 1
