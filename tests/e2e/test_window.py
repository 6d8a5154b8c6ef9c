"""The story in the window, real but for the service: write, sign, release, roll back.

Two people of the demo and three who sign, each with their own key, by keyboard and
mouse; what is asserted is what is on the screen and what stock readers find in git.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.controllers.library import LibraryController
from app.controllers.studio.studio import StudioController
from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from governance.changes.library import subject_of
from governance.names import TemplateId
from tests.fakes.progress import Noted
from tests.fakes.window import (
    LENA,
    MOMENT,
    NOOR,
    RUTH,
    TOMAS,
    activate,
    be,
    change_page,
    is_seated,
    open_desktop,
    press,
    publishing,
    sign,
    studio,
)
from widgets.kit.controls import Button
from widgets.source_editor.native import NativeEditor

INVITATION = TemplateId("interview-invitation")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo, made once; each test gets a copy."""
    return make_demo(tmp_path_factory.mktemp("demo") / "desk", Noted()).root


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(made, tmp_path, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


def write(desktop: Desktop, qtbot: QtBot, sentence: str) -> StudioController:
    """Open the invitation from the library with the keyboard, and type a sentence."""
    page = desktop.controller.page(Room.LIBRARY)
    assert isinstance(page, LibraryController)
    page.come(Place(Room.LIBRARY, INVITATION))
    qtbot.keyClick(page.widget().table, Qt.Key.Key_Return)
    room = studio(desktop)
    editor = room.widget().editor
    assert isinstance(editor, NativeEditor)
    text = editor.text()
    at = text.index("</mj-text>")
    editor.go_to(at, at)
    qtbot.keyClicks(editor.edit, sentence)
    return room


def test_a_change_goes_from_the_first_word_to_its_release_and_back(
    desktop: Desktop, qtbot: QtBot
) -> None:
    context = desktop.context
    sentence = "Ask us anything."
    room = write(desktop, qtbot, sentence)
    qtbot.waitUntil(lambda: not room.desk.document.unsaved, timeout=MOMENT)
    file = context.workspace.paths.root / (
        "templates/interview/interview-invitation/en/email.mjml"
    )
    assert sentence in file.read_text()
    qtbot.waitUntil(lambda: room.findings.all is not None, timeout=MOMENT)

    press(room.widget(), qtbot, "submit")
    sign(room.proposing.signing, qtbot, "Candidates ask.")

    page = change_page(desktop)
    qtbot.waitUntil(lambda: page.look is not None, timeout=MOMENT)
    buttons = {
        b.objectName() for b in page.widget().findChildren(Button) if b.isVisible()
    }
    assert "sign" not in buttons, "an author signs nothing of their own"
    change = page._id  # noqa: SLF001
    for person in (LENA, TOMAS, NOOR):
        be(desktop, person)
        press(page.widget(), qtbot, "sign")
        sign(page.signing, qtbot)
        has_signed = partial(is_seated, desktop, change, person)
        qtbot.waitUntil(has_signed, timeout=MOMENT)

    be(desktop, RUTH)
    context.navigator.open(Place(Room.PUBLISHING, f"change:{change}"))
    releasing = publishing(desktop)
    press(releasing.widget(), qtbot, "release")
    sign(releasing.releasing.signing, qtbot)
    subject = subject_of(INVITATION)
    assert context.workspace.state().versions[subject][-1].number == 3
    assert sentence in context.workspace.reader.read().released.read(
        "templates/interview/interview-invitation/en/email.mjml"
    )

    def is_listed() -> bool:
        current = context.readings.current
        return current is not None and len(current.reading.state.versions[subject]) == 3

    qtbot.waitUntil(is_listed, timeout=MOMENT)
    context.navigator.open(Place(Room.PUBLISHING, subject))
    press(releasing.widget(), qtbot, "rollback")
    qtbot.waitUntil(lambda: releasing.releasing.rollback is not None, timeout=MOMENT)
    dialog = releasing.releasing.rollback
    assert dialog is not None
    press(dialog, qtbot, "rollback")
    sign(releasing.releasing.signing, qtbot, "The sentence was not agreed.")
    version = context.workspace.state().versions[subject][-1]
    assert (version.number, version.of) == (4, 2)
    assert version.reason == "The sentence was not agreed."


def test_an_error_is_found_as_one_types_and_mended_with_one_key(
    desktop: Desktop, qtbot: QtBot
) -> None:
    room = write(desktop, qtbot, "Please utilise this. ")
    editor = room.widget().editor

    def is_found() -> bool:
        return any(one.match == "utilise" for one in room.findings.all or ())

    qtbot.waitUntil(is_found, timeout=MOMENT)
    activate(desktop, qtbot)
    qtbot.keyClick(
        editor.focusProxy(), Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier
    )

    qtbot.waitUntil(lambda: "Please use this." in editor.text(), timeout=MOMENT)
    qtbot.keyClick(
        editor.focusProxy(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    assert "Please utilise this." in editor.text()


def test_a_wrong_passphrase_signs_nothing_and_loses_nothing(
    desktop: Desktop, qtbot: QtBot
) -> None:
    be(desktop, LENA)
    current = desktop.context.readings.current
    assert current is not None
    change = next(
        name for name, row in current.reading.changes.items() if row.tally.missing
    )
    desktop.context.navigator.open(Place(Room.CHANGE, change))
    page = change_page(desktop)
    qtbot.waitUntil(lambda: page.look is not None, timeout=MOMENT)
    before = desktop.context.workspace.state().length
    press(page.widget(), qtbot, "sign")
    dialog = page.signing.dialog
    assert dialog is not None
    dialog._unread.setChecked(True)  # noqa: SLF001
    field = dialog.findChild(QLineEdit, "passphrase")
    assert field is not None
    field.setText("not this one")

    with qtbot.waitSignal(page.signing.failed, timeout=MOMENT):
        press(dialog, qtbot, "sign")

    assert dialog.isVisible()
    assert "The passphrase is not right. Nothing was signed." in {
        label.text()
        for label in dialog.findChildren(type(dialog.passphrase._under))  # noqa: SLF001
    }
    assert desktop.context.workspace.state().length == before
    dialog.reject()


def test_every_room_of_the_rail_opens(desktop: Desktop, qtbot: QtBot) -> None:
    for room in (Room.LIBRARY, Room.REVIEWS, Room.PUBLISHING):
        desktop.context.navigator.open_room(room)

        page = desktop.controller.page(room)
        assert page is not None
        assert desktop.window.shell.rooms.currentWidget() is page.widget()
