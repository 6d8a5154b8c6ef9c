"""Icons that point, in a window that is read from right to left."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from widgets.kit.icons import direction


@pytest.fixture
def _mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("_mirrored")
def test_what_points_turns_round_and_nothing_else_does() -> None:
    names = ("caret-left", "caret-right", "arrow-u-up-left", "caret-down", "tray")

    assert [direction(name) for name in names] == [
        "caret-right",
        "caret-left",
        "arrow-u-up-right",
        "caret-down",
        "tray",
    ]


@pytest.mark.usefixtures("qapp")
def test_from_left_to_right_they_stay() -> None:
    assert direction("caret-left") == "caret-left"
