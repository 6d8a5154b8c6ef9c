import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.controllers.help_texts import read_pages
from app.places import Room
from widgets.help.state import help_state
from widgets.help.view import HelpView

LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")


def test_each_room_has_a_page() -> None:
    assert not {str(room) for room in Room} - read_pages().keys()


def test_what_people_must_know_has_a_page() -> None:
    assert {
        "first-ten-minutes",
        "signing",
        "rolling-back",
        "stop-sending",
        "stock-tools",
        "merge-fields",
        "conditions",
        "style-rules",
        "report-a-problem",
    } <= read_pages().keys()


def test_no_link_is_dead_and_none_leaves_the_program() -> None:
    pages = read_pages()

    dead = [
        (page.key, link)
        for page in pages.values()
        for link in LINK.findall(page.text)
        if link.removesuffix(".md") not in pages or not link.endswith(".md")
    ]

    assert not dead


def test_each_page_is_short_and_begins_with_its_title() -> None:
    for page in read_pages().values():
        assert page.text.startswith("# ")
        assert page.title
        assert len(page.text.split()) < 320, page.key


def test_a_page_is_read_and_its_links_lead_on(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)
    view.render_state(help_state(read_pages(), "library", ""))

    with qtbot.waitSignal(view.page_requested) as asked:
        view.reader.anchorClicked.emit(QUrl("studio.md"))

    assert asked.args == ["studio"]
    assert view.reader.toPlainText().startswith("Library")


def test_a_picture_in_a_page_is_not_fetched(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)

    view.reader.render_markdown("# A page\n\n![x](http://127.0.0.1:9/x.png)")

    cursor = QTextCursor(view.reader.document())
    assert not cursor.hasSelection()
    assert view.reader.loadResource(2, QUrl("http://127.0.0.1:9/x.png")) is None


def test_typing_says_the_words(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)

    with qtbot.waitSignal(view.words_changed) as typed:
        qtbot.keyClicks(view.search, "s")

    assert typed.args == ["s"]
