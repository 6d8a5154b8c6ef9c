"""Places of the window: what back and the command palette lead to."""

from dataclasses import dataclass
from enum import StrEnum


class Room(StrEnum):
    """The rooms of the rail, in the order in which a message lives; then what opens."""

    LIBRARY = "library"
    REVIEWS = "reviews"
    PUBLISHING = "publishing"
    DELIVERIES = "deliveries"
    CANDIDATES = "candidates"
    HISTORY = "history"
    SETTINGS = "settings"
    STUDIO = "studio"
    SEARCH = "search"
    CHANGE = "change"
    PROOF = "proof"
    HELP = "help"


# What opens out of a room lights that room's sign in the rail.
HOME: dict[Room, Room] = {
    Room.STUDIO: Room.LIBRARY,
    Room.SEARCH: Room.LIBRARY,
    Room.CHANGE: Room.REVIEWS,
    Room.PROOF: Room.DELIVERIES,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the window.

    Attributes:
        key: What is shown there: a template, a change, a message; "" for the room.
        part: Which part of it: a tab, a section, a line; "" for as it was left.
    """

    room: Room
    key: str = ""
    part: str = ""
