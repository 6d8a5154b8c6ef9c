"""What the plain pages of settings are made of: labels, values, choices, switches."""

from dataclasses import dataclass

from widgets.kit.values import Choice, Deed, Mark


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is so.

    Attributes:
        mark: A state in place of the value, or before it.
        help: What stands faintly under it.
        is_code: Whether the value is set in the type of code.
        deeds: What can be done about it.
    """

    label: str
    value: str = ""
    mark: Mark | None = None
    help: str = ""
    is_code: bool = False
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice of one, at once.

    Attributes:
        is_wide: Whether all choices stand side by side.
    """

    key: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str
    help: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is on or off, at once."""

    key: str
    label: str
    words: str
    is_on: bool
    help: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a title."""

    title: str
    lines: tuple[Said | Pick | Switch, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A page: what it is for, and its groups."""

    title: str
    intro: str
    groups: tuple[Group, ...]

    @property
    def shape(self) -> tuple[tuple[str, ...], ...]:
        """What is the same as long as only values change."""
        return tuple(
            (type(line).__name__, group.title, line.label)
            for group in self.groups
            for line in group.lines
        )
