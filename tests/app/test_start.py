"""The start: what the first page needs is loaded, and nothing that it does not."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.afterwards import Afterwards

# What takes long to load, and is not needed to list a library.
LATE = (
    "app.demo",
    "app.tour.authoring",
    "governance.adapters.render_process.renderer",
    "governance.clients",
    "governance.rendering.render",
    "httpx",
    "keyring",
    "qtawesome",
    "sqlalchemy",
)


def loaded_by(words: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, {words}; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(said.stdout.split())


def test_the_window_loads_nothing_that_a_list_does_not_need() -> None:
    loaded = loaded_by("app.bootstrap, app.desktop, app.controllers.library")

    assert loaded.isdisjoint(LATE)


def test_the_program_loads_no_window_before_one_is_shown() -> None:
    loaded = loaded_by("app.bootstrap")

    assert loaded.isdisjoint({*LATE, "app.desktop", "app.workspace", "git"})


class Bell(QObject):
    rung = Signal(object)


@pytest.fixture
def done() -> list[str]:
    return []


def thing(done: list[str], name: str) -> Callable[[], None]:
    return lambda: done.append(name)


def test_what_can_wait_comes_after_the_first_page_and_in_its_order(
    qtbot: QtBot, done: list[str]
) -> None:
    bell = Bell()
    things = (thing(done, "first"), thing(done, "second"))
    Afterwards(bell, bell.rung, things, longest=60_000, breath=1)
    qtbot.wait(20)
    assert done == []

    bell.rung.emit(None)
    bell.rung.emit(None)

    qtbot.waitUntil(lambda: done == ["first", "second"])
    qtbot.wait(20)
    assert done == ["first", "second"]


def test_a_page_that_never_comes_holds_nothing_back_for_ever(
    qtbot: QtBot, done: list[str]
) -> None:
    bell = Bell()

    Afterwards(bell, bell.rung, (thing(done, "first"),), longest=10, breath=1)

    qtbot.waitUntil(lambda: done == ["first"])
