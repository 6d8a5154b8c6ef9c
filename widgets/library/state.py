"""What the library shows: plain data, computed without Qt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from governance.changes.library import LibraryRow, Standing
from governance.changes.reading import ChangeRow
from governance.names import ChangeId, Channel, Locale, TemplateId
from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext
from widgets.kit.values import (
    Cell,
    Choice,
    Column,
    Deed,
    Empty,
    Entry,
    Fact,
    Mark,
    Row,
    Section,
    Table,
    Tone,
)

TEMPLATES: Final = "templates"
ANY: Final = "any"

_CHANNEL_ICONS: Final = {
    Channel.EMAIL: "envelope-simple",
    Channel.SMS: "chat-circle-text",
    Channel.CHAT: "hash",
}


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """Something governed that is no template: a journey, a partial, a field, a rule.

    Attributes:
        key: The path of its source; a merge field's has "#" and its name behind.
    """

    key: str
    kind: str
    title: str
    what: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asked to see.

    Attributes:
        section: A kind of thing, a view ("view:drafts") or a stage ("stage:offer").
        grouping: "stage", "state" or "owner"; "" for one list by title.
    """

    section: str = TEMPLATES
    words: str = ""
    standing: str = ANY
    locale: str = ANY
    channel: str = ANY
    grouping: str = "stage"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the library draws on.

    Attributes:
        findings: Template → its findings; None while nobody has checked yet.
        changes: Those that are under review, with how far they are.
    """

    rows: tuple[LibraryRow, ...]
    files: tuple[LibraryFile, ...]
    changes: Mapping[ChangeId, ChangeRow]
    findings: Mapping[TemplateId, tuple[Finding, ...]] | None = None
    is_loading: bool = False


@dataclass(frozen=True, slots=True)
class InspectorState:
    """One template, beside the list."""

    title: str = ""
    marks: tuple[Mark, ...] = ()
    html: str = ""
    is_waiting: bool = False
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()
    note: str = ""


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
    deeds: tuple[Deed, ...] = field(default=())


def library_state(
    shelf: Shelf, wanted: Filter, selected: str, inspector: InspectorState
) -> LibraryState:
    """Describe the library as ``wanted``."""
    is_templates = _is_about_templates(wanted.section)
    if is_templates:
        found = tuple(row for row in shelf.rows if _fits(row, wanted, shelf))
        table = _template_table(found, wanted, shelf)
    else:
        table = _file_table(shelf.files, wanted)
    live = sum(row.live is not None for row in shelf.rows)
    count = ngettext(
        "{count} template, {live} live",
        "{count} templates, {live} live",
        len(shelf.rows),
    ).format(count=len(shelf.rows), live=live)
    return LibraryState(
        title=_("Library"),
        count="" if shelf.is_loading else count,
        sections=_sections(shelf),
        section=wanted.section,
        table=table,
        selected=selected,
        standings=_standings(),
        locales=_locales(shelf.rows),
        channels=_channels(),
        groupings=_groupings(),
        filter=wanted,
        has_filters=is_templates,
        empty=_empty(shelf, wanted, is_found=bool(table.rows)),
        inspector=inspector,
        deeds=(Deed("new", _("New template"), "primary", "plus", "Ctrl+N"),),
    )


def standing_mark(row: LibraryRow, changes: Mapping[ChangeId, ChangeRow]) -> Mark:
    """Say where a template stands: icon and words."""
    match row.standing:
        case Standing.BROKEN:
            return Mark(_("Cannot be read"), "warning-octagon", Tone.ERROR)
        case Standing.IN_REVIEW:
            return _in_review(changes.get(row.change) if row.change else None)
        case Standing.HELD:
            return Mark(_("On legal hold"), "lock", Tone.WARN)
        case Standing.DRAFT:
            return Mark(_("Draft of version 1"), "pencil-simple", Tone.QUIET)
        case Standing.EDITED:
            number = (row.live or 0) + 1
            words = _("Draft of version {number}").format(number=number)
            return Mark(words, "pencil-simple", Tone.QUIET)
        case _:
            return Mark(_("Live"), "broadcast", Tone.OK)


def _in_review(row: ChangeRow | None) -> Mark:
    if row is None:
        return Mark(_("In review"), "eye", Tone.ACCENT)
    if row.change.rejection is not None:
        return Mark(_("Changes requested"), "arrow-u-up-left", Tone.WARN)
    needed, signed = sum(row.tally.quorum.values()), len(row.tally.seats)
    if not row.tally.missing:
        return Mark(_("Approved"), "checks", Tone.OK)
    words = _("In review, {signed} of {needed} signed")
    return Mark(words.format(signed=signed, needed=needed), "eye", Tone.ACCENT)


def findings_mark(findings: Iterable[Finding] | None) -> Mark:
    """Say what the checks found: the worst first, in numbers."""
    if findings is None:
        return Mark(_("Checking…"), "circle-dashed", Tone.FAINT)
    counts = Counter(one.severity for one in findings)
    if count := counts[Severity.ERROR]:
        words = ngettext("{count} error", "{count} errors", count)
        return Mark(words.format(count=count), "x-circle-fill", Tone.ERROR)
    if count := counts[Severity.WARNING]:
        words = ngettext("{count} warning", "{count} warnings", count)
        return Mark(words.format(count=count), "warning-fill", Tone.WARN)
    if count := counts[Severity.SUGGESTION]:
        words = ngettext("{count} suggestion", "{count} suggestions", count)
        return Mark(words.format(count=count), "info-fill", Tone.INFO)
    return Mark(_("None"), "check-circle-fill", Tone.OK)


def stage_title(stage: str) -> str:
    """Return a stage's folder name as people write it."""
    return stage.replace("-", " ").replace("_", " ").capitalize()


