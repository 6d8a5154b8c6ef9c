"""What a person chose of a list is remembered, and told once."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.controllers.listing import Listing


def test_what_is_new_is_told_and_the_same_again_is_not(qtbot: QtBot) -> None:
    parent = QObject()
    listing = Listing(parent, part="all")

    for slot, word in (
        (listing.choose_part, "mine"),
        (listing.choose_words, "offer"),
        (listing.come_to, "row"),
        (listing.tick, "row"),
    ):
        with qtbot.waitSignal(listing.changed):
            slot(word)
        if slot != listing.tick:
            with qtbot.assertNotEmitted(listing.changed):
                slot(word)

    assert (listing.part, listing.words, listing.selected) == ("mine", "offer", "row")
    assert listing.ticked == {"row"}


def test_a_second_tick_takes_the_first_away(qtbot: QtBot) -> None:
    parent = QObject()
    listing = Listing(parent)

    listing.tick("row")
    listing.tick("row")

    assert listing.ticked == frozenset()


def test_who_draws_is_not_told_of_what_they_settled(qtbot: QtBot) -> None:
    parent = QObject()
    listing = Listing(parent)

    with qtbot.assertNotEmitted(listing.changed):
        listing.settle("row", ("row",))

    assert (listing.selected, listing.ticked) == ("row", frozenset({"row"}))
