"""What pages are made of, as plain data: states use it, and know no Qt."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means; each is a name among the tokens' colours."""

    PLAIN = "text"
    QUIET = "text-2"
    FAINT = "text-3"
    ACCENT = "accent-text"
    OK = "ok"
    INFO = "info"
    WARN = "warn"
    ERROR = "error"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Mark:
    """A state or a severity: always icon and word, colour last.

    Attributes:
        icon: A name of the Phosphor family: "check-circle-fill", "" for none.
    """

    word: str
    icon: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row.

    Attributes:
        text: What it says; a mark's word stands beside it.
        second: A second line, or what is said more faintly after the text.
        icons: Icons without words; ``spoken`` says them.
        spoken: What a screen reader reads in place of all this, "" for the text itself.
        who: A person whose initials stand before the text, "" for none.
        disc: An icon in a soft circle before the text; its word is not written.
    """

    text: str = ""
    second: str = ""
    mark: Mark | None = None
    icons: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN
    is_strong: bool = False
    spoken: str = ""
    who: str = ""
    disc: Mark | None = None

    @property
    def said(self) -> str:
        """All of it in words."""
        word = self.mark.word if self.mark else ""
        parts = (self.spoken or self.text, word, self.second)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        width: In pixels at 100 %; 0 for one that takes what is left.
        drop: The order in which columns go in a small window, from 1; 0 stays.
        is_number: Whether figures stand under one another.
    """

    title: str
    width: int = 0
    drop: int = 0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a table or a list.

    Attributes:
        key: What the page knows it by.
        group: The title of the group that it stands in, "" for none.
        said: The row as one sentence: title, state, reason; "" for its cells.
        lead: What stands before the cells: an avatar's name, "" for none.
        is_new: Whether a dot says that nobody has read it yet.
    """

    key: str
    cells: tuple[Cell, ...]
    group: str = ""
    said: str = ""
    lead: str = ""
    is_new: bool = False
    tooltip: str = ""

    @property
    def sentence(self) -> str:
        """What a screen reader reads."""
        if self.said:
            return self.said
        return ", ".join(cell.said for cell in self.cells if cell.said)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.

    Attributes:
        notes: Group → what stands faintly beside its title.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sidebar.

    Attributes:
        count: What stands at its end, "" for nothing.
    """

    key: str
    title: str
    icon: str = ""
    count: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of a sidebar."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it stands for, in an inspector.

    Attributes:
        mark: Shown before the value.
        link: A place to go to when the value is clicked, "" for none.
    """

    label: str
    value: str
    mark: Mark | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner: a bold sentence, a plain one, and at most one action.

    Attributes:
        key: What the action is called when it is clicked.
        tone: One of INFO, OK, WARN, ERROR, DOUBT or QUIET.
    """

    key: str
    bold: str
    plain: str = ""
    tone: Tone = Tone.INFO
    icon: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where there is nothing.

    Attributes:
        key: What the button is called when it is clicked.
    """

    icon: str
    bold: str
    plain: str = ""
    action: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a drop-down or a switch.

    Attributes:
        why_not: Why it cannot be chosen, "" if it can.
    """

    key: str
    title: str
    icon: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it does, and why it is off.

    Attributes:
        kind: "primary", "default", "ghost", "stop" or "danger".
        shortcut: As Qt writes it: "Ctrl+Return"; "" for none.
        why_not: Why it cannot be done now, "" if it can.
    """

    key: str
    title: str
    kind: str = "default"
    icon: str = ""
    shortcut: str = ""
    why_not: str = ""
    is_shown: bool = True


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed, as what, and when."""

    name: str
    role: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One plain check of a proof: what was found, in a bold line and a plain one.

    Attributes:
        code: Figures to compare, written in small type; "" for none.
        people: Those who signed, where the check is about them.
    """

    outcome: Outcome
    bold: str
    plain: str = ""
    code: str = ""
    people: tuple[Person, ...] = ()
