"""The help pages that come with the program, in the language that it speaks."""

from importlib.resources import files

from governance.texts import language
from widgets.help.state import HelpPage


def read_pages() -> dict[str, HelpPage]:
    """Return the pages; one that nobody has translated yet is English."""
    place = files("resources").joinpath("help")
    pages = {}
    for folder in (place, place.joinpath(language())):
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.endswith(".md"):
                key = file.name.removesuffix(".md")
                pages[key] = HelpPage(key, file.read_text(encoding="utf-8"))
    return pages
