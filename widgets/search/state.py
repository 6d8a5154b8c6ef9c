"""What the search shows: places by template and part, and what replacing did."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from governance.content.search import Found, Hit, Query, Scope
from governance.content.template import TEMPLATES
from governance.texts import _, ngettext
from widgets.kit.values import (
    Cell,
    Choice,
    Column,
    Deed,
    Empty,
    Notice,
    Row,
    Table,
    Tone,
)
from widgets.search.place_state import SearchInspector, inspector
from widgets.search.sought import (
    SHOWN,
    Sought,
    folder_of,
    is_on,
    key_of,
    part_of,
    title_of_file,
)
from widgets.search.told_state import empty_of, notices

TICKED: Final = "check-square"
UNTICKED: Final = "square"
LOCKED: Final = "lock-simple"


@dataclass(frozen=True, slots=True)
class Excerpt(Cell):
    """A line with the place in it.

    Attributes:
        start: The first letter of the place.
        end: The letter after it.
    """

    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything that the page draws."""

    query: Query
    instead: str
    scopes: tuple[Choice, ...]
    count: str
    deeds: tuple[Deed, ...]
    notices: tuple[Notice, ...]
    table: Table
    selected: str
    empty: Empty | None
    inspector: SearchInspector
    label: str
    done: int
    total: int
    ticks: Deed


def _chosen(sought: Sought, one: Found) -> int:
    if folder_of(one.path) in sought.locked:
        return 0
    if not sought.off:
        return len(one.hits)
    return sum(key_of(one.path, hit) not in sought.off for hit in one.hits)


def search_state(sought: Sought) -> SearchState:
    """Describe the page over ``sought``."""
    chosen = sum(_chosen(sought, one) for one in sought.found)
    places = sum(len(one.hits) for one in sought.found)
    groups = _groups(sought)
    shown = ((one, hit) for one in sought.found for hit in one.hits)
    rows = tuple(
        _row(sought, one, hit, groups[folder_of(one.path)])
        for one, hit in islice(shown, SHOWN)
    )
    keys = {row.key for row in rows}
    selected = sought.selected if sought.selected in keys else ""
    return SearchState(
        sought.query,
        sought.instead,
        (
            Choice(Scope.TEMPLATES, _("Templates"), "envelope-simple"),
            Choice(Scope.EVERYTHING, _("Everything that is governed"), "books"),
        ),
        _count(sought, places, len(groups)),
        (_replace_deed(sought, chosen),),
        notices(sought, places),
        Table(
            (
                Column(_("Where it stands")),
                Column(_("Part"), 176, drop=1),
                Column(_("Line"), 72, is_number=True),
            ),
            rows,
            tuple(
                (title, sought.locked[folder])
                for folder, title in groups.items()
                if folder in sought.locked
            ),
        ),
        selected or (rows[0].key if rows else ""),
        empty_of(sought, has_rows=bool(rows)),
        inspector(sought, selected or (rows[0].key if rows else "")),
        sought.label,
        sought.done,
        sought.total,
        Deed(
            "tick-none" if chosen else "tick-all",
            _("Untick all") if chosen else _("Tick all"),
            icon=TICKED if chosen else UNTICKED,
            is_shown=bool(rows),
        ),
    )


def _groups(sought: Sought) -> dict[str, str]:
    """Return the title of each group; two that are called alike are told apart."""
    groups: dict[str, str] = {}
    taken: set[str] = set()
    for one in sought.found:
        folder = folder_of(one.path)
        if folder in groups or not one.hits:
            continue
        title = sought.titles.get(folder) or title_of_file(folder)
        if title in taken:
            title = f"{title} ({folder.rpartition('/')[2]})"
        taken.add(title)
        groups[folder] = title
    return groups


def _row(sought: Sought, one: Found, hit: Hit, group: str) -> Row:
    reason = sought.locked.get(folder_of(one.path), "")
    icon = TICKED if is_on(sought, one.path, hit) else UNTICKED
    part = part_of(one.path)
    said = _("{title}, {part}, line {line}: {text}").format(
        title=group, part=part, line=hit.line, text=hit.excerpt
    )
    state = reason or (_("ticked") if icon == TICKED else _("not ticked"))
    return Row(
        key_of(one.path, hit),
        (
            Excerpt(
                hit.excerpt,
                icons=(LOCKED if reason else icon,),
                start=hit.mark.start,
                end=hit.mark.end,
            ),
            Cell(part, tone=Tone.QUIET),
            Cell(str(hit.line), tone=Tone.FAINT),
        ),
        group,
        f"{said}, {state}",
        tooltip=reason,
    )


def _count(sought: Sought, places: int, things: int) -> str:
    if not sought.query.words or sought.problem:
        return ""
    if not places and not sought.ended:
        return ""
    words = ngettext("{count} place", "{count} places", places).format(count=places)
    within = ngettext("in {count} template", "in {count} templates", things)
    if any(not one.path.startswith(TEMPLATES) for one in sought.found):
        within = ngettext("in {count} text", "in {count} texts", things)
    return f"{words} {within.format(count=things)}" if places else _("Not found")


def _replace_deed(sought: Sought, chosen: int) -> Deed:
    words = ngettext("Replace in {count} place", "Replace in {count} places", chosen)
    reason = ""
    if sought.is_replacing:
        reason = _("It is being replaced.")
    elif not any(one.hits for one in sought.found):
        reason = _("Nothing is found yet.")
    elif not sought.ended:
        reason = _("The search is still under way.")
    elif not chosen:
        reason = _("Nothing is ticked.")
    elif sought.instead == sought.query.words and not sought.query.is_pattern:
        reason = _("Both are the same.")
    title = words.format(count=chosen) if chosen else _("Replace")
    if sought.instead or not chosen:
        return Deed("replace", title, "primary", "swap", "Ctrl+Return", reason)
    gone = ngettext("Delete in {count} place", "Delete in {count} places", chosen)
    return Deed("replace", gone.format(count=chosen), "stop", "trash", why_not=reason)
