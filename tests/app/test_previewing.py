"""The previews of the studio over a real workspace: what one types is what one sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop import Desktop, build_desktop
from app.founding import Wish, found_workspace
from app.places import Place, Room
from app.preferences import Preferences
from app.settings import VaultKind
from governance.names import PersonId
from widgets.kit.look import Look
from widgets.studio.view import StudioView

FOUNDER = PersonId("ana@example.com")
MOMENT = 40_000  # milliseconds that background work may take on a busy computer


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    wish = Wish(tmp_path / "desk", "starter", "Test", FOUNDER, "Ana", VaultKind.FILE)
    workspace = found_workspace(wish, lambda: "correct horse battery")
    preferences = Preferences.read(tmp_path / "window.json")
    preferences.keep(editor="native")
    desktop = build_desktop(workspace, preferences)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.context.readings.refresh()
    qtbot.waitUntil(
        lambda: desktop.context.readings.current is not None, timeout=MOMENT
    )
    yield desktop
    desktop.close()
    desktop.window.close()


@pytest.fixture
def studio(desktop: Desktop, qtbot: QtBot) -> StudioView:
    desktop.context.navigator.open(Place(Room.STUDIO, "interview-invitation"))
    view = desktop.controller.page(Room.STUDIO).widget()
    assert isinstance(view, StudioView)
    qtbot.waitUntil(lambda: "Gmail web" in cards(qtbot, view), timeout=MOMENT)
    return view


def asked(qtbot: QtBot, view: StudioView, script: str) -> object:
    answers: list[object] = []
    page = view.previews.grid.page
    if page is None:
        return ""
    page.runJavaScript(script, 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=MOMENT)
    return answers[0]


def cards(qtbot: QtBot, view: StudioView) -> str:
    script = (
        "[...document.querySelectorAll('.card')]"
        ".map(c => c.getAttribute('aria-label')).join(';')"
    )
    return str(asked(qtbot, view, script))


def mail(qtbot: QtBot, view: StudioView) -> str:
    script = "document.querySelector('iframe').contentDocument.body.innerText"
    return str(asked(qtbot, view, script))


def test_what_is_typed_is_seen_and_what_cannot_be_read_leaves_the_last_picture(
    qtbot: QtBot, studio: StudioView
) -> None:
    text = studio.editor.text()
    assert len(cards(qtbot, studio).split(";")) == 12

    studio.editor.edited.emit(text.replace("meet you", "see you dance"))
    qtbot.waitUntil(lambda: "see you dance" in mail(qtbot, studio), timeout=MOMENT)
    studio.editor.edited.emit(text.replace("</mj-text>", "", 1))
    stale = "document.body.classList.contains('stale')"
    qtbot.waitUntil(lambda: asked(qtbot, studio, stale) is True, timeout=MOMENT)

    assert "see you dance" in mail(qtbot, studio)
    studio.editor.edited.emit(text)
    qtbot.waitUntil(lambda: asked(qtbot, studio, stale) is False, timeout=MOMENT)
    qtbot.waitUntil(lambda: "meet you" in mail(qtbot, studio), timeout=MOMENT)


def test_a_card_opens_its_client_and_esc_leads_back(
    qtbot: QtBot, studio: StudioView
) -> None:
    with qtbot.waitSignal(studio.client.stage.painted, timeout=MOMENT):
        studio.previews.grid.card_opened.emit("outlook-classic light")
    assert studio.content.currentWidget() is studio.client

    with qtbot.waitSignal(studio.client.stage.painted, timeout=MOMENT):
        studio.client.step(1)
    studio.client.closed.emit()

    assert studio.content.currentWidget() is not studio.client
    assert "Gmail web" in cards(qtbot, studio)


def test_which_clients_and_schemes_are_shown_is_remembered(
    qtbot: QtBot, desktop: Desktop, studio: StudioView
) -> None:
    studio.previews.scheme_chosen.emit("dark")
    studio.previews.clients_chosen.emit(["outlook-classic"])

    qtbot.waitUntil(
        lambda: cards(qtbot, studio).startswith("Outlook classic, dark"),
        timeout=MOMENT,
    )
    kept = Preferences.read(desktop.context.preferences.file).values
    assert kept.preview_scheme == "dark"
    assert kept.preview_clients == ("outlook-classic",)


def test_words_that_are_clicked_are_found_in_the_source(
    qtbot: QtBot, studio: StudioView
) -> None:
    with qtbot.waitSignal(studio.editor.caret_moved, timeout=MOMENT):
        studio.previews.grid.words_clicked.emit("There are no trick questions.")

    at = studio.editor.caret()
    assert "no trick questions" in studio.editor.text()[max(0, at - 60) : at + 60]
