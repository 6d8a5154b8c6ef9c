"""The command that searches all templates; its room loads when it is first used."""

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.places import Place, Room
from governance.texts import _


class SearchCommands(QObject):
    """Offers it in the palette and by key, in every room."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        context.commands.offer(
            Command(
                "search-templates",
                _("Search and replace in all templates"),
                _("Library"),
                self.ask,
                "magnifying-glass",
                "Ctrl+Shift+F",
            )
        )

    @Slot()
    def ask(self) -> None:
        """Open the search."""
        self._context.navigator.open(Place(Room.SEARCH))
