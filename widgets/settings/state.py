"""The room of settings: its pages, and which one is shown."""

from dataclasses import dataclass
from typing import Final

from governance.texts import _
from widgets.kit.values import Entry, Section, Table
from widgets.settings.form import Form, Switch
from widgets.settings.people_state import PeopleState

PEOPLE: Final = "people"
POLICY: Final = "policy"
CONNECTIONS: Final = "connections"
KEY: Final = "key"
LOOK: Final = "look"
LANGUAGE: Final = "language"
SHORTCUTS: Final = "shortcuts"
STORAGE: Final = "storage"
ABOUT: Final = "about"


@dataclass(frozen=True, slots=True)
class Strokes:
    """The page about the keys of the keyboard."""

    table: Table
    letters: Switch


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything that the room draws."""

    sections: tuple[Section, ...]
    section: str
    page: PeopleState | Form | Strokes


def sections(waiting: int) -> tuple[Section, ...]:
    """Return the pages; ``waiting`` entries wait for a second signature."""
    return (
        Section(
            _("Workspace"),
            (
                Entry(
                    PEOPLE,
                    _("People and keys"),
                    "users-three",
                    str(waiting) if waiting else "",
                ),
                Entry(POLICY, _("Signing policy"), "scales"),
                Entry(CONNECTIONS, _("Connections"), "link"),
            ),
        ),
        Section(
            _("This computer"),
            (
                Entry(KEY, _("My key"), "key"),
                Entry(LOOK, _("Appearance"), "palette"),
                Entry(LANGUAGE, _("Language"), "translate"),
                Entry(SHORTCUTS, _("Shortcuts"), "keyboard"),
                Entry(STORAGE, _("Storage"), "hard-drives"),
                Entry(ABOUT, _("About"), "info"),
            ),
        ),
    )
