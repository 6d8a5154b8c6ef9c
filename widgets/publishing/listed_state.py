"""What is live where, listed by message, by destination, or by release."""

from typing import Final

from governance.changes.reading import ChangeRow
from governance.ledger.state import Version
from governance.names import SubjectName
from governance.texts import _, dated
from sync.api.publications import PublicationRow
from sync.publishing.publication import State
from widgets.kit.languages import language
from widgets.kit.ticked import tick_icons
from widgets.kit.values import Cell, Column, Mark, Row, Table, Tone
from widgets.publishing.shelf import (
    READY,
    Shelf,
    destination_name,
    means_of,
    mode_words,
    name_of,
)


def by_template(
    shelf: Shelf, ready: tuple[ChangeRow, ...], words: str, ticked: frozenset[str]
) -> Table:
    """List every message with what each destination has of it."""
    rows = [_ready_row(row, shelf) for row in ready]
    rows += [
        _template_row(shelf, subject, version, is_ticked=subject in ticked)
        for subject, version in _by_title(shelf)
    ]
    width = 0 if len(shelf.destinations) <= _FEW else 200
    return Table(
        (
            Column(_("Template")),
            *(
                Column(
                    _("{name}: {mode}").format(
                        name=destination_name(ats), mode=mode_words(shelf.mode(ats))
                    ),
                    width,
                )
                for ats in shelf.destinations
            ),
            Column(_("Own mail and SMS"), 200, drop=1),
        ),
        tuple(row for row in rows if says(row, words)),
    )


def _by_title(shelf: Shelf) -> list[tuple[SubjectName, Version]]:
    """Return the messages as one looks for them: by what people call them."""
    return sorted(
        shelf.current.items(), key=lambda pair: shelf.title(pair[0]).casefold()
    )


def _ready_row(row: ChangeRow, shelf: Shelf) -> Row:
    replaced = Mark(_("will be replaced"), "arrow-circle-up", Tone.ACCENT)
    return Row(
        f"{READY}{row.change.id}",
        (
            Cell(row.change.title, _("everyone has signed"), is_strong=True),
            Cell(mark=Mark(_("To be released"), "tag", Tone.ACCENT)),
            *(Cell(mark=replaced) for _ats in shelf.destinations),
        ),
        _("To be released"),
    )


def _template_row(
    shelf: Shelf, subject: SubjectName, version: Version, *, is_ticked: bool
) -> Row:
    title = shelf.title(subject)
    number = _("Version {number}").format(number=version.number)
    when = dated(version.at.astimezone(), "%-d %b")
    own = Cell(
        _("as approved since {day}").format(day=when),
        mark=Mark(number, "check-circle-fill", Tone.OK),
    )
    cells = [there_cell(shelf, subject, version, ats) for ats in shelf.destinations]
    said = ", ".join(
        f"{destination_name(ats)}: {cell.said}"
        for ats, cell in zip(shelf.destinations, cells, strict=True)
    )
    tick = " " + _("Ticked.") if is_ticked else ""
    return Row(
        str(subject),
        (
            Cell(
                title,
                number,
                is_strong=True,
                icons=tick_icons(is_ticked=is_ticked),
            ),
            *cells,
            own,
        ),
        _("Released"),
        f"{title}, {number}, {said}{tick}",
    )


def there_cell(shelf: Shelf, subject: SubjectName, current: Version, ats: str) -> Cell:
    """Say what a destination holds of a message, and whether it is what was signed."""
    if shelf.publications is None:
        return Cell(mark=Mark(_("Not asked yet"), "circle-dashed", Tone.FAINT))
    rows = shelf.there(subject, ats)
    if not rows:
        return Cell(
            _("we send it ourselves"),
            mark=Mark(_("Not published"), "minus-circle", Tone.QUIET),
        )
    worst = min(rows, key=lambda row: (_ORDER[row.state], row.version))
    return found_cell(worst, current)


_FEW: Final = 2  # destinations whose columns share the room
_ORDER: Final = {
    State.DRIFTED: 0,
    State.MISSING: 1,
    State.BY_HAND: 2,
    State.LIVE: 3,
    State.OURS: 4,
}


