"""What the library shows: plain data, computed without Qt."""

from dataclasses import dataclass
from typing import Final

from governance.changes.library import Standing
from governance.names import Channel, Locale
from governance.texts import _, ngettext
from widgets.kit.values import Choice, Deed, Empty, Section, Table
from widgets.library.lines_state import Lines, chosen, is_about_templates, lines
from widgets.library.marks_state import findings_mark, standing_mark
from widgets.library.shelf_state import (
    ANY,
    ARCHIVED,
    Filter,
    InspectorState,
    Shelf,
    stage_title,
)

__all__ = [
    "Filter",
    "InspectorState",
    "LibraryState",
    "Shelf",
    "findings_mark",
    "library_state",
    "stage_title",
    "standing_mark",
]

NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Everything that the library draws."""

    title: str
    count: str
    sections: tuple[Section, ...]
    section: str
    table: Table
    selected: str
    standings: tuple[Choice, ...]
    locales: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    groupings: tuple[Choice, ...]
    filter: Filter
    has_filters: bool
    empty: Empty | None
    inspector: InspectorState
    deeds: tuple[Deed, ...] = ()


def library_state(
    shelf: Shelf,
    wanted: Filter,
    selected: str,
    inspector: InspectorState,
    made: Lines | None = None,
) -> LibraryState:
    """Describe the library as ``wanted``.

    Args:
        shelf: What there is.
        wanted: What of it is asked for.
        selected: The key of the row that a person came to.
        inspector: What stands beside the list.
        made: The lines of ``shelf`` in the grouping of ``wanted``, if they are at hand.
    """
    if made is None:
        made = lines(shelf, wanted.grouping)
    table = chosen(made, wanted)
    count = ngettext(
        "{count} template, {live} live",
        "{count} templates, {live} live",
        len(shelf.rows),
    ).format(count=_number(len(shelf.rows)), live=_number(made.live))
    return LibraryState(
        title=_("Library"),
        count="" if shelf.is_loading else count,
        sections=made.sections,
        section=wanted.section,
        table=table,
        selected=selected,
        standings=_standings(),
        locales=_locales(made.locales),
        channels=_channels(),
        groupings=_groupings(),
        filter=wanted,
        has_filters=is_about_templates(wanted.section) and wanted.section != ARCHIVED,
        empty=_empty(shelf, wanted, is_found=bool(table.rows)),
        inspector=inspector,
        deeds=(Deed(NEW, _("New template"), "primary", "plus", why_not=shelf.problem),),
    )


def _number(count: int) -> str:
    """Write a number with thin spaces."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _standings() -> tuple[Choice, ...]:
    return (
        Choice(ANY, _("Any state")),
        Choice(Standing.LIVE, _("Live")),
        Choice(Standing.EDITED, _("Edited")),
        Choice(Standing.DRAFT, _("New")),
        Choice(Standing.IN_REVIEW, _("In review")),
        Choice(Standing.HELD, _("Legal hold")),
        Choice(Standing.BROKEN, _("Unreadable")),
    )


def _locales(known: tuple[Locale, ...]) -> tuple[Choice, ...]:
    return (Choice(ANY, _("Any language")), *(Choice(one, one) for one in known))


def _channels() -> tuple[Choice, ...]:
    return (
        Choice(ANY, _("Any channel")),
        Choice(Channel.EMAIL, _("E-mail")),
        Choice(Channel.SMS, _("SMS")),
        Choice(Channel.CHAT, _("Chat")),
    )


def _groupings() -> tuple[Choice, ...]:
    return (
        Choice("stage", _("By stage")),
        Choice("state", _("By state")),
        Choice("owner", _("By owner")),
        Choice("", _("In one list")),
    )


def _empty(shelf: Shelf, wanted: Filter, *, is_found: bool) -> Empty | None:
    if is_found or shelf.is_loading or shelf.problem:
        return None
    if not shelf.is_listed and not is_about_templates(wanted.section):
        return None
    if not shelf.rows and is_about_templates(wanted.section):
        return Empty(
            "books",
            _("No templates here yet."),
            _("Start with a well-written one, and change what you like."),
            _("New template"),
            NEW,
        )
    if wanted.words:
        return Empty(
            "magnifying-glass",
            _("Nothing matches “{words}”.").format(words=wanted.words),
            "",
            _("Clear the filter"),
            "clear",
        )
    if has_choices(wanted):
        return Empty(
            "funnel",
            _("Nothing here fits what you chose above."),
            "",
            _("Show everything"),
            "clear",
        )
    return Empty("check-circle", _calm(wanted.section), "", _("Show everything"), "all")


def has_choices(wanted: Filter) -> bool:
    """Whether one of the drop-downs narrows the list."""
    return {wanted.standing, wanted.locale, wanted.channel} != {ANY}


def _calm(section: str) -> str:
    """Say that nothing is in a view, and that this is well."""
    said = {
        "view:drafts": _("You have no drafts. Everything is as it was released."),
        "view:review": _("Nothing is in review."),
        "view:findings": _("The checks found nothing."),
        "view:due": _("Nothing has to be looked at again within 30 days."),
        "view:differs": _("Every system holds what was published."),
        ARCHIVED: _("Nothing waits to be archived."),
        "journeys": _("There are no journeys yet."),
        "partials": _("There are no partials yet."),
        "fields": _("There are no merge fields yet."),
        "styles": _("There are no rules of style yet."),
        "samples": _("There are no samples yet."),
    }
    return said.get(section, _("Nothing is here."))
