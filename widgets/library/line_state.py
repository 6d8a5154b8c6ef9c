"""One line of the library: a template's row, and what it is chosen by.

Ten thousand are made: what many say alike is made once, and a line that would become
what it was is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from governance.changes.library import LibraryRow, Standing
from governance.names import Channel, Locale
from governance.standards.finding import Finding
from governance.texts import _
from widgets.kit.values import Cell, Mark, Row, Tone
from widgets.library.marks_state import findings_mark, standing_mark
from widgets.library.shelf_state import Shelf, stage_title

_SOON: Final = timedelta(days=30)  # what has to be looked at again within it is due
_DRAFTS: Final = frozenset({Standing.DRAFT, Standing.EDITED})
_CHANNEL_ICONS: Final = {
    Channel.EMAIL: "envelope-simple",
    Channel.SMS: "chat-circle-text",
    Channel.CHAT: "hash",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One template, with its row and what it is chosen by.

    Attributes:
        words: What a filter looks for words in, case folded.
        views: The views that it belongs to.
        order: By group and title.
        made_of: Everything that it says; who has the same becomes the same line.
    """

    of: LibraryRow
    row: Row
    words: str
    views: frozenset[str]
    order: tuple[str, str]
    made_of: tuple[object, ...] = field(repr=False)


class Maker:
    """Makes the lines of one shelf."""

    def __init__(self, shelf: Shelf, grouping: str, before: Iterable[Line]) -> None:
        self._shelf = shelf
        self._grouping = grouping
        self._before = {line.of.id: line for line in before}
        self._stages: dict[str, str] = {}
        self._channels: dict[tuple[Channel, ...], Cell] = {}
        self._locales: dict[tuple[Locale, ...], Cell] = {}
        self._live: dict[int | None, Cell] = {}
        self._marks: dict[Mark, Cell] = {}
        self._found: dict[tuple[Finding, ...] | None, Mark] = {
            None: findings_mark(None)
        }
        self._said: dict[tuple[str, int | None, str], str] = {}

    def line(self, row: LibraryRow) -> Line:
        """Return the line of a template, the one before if it says the same."""
        shelf = self._shelf
        owner = shelf.names.get(row.owner, str(row.owner))
        moment = shelf.moments.get(row.id, "")
        drifted = shelf.drifted.get(row.id, "")
        found = None if shelf.findings is None else shelf.findings.get(row.id, ())
        change = shelf.changes.get(row.change) if row.change else None
        made_of = (
            *(row, owner, moment, drifted, found, change),
            *(shelf.today, self._grouping),
        )
        before = self._before.get(row.id)
        if before is not None and before.made_of == made_of:
            return before
        stage = self._stage(row.stage)
        mark = standing_mark(row, shelf.changes, drifted)
        group = self._group(row, stage, owner, mark)
        findings = self._findings(found)
        made = Row(
            str(row.id),
            (
                Cell(row.title, moment),
                self._channels_cell(row.channels),
                self._locales_cell(row.locales),
                self._mark_cell(mark),
                self._live_cell(row.live),
                self._mark_cell(findings),
            ),
            group,
            f"{row.title}, {self._sentence(mark.word, row.live, findings.word)}",
            tooltip=row.problem,
        )
        words = f"{row.title} {row.id} {stage} {row.owner} {owner}".casefold()
        order = (group.casefold(), row.title.casefold())
        views = _views(row, shelf, has_findings=bool(found))
        return Line(row, made, words, views, order, made_of)

    def _stage(self, stage: str) -> str:
        if stage not in self._stages:
            self._stages[stage] = stage_title(stage)
        return self._stages[stage]

    def _group(self, row: LibraryRow, stage: str, owner: str, mark: Mark) -> str:
        match self._grouping:
            case "stage":
                return stage
            case "state":
                return _state_group(row, mark)
            case "owner":
                return owner
            case _:
                return ""

    def _findings(self, found: tuple[Finding, ...] | None) -> Mark:
        if found:  # each its own; most have none, or are not checked yet
            return findings_mark(found)
        if found not in self._found:
            self._found[found] = findings_mark(found)
        return self._found[found]

    def _channels_cell(self, channels: tuple[Channel, ...]) -> Cell:
        if channels not in self._channels:
            icons = tuple(_CHANNEL_ICONS[one] for one in channels)
            self._channels[channels] = Cell(icons=icons, spoken=", ".join(channels))
        return self._channels[channels]

    def _locales_cell(self, locales: tuple[Locale, ...]) -> Cell:
        if locales not in self._locales:
            self._locales[locales] = Cell(" ".join(locales), tone=Tone.QUIET)
        return self._locales[locales]

    def _live_cell(self, live: int | None) -> Cell:
        if live not in self._live:
            self._live[live] = Cell(_version(live), tone=Tone.QUIET)
        return self._live[live]

    def _mark_cell(self, mark: Mark) -> Cell:
        if mark not in self._marks:
            self._marks[mark] = Cell(mark=mark)
        return self._marks[mark]

    def _sentence(self, state: str, live: int | None, findings: str) -> str:
        """Say what follows a title when a row is read aloud."""
        key = state, live, findings
        if key not in self._said:
            words = _("{version} live").format(version=_version(live))
            self._said[key] = ", ".join(
                (
                    state,
                    words if live else _("not live"),
                    _("findings: {count}").format(count=findings),
                )
            )
        return self._said[key]


def is_due(review: date | None, today: date | None) -> bool:
    """Whether a template has to be looked at again soon, or should have been."""
    return review is not None and today is not None and review <= today + _SOON


def _version(live: int | None) -> str:
    return _("Version {number}").format(number=live) if live else "–"


def _views(row: LibraryRow, shelf: Shelf, *, has_findings: bool) -> frozenset[str]:
    return frozenset(
        view
        for view, holds in (
            ("view:drafts", row.standing in _DRAFTS),
            ("view:review", row.standing is Standing.IN_REVIEW),
            ("view:findings", has_findings or row.problem != ""),
            ("view:due", is_due(row.review, shelf.today)),
            ("view:differs", row.id in shelf.drifted),
        )
        if holds
    )


def _state_group(row: LibraryRow, mark: Mark) -> str:
    """Name the group of a state: without numbers, so that like stand together."""
    match row.standing:
        case Standing.DRAFT | Standing.EDITED:
            return _("Draft")
        case Standing.IN_REVIEW:
            return _("In review")
        case _:
            return mark.word
