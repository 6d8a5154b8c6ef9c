"""Readings of a real workspace: the latest wins, a failure is told once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.events import Events
from app.founding import Wish, found_workspace
from app.messages import Messages
from app.readings import Readings
from app.settings import VaultKind
from app.snapshot import Snapshot
from app.tasks import Tasks
from app.workspace import Workspace
from governance.content.create import NewTemplate, new_template
from governance.names import Channel, Locale, PersonId, TemplateId

ANA = PersonId("ana@example.com")
MOMENT = 20_000  # milliseconds that background work may take on a busy computer


class Bar:
    def __init__(self) -> None:
        self.told: list[str] = []

    def show_problem(self, problem: str, remedy: str) -> None:
        self.told.append(problem)


class Ear(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heard: list[Snapshot] = []

    def on_reading_changed(self, snapshot: Snapshot) -> None:
        self.heard.append(snapshot)


class Place:
    """A workspace with one template, and who reads it."""

    def __init__(self, folder: Path) -> None:
        wish = Wish(folder, "empty", "Desk", ANA, "Ana", VaultKind.FILE)
        self.workspace: Workspace = found_workspace(
            wish, lambda: "correct horse battery"
        )
        self.add("first")
        self.tasks = Tasks()
        self.events = Events(self.tasks)
        self.bar = Bar()
        self.ear = Ear(self.tasks)
        self.events.reading_changed.connect(self.ear.on_reading_changed)
        messages = Messages(self.bar, self.tasks)
        self.readings = Readings(
            self.workspace, self.tasks, self.events, messages, self.tasks
        )

    def add(self, name: str) -> None:
        before = self.workspace.sources()
        new = NewTemplate(
            TemplateId(name), "offer", name, ANA, (Channel.SMS,), (Locale("en"),)
        )
        self.workspace.folder.write(before, new_template(before, new))

    def ids(self) -> list[str]:
        current = self.readings.current
        return [str(row.id) for row in current.rows] if current else []


@pytest.fixture
def place(tmp_path: Path, qtbot: QtBot) -> Iterator[Place]:
    place = Place(tmp_path / "desk")
    yield place
    place.tasks.shut_down()
    place.workspace.close()


def test_wishes_while_one_is_under_way_are_one_more(place: Place, qtbot: QtBot) -> None:
    for _time in range(5):
        place.readings.refresh()
    place.add("second")

    qtbot.waitUntil(lambda: len(place.ear.heard) == 2, timeout=MOMENT)

    assert place.ids() == ["first", "second"]
    qtbot.wait(50)
    assert len(place.ear.heard) == 2


def test_what_another_program_writes_is_seen(place: Place, qtbot: QtBot) -> None:
    place.readings.refresh()
    qtbot.waitUntil(lambda: place.ids() == ["first"], timeout=MOMENT)
    look = place.readings._on_time  # noqa: SLF001 -- no test waits for the clock
    look()
    qtbot.waitUntil(lambda: place.readings._seen is not None, timeout=MOMENT)  # noqa: SLF001

    look()
    qtbot.waitUntil(lambda: place.readings._looking is None, timeout=MOMENT)  # noqa: SLF001
    quiet = len(place.ear.heard)
    place.add("second")
    look()

    qtbot.waitUntil(lambda: place.ids() == ["first", "second"], timeout=MOMENT)
    assert quiet == 1


def test_files_that_cannot_be_read_are_a_problem_and_no_failure(
    place: Place, qtbot: QtBot
) -> None:
    (place.workspace.paths.root / "brand.toml").write_bytes(b"\xff\n")

    place.readings.refresh()
    qtbot.waitUntil(lambda: len(place.ear.heard) == 1, timeout=MOMENT)

    assert "brand.toml" in place.ear.heard[0].problem
    assert place.ear.heard[0].digest == ""
    assert place.bar.told == []


def test_a_reading_that_fails_is_told_once_and_again_after_one_went_well(
    place: Place, qtbot: QtBot
) -> None:
    repository = place.workspace.paths.repository
    aside = repository.with_name("aside.git")
    readings = place.readings

    def read() -> None:
        readings.refresh()
        qtbot.waitUntil(lambda: readings._task is None, timeout=MOMENT)  # noqa: SLF001

    shutil.move(repository, aside)
    read()
    read()
    once = len(place.bar.told)
    shutil.move(aside, repository)
    read()
    shutil.move(repository, aside)
    read()

    assert once == 1
    assert len(place.bar.told) == 2
    assert len(place.ear.heard) == 1


def test_a_start_that_comes_later_knows_what_was_read(place: Place) -> None:
    workspace = place.workspace
    first = workspace.kept_folder.read()

    assert workspace.kept_folder.read() is first
    assert first == workspace.sources()
    rows = workspace.kept_library.rows(first, workspace.state())
    assert [row.title for row in rows] == ["first"]
