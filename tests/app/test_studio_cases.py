"""Cases of a condition over the real window: shown, said, and never written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop import Desktop
from app.live import Frame
from app.places import Place, Room
from tests.fakes.window import MOMENT, open_desktop, studio


@pytest.fixture
def desktop(pristine: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


def test_next_case_shows_each_way_and_the_strip_says_so(
    desktop: Desktop, qtbot: QtBot
) -> None:
    frames: list[Frame] = []
    desktop.context.live.rendered.connect(frames.append)
    before = desktop.context.workspace.sources().digest
    desktop.context.navigator.open(Place(Room.STUDIO, "interview-cancelled"))
    seeing = studio(desktop)._seeing  # noqa: SLF001 -- held
    cases, chooser = seeing.cases, seeing.cases.chooser
    qtbot.waitUntil(chooser.button.isVisible, timeout=MOMENT)
    commands = {one.key: one for one in desktop.context.commands.all}
    next_case = commands["next-case"]
    assert next_case.reason == ""

    for _step in range(20):
        next_case.run()
        if "on_site" in cases.forced.values():
            break
    qtbot.waitUntil(chooser.strip.isVisible, timeout=MOMENT)
    assert "How we meet: on site" in chooser.strip.accessibleName()
    wanted = dict(cases.forced)
    qtbot.waitUntil(
        lambda: (
            bool(frames)
            and frames[-1].job.forced == wanted
            and frames[-1].mail is not None
        ),
        timeout=MOMENT,
    )

    chooser.strip.acted.emit("as-sample")
    qtbot.waitUntil(lambda: frames[-1].job.forced == {}, timeout=MOMENT)
    assert not chooser.strip.isVisible()
    assert desktop.context.workspace.sources().digest == before


def test_another_template_begins_as_the_sample_says(
    desktop: Desktop, qtbot: QtBot
) -> None:
    navigator = desktop.context.navigator
    navigator.open(Place(Room.STUDIO, "interview-cancelled"))
    seeing = studio(desktop)._seeing  # noqa: SLF001 -- held
    qtbot.waitUntil(seeing.cases.chooser.button.isVisible, timeout=MOMENT)
    {one.key: one for one in desktop.context.commands.all}["next-case"].run()
    assert seeing.cases.forced

    navigator.open(Place(Room.STUDIO, "interview-invitation"))

    assert seeing.cases.forced == {}
