"""The room of settings over a real demo: two administrators, and one's own key."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.controllers.help_report import Reporting
from app.controllers.settings import SettingsController
from app.controllers.settings_key import KeyDeeds
from app.demo_people import DEMO_PASSPHRASE
from app.desktop import Desktop, build_desktop
from app.paths import Paths
from app.places import Place, Room
from app.preferences import Preferences
from app.tour.authoring import found
from app.workspace import Workspace
from governance.names import PersonId, Role
from governance.trust.keys import SigningKey
from tests.fakes.qt import child
from widgets.help.view import HelpView
from widgets.kit.controls import Button
from widgets.kit.look import Look, look
from widgets.settings.key_dialogs import PassphraseDialog
from widgets.settings.people import WAITING

RUTH, LENA = PersonId("ruth@northwind.example"), PersonId("lena@northwind.example")
ADMIN, HR = Role("admin"), Role("hr")
MOMENT = 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its team, made once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    found(folder).close()
    (folder / ".countersign" / "demo").write_text("1")
    return folder


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    folder = tmp_path / "desk"
    copytree(made, folder)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    workspace = Workspace.at(Paths(folder))
    desktop = build_desktop(workspace, Preferences.read(tmp_path / "window.json"))
    qtbot.addWidget(desktop.window)
    desktop.window.resize(1440, 900)
    desktop.window.show()
    context = desktop.context
    context.readings.refresh()
    qtbot.waitUntil(lambda: context.readings.current is not None, timeout=MOMENT)
    yield desktop
    desktop.close()
    desktop.window.close()


def room(desktop: Desktop, part: str, key: str = "") -> SettingsController:
    desktop.context.navigator.open(Place(Room.SETTINGS, key, part))
    page = desktop.controller.page(Room.SETTINGS)
    assert isinstance(page, SettingsController)
    return page


def press(parent: QWidget, qtbot: QtBot, key: str) -> None:
    def shown_now() -> list[Button]:
        return [
            one
            for one in parent.findChildren(Button)
            if one.objectName() == key and one.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(shown_now()))
    shown = shown_now()
    assert shown[0].isEnabled(), shown[0].toolTip()
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def sign(page: SettingsController, qtbot: QtBot, written: str = "") -> None:
    signing = page.people.signing
    dialog = signing.dialog
    assert dialog is not None
    if written:
        qtbot.keyClicks(child(dialog, QPlainTextEdit), written)
    with qtbot.waitSignal(signing.succeeded, timeout=MOMENT):
        press(dialog, qtbot, "sign")


def enrol(page: SettingsController, qtbot: QtBot, mail: str, role: Role) -> SigningKey:
    key = SigningKey.generate()
    press(page.widget(), qtbot, "enrol")
    dialog = page.people.enrolling
    assert dialog is not None
    dialog.mail.edit.setText(mail)
    dialog.name.edit.setText(mail.partition("@")[0].title())
    dialog.line.edit.setText(f"{key.public.openssh} a comment")
    dialog.roles[str(role)].click()
    dialog.compared.click()
    press(dialog, qtbot, "go")
    sign(page, qtbot)
    return key


def test_two_administrators_let_somebody_take_part(
    desktop: Desktop, qtbot: QtBot
) -> None:
    context = desktop.context
    context.identity.switch(RUTH)
    page = room(desktop, "people", str(LENA))
    page.people.toggle_role(str(LENA), ADMIN)
    sign(page, qtbot, "Ruth is on leave in August.")
    workspace = context.workspace
    assert ADMIN in workspace.state().members[LENA].roles  # alone, at once
    current = context.readings.current
    qtbot.waitUntil(lambda: context.readings.current is not current, timeout=MOMENT)
    qtbot.waitUntil(lambda: page.people.people().state.is_shared, timeout=MOMENT)

    key = enrol(page, qtbot, "anouk@northwind.example", HR)

    anouk = PersonId("anouk@northwind.example")
    state = workspace.state()
    assert anouk not in state.members
    (position,) = state.waiting
    qtbot.waitUntil(lambda: bool(page.people.people().state.waiting), timeout=MOMENT)
    row = f"{WAITING}{position}"
    room(desktop, "people", row)
    assert page.widget().person.detail.deeds[0].why_not.startswith("You signed it")

    context.identity.switch(LENA)
    room(desktop, "people", row)
    badges = desktop.controller._badges  # noqa: SLF001 -- no other way to it
    qtbot.waitUntil(lambda: badges[Room.SETTINGS] == ("1", False))
    press(page.widget(), qtbot, "confirm")
    sign(page, qtbot, "We compared the words.")

    member = workspace.state().members[anouk]
    assert member.key == key.public
    assert member.roles == {HR}


def test_a_lost_key_is_withdrawn_with_a_reason(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.context.identity.switch(RUTH)
    page = room(desktop, "people", str(LENA))
    press(page.widget(), qtbot, "withdraw")
    dialog = page.people.withdrawing
    assert dialog is not None
    assert not child(dialog, Button, "go").isEnabled()  # Legal would have nobody
    never = dialog.since.itemData(dialog.since.count() - 1)
    dialog.since_chosen.emit(str(never))
    press(dialog, qtbot, "go")
    sign(page, qtbot, "The laptop was stolen.")

    assert desktop.context.workspace.state().members[LENA].key is None


def test_a_passphrase_is_changed_and_the_old_one_opens_nothing(
    desktop: Desktop, qtbot: QtBot
) -> None:
    desktop.context.identity.switch(LENA)
    page = room(desktop, "key")
    keys: KeyDeeds = page.key
    keys.act("passphrase", page.people.people())
    dialog = keys.dialog
    assert isinstance(dialog, PassphraseDialog)
    for field, text in (
        (dialog.old, DEMO_PASSPHRASE),
        (dialog.new, "a better one"),
        (dialog.again, "a better one"),
    ):
        field.edit.setText(text)
    with qtbot.waitSignal(keys.changed, timeout=MOMENT):
        press(dialog, qtbot, "go")

    vault = desktop.context.workspace.vault
    key = desktop.context.workspace.state().members[LENA].key
    assert vault.unlock(LENA, "a better one").public == key


def test_a_sheet_is_saved_where_one_says_and_read_again(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop.context.identity.switch(LENA)
    page = room(desktop, "key")
    sheet = tmp_path / "sheet.txt"
    monkeypatch.setattr(page.widget(), "ask_where", lambda *_args: sheet)
    monkeypatch.setattr(page.widget(), "ask_which", lambda *_args: sheet)
    for deed in ("sheet", "recover"):
        page.key.act(deed, page.people.people())
        dialog = page.key.dialog
        assert dialog is not None
        assert not isinstance(dialog, PassphraseDialog)
        dialog.passphrase.edit.setText(DEMO_PASSPHRASE)
        with qtbot.waitSignal(page.key.changed, timeout=MOMENT):
            press(dialog, qtbot, "go")

    assert sheet.stat().st_mode & 0o077 == 0
    assert DEMO_PASSPHRASE not in sheet.read_text()
    assert "countersign-key/v1" in sheet.read_text()


def test_text_size_and_language_are_kept(desktop: Desktop, qtbot: QtBot) -> None:
    page = room(desktop, "look")

    page.widget().picked.emit("percent", "120")
    page.widget().picked.emit("language", "de")
    page.widget().picked.emit("appearance", "dark")

    values = Preferences.read(desktop.context.preferences.file).values
    assert (values.percent, values.language, values.appearance) == (120, "de", "dark")
    assert look().percent == 120
    page.widget().picked.emit("percent", "100")
    page.widget().picked.emit("appearance", "light")


def test_each_page_can_be_opened(desktop: Desktop, qtbot: QtBot) -> None:
    page = room(desktop, "people")
    for section in page.widget().sidebar.rows.table.rows:
        page.come(Place(Room.SETTINGS, part=section.key))
        assert page.widget().sidebar.key == section.key


def test_f1_opens_the_page_of_where_one_is(desktop: Desktop, qtbot: QtBot) -> None:
    room(desktop, "people")

    next(c for c in desktop.context.commands.all if c.shortcut == "F1").run()

    help_page = desktop.controller.page(Room.HELP)
    assert help_page is not None
    view = help_page.widget()
    assert isinstance(view, HelpView)
    assert view.reader.toPlainText().startswith("Settings")
    desktop.context.navigator.back()
    assert desktop.context.navigator.place.room is Room.SETTINGS


def test_a_report_is_collected_and_shown(desktop: Desktop, qtbot: QtBot) -> None:
    next(c for c in desktop.context.commands.all if c.key == "report-problem").run()

    reporting = child(desktop.window, Reporting)
    dialog = reporting.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "Countersign" in dialog.text.toPlainText(), timeout=MOMENT)
    assert "northwind.example" not in dialog.text.toPlainText()
    dialog.reject()


def test_a_policy_is_proposed_by_one_administrator_and_confirmed_by_the_other(
    desktop: Desktop, qtbot: QtBot
) -> None:
    context = desktop.context
    context.identity.switch(RUTH)
    page = room(desktop, "people", str(LENA))
    page.people.toggle_role(str(LENA), ADMIN)
    sign(page, qtbot, "Ruth is on leave in August.")
    qtbot.waitUntil(lambda: page.people.people().state.is_shared, timeout=MOMENT)
    room(desktop, "policy")
    press(page.widget(), qtbot, "policy")
    dialog = page.policy.dialog
    assert dialog is not None
    assert not child(dialog, Button, "go").isEnabled()  # nothing is changed yet
    dialog.seats["record", HR].setValue(1)
    press(dialog, qtbot, "go")
    sign(page, qtbot, "HR owns the titles.")

    workspace = context.workspace
    state = workspace.state()
    (position,) = state.waiting
    assert state.policy is not None
    assert HR not in state.policy.classes["record"].quorum
    qtbot.waitUntil(lambda: bool(page.people.people().state.waiting), timeout=MOMENT)

    context.identity.switch(LENA)
    room(desktop, "people", f"{WAITING}{position}")
    press(page.widget(), qtbot, "confirm")
    sign(page, qtbot, "As agreed.")

    policy = workspace.state().policy
    assert policy is not None
    assert policy.classes["record"].quorum[HR] == 1
