"""The history as rows: made once for a reading, then only filtered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from governance.ledger.history import History, Line
from governance.ledger.told import Family
from governance.names import SubjectName
from governance.texts import _, dated
from widgets.kit.values import Cell, Mark, Row, Tone

EVERYTHING: Final = "all"
IGNORED: Final = "ignored"  # the section of entries without effect

_TONES: Final = {
    Family.SIGNATURES: Tone.OK,
    Family.CHANGES: Tone.ACCENT,
    Family.RELEASES: Tone.OK,
    Family.ROLLBACKS: Tone.WARN,
    Family.EMERGENCIES: Tone.ERROR,
    Family.HOLDS: Tone.WARN,
    Family.ACCEPTED: Tone.WARN,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Every entry and its row, the newest first.

    Attributes:
        words: What of each is searched, in small letters.
        counts: Section → how many entries it holds.
        texts: Subject → its title, for those that entries are about.
        people: Address → name, for those who signed.
    """

    history: History
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    words: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[SubjectName, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for.

    Attributes:
        days: How many days back, "" for any time.
        text: A subject, "" for any.
        person: An address, "" for anyone.
    """

    section: str = EVERYTHING
    words: str = ""
    days: str = ""
    text: str = ""
    person: str = ""


def listed(history: History, now: datetime) -> Listed:
    """Make the rows of ``history``, as they read at ``now``."""
    lines = tuple(reversed(history.lines))
    texts: dict[SubjectName, str] = {}
    for line in lines:
        for subject in line.told.subjects:
            if subject not in texts and subject != "repository":
                short = subject.partition("/")[2].replace("-", " ").capitalize()
                texts[subject] = history.titles.get(subject) or short
    people = {str(line.person): line.name for line in lines if line.person}
    counts = Counter(str(line.told.family) for line in lines)
    counts[EVERYTHING] = len(lines)
    counts[IGNORED] = sum(bool(line.code) for line in lines)
    rows = tuple(_row(line, now) for line in lines)
    words = tuple(
        f"{row.sentence} {line.person or ''} {line.told.quote}".casefold()
        for line, row in zip(lines, rows, strict=True)
    )
    return Listed(history, lines, rows, words, counts, texts, people)


def shown(all_: Listed, wanted: Filter, now: datetime) -> tuple[Row, ...]:
    """Return the rows that were asked for, the newest first."""
    words = wanted.words.casefold().split()
    since = now - timedelta(days=int(wanted.days)) if wanted.days else None
    return tuple(
        row
        for line, row, said in zip(all_.lines, all_.rows, all_.words, strict=True)
        if _is_in(line, wanted.section)
        and (not wanted.text or wanted.text in line.told.subjects)
        and (not wanted.person or wanted.person == line.person)
        and (since is None or (line.at is not None and line.at >= since))
        and all(word in said for word in words)
    )


def count(number: int) -> str:
    """Write a number with thin spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def _is_in(line: Line, section: str) -> bool:
    if section == EVERYTHING:
        return True
    if section == IGNORED:
        return bool(line.code)
    return line.told.family == section


def _row(line: Line, now: datetime) -> Row:
    told = line.told
    time = line.at.astimezone().strftime("%H:%M") if line.at else "–"
    tone = _TONES.get(told.family, Tone.QUIET)
    second, ink = line.later or told.why, Tone.PLAIN
    shield = Mark("", "shield-check-fill", Tone.OK)
    state = _("verified")
    if line.code:
        second = _("Without effect: {reason}").format(reason=line.problem)
        tone = ink = Tone.ERROR if line.is_alarm else Tone.FAINT
        shield = Mark("", "shield-warning-fill", tone)
        state = second
    cells = (
        Cell(time),
        Cell(told.title, second, disc=Mark("", told.icon, tone), tone=ink),
        Cell(line.name, who=line.name if line.person else ""),
        Cell(told.role, tone=Tone.QUIET),
        Cell(mark=shield, spoken=state),
    )
    parts = (told.title, state, second, line.name, told.role, time)
    said = ", ".join(part for part in dict.fromkeys(parts) if part)
    return Row(
        str(line.position),
        cells,
        day_words(line.at, now),
        said,
        tooltip=f"{told.title}\n{second}".strip(),
    )


def day_words(at: datetime | None, now: datetime) -> str:
    """Name the day of an entry as its reader counts days."""
    if at is None:
        return _("Without a date")
    day, today = at.astimezone(), now.astimezone()
    form = "%A %-d %B" if day.year == today.year else "%A %-d %B %Y"
    words = dated(day, form)
    if day.date() == today.date():
        return _("Today, {day}").format(day=words)
    if day.date() == today.date() - timedelta(days=1):
        return _("Yesterday, {day}").format(day=words)
    return words
