"""Pictures of the real window over the demo, for the README, the help and our own eyes.

python -m app pictures --out DIR [--scheme light|dark|both] [--size 1440x900,1280x800]

Every page and its main states, one PNG each: ``<page>-<state>-<scheme>-<width>.png``.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.bootstrap import Program, make_application
from app.demo import make_demo
from app.desktop import Desktop, build_desktop
from app.paths import Paths
from app.places import Place, Room
from app.preferences import Preferences
from app.service_link import ServiceStage
from app.workspace import Workspace
from governance.names import PersonId
from widgets.kit.look import Appearance

_MOMENT: Final = 30.0  # seconds that a page may take to be there
_PAINT: Final = 0.9  # seconds for a web view to paint, which tells nobody
_INVITATION: Final = "interview-invitation"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture.

    Attributes:
        name: "<page>-<state>".
        person: Who sits at the computer, "" for Priya.
        prepare: What is done before; returns whether everything is there.
        also: What is done then, once: opens a dialog, chooses a tab.
    """

    name: str
    place: Place
    person: str = "priya"
    is_there: Callable[[Desktop], bool] | None = None
    also: Callable[[Desktop], None] | None = None


def main(arguments: list[str]) -> int:
    """Take all pictures, and return the exit status."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="dev.py pictures")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=["light", "dark", "both"], default="both")
    parser.add_argument("--size", default="1440x900,1280x800,1920x1080")
    parser.add_argument("--only", default="", help="pages whose name begins so")
    chosen = parser.parse_args(arguments)
    sizes = [
        (int(width), int(height))
        for width, height in (one.split("x") for one in chosen.size.split(","))
    ]
    schemes = {
        "light": [Appearance.LIGHT],
        "dark": [Appearance.DARK],
        "both": [Appearance.LIGHT, Appearance.DARK],
    }[chosen.scheme]
    chosen.out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="countersign-pictures-"))
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    try:
        return _Photographer(chosen.out, schemes, sizes, chosen.only).take(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Told:
    """Follows the making of the demo."""

    def step(self, label: str, *, done: int, total: int) -> None:
        """Say where it is."""
        sys.stderr.write(f"{label} ({done + 1} of {total})\n")


@dataclass
class _Photographer:
    """Takes pictures of one window."""

    out: Path
    schemes: list[Appearance]
    sizes: list[tuple[int, int]]
    only: str
    count: int = 0

    def take(self, folder: Path) -> int:
        """Make a demo, open the window, and take every picture."""
        paths = make_demo(folder / "demo", _Told())
        application = make_application(["countersign"])
        program = Program(application)
        view = program.show_welcome()
        self._each(program, view, "welcome-start")
        view.close()
        desktop = build_desktop(
            Workspace.at(Paths(paths.root)), Preferences.read(folder / "window.json")
        )
        desktop.open()
        wait_until(lambda: desktop.context.readings.current is not None)
        wait_until(lambda: desktop.context.service.state.stage is ServiceStage.ON)
        wait_until(lambda: desktop.context.checking.findings is not None)
        try:
            for shot in shots():
                if shot.name.startswith(self.only):
                    self._shoot(program, desktop, shot)
        finally:
            desktop.window.close()
            desktop.close()
        sys.stderr.write(f"{self.count} pictures in {self.out}\n")
        return 0

    def _shoot(self, program: Program, desktop: Desktop, shot: Shot) -> None:
        person = PersonId(f"{shot.person}@northwind.example")
        desktop.context.identity.switch(person)
        if desktop.controller.page(shot.place.room) is None:
            return
        desktop.context.navigator.open(shot.place)
        if shot.is_there is not None:
            there = shot.is_there
            wait_until(lambda: there(desktop))
        if shot.also is not None:
            shot.also(desktop)
        pause(_PAINT)
        self._each(program, desktop.window, shot.name)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()

    def _each(self, program: Program, window: QWidget, name: str) -> None:
        """Take a picture in each scheme and size."""
        for width, height in self.sizes:
            window.setMinimumSize(width, height)
            window.resize(width, height)
            for scheme in self.schemes:
                program.look.choose(scheme)
                pause(_PAINT)
                picture = window.grab()
                dialog = QApplication.activeModalWidget()
                if dialog is not None and dialog is not window:
                    picture = dialog.grab()
                file = self.out / f"{name}-{scheme}-{width}.png"
                picture.save(str(file))
                self.count += 1
            window.setMinimumSize(0, 0)


def wait_until(is_there: Callable[[], bool]) -> bool:
    """Let the window work until ``is_there``; say whether it came to that."""
    deadline = monotonic() + _MOMENT
    while monotonic() < deadline:
        if is_there():
            return True
        pause(0.05)
    return False


def pause(seconds: float) -> None:
    """Let the window work for some time."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def shots() -> tuple[Shot, ...]:
    """Return every picture, in the order of the rail."""
    subject = f"templates/{_INVITATION}"
    return (
        Shot("library-list", Place(Room.LIBRARY, _INVITATION)),
        Shot("library-partials", Place(Room.LIBRARY, "", "partials")),
        Shot("library-templates", Place(Room.LIBRARY, _INVITATION, "templates")),
        Shot("palette-open", Place(Room.LIBRARY, _INVITATION), also=_open_palette),
        Shot("studio-source", Place(Room.STUDIO, _INVITATION), also=_previewed),
        Shot("studio-sms", Place(Room.STUDIO, _INVITATION), also=_tab("sms")),
        Shot("studio-subject", Place(Room.STUDIO, _INVITATION), also=_tab("subject")),
        Shot("studio-details", Place(Room.STUDIO, _INVITATION), also=_tab("details")),
        Shot("reviews-inbox", Place(Room.REVIEWS, "", "mine"), "lena"),
        Shot("reviews-nothing", Place(Room.REVIEWS, "", "mine"), "tomas"),
        Shot("change-rendered", Place(Room.REVIEWS, "", "mine"), "lena", also=_enter),
        Shot("publishing-list", Place(Room.PUBLISHING, subject), "ruth"),
        Shot("deliveries-list", Place(Room.DELIVERIES), "ruth"),
        Shot("candidates-story", Place(Room.CANDIDATES), "ruth"),
        Shot("history-entries", Place(Room.HISTORY), "ruth"),
        Shot("settings-people", Place(Room.SETTINGS), "ruth"),
        Shot("help-page", Place(Room.HELP), "priya"),
    )


def _open_palette(desktop: Desktop) -> None:
    desktop.controller.ask()


def _previewed(_desktop: Desktop) -> None:
    """Wait until the first previews are painted."""
    pause(6.0)


def _tab(key: str) -> Callable[[Desktop], None]:
    def choose(desktop: Desktop) -> None:
        page = desktop.controller.page(Room.STUDIO)
        assert page is not None, "the studio is built"
        signal = getattr(page.widget(), "tab_chosen", None)
        assert signal is not None, "the studio has tabs"
        signal.emit(key)

    return choose


def _enter(desktop: Desktop) -> None:
    """Open what is selected in the inbox, and wait until it is rendered."""
    current = desktop.context.readings.current
    changes = current.reading.changes if current else {}
    waiting = [str(name) for name, row in changes.items() if row.tally.missing]
    if waiting:
        desktop.context.navigator.open(Place(Room.CHANGE, waiting[0]))
        pause(6.0)
