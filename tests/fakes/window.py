"""Hands and eyes for tests of the window: what a person does and what they see."""

from pathlib import Path
from shutil import copytree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.controllers.change import ChangeController
from app.controllers.publishing import PublishingController
from app.controllers.signing import Signing
from app.controllers.studio.studio import StudioController
from app.desktop import Desktop, build_desktop
from app.paths import Paths
from app.places import Room
from app.preferences import Preferences
from app.workspace import Workspace
from governance.names import ChangeId, PersonId
from widgets.kit.controls import Button
from widgets.kit.look import Look

PRIYA, LENA, TOMAS, NOOR, RUTH = (
    PersonId(f"{name}@northwind.example")
    for name in ("priya", "lena", "tomas", "noor", "ruth")
)
MOMENT = 30_000  # milliseconds that background work may take on a busy computer


def open_desktop(
    made: Path, folder: Path, qtbot: QtBot, *, editor: str = "native"
) -> Desktop:
    """Show the window over a copy of the workspace ``made``; no service is started."""
    copytree(made, folder / "desk")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    workspace = Workspace.at(Paths(folder / "desk"))
    preferences = Preferences.read(folder / "window.json")
    preferences.keep(editor=editor)
    desktop = build_desktop(workspace, preferences)
    qtbot.addWidget(desktop.window)
    desktop.window.resize(1440, 900)
    desktop.window.show()
    activate(desktop, qtbot)
    desktop.context.readings.refresh()
    qtbot.waitUntil(
        lambda: desktop.context.readings.current is not None, timeout=MOMENT
    )
    desktop.context.navigator.open_room(Room.LIBRARY)
    return desktop


def activate(desktop: Desktop, qtbot: QtBot) -> None:
    """Make the window active: shortcuts work there alone, and no one gives it back."""
    handle = desktop.window.windowHandle()
    assert handle is not None
    handle.requestActivate()
    qtbot.waitUntil(desktop.window.isActiveWindow)


def press(parent: QWidget, qtbot: QtBot, key: str) -> None:
    buttons = [b for b in parent.findChildren(Button) if b.objectName() == key]
    shown = [button for button in buttons if button.isVisible()]
    assert shown, f"there is no button {key!r}"
    assert shown[0].isEnabled(), shown[0].toolTip()
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def sign(signing: Signing, qtbot: QtBot, written: str = "") -> None:
    """Fill in the dialog that is open, and wait until it has done its deed."""
    dialog = signing.dialog
    assert dialog is not None, "no dialog is open"
    if written:
        area = dialog.findChild(QPlainTextEdit)
        assert area is not None
        qtbot.keyClicks(area, written)
    if dialog._unread.text():  # noqa: SLF001 -- a check box has no name of its own
        dialog._unread.setChecked(True)  # noqa: SLF001
    with qtbot.waitSignal(signing.succeeded, timeout=MOMENT):
        press(dialog, qtbot, "sign")


def be(desktop: Desktop, person: PersonId) -> None:
    desktop.context.identity.switch(person)


def studio(desktop: Desktop) -> StudioController:
    page = desktop.controller.page(Room.STUDIO)
    assert isinstance(page, StudioController)
    return page


def change_page(desktop: Desktop) -> ChangeController:
    page = desktop.controller.page(Room.CHANGE)
    assert isinstance(page, ChangeController)
    return page


def publishing(desktop: Desktop) -> PublishingController:
    page = desktop.controller.page(Room.PUBLISHING)
    assert isinstance(page, PublishingController)
    return page


def is_seated(desktop: Desktop, change: ChangeId, person: PersonId) -> bool:
    current = desktop.context.readings.current
    assert current is not None
    return person in current.reading.changes[change].tally.seats
