"""Reviews over a real workspace: by keyboard, read, put off, said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.controllers.reviews import ReviewsController
from app.controllers.reviews_notes import InboxNotes
from app.desktop import Desktop
from app.places import Place, Room
from app.tour.authoring import found
from app.tour.cast import PRIYA as AUTHOR
from governance.changes.draft import Draft
from governance.changes.narrowed import narrowed
from governance.content.sources import Sources
from governance.names import ChangeId, TemplateId
from tests.fakes.progress import Noted
from tests.fakes.window import LENA, MOMENT, activate, be, change_page, open_desktop
from tests.fakes.window import sign as sign_dialog

INVITATION = TemplateId("interview-invitation")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its team and one change under review, made once."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    workspace = found(folder)
    everything = workspace.sources()
    sources = narrowed(Sources(), everything, (INVITATION,))
    for path, text in everything.texts.items():
        if path.startswith("samples/"):
            sources = sources.with_text(path, text)
    draft = Draft("Invite warmly", "Candidates asked.", sources, workspace.base())
    workspace.open_change(draft, AUTHOR.credentials, Noted())
    workspace.close()
    (folder / ".countersign" / "demo").write_text("1")
    return folder


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(made, tmp_path, qtbot)
    be(desktop, LENA)
    yield desktop
    desktop.close()
    desktop.window.close()


def inbox(desktop: Desktop) -> ReviewsController:
    desktop.context.navigator.open_room(Room.REVIEWS)
    page = desktop.controller.page(Room.REVIEWS)
    assert isinstance(page, ReviewsController)
    return page


def the_change(desktop: Desktop) -> ChangeId:
    current = desktop.context.readings.current
    assert current is not None
    (name,) = current.reading.changes
    return name


def test_e_puts_a_change_off_and_undo_brings_it_back(
    desktop: Desktop, qtbot: QtBot
) -> None:
    page = inbox(desktop)
    table = page.widget().table
    assert table.key == the_change(desktop)

    qtbot.keyClick(table, Qt.Key.Key_E)

    assert table.rows.table.rows == ()
    fresh = InboxNotes(desktop.context)  # as another start reads it
    assert list(fresh.now.snoozed) == [the_change(desktop)]
    desktop.window.toast.acted.emit("undo-snooze")
    assert table.key == the_change(desktop)


def test_u_takes_the_dot_away_and_sets_it_again(desktop: Desktop, qtbot: QtBot) -> None:
    page = inbox(desktop)
    table = page.widget().table
    dots = [table.rows.table.rows[0].is_new]

    for _time in range(2):
        qtbot.keyClick(table, Qt.Key.Key_U)
        dots.append(table.rows.table.rows[0].is_new)

    assert dots == [True, False, True]


def test_what_is_new_stands_beside_the_list(desktop: Desktop, qtbot: QtBot) -> None:
    page = inbox(desktop)

    def is_read() -> bool:
        detail = page.state.detail if page.state else None
        return bool(detail and detail.news)

    qtbot.waitUntil(is_read, timeout=MOMENT)
    assert page.state is not None
    assert page.state.detail.news_title == "What it changes"
    assert page.state.detail.news[0][0].startswith("Subject")


def test_ctrl_m_comments_on_the_change_that_is_looked_at(
    desktop: Desktop, qtbot: QtBot
) -> None:
    name = the_change(desktop)
    desktop.context.navigator.open(Place(Room.CHANGE, name))
    page = change_page(desktop)
    qtbot.waitUntil(lambda: page.look is not None, timeout=MOMENT)
    notes = InboxNotes.of(desktop.context)
    assert name in notes.now.read
    activate(desktop, qtbot)
    view = page.widget()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_2)  # the words, by their number
    view.mark_chosen.emit(4)  # the first ones are what a merge field was filled with
    qtbot.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    field = view.talk.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "Who is we, @Priya?")
    view.commented.emit(field.toPlainText(), True, -1)  # noqa: FBT003 -- a signal
    sign_dialog(page.signing, qtbot)

    (said,) = desktop.context.workspace.state().changes[name].comments
    assert said.comment.text == "Who is we, @Priya?"
    assert said.comment.place.partition(":")[0].endswith("/email.mjml")
    assert field.toPlainText() == ""
