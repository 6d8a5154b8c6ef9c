"""What help shows: pages by group, found by any word in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.texts import _
from widgets.kit.values import Empty, Entry, Section

FIRST: Final = "help"
_BEGIN: Final = ("help", "first-ten-minutes")
_ROOMS: Final = (
    "library",
    "studio",
    "reviews",
    "change",
    "publishing",
    "deliveries",
    "candidates",
    "proof",
    "history",
    "settings",
)
_ICONS: Final = {
    "help": "lifebuoy",
    "first-ten-minutes": "rocket-launch",
    "library": "books",
    "studio": "pencil-simple",
    "reviews": "tray",
    "change": "eye",
    "publishing": "broadcast",
    "deliveries": "paper-plane-tilt",
    "candidates": "user-focus",
    "proof": "shield-check",
    "history": "clock-counter-clockwise",
    "settings": "gear-six",
}


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page.

    Attributes:
        key: The name of its file, without the ending.
        text: Markdown; its first line is the title.
    """

    key: str
    text: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.text.partition("\n")[0].removeprefix("#").strip()


@dataclass(frozen=True, slots=True)
class HelpState:
    """Everything that help draws."""

    title: str
    count: str
    sections: tuple[Section, ...]
    chosen: str
    markdown: str
    empty: Empty | None = None


def help_state(pages: Mapping[str, HelpPage], key: str, words: str) -> HelpState:
    """Show the page ``key``, or the first that holds ``words``."""
    found = [page for page in pages.values() if _holds(page, words)]
    keys = {page.key for page in found}
    groups = (
        (_("Begin here"), [name for name in _BEGIN if name in keys]),
        (_("Rooms"), [name for name in _ROOMS if name in keys]),
        (_("How to"), sorted(keys - {*_BEGIN, *_ROOMS})),
    )
    sections = tuple(
        Section(title, tuple(_entry(pages[name]) for name in names))
        for title, names in groups
        if names
    )
    listed = [entry.key for section in sections for entry in section.entries]
    chosen = key if key in keys else (listed[0] if listed else "")
    empty = None
    if not listed:
        empty = Empty(
            "magnifying-glass",
            _("No page holds “{words}”.").format(words=words),
            _("Try another word, or fewer of them."),
            _("Show all pages"),
            "clear",
        )
    return HelpState(
        _("Help"),
        "",
        sections,
        chosen,
        pages[chosen].text if chosen else "",
        empty,
    )


def page_of(link: str) -> str:
    """Return the page that a link of another page leads to."""
    return link.rpartition("/")[2].removesuffix(".md")


def _entry(page: HelpPage) -> Entry:
    return Entry(page.key, page.title, _ICONS.get(page.key, "file-text"))


def _holds(page: HelpPage, words: str) -> bool:
    text = page.text.casefold()
    return all(word in text for word in words.casefold().split())