def _fits(row: LibraryRow, wanted: Filter, shelf: Shelf) -> bool:
    return (
        _fits_section(row, wanted.section, shelf)
        and (wanted.standing in {ANY, row.standing})
        and (wanted.locale == ANY or Locale(wanted.locale) in row.locales)
        and (wanted.channel == ANY or Channel(wanted.channel) in row.channels)
        and all(
            word in f"{row.title} {row.id} {row.stage} {row.owner}".casefold()
            for word in wanted.words.casefold().split()
        )
    )


def _fits_section(row: LibraryRow, section: str, shelf: Shelf) -> bool:
    kind, _colon, name = section.partition(":")
    match kind, name:
        case "stage", _:
            return row.stage == name
        case "view", "drafts":
            return row.standing in {Standing.DRAFT, Standing.EDITED}
        case "view", "review":
            return row.standing is Standing.IN_REVIEW
        case "view", "findings":
            return bool((shelf.findings or {}).get(row.id)) or row.problem != ""
        case _:
            return True


def _is_about_templates(section: str) -> bool:
    return section == TEMPLATES or section.startswith(("view:", "stage:"))


def _template_table(
    rows: tuple[LibraryRow, ...], wanted: Filter, shelf: Shelf
) -> Table:
    columns = (
        Column(_("Template")),
        Column(_("Channels"), 76, drop=2),
        Column(_("Languages"), 92, drop=1),
        Column(_("State"), 190),
        Column(_("Live"), 92, drop=3),
        Column(_("Findings"), 118),
    )
    made = [_template_row(row, wanted.grouping, shelf) for row in rows]
    made.sort(key=_by_group)
    return Table(columns, tuple(made))


