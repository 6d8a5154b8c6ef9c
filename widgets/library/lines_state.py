"""The library's rows, made once for what lies on the shelf, then only chosen from.

Filtering as one types looks at each line's words and makes no row anew.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from governance.names import Locale
from governance.texts import _
from widgets.kit.values import Cell, Column, Entry, Mark, Row, Section, Table, Tone
from widgets.library.line_state import Line, Maker
from widgets.library.shelf_state import (
    ANY,
    ARCHIVED,
    GONE,
    TEMPLATES,
    Filter,
    GoneTemplate,
    LibraryFile,
    Shelf,
    stage_title,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything on the shelf, in its order.

    Attributes:
        live: How many templates candidates get.
    """

    templates: tuple[Line, ...]
    files: tuple[tuple[LibraryFile, Row, str], ...]
    gone: tuple[tuple[Row, str], ...]
    sections: tuple[Section, ...]
    locales: tuple[Locale, ...]
    live: int = 0


def lines(shelf: Shelf, grouping: str, before: Lines | None = None) -> Lines:
    """Make every row, grouped and sorted; those of ``before`` serve that are alike."""
    maker = Maker(shelf, grouping, before.templates if before else ())
    templates = [maker.line(row) for row in shelf.rows]
    templates.sort(key=_line_order)
    files = [(one, _file_row(one)) for one in shelf.files]
    files.sort(key=_file_order)
    gone = [_gone_row(one) for one in shelf.gone]
    gone.sort(key=_by_group)
    return Lines(
        tuple(templates),
        tuple((one, row, row.sentence.casefold()) for one, row in files),
        tuple((row, row.sentence.casefold()) for row in gone),
        _sections(shelf, templates),
        tuple(sorted({locale for row in shelf.rows for locale in row.locales})),
        sum(row.live is not None for row in shelf.rows),
    )


def chosen(made: Lines, wanted: Filter) -> Table:
    """Return the rows that fit what is ``wanted``."""
    words = tuple(wanted.words.casefold().split())
    if wanted.section == ARCHIVED:
        rows = [row for row, said in made.gone if all(one in said for one in words)]
        columns = (Column(_("Template")), Column(_("State"), 260))
        return Table(columns, tuple(rows))
    if is_about_templates(wanted.section):
        return Table(_columns(), _fitting(made.templates, wanted, words))
    return Table(
        (Column(_("Name"), 300), Column(_("What it is"))),
        tuple(
            row
            for one, row, said in made.files
            if one.kind == wanted.section and all(word in said for word in words)
        ),
    )


def is_about_templates(section: str) -> bool:
    """Whether a section lists templates."""
    return section == TEMPLATES or section.startswith(("view:", "stage:"))


def _fitting(
    found: Sequence[Line], wanted: Filter, words: tuple[str, ...]
) -> tuple[Row, ...]:
    """Narrow the lines by one wish after the other: a key has 50 ms for 10,000."""
    kind, _colon, name = wanted.section.partition(":")
    if kind == "stage":
        found = [one for one in found if one.of.stage == name]
    elif wanted.section != TEMPLATES:
        found = [one for one in found if wanted.section in one.views]
    if wanted.standing != ANY:
        found = [one for one in found if one.of.standing == wanted.standing]
    if wanted.locale != ANY:
        found = [one for one in found if wanted.locale in one.of.locales]
    if wanted.channel != ANY:
        found = [one for one in found if wanted.channel in one.of.channels]
    for word in words:
        found = [one for one in found if word in one.words]
    return tuple([one.row for one in found])


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Template")),
        Column(_("Channels"), 76, drop=2),
        Column(_("Languages"), 92, drop=1),
        Column(_("State"), 190),
        Column(_("Live"), 92, drop=3),
        Column(_("Findings"), 118),
    )


def _file_row(one: LibraryFile) -> Row:
    return Row(
        one.key,
        (Cell(one.title), Cell(one.what, tone=Tone.QUIET)),
        one.group,
        f"{one.title}, {one.what}",
    )


def _gone_row(one: GoneTemplate) -> Row:
    mark = Mark(_("Archived, not reviewed yet"), "archive", Tone.QUIET)
    return Row(
        f"{GONE}{one.id}",
        (Cell(one.title), Cell(mark=mark)),
        stage_title(one.stage),
        f"{one.title}, {mark.word}",
    )


def _by_group(row: Row) -> tuple[str, str]:
    return row.group.casefold(), row.cells[0].text.casefold()


def _line_order(line: Line) -> tuple[str, str]:
    return line.order


def _file_order(pair: tuple[LibraryFile, Row]) -> tuple[str, str]:
    return _by_group(pair[1])


def _sections(shelf: Shelf, made: list[Line]) -> tuple[Section, ...]:
    kinds = Counter(one.kind for one in shelf.files)
    views = Counter(view for line in made for view in line.views)
    stages = Counter(one.stage for one in shelf.rows)
    governed = (
        ("journeys", _("Journeys"), "path"),
        ("partials", _("Partials"), "puzzle-piece"),
        ("fields", _("Merge fields"), "brackets-curly"),
        ("styles", _("Style guide"), "book-open"),
        ("samples", _("Samples"), "users"),
    )
    known = [
        ("view:drafts", _("My drafts"), "pencil-simple"),
        ("view:review", _("In review"), "eye"),
        ("view:findings", _("With findings"), "warning"),
        ("view:due", _("Due for review"), "calendar-blank"),
        ("view:differs", _("Differs in the ATS"), "git-diff"),
    ]
    if shelf.gone:
        known.append((ARCHIVED, _("Archived"), "archive"))
        views[ARCHIVED] = len(shelf.gone)
    return (
        Section(
            _("Everything that is governed"),
            (
                Entry(
                    TEMPLATES,
                    _("Templates"),
                    "envelope-simple",
                    str(len(shelf.rows)),
                ),
                *(
                    Entry(
                        kind, title, icon, str(kinds[kind]) if shelf.is_listed else ""
                    )
                    for kind, title, icon in governed
                ),
            ),
        ),
        Section(
            _("Views"),
            tuple(
                Entry(view, title, icon, str(views[view]))
                for view, title, icon in known
            ),
        ),
        Section(
            _("Stages"),
            tuple(
                Entry(f"stage:{stage}", stage_title(stage), "folder-simple", str(count))
                for stage, count in sorted(stages.items())
            ),
        ),
    )
