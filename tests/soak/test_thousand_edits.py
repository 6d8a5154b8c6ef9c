"""A long day in the studio: a thousand edits, and nothing grows, hangs or is left.

Run with ``python3 dev.py test -m soak``. Warnings of Qt fail it as they fail all tests.
"""

import faulthandler
import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop import Desktop
from app.live import Frame
from app.places import Place, Room
from tests.fakes.family import memory
from tests.fakes.window import MOMENT, open_desktop, studio

pytestmark = pytest.mark.soak

EDITS = 1_000
WARM = 400  # edits after which every cache is as full as it gets
STRETCH = 100  # edits over which memory is compared
SLACK = 12.0  # megabytes; what allocators and collectors keep comes and goes
SHARE = 0.15
TEMPLATES = ("interview-invitation", "interview-cancelled", "offer", "welcome")
UNTOUCHED = "interview-reminder"
WORDS = ("sooner ", "and later ", "äöü ", "<b>now</b> ", "{{ job.title }} ", "🙂 ")


class Day:
    """One person at work."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        self.frames: list[Frame] = []
        self.name, self.checked = "", -1
        desktop.context.live.rendered.connect(self._on_rendered)
        desktop.context.live.checked.connect(self._on_checked)
        self.open(0)

    def _on_rendered(self, frame: Frame) -> None:
        self.frames = [frame]

    def _on_checked(self, revision: int, _findings: object) -> None:
        self.checked = revision

    def rest(self) -> None:
        """Look at a message that nobody edits, findings and all: always the same."""
        self.show(UNTOUCHED)
        self.until(lambda: self.checked >= self.page.desk.document.revision)

    def open(self, number: int) -> None:
        self.show(TEMPLATES[number % len(TEMPLATES)])

    def show(self, name: str) -> None:
        """Open a message in the studio."""
        self.name, self.checked = name, -1
        self.desktop.context.navigator.open(Place(Room.STUDIO, name))
        self.page = studio(self.desktop)
        self.view = self.page.widget()
        self.until(self.is_seen)

    def is_seen(self) -> bool:
        now = self.page.desk.document.revision
        return any(
            one.job.template == self.name and one.job.revision >= now
            for one in self.frames
        )

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=MOMENT)

    def edit(self, number: int) -> None:
        """Do what a person does, a little of everything in turns."""
        editor = self.view.editor
        if number % 100 == 99:
            self.open(number // 100)
        elif number % 100 == 50:
            self.desktop.context.navigator.open(Place(Room.SEARCH, "interview"))
            self.desktop.context.navigator.back()
        elif number % 40 == 20:
            commands = {one.key: one for one in self.desktop.context.commands.all}
            commands["next-case"].run()
        elif number % 25 == 12:
            for tab in ("sms", "subject", "details", "email"):
                self.view.tab_chosen.emit(tab)
        elif number % 25 == 7:
            self.view.locale_chosen.emit("de")
            self.view.locale_chosen.emit("en")
        elif number % 3 == 2:
            self.view.deed_chosen.emit("undo")
        else:
            text = editor.text()
            at = text.find("<mj-text", len(text) // 3)
            at = text.find("</mj-text>", at) if at >= 0 else len(text)
            editor.go_to(max(at, 0), max(at, 0))
            editor.insert(WORDS[number % len(WORDS)])
        self.until(self.is_seen)


@pytest.fixture
def day(editor: str, pristine: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Day]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    desktop.context.preferences.keep(editor=editor)  # the studio is made later
    yield Day(desktop, qtbot)
    desktop.close()
    desktop.window.close()


def widgets() -> Counter[str]:
    """Count the widgets there are, once those that go are gone."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    return Counter(type(one).__name__ for one in QApplication.allWidgets())


@pytest.mark.parametrize("editor", ["native", "web"])
def test_after_a_thousand_edits_nothing_has_grown_and_no_widget_is_left(
    day: Day, editor: str
) -> None:
    faulthandler.cancel_dump_traceback_later()  # it is meant to take long
    held: dict[int, dict[str, float]] = {}
    before: Counter[str] = Counter()
    for number in range(EDITS):
        day.edit(number)
        if number % 20 == 0:
            held[number] = memory()
        if number == WARM:
            day.rest()
            before = widgets()
            day.open(0)
    day.rest()

    assert widgets() - before == Counter()
    day.open(0)
    assert day.view.editor.text() == day.page.desk.document.text(day.page.desk.path)
    early = _mean(held, WARM, WARM + STRETCH)
    late = _mean(held, EDITS - STRETCH, EDITS)
    print(f"megabytes after {WARM} edits {early}, after {EDITS} {late}")  # noqa: T201
    for kind, was in early.items():
        assert late[kind] < was * (1 + SHARE) + SLACK, kind


def _mean(held: dict[int, dict[str, float]], start: int, end: int) -> dict[str, float]:
    stretch = [held[number] for number in held if start <= number < end]
    kinds = {kind for one in stretch for kind in one}
    return {
        kind: round(median(one.get(kind, 0.0) for one in stretch)) for kind in kinds
    }
