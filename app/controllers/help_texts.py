"""The help pages that come with the program."""

from importlib.resources import files

from widgets.help.state import HelpPage


def read_pages() -> dict[str, HelpPage]:
    """Return the pages that come with the program."""
    pages = {}
    for file in files("resources").joinpath("help").iterdir():
        if file.name.endswith(".md"):
            key = file.name.removesuffix(".md")
            pages[key] = HelpPage(key, file.read_text(encoding="utf-8"))
    return pages
