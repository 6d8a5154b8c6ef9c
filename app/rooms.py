"""The rooms of the window: which there are, and how each is made when first opened.

Each loads its modules then, so that the window is there sooner.
"""

from app.context import Context, Page
from app.places import Room


def make_room(  # noqa: C901, PLR0911 -- one for each room
    room: Room, context: Context
) -> Page:
    """Return the controller of ``room``."""
    match room:
        case Room.LIBRARY:
            from app.controllers import library

            return library.make(context)
        case Room.REVIEWS:
            from app.controllers import reviews

            return reviews.make(context)
        case Room.CHANGE:
            from app.controllers import change

            return change.make(context)
        case Room.STUDIO:
            from app.controllers.studio import studio

            return studio.make(context)
        case Room.SEARCH:
            from app.controllers import search

            return search.make(context)
        case Room.PUBLISHING:
            from app.controllers import publishing

            return publishing.make(context)
        case Room.CANDIDATES:
            from app.controllers import candidates

            return candidates.make(context)
        case Room.DELIVERIES:
            from app.controllers import deliveries

            return deliveries.make(context)
        case Room.SETTINGS:
            from app.controllers import settings

            return settings.make(context)
        case Room.HELP:
            from app.controllers import help_pages

            return help_pages.make(context)
        case Room.HISTORY:
            from app.controllers import history

            return history.make(context)
        case Room.PROOF:
            from app.controllers import proof

            return proof.make(context)
