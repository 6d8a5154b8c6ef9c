"""Commands: everything that a person can do, for the palette, menus and keys."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Command:
    """One deed.

    Attributes:
        group: The title that it stands under in the palette.
        shortcut: As Qt writes it, "" for none.
        is_local: Whether the key is the room's own, which sees to it.
        why_not: Why it cannot be done now, "" if it can; asked when it is shown.
        run: A bound method of a QObject that lives as long as the window.
    """

    key: str
    title: str
    group: str
    run: Callable[[], None]
    icon: str = ""
    shortcut: str = ""
    why_not: Callable[[], str] | None = None
    is_local: bool = False

    @property
    def reason(self) -> str:
        """Why it cannot be done now."""
        return self.why_not() if self.why_not else ""


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that can be found: a template, a candidate, a change.

    Attributes:
        prefix: What narrows a search to its kind: "@" candidates, "#" changes.
    """

    key: str
    title: str
    group: str
    open: Callable[[str], None]
    icon: str = ""
    second: str = ""
    prefix: str = ""


class Commands(QObject):
    """Holds what pages offer.

    Signals:
        changed: Other commands are offered now.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._commands: dict[str, Command] = {}
        self._targets: dict[str, Callable[[], tuple[Target, ...]]] = {}

    def offer(self, *commands: Command) -> None:
        """Offer ``commands``; one of the same key is replaced."""
        for command in commands:
            self._commands[command.key] = command
        self.changed.emit()

    def offer_targets(
        self, source: str, targets: Callable[[], tuple[Target, ...]]
    ) -> None:
        """Let what ``targets`` returns be found; it is asked when one searches."""
        self._targets[source] = targets

    @property
    def all(self) -> tuple[Command, ...]:
        """Every command."""
        return tuple(self._commands.values())

    @property
    def targets(self) -> tuple[Target, ...]:
        """Everything that can be found now."""
        return tuple(one for ask in self._targets.values() for one in ask())
