from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from widgets.source_editor.web import WebEditor

PATIENCE = 10_000


def test_a_page_that_dies_is_drawn_again_with_every_key(qtbot: QtBot) -> None:
    editor = WebEditor("Source")
    qtbot.addWidget(editor)
    editor.set_text("<>", 1, "one")
    editor.show()
    qtbot.waitUntil(lambda: editor.is_settled, timeout=PATIENCE)
    editor.setFocus()
    first = editor.page
    assert first is not None

    qtbot.keyClicks(editor.keys, "before ")
    qtbot.waitUntil(lambda: editor.text() == "<before >", timeout=PATIENCE)
    with qtbot.waitSignal(first.renderProcessTerminated, timeout=PATIENCE):
        first.load(QUrl("chrome://crash"))
    qtbot.keyClicks(editor, "meanwhile ")
    assert editor.text() == "<before meanwhile >"

    qtbot.waitUntil(lambda: editor.is_settled, timeout=PATIENCE)
    qtbot.keyClicks(editor.keys, "after")
    qtbot.waitUntil(
        lambda: editor.text() == "<before meanwhile after>", timeout=PATIENCE
    )
