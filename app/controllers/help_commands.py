"""The commands about help and settings; their rooms load when they are first used."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import Command, Target
from app.context import Context
from app.controllers.help_report import Reporting
from app.controllers.help_texts import read_pages
from app.controllers.settings_badge import SettingsBadge
from app.places import Place, Room
from governance.texts import _


class HelpCommands(QObject):
    """Offers them in the palette and by key."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._reporting = Reporting(context)
        SettingsBadge(context)
        self._pages: tuple[Target, ...] = ()
        titles = (
            ("my-key", _("My key"), "key", "key"),
            ("people", _("People and keys"), "users-three", "people"),
            ("connections", _("Connections"), "link", "connections"),
            ("language", _("Language"), "translate", "language"),
            ("shortcuts", _("Shortcuts"), "keyboard", "shortcuts"),
            ("storage", _("Storage"), "hard-drives", "storage"),
            ("about", _("About Countersign"), "info", "about"),
        )
        context.commands.offer(
            Command("help", _("Help"), _("Help"), self.help_here, "lifebuoy", "F1"),
            Command(
                "report-problem",
                _("Report a problem…"),
                _("Help"),
                self._reporting.start,
                "bug",
            ),
            *(
                Command(key, title, _("Settings"), partial(self._open, page), icon)
                for key, title, icon, page in titles
            ),
        )

        context.commands.offer_targets("help", self._targets)

    @Slot()
    def help_here(self) -> None:
        """Open the page of the place where one is."""
        place = self._context.navigator.place
        if place.room is not Room.HELP:
            self._context.navigator.open(Place(Room.HELP, str(place.room)))

    def _open(self, page: str) -> None:
        self._context.navigator.open(Place(Room.SETTINGS, part=page))

    def _targets(self) -> tuple[Target, ...]:
        """Return the pages, for "?" in the palette; they are read once."""
        if not self._pages:
            self._pages = tuple(
                Target(
                    key,
                    page.title,
                    _("Help"),
                    self._open_page,
                    "file-text",
                    _("help page"),
                    prefix="?",
                )
                for key, page in sorted(read_pages().items())
            )
        return self._pages

    @Slot(str)
    def _open_page(self, key: str) -> None:
        self._context.navigator.open(Place(Room.HELP, key))
