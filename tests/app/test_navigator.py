from PySide6.QtWidgets import QApplication

from app.events import Events
from app.navigator import Navigator
from app.places import Place, Room


def test_back_leads_to_where_one_came_from(qapp: QApplication) -> None:
    events = Events()
    navigator = Navigator(events)
    studio = Place(Room.STUDIO, "offer")

    navigator.open(studio)
    before = navigator.before
    navigator.back()

    assert before == Place(Room.LIBRARY)
    assert navigator.place == Place(Room.LIBRARY)
    assert navigator.before is None


def test_the_rail_begins_a_new_way(qapp: QApplication) -> None:
    navigator = Navigator(Events())
    navigator.open(Place(Room.STUDIO, "offer"))

    navigator.open_room(Room.REVIEWS)

    assert navigator.before is None
