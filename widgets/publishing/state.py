"""What the publishing room shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState, Means, Version
from governance.names import ChangeId, PersonId, SubjectName
from governance.texts import _, dated, ngettext
from sync.api.publications import PublicationRow
from widgets.kit.values import (
    Cell,
    Choice,
    Column,
    Deed,
    Empty,
    Fact,
    Mark,
    Notice,
    Row,
    Table,
    Tone,
)

BY_TEMPLATE: Final = "template"
RELEASES: Final = "releases"
READY: Final = "change:"  # the key of a change that waits to be released


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the room draws on.

    Attributes:
        titles: Subject → what people call it.
        publications: What the service last found; None while it was not asked yet.
        is_service_there: Whether it answers.
    """

    state: LedgerState
    changes: Mapping[ChangeId, ChangeRow]
    titles: Mapping[SubjectName, str]
    publications: tuple[PublicationRow, ...] | None = None
    me: PersonId | None = None
    now: datetime | None = None
    is_service_there: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is selected, and what can be done with it."""

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    facts: tuple[Fact, ...] = ()
    effects: tuple[Mark, ...] = ()
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishingState:
    """Everything that the room draws."""

    title: str
    count: str
    views: tuple[Choice, ...]
    view: str
    table: Table
    selected: str
    plan: Plan
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None
    deeds: tuple[Deed, ...] = field(default=())


def publishing_state(
    shelf: Shelf, view: str, words: str, selected: str
) -> PublishingState:
    """Describe the room."""
    ready = tuple(row for row in shelf.changes.values() if is_ready(row))
    table = (
        _releases(shelf, words)
        if view == RELEASES
        else _by_template(shelf, ready, words)
    )
    keys = {row.key for row in table.rows}
    chosen = selected if selected in keys else (table.rows[0].key if table.rows else "")
    differ = sum(row.state == "drifted" for row in shelf.publications or ())
    parts = []
    if ready:
        words_ready = ngettext(
            "{count} change to release", "{count} changes to release", len(ready)
        )
        parts.append(words_ready.format(count=len(ready)))
    if differ:
        words_differ = ngettext("{count} text differs", "{count} texts differ", differ)
        parts.append(words_differ.format(count=differ))
    empty = None
    if not table.rows:
        empty = (
            Empty(
                "magnifying-glass", _("Nothing matches “{words}”.").format(words=words)
            )
            if words
            else Empty(
                "broadcast",
                _("Nothing is released yet."),
                _("When everyone has signed a change, it is released here."),
            )
        )
    return PublishingState(
        _("Publishing"),
        ", ".join(parts) or _("everything that is released is live"),
        (Choice(BY_TEMPLATE, _("By template")), Choice(RELEASES, _("Releases"))),
        view,
        table,
        chosen,
        _plan(shelf, chosen),
        empty=empty,
    )


def is_ready(row: ChangeRow) -> bool:
    """Whether a change waits for nothing but its release."""
    return row.verdict.is_verified and row.change.stage in {"open", "emergency"}


def is_manager(shelf: Shelf) -> bool:
    """Whether the person here releases and rolls back."""
    member = shelf.state.members.get(shelf.me) if shelf.me else None
    policy = shelf.state.policy
    return bool(member and policy and policy.release.role in member.roles)


def _by_template(shelf: Shelf, ready: tuple[ChangeRow, ...], words: str) -> Table:
    rows = [
        Row(
            f"{READY}{row.change.id}",
            (
                Cell(row.change.title, _("everyone has signed"), is_strong=True),
                Cell(mark=Mark(_("To be released"), "tag", Tone.ACCENT)),
                Cell(mark=Mark(_("will be replaced"), "arrow-circle-up", Tone.ACCENT)),
            ),
            _("To be released"),
        )
        for row in ready
    ]
    for subject, versions in sorted(shelf.state.versions.items()):
        if subject.startswith("templates/"):
            rows.append(_template_row(shelf, subject, versions))
    shown = [row for row in rows if _says(row, words)]
    return Table(
        (
            Column(_("Template")),
            Column(_("Own mail and SMS"), 210),
            Column(_("Practice ATS"), 230, drop=1),
        ),
        tuple(shown),
    )


def _template_row(
    shelf: Shelf, subject: SubjectName, versions: tuple[Version, ...]
) -> Row:
    current = versions[-1]
    title = shelf.titles.get(subject, subject.partition("/")[2])
    number = _("Version {number}").format(number=current.number)
    when = dated(current.at.astimezone(), "%-d %B")
    own = Cell(
        _("as approved, since {day}").format(day=when),
        mark=Mark(number, "check-circle-fill", Tone.OK),
    )
    there = _there(shelf, subject, current)
    return Row(
        str(subject),
        (Cell(title, number, is_strong=True), own, there),
        _("Released"),
        f"{title}, {number}, {there.said}",
    )


def _there(shelf: Shelf, subject: SubjectName, current: Version) -> Cell:
    """Say what the ATS holds, and whether it is what was signed."""
    if shelf.publications is None:
        return Cell(mark=Mark(_("Not asked yet"), "circle-dashed", Tone.FAINT))
    name = subject.partition("/")[2]
    rows = [row for row in shelf.publications if row.key.startswith(f"{name}/")]
    if not rows:
        return Cell(
            _("we send it ourselves"),
            mark=Mark(_("Not published"), "minus-circle", Tone.QUIET),
        )
    version = min(row.version for row in rows)
    number = _("Version {number}").format(number=version)
    day = dated(rows[0].at.astimezone(), "%-d %B")
    change = _("{old}, then {new}").format(old=version, new=current.number)
    states = {row.state for row in rows}
    cases = (
        (
            "drifted" in states,
            _("since {day}").format(day=day),
            Mark(_("Differs"), "git-diff", Tone.ERROR),
        ),
        (
            "missing" in states,
            _("it was removed there"),
            Mark(_("Missing"), "question", Tone.ERROR),
        ),
        (
            "by_hand" in states,
            _("paste needed"),
            Mark(number, "hand-pointing", Tone.WARN),
        ),
        (
            version < current.number,
            _("will be replaced"),
            Mark(change, "arrow-circle-up", Tone.ACCENT),
        ),
        (True, _("as approved"), Mark(number, "check-circle-fill", Tone.OK)),
    )
    return next(Cell(words, mark=mark) for holds, words, mark in cases if holds)


def _releases(shelf: Shelf, words: str) -> Table:
    made = [
        version for versions in shelf.state.versions.values() for version in versions
    ]
    made.sort(key=_position, reverse=True)
    rows = tuple(
        Row(
            f"{one.subject}@{one.number}",
            (
                Cell(
                    shelf.titles.get(one.subject, one.subject.partition("/")[2]),
                    _("Version {number}").format(number=one.number),
                    is_strong=True,
                ),
                Cell(mark=_means(one)),
                Cell(
                    dated(one.at.astimezone(), "%-d %B %Y, %H:%M"),
                    _name(shelf.state, one.person),
                    tone=Tone.QUIET,
                ),
            ),
        )
        for one in made
    )
    shown = tuple(row for row in rows if _says(row, words))
    return Table(
        (Column(_("Release")), Column(_("How"), 200), Column(_("When, by whom"), 230)),
        shown,
    )


def _means(version: Version) -> Mark:
    if version.recalled is not None:
        return Mark(_("Withdrawn"), "prohibit", Tone.ERROR)
    match version.means:
        case Means.ROLLBACK:
            words = _("Back to version {number}").format(number=version.of)
            return Mark(words, "clock-counter-clockwise", Tone.INFO)
        case Means.EMERGENCY:
            return Mark(_("Emergency"), "warning-octagon-fill", Tone.ERROR)
        case _:
            return Mark(_("Released"), "tag", Tone.OK)


def _plan(shelf: Shelf, key: str) -> Plan:
    if key.startswith(READY):
        return _ready_plan(shelf, ChangeId(key.removeprefix(READY)))
    subject = SubjectName(key.partition("@")[0])
    versions = shelf.state.versions.get(subject, ())
    if not versions:
        return Plan()
    number = int(key.partition("@")[2] or versions[-1].number)
    version = versions[number - 1]
    title = shelf.titles.get(subject, subject.partition("/")[2])
    why_not = "" if is_manager(shelf) else _("A release manager does this.")
    away = "" if shelf.is_service_there else _("The service cannot be reached.")
    earlier = "" if len(versions) > 1 else _("There is no earlier version.")
    is_current = version is versions[-1]
    return Plan(
        title,
        _means(version),
        _("Version {number}").format(number=version.number),
        _facts(shelf, version),
        (
            Mark(
                _("The template in the ATS is replaced, read back and compared."),
                "arrow-circle-up",
                Tone.QUIET,
            ),
            Mark(
                _("Own mail and SMS use it for everything planned from now on."),
                "paper-plane-tilt",
                Tone.QUIET,
            ),
            Mark(_("Messages already sent do not change."), "check", Tone.QUIET),
        )
        if is_current
        else (),
        (
            Deed(
                "publish",
                _("Publish…"),
                "primary",
                "broadcast",
                why_not=why_not or away,
            ),
            Deed(
                "rollback",
                _("Roll back…"),
                icon="clock-counter-clockwise",
                shortcut="Ctrl+Shift+B",
                why_not=why_not or earlier,
            ),
        )
        if is_current and subject.startswith("templates/")
        else (),
    )


def _ready_plan(shelf: Shelf, change: ChangeId) -> Plan:
    row = shelf.changes.get(change)
    if row is None:
        return Plan()
    why_not = "" if is_manager(shelf) else _("A release manager does this.")
    subjects = ", ".join(
        shelf.titles.get(one.name, one.name) for one in row.change.subjects
    )
    people = ", ".join(_name(shelf.state, one) for one in row.tally.seats)
    return Plan(
        row.change.title,
        Mark(_("Approved"), "checks", Tone.OK),
        subjects,
        (
            Fact(_("Why"), row.change.proposal.reason),
            Fact(_("Written by"), _name(shelf.state, row.change.author)),
        ),
        (
            Mark(
                _("Signed by {people}").format(people=people), "shield-check", Tone.OK
            ),
            Mark(_("The text equals what they signed"), "check-circle", Tone.OK),
            Mark(
                _("Its next version is made, and can be rolled back."),
                "tag",
                Tone.QUIET,
            ),
        ),
        (
            Deed(
                "release",
                _("Release…"),
                "primary",
                "tag",
                "Ctrl+Return",
                why_not=why_not,
            ),
            Deed("review", _("See the review"), icon="eye"),
        ),
    )


def _facts(shelf: Shelf, version: Version) -> tuple[Fact, ...]:
    change = shelf.changes.get(version.change)
    signed = (
        ", ".join(_name(shelf.state, one) for one in change.tally.seats)
        if change
        else ""
    )
    facts = [
        Fact(_("Released by"), _name(shelf.state, version.person)),
        Fact(_("When"), dated(version.at.astimezone(), "%-d %B %Y, %H:%M")),
    ]
    if signed:
        facts.append(Fact(_("Signed by"), signed))
    if version.reason:
        facts.append(Fact(_("Why"), version.reason))
    return tuple(facts)


def _says(row: Row, words: str) -> bool:
    text = row.sentence.casefold()
    return all(word in text for word in words.casefold().split())


def _position(version: Version) -> int:
    return version.position


def _name(state: LedgerState, person: PersonId) -> str:
    member = state.members.get(person)
    return member.name if member and member.name else str(person)


def check_deed() -> Deed:
    """Return the deed of asking every destination what it holds."""
    return Deed("check", _("Check now"), icon="arrows-clockwise", shortcut="F5")
