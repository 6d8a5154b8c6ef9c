"""The pages of this computer: look, language, keys of the keyboard, storage, about."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.commands import Commands
from app.context import Context
from app.controllers.settings_about import read_about
from app.language import languages
from app.paths import Paths
from app.tasks import Lane
from governance.ports import Progress
from governance.texts import _
from widgets.kit.letters import choose_letters
from widgets.kit.look import Appearance, look
from widgets.settings.computer_state import (
    Storage,
    Stroke,
    language_form,
    letters_switch,
    look_form,
    shortcut_table,
    storage_form,
)
from widgets.settings.form import Form
from widgets.settings.state import LANGUAGE, LOOK, Strokes
from widgets.settings.view import keys_in_words


class ComputerPages(QObject):
    """Reads and keeps what this computer remembers for its person.

    Signals:
        changed: Something is otherwise now.
    """

    changed = Signal()

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self._started_with = context.preferences.values.language
        self._sizes: Mapping[str, int] | None = None
        self.about = read_about()
        look().changed.connect(self.changed)

    def form(self, section: str) -> Form:
        """Return the page on look, language or storage."""
        values = self._context.preferences.values
        if section == LOOK:
            return look_form(str(look().appearance), look().percent, values.editor)
        if section == LANGUAGE:
            return language_form(values.language, self._started_with, languages())
        workspace = self._context.workspace
        folder, remote = str(workspace.paths.root), workspace.settings.remote
        return storage_form(Storage(folder, self._sizes, remote))

    def strokes(self, words: str) -> Strokes:
        """Return the page on the keys of the keyboard."""
        values = self._context.preferences.values
        return Strokes(
            shortcut_table(strokes_of(self._context.commands), words),
            letters_switch(has_letters=values.has_letters),
        )

    def pick(self, key: str, value: str) -> None:
        """Have what was chosen, at once."""
        preferences = self._context.preferences
        match key:
            case "appearance":
                look().choose(Appearance(value))
                preferences.keep(appearance=value)
            case "percent":
                look().choose(look().appearance, int(value))
                preferences.keep(percent=look().percent)
            case "language":
                preferences.keep(language=value)
            case "editor":
                preferences.keep(editor=value)
            case _:
                return
        self.changed.emit()

    def switch(self, key: str, *, is_on: bool) -> None:
        """Have single letters or not, at once."""
        if key == "letters":
            choose_letters(are_keys=is_on)
            self._context.preferences.keep(has_letters=is_on)
            self.changed.emit()

    def measure(self) -> None:
        """Count how large the workspace is, in the background."""
        work = partial(_sizes, self._context.workspace.paths)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_measured)
        task.failed.connect(self._context.messages.log)

    @Slot(object)
    def _on_measured(self, sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self.changed.emit()


def strokes_of(commands: Commands) -> tuple[Stroke, ...]:
    """Return every command with its keys, and the keys that are no command."""
    fixed: Final = (
        ("palette", _("Search or run a command"), _("Window"), "Ctrl+K"),
        ("next-region", _("Go to the next part of the window"), _("Window"), "F6"),
        ("region-before", _("Go to the part before"), _("Window"), "Shift+F6"),
        ("down", _("Down in a list, up in a list"), _("Lists"), "J, K"),
        ("enter", _("Open what is selected"), _("Lists"), "Return"),
        ("sign", _("Do the deed of a dialog"), _("Dialogs"), "Ctrl+Return"),
        ("escape", _("Close, or leave the text"), _("Dialogs"), "Esc"),
    )
    offered = tuple(
        Stroke(one.key, one.title, one.group, keys_in_words(one.shortcut))
        for one in commands.all
    )
    known = {one.key for one in offered}
    return (
        *offered,
        *(
            Stroke(key, title, group, keys_in_words(keys))
            for key, title, group, keys in fixed
            if key not in known
        ),
    )


def _sizes(paths: Paths, progress: Progress) -> Mapping[str, int]:
    sizes = dict.fromkeys(("texts", "history", "service", "sandbox", "other"), 0)
    folders = (
        (paths.repository, "history"),
        (paths.service, "service"),
        (paths.sandbox, "sandbox"),
        (paths.ours, "other"),
    )
    progress.step(_("Counting"), done=0, total=0)
    for file in paths.root.rglob("*"):
        part = next((to for at, to in folders if file.is_relative_to(at)), "texts")
        sizes[part] += _size(file)
    return sizes


def _size(file: Path) -> int:
    try:
        return 0 if file.is_symlink() or file.is_dir() else file.stat().st_size
    except OSError:  # it went while we looked
        return 0
