"""What the search knows: what is asked, found and ticked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from governance.content.search import Found, Hit, Query
from governance.content.template import TEMPLATES
from governance.texts import _

SHOWN: Final = 2_000  # places; a longer list is slow and nobody reads it
NOTHING: Final = Query("")
_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What replacing, or taking it back, did.

    Attributes:
        left: What was left alone, and why: title, sentence.
    """

    places: int
    things: int
    left: tuple[tuple[str, str], ...] = ()
    is_stopped: bool = False
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Everything that the search knows.

    Attributes:
        found: The files with places, as far as was looked.
        titles: The folder of a template → what people call it.
        locked: The folder of a template → why it is left alone.
        off: The places that shall stay.
        label: What is being done, "" for nothing.
        problem: Why nobody can look for this, "" if one can.
        ended: Whether everything was looked through.
    """

    query: Query = NOTHING
    instead: str = ""
    found: tuple[Found, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    selected: str = ""
    label: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""
    ended: bool = False
    is_cut: bool = False
    slow: int = 0
    is_replacing: bool = False
    report: Report | None = None


def key_of(path: str, hit: Hit) -> str:
    """Return what a place is known by."""
    return f"{path}:{hit.span.start}"


def folder_of(path: str) -> str:
    """Return the folder of the template that a file belongs to, or the file itself."""
    if not path.startswith(TEMPLATES):
        return path
    return "/".join(path.split("/")[:_DEPTH])


def is_on(sought: Sought, path: str, hit: Hit) -> bool:
    """Whether a place is to be replaced."""
    return folder_of(path) not in sought.locked and key_of(path, hit) not in sought.off


def part_of(path: str) -> str:
    """Say which part of a message a file is: "E-mail, en"."""
    parts = {
        "subject.txt": _("Subject"),
        "preheader.txt": _("Preheader"),
        "email.mjml": _("E-mail"),
        "email.html": _("E-mail"),
        "email.txt": _("Plain text"),
        "sms.txt": _("SMS"),
        "chat.txt": _("Chat"),
        "template.toml": _("Details"),
    }
    pieces = path.split("/")
    name = parts.get(pieces[-1], pieces[-1])
    has_locale = path.startswith(TEMPLATES) and len(pieces) > _DEPTH + 1
    return f"{name}, {pieces[_DEPTH]}" if has_locale else name


def title_of_file(path: str) -> str:
    """Return the title of a file that is no part of a template."""
    kinds = {
        "partials": _("Partial: {name}"),
        "journeys": _("Journey: {name}"),
        "samples": _("Sample: {name}"),
        "styles": _("Style rule: {name}"),
    }
    first, _slash, rest = path.partition("/")
    words = kinds.get(first)
    name = PurePosixPath(rest).stem.replace("-", " ").capitalize()
    return words.format(name=name) if words and rest else path
