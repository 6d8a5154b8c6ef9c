"""The studio with both editors over a real workspace: no key is lost, all come back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from tests.fakes.progress import Noted
from tests.fakes.window import MOMENT, activate, open_desktop, studio
from widgets.source_editor.native import NativeEditor
from widgets.source_editor.web import WebEditor

FOLDER = "templates/interview/interview-invitation/en"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "desk", Noted()).root


class Hands:
    """A person at the invitation's e-mail."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        desktop.context.navigator.open(Place(Room.STUDIO, "interview-invitation"))
        self.room = studio(desktop)
        self.view = self.room.widget()
        self.document = self.room.desk.document
        editor = self.view.editor
        assert isinstance(editor, NativeEditor | WebEditor)
        self.editor = editor
        self.before = dict(self.document.saved.texts)
        self.settle()
        editor.setFocus()

    @property
    def keys(self) -> QWidget:
        editor = self.editor
        return editor.edit if isinstance(editor, NativeEditor) else editor.keys

    def settle(self) -> None:
        if isinstance(self.editor, WebEditor):
            editor = self.editor
            self.qtbot.waitUntil(lambda: editor.is_settled, timeout=MOMENT)

    def types(self, words: str) -> None:
        self.qtbot.keyClicks(self.keys, words)

    def presses(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self.qtbot.keyClick(self.keys, key, held)

    def has(self, name: str, words: str) -> None:
        path = f"{FOLDER}/{name}"
        self.qtbot.waitUntil(lambda: words in self.document.text(path), timeout=MOMENT)

    def has_not(self, name: str, words: str) -> None:
        path = f"{FOLDER}/{name}"
        self.qtbot.waitUntil(
            lambda: words not in self.document.text(path), timeout=MOMENT
        )

    def goes_to(self, words: str) -> None:
        at = self.editor.text().index(words)
        self.editor.go_to(at, at)
        self.settle()


@pytest.fixture(params=["native", "web"])
def hands(
    made: Path, tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Hands]:
    desktop = open_desktop(made, tmp_path, qtbot, editor=request.param)
    yield Hands(desktop, qtbot)
    desktop.close()
    desktop.window.close()


def test_undo_goes_over_all_parts_with_one_history(hands: Hands) -> None:
    hands.goes_to("</mj-text>")
    hands.types("Bring nothing.")
    hands.has("email.mjml", "Bring nothing.</mj-text>")
    hands.view.tab_chosen.emit("text")
    hands.settle()
    hands.types("Hello. ")
    hands.has("email.txt", "Hello. ")
    hands.view.tab_chosen.emit("subject")
    subject = hands.view.subject.findChildren(QLineEdit)[0]
    hands.qtbot.keyClicks(subject, "!")
    hands.has("subject.txt", "!")

    hands.qtbot.keyClick(subject, Qt.Key.Key_Z, CONTROL)
    hands.has_not("subject.txt", "!")
    assert "!" not in subject.text()
    hands.qtbot.keyClick(subject, Qt.Key.Key_Z, CONTROL)
    hands.has_not("email.txt", "Hello. ")
    assert hands.room.desk.tab == "text"
    hands.settle()
    hands.presses(Qt.Key.Key_Z, CONTROL)
    hands.has_not("email.mjml", "Bring nothing.")
    assert hands.room.desk.tab == "email"
    hands.settle()
    assert "Bring nothing." not in hands.editor.text()

    hands.presses(Qt.Key.Key_Y, CONTROL)
    hands.has("email.mjml", "Bring nothing.</mj-text>")


def test_no_key_is_lost_and_none_gets_into_a_form_when_the_part_changes(
    hands: Hands,
) -> None:
    hands.goes_to("</mj-text>")
    hands.types("One more thing.")
    hands.view.tab_chosen.emit("text")
    hands.types("And")
    hands.view.tab_chosen.emit("subject")

    def grown() -> int:
        names = (f"{FOLDER}/email.mjml", f"{FOLDER}/email.txt")
        now = sum(len(hands.document.text(name)) for name in names)
        return now - sum(len(hands.before.get(name, "")) for name in names)

    hands.qtbot.waitUntil(lambda: grown() == len("One more thing.And"), timeout=MOMENT)
    name = f"{FOLDER}/subject.txt"
    assert hands.document.text(name) == hands.before[name]


def test_what_is_typed_is_on_the_disk_within_a_second(hands: Hands) -> None:
    file = hands.desktop.context.workspace.paths.root / FOLDER / "email.mjml"
    hands.goes_to("</mj-text>")

    hands.types("Saved by itself.")
    hands.has("email.mjml", "Saved by itself.")

    hands.qtbot.waitUntil(
        lambda: "Saved by itself." in file.read_text(), timeout=MOMENT
    )


def test_a_part_that_is_named_is_opened_where_it_is_named(hands: Hands) -> None:
    hands.goes_to("partials/")

    hands.presses(Qt.Key.Key_F12)

    hands.qtbot.waitUntil(
        lambda: hands.room.desk.key.startswith("partials/"), timeout=MOMENT
    )
    assert hands.editor.text() == hands.document.text(hands.room.desk.key)


def test_the_studios_keys_work_while_one_types(hands: Hands) -> None:
    hands.goes_to("</mj-text>")
    hands.types("Please utilise this.")
    hands.qtbot.waitUntil(
        lambda: any(one.match == "utilise" for one in hands.room.findings.all or ()),
        timeout=MOMENT,
    )

    activate(hands.desktop, hands.qtbot)
    hands.editor.setFocus()
    hands.presses(Qt.Key.Key_F8)
    hands.qtbot.waitUntil(
        lambda: hands.editor.caret() > 0 and hands.room.findings.selected != "",
        timeout=MOMENT,
    )
    hands.presses(Qt.Key.Key_F, CONTROL)
    hands.qtbot.waitUntil(hands.view.finder.isVisible, timeout=MOMENT)
    hands.view.finder.closed.emit()
    hands.types("x")
    hands.presses(Qt.Key.Key_S, CONTROL)
    hands.qtbot.waitUntil(lambda: not hands.document.unsaved, timeout=MOMENT)


def test_a_renderer_that_is_killed_while_one_types_loses_no_key(
    hands: Hands,
) -> None:
    editor = hands.editor
    if isinstance(editor, NativeEditor):
        pytest.skip("it has none")
    hands.goes_to("</mj-text>")
    page = editor.page
    assert page is not None

    hands.types("Nobody ")
    with hands.qtbot.waitSignal(page.renderProcessTerminated, timeout=MOMENT):
        page.load(QUrl("chrome://kill"))
    hands.qtbot.keyClicks(editor, "loses ")
    hands.settle()
    hands.types("this.")

    hands.has("email.mjml", "Nobody loses this.</mj-text>")
    hands.presses(Qt.Key.Key_Z, CONTROL)
    hands.has_not("email.mjml", "this.</mj-text>")
