"""One place that was found: as it is, and as it becomes."""

from dataclasses import dataclass
from typing import Final

from governance.content.replace import replaced
from governance.content.search import Found, Hit, pattern_of
from governance.errors import ExpectedError
from governance.texts import _
from widgets.kit.values import Deed, Fact
from widgets.search.sought import (
    Sought,
    folder_of,
    is_on,
    key_of,
    part_of,
    title_of_file,
)

_AROUND: Final = 120  # characters on each side of a place


@dataclass(frozen=True, slots=True)
class SearchInspector:
    """One place, as it is and as it becomes."""

    title: str = ""
    facts: tuple[Fact, ...] = ()
    now: str = ""
    then: str = ""
    note: str = ""
    deeds: tuple[Deed, ...] = ()


def inspector(sought: Sought, key: str) -> SearchInspector:
    """Describe the place ``key``, nothing where there is none."""
    for one in sought.found:
        for hit in one.hits:
            if key_of(one.path, hit) == key:
                return _inspected(sought, one, hit)
    return SearchInspector()


def _inspected(sought: Sought, one: Found, hit: Hit) -> SearchInspector:
    folder = folder_of(one.path)
    title = sought.titles.get(folder) or title_of_file(folder)
    note = sought.locked.get(folder, "")
    then = ""
    if not note and sought.ended and not sought.is_replacing:
        then, note = _becomes(sought, one, hit)
    ticked = is_on(sought, one.path, hit)
    return SearchInspector(
        title,
        (
            Fact(_("Part"), part_of(one.path)),
            Fact(_("Line"), str(hit.line)),
            Fact(_("File"), one.path),
        ),
        _line_at(one.text, hit.span.start, hit.span.end),
        then,
        note,
        (
            Deed("go", _("Go there"), "default", "arrow-square-out"),
            Deed(
                "tick",
                _("Leave it") if ticked else _("Tick it"),
                "ghost",
                why_not=sought.locked.get(folder, ""),
            ),
        ),
    )


def _becomes(sought: Sought, one: Found, hit: Hit) -> tuple[str, str]:
    """Return the line as it will be, and why it cannot be, "" if it can."""
    if not sought.instead:
        return "", ""
    try:
        text = replaced(
            one.text,
            (hit.span,),
            pattern_of(sought.query),
            sought.instead,
            is_pattern=sought.query.is_pattern,
        )
    except ExpectedError as error:
        return "", str(error)
    grown = len(text) - len(one.text)
    return _line_at(text, hit.span.start, hit.span.end + grown), ""


def _line_at(text: str, start: int, end: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", max(start, end - 1))
    stop = stop if stop >= 0 else len(text)
    first, last = max(begin, start - _AROUND), min(stop, end + _AROUND)
    shown = text[first:last].strip()
    return f"{'…' * (first > begin)}{shown}{'…' * (last < stop)}"