def _template_row(row: LibraryRow, grouping: str, shelf: Shelf) -> Row:
    mark = standing_mark(row, shelf.changes)
    found = None if shelf.findings is None else shelf.findings.get(row.id, ())
    findings = findings_mark(found)
    live = _("Version {number}").format(number=row.live) if row.live else "–"
    groups = {
        "stage": stage_title(row.stage),
        "state": mark.word,
        "owner": str(row.owner),
    }
    said = ", ".join(
        (
            row.title,
            mark.word,
            _("{version} live").format(version=live) if row.live else _("not live"),
            _("findings: {count}").format(count=findings.word),
        )
    )
    return Row(
        str(row.id),
        (
            Cell(row.title),
            Cell(
                icons=tuple(_CHANNEL_ICONS[one] for one in row.channels),
                spoken=", ".join(row.channels),
            ),
            Cell(" ".join(row.locales), tone=Tone.QUIET),
            Cell(mark=mark),
            Cell(live, tone=Tone.QUIET),
            Cell(mark=findings),
        ),
        groups.get(grouping, ""),
        said,
        tooltip=row.problem,
    )


def _file_table(files: tuple[LibraryFile, ...], wanted: Filter) -> Table:
    words = wanted.words.casefold().split()
    rows = [
        Row(
            one.key,
            (Cell(one.title), Cell(one.what, tone=Tone.QUIET)),
            one.group,
            f"{one.title}, {one.what}",
        )
        for one in files
        if one.kind == wanted.section
        and all(word in f"{one.title} {one.what}".casefold() for word in words)
    ]
    rows.sort(key=_by_group)
    return Table((Column(_("Name"), 300), Column(_("What it is"))), tuple(rows))


def _by_group(row: Row) -> tuple[str, str]:
    return row.group.casefold(), row.cells[0].text.casefold()


def _sections(shelf: Shelf) -> tuple[Section, ...]:
    counts = Counter(one.kind for one in shelf.files)
    rows = shelf.rows
    drafts = sum(one.standing in {Standing.DRAFT, Standing.EDITED} for one in rows)
    review = sum(one.standing is Standing.IN_REVIEW for one in rows)
    found = sum(bool(one) for one in (shelf.findings or {}).values())
    stages = Counter(one.stage for one in rows)
    return (
        Section(
            _("Everything that is governed"),
            (
                Entry(TEMPLATES, _("Templates"), "envelope-simple", str(len(rows))),
                *(
                    Entry(kind, title, icon, str(counts[kind]))
                    for kind, title, icon in (
                        ("journeys", _("Journeys"), "path"),
                        ("partials", _("Partials"), "puzzle-piece"),
                        ("fields", _("Merge fields"), "brackets-curly"),
                        ("styles", _("Style guide"), "book-open"),
                        ("samples", _("Samples"), "users"),
                    )
                ),
            ),
        ),
        Section(
            _("Views"),
            (
                Entry("view:drafts", _("Drafts"), "pencil-simple", str(drafts)),
                Entry("view:review", _("In review"), "eye", str(review)),
                Entry("view:findings", _("With findings"), "warning", str(found)),
            ),
        ),
        Section(
            _("Stages"),
            tuple(
                Entry(f"stage:{stage}", stage_title(stage), "folder-simple", str(count))
                for stage, count in stages.items()
            ),
        ),
    )


def _standings() -> tuple[Choice, ...]:
    return (
        Choice(ANY, _("Any state")),
        Choice(Standing.LIVE, _("Live")),
        Choice(Standing.EDITED, _("Edited")),
        Choice(Standing.DRAFT, _("Never released")),
        Choice(Standing.IN_REVIEW, _("In review")),
        Choice(Standing.HELD, _("On legal hold")),
        Choice(Standing.BROKEN, _("Cannot be read")),
    )


def _locales(rows: tuple[LibraryRow, ...]) -> tuple[Choice, ...]:
    known = sorted({locale for row in rows for locale in row.locales})
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
    if is_found or shelf.is_loading:
        return None
    if not shelf.rows and _is_about_templates(wanted.section):
        return Empty(
            "books",
            _("No templates here yet."),
            _("Start with a well-written one, and change what you like."),
            _("New template"),
            "new",
        )
    if wanted.words:
        return Empty(
            "magnifying-glass",
            _("Nothing matches “{words}”.").format(words=wanted.words),
            "",
            _("Clear the filter"),
            "clear",
        )
    return Empty(
        "funnel",
        _("Nothing here fits what you chose above."),
        "",
        _("Show everything"),
        "clear",
    )
