from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from widgets.shell.main_window import MainWindow

EVIL = 'No template <a href="https://evil.example">is called so</a>.'


def test_a_problem_that_quotes_a_link_is_not_one(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)

    window.show_problem(EVIL, EVIL)

    (box,) = window.findChildren(QMessageBox)
    said = [one for one in box.findChildren(QLabel) if "evil" in one.text()]
    assert box.text() == EVIL
    assert [
        one.textFormat() is Qt.TextFormat.PlainText or "<a" not in one.text()
        for one in said
    ] == [True, True]
    box.close()