def found_cell(row: PublicationRow, current: Version) -> Cell:
    """Say what was found, and whether it is what was signed."""
    number = _("Version {number}").format(number=row.version)
    day = dated(row.at.astimezone(), "%-d %B")
    match row.state:
        case State.DRIFTED:
            words = _("found on {day}").format(day=day)
            return Cell(words, mark=Mark(_("Differs"), "git-diff", Tone.ERROR))
        case State.MISSING:
            mark = Mark(_("Missing"), "question", Tone.ERROR)
            return Cell(_("it was removed there"), mark=mark)
        case State.BY_HAND:
            mark = Mark(number, "hand-pointing", Tone.WARN)
            return Cell(_("paste needed"), mark=mark)
        case _ if row.version < current.number:
            change = _("{old}, then {new}").format(old=row.version, new=current.number)
            mark = Mark(change, "arrow-circle-up", Tone.ACCENT)
            return Cell(_("will be replaced"), mark=mark)
        case State.OURS:
            return Cell(_("we send"), mark=Mark(number, "paper-plane-tilt", Tone.OK))
        case _:
            mark = Mark(number, "check-circle-fill", Tone.OK)
            return Cell(_("as approved"), mark=mark)


def by_destination(shelf: Shelf, words: str) -> Table:
    """List what lies in each destination, language by language, as it was read back."""
    rows = [
        _lying_row(shelf, subject, version, row)
        for ats in shelf.destinations
        for subject, version in _by_title(shelf)
        for row in shelf.there(subject, ats)
    ]
    return Table(
        (
            Column(_("Template")),
            Column(_("Signed"), 110),
            Column(_("What lies there"), 210),
            Column(_("Read back"), 150, drop=2),
            Column(_("Fingerprint of what lies there"), 210, drop=1),
        ),
        tuple(row for row in rows if says(row, words)),
        tuple(
            (destination_name(ats), mode_words(shelf.mode(ats)))
            for ats in shelf.destinations
        ),
    )


def _lying_row(
    shelf: Shelf, subject: SubjectName, version: Version, row: PublicationRow
) -> Row:
    code = row.key.rpartition("/")[2]
    cell = found_cell(row, version)
    print_ = row.found[:12]
    is_same = bool(row.found) and row.found == row.sent
    return Row(
        f"{subject}#{row.ats}#{code}",
        (
            Cell(shelf.title(subject), language(code), is_strong=True),
            Cell(_("Version {number}").format(number=version.number)),
            cell,
            Cell(
                row.at.astimezone().strftime("%H:%M"),
                dated(row.at.astimezone(), "%-d %B"),
                tone=Tone.QUIET,
            ),
            Cell(
                print_ or _("nothing was read"),
                _("equal to what was signed") if is_same else _("not equal"),
                tone=Tone.QUIET,
            ),
        ),
        destination_name(row.ats),
        f"{shelf.title(subject)}, {language(code)}, {cell.said}",
    )


def releases(shelf: Shelf, words: str) -> Table:
    """List every release, the latest first."""
    made = [
        version for versions in shelf.state.versions.values() for version in versions
    ]
    made.sort(key=_position, reverse=True)
    rows = tuple(
        Row(
            f"{one.subject}@{one.number}",
            (
                Cell(
                    shelf.title(one.subject),
                    _("Version {number}").format(number=one.number),
                    is_strong=True,
                ),
                Cell(mark=means_of(one)),
                Cell(
                    dated(one.at.astimezone(), "%-d %B %Y, %H:%M"),
                    name_of(shelf.state, one.person),
                    tone=Tone.QUIET,
                ),
            ),
        )
        for one in made
    )
    shown = tuple(row for row in rows if says(row, words))
    return Table(
        (Column(_("Release")), Column(_("How"), 200), Column(_("When, by whom"), 230)),
        shown,
    )


def says(row: Row, words: str) -> bool:
    """Whether a row holds all of these words."""
    text = row.sentence.casefold()
    return all(word in text for word in words.casefold().split())


def _position(version: Version) -> int:
    return version.position
