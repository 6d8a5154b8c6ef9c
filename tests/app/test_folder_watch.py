"""A folder that goes, or a disk that cannot be written, under an open window."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.desktop import Desktop, build_desktop
from app.folder_watch import FolderState, NothingWrittenError, folder_state
from app.paths import Paths
from app.preferences import Preferences
from app.tasks import Lane
from app.tour.authoring import found
from app.workspace import Workspace
from governance.ports import Progress
from tests.fakes.window import MOMENT, open_desktop
from widgets.kit.frames import Banner
from widgets.kit.look import Look


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "desk"
    found(folder).close()
    (folder / ".countersign" / "demo").write_text("1")
    return folder


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(made, tmp_path, qtbot)
    desktop.controller.folder.start()
    yield desktop
    desktop.close()
    desktop.window.close()


def banners(desktop: Desktop) -> list[str]:
    shell = desktop.window.shell
    return [
        one.accessibleName().partition(". ")[0]
        for one in shell.findChildren(Banner)
        if one.isVisible()
    ]


def refused(desktop: Desktop, qtbot: QtBot) -> bool:
    """Say whether what would write is refused now."""
    told: list[object] = []
    task = desktop.context.tasks.start(Lane.DRAFTS, _nothing)
    task.failed.connect(told.append)
    qtbot.waitSignal(task.settled, timeout=MOMENT).wait()
    return any(isinstance(one, NothingWrittenError) for one in told)


def _nothing(_progress: Progress) -> None:
    """Write nothing."""


def test_a_folder_that_goes_is_told_and_nothing_is_lost_when_it_is_back(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    watch, folder = desktop.controller.folder, tmp_path / "desk"
    before = desktop.context.readings.current
    away = folder.rename(tmp_path / "away")

    qtbot.waitUntil(lambda: watch.state is FolderState.GONE, timeout=MOMENT)

    assert banners(desktop) == ["The folder of this workspace is gone"]
    assert refused(desktop, qtbot)
    desktop.window.show_problem("It cannot be read.", "")  # the banner says it all
    assert desktop.window.findChildren(QMessageBox) == []
    assert desktop.context.readings.current is before, "what was read stays"

    away.rename(folder)
    qtbot.waitUntil(lambda: watch.state is FolderState.THERE, timeout=MOMENT)

    assert banners(desktop) == []
    assert not refused(desktop, qtbot)
    readings = desktop.context.readings
    qtbot.waitUntil(lambda: readings.current is not before, timeout=MOMENT)


def test_a_window_that_only_reads_says_why(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.controller.folder.only_read("Somebody else has this workspace open.")

    assert banners(desktop) == ["Somebody else has this workspace open"]
    assert refused(desktop, qtbot)


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or not shutil.which("mount"),
    reason="only who may mount can make a disk that cannot be written",
)
def test_a_workspace_on_a_disk_that_cannot_be_written_is_read(
    made: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    shutil.copytree(made, disk / "desk")
    used = Workspace.at(Paths(disk / "desk"))  # it was open here before
    used.reader.read()
    used.close()
    bind = subprocess.run(["mount", "--bind", str(disk), str(disk)], check=False)
    if bind.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(
            ["mount", "-o", "remount,ro,bind", str(disk)], check=True, timeout=10
        )
        (tmp_path / "window").mkdir()
        desktop = _over(disk / "desk", tmp_path / "window", qtbot)
        watch = desktop.controller.folder

        qtbot.waitUntil(lambda: watch.state is FolderState.READ_ONLY, timeout=MOMENT)

        current = desktop.context.readings.current
        assert current is not None
        assert len(current.rows) > 10
        assert banners(desktop) == ["This disk cannot be written"]
        assert refused(desktop, qtbot)
        desktop.close()
        desktop.window.close()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False, timeout=10)


def test_the_folder_of_another_kind_is_gone(tmp_path: Path) -> None:
    assert folder_state(Paths(tmp_path)) is FolderState.GONE


def _over(folder: Path, settings: Path, qtbot: QtBot) -> Desktop:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    preferences = Preferences.read(settings / "window.json")
    desktop = build_desktop(Workspace.at(Paths(folder)), preferences)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.controller.folder.start()
    desktop.context.readings.refresh()
    readings = desktop.context.readings
    qtbot.waitUntil(lambda: readings.current is not None, timeout=MOMENT)
    return desktop
