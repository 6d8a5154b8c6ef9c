"""While one types, processes are killed: the window draws on and no key is lost."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desktop import Desktop
from app.live import Frame
from app.places import Place, Room
from app.service_link import ServiceStage
from tests.fakes.family import RENDER, of_kind, renderers
from tests.fakes.window import MOMENT, activate, open_desktop, studio
from widgets.source_editor.web import WebEditor

MAIL = "templates/interview/interview-cancelled/en/email.mjml"
PLACE = "You had kept that time free"
WORDS = "the quick brown fox jumps over the lazy dog "


class Typist:
    """Types into the mail, key by key."""

    def __init__(self, desktop: Desktop, qtbot: QtBot, editor: str) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        desktop.context.preferences.keep(editor=editor)
        self.frames: list[Frame] = []
        desktop.context.live.rendered.connect(self.frames.append)
        desktop.context.navigator.open(Place(Room.STUDIO, "interview-cancelled"))
        self.page = studio(desktop)
        self.editor = self.page.widget().editor
        activate(desktop, qtbot)
        self.until(lambda: bool(self.frames))
        self.settle()
        self.editor.setFocus()
        at = self.editor.text().index(PLACE)
        self.editor.go_to(at, at)
        self.settle()
        self.root = desktop.context.workspace.paths.root

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=MOMENT)

    def settle(self) -> None:
        """Wait until a page has the caret where it is wanted."""
        if isinstance(self.editor, WebEditor):
            editor = self.editor
            self.until(lambda: editor.is_settled)

    def keys(self) -> QWidget:
        """Return who gets the keys now."""
        if isinstance(self.editor, WebEditor):
            return self.editor.keys
        return self.editor.focusProxy() or self.editor

    def type(self, kill: Callable[[], None], times: int = 3) -> str:
        """Type the words again and again, with a kill in the middle of each."""
        for _time in range(times):
            for number, letter in enumerate(WORDS):
                if number == len(WORDS) // 2:
                    kill()
                self.qtbot.keyClicks(self.keys(), letter)
        return WORDS * times

    def require_kept(self, typed: str) -> None:
        self.until(lambda: typed + PLACE in self.editor.text())
        self.until(lambda: typed + PLACE in (self.root / MAIL).read_text())
        self.until(
            lambda: (
                self.frames[-1].job.revision == self.page.desk.document.revision
                and self.frames[-1].mail is not None
            )
        )


@pytest.fixture(params=["native", "web"])
def typist(
    request: pytest.FixtureRequest, pristine: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[Typist]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    yield Typist(desktop, qtbot, request.param)
    desktop.close()
    desktop.window.close()


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_killing_everything_that_draws_pages_loses_no_key(typist: Typist) -> None:
    if isinstance(typist.editor, WebEditor):
        pytest.skip("keys for a page that has just died are lost until Qt notices it")
    assert renderers()

    typed = typist.type(lambda: kill(renderers()), times=2)

    typist.require_kept(typed)


def test_killing_the_render_process_loses_no_key(typist: Typist) -> None:
    assert of_kind(RENDER)

    typed = typist.type(lambda: kill(of_kind(RENDER)))

    typist.require_kept(typed)


def test_killing_the_service_loses_no_key(typist: Typist) -> None:
    service = typist.desktop.context.service
    service.start()
    typist.until(lambda: service.state.stage is ServiceStage.ON)
    beside = service._beside  # noqa: SLF001 -- nobody else knows its processes
    assert beside is not None
    pids = [child.pid for child in beside.children]

    typed = typist.type(lambda: kill(pids), times=1)

    typist.require_kept(typed)
    typist.until(
        lambda: (
            service._beside is not beside  # noqa: SLF001
            and service.state.stage is ServiceStage.ON
        )
    )
