"""What the history shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.ledger.told import Family
from governance.names import SubjectName
from governance.texts import _, dated, ngettext
from governance.trust.words import four_words
from widgets.history.inspected import Inspected, inspected
from widgets.history.listed import (
    EVERYTHING,
    IGNORED,
    Filter,
    Listed,
    count,
    shown,
)
from widgets.kit.values import (
    Choice,
    Column,
    Deed,
    Empty,
    Entry,
    Mark,
    Notice,
    Section,
    Table,
    Tone,
)

STEP: Final = 200  # rows that are drawn at once


@dataclass(frozen=True, slots=True)
class Verifying:
    """What is known of the whole history.

    Attributes:
        checked: When it was last read and verified, in words.
        label: What is being verified now, "" for nothing.
        whole: That somebody had all of it verified anew, in words; "" for nobody yet.
    """

    checked: str = ""
    label: str = ""
    done: int = 0
    total: int = 0
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The card that says whether the history holds.

    Attributes:
        words: Three words to compare with a colleague.
    """

    mark: Mark
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Everything that the room draws.

    Attributes:
        is_more: Whether older entries follow, once one comes to the end of the list.
    """

    title: str
    count: str
    sections: tuple[Section, ...]
    filter: Filter
    days: tuple[Choice, ...]
    texts: tuple[Choice, ...]
    people: tuple[Choice, ...]
    table: Table
    selected: str
    inspector: Inspected
    seal: Seal
    verifying: Verifying
    is_more: bool = False
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None
    deeds: tuple[Deed, ...] = ()


def history_state(
    all_: Listed | None,
    wanted: Filter,
    selected: str,
    now: datetime,
    verifying: Verifying,
    *,
    most: int = STEP,
) -> HistoryState:
    """Describe the room.

    Args:
        all_: None while it is read for the first time.
        wanted: What is asked for.
        selected: The row that a person came to.
        now: What “today” means.
        verifying: How far the whole is verified.
        most: How many rows are drawn at once; older ones follow as one goes down.
    """
    if all_ is None:
        return _waiting(wanted, verifying)
    found = shown(all_, wanted, now)
    places = {row.key: number for number, row in enumerate(found)}
    chosen = selected if selected in places else (found[0].key if found else "")
    rows = found[: max(most, places.get(chosen, 0) + STEP // 2)]
    return HistoryState(
        _("History"),
        _count(all_, now),
        _sections(all_),
        wanted,
        _days(),
        (Choice("", _("Any text")), *_choices(all_.texts)),
        (Choice("", _("Anyone")), *_choices(all_.people)),
        Table(_columns(), rows),
        chosen,
        inspected(all_.history, int(chosen) if chosen else None),
        _seal(all_, verifying),
        verifying,
        len(rows) < len(found),
        _notices(all_, wanted),
        _empty(all_, wanted) if not rows else None,
        (
            _verify(all_, verifying),
            Deed("export", _("Export evidence…"), icon="export"),
        ),
    )


def _waiting(wanted: Filter, verifying: Verifying) -> HistoryState:
    reads = _("Reading the history …")
    return HistoryState(
        _("History"),
        "",
        (Section(_("Show"), (Entry(EVERYTHING, _("Everything")),)),),
        wanted,
        _days(),
        (Choice("", _("Any text")),),
        (Choice("", _("Anyone")),),
        Table(_columns()),
        "",
        Inspected(),
        Seal(Mark(reads, "circle-dashed", Tone.QUIET), ""),
        verifying,
        deeds=(
            Deed("verify", _("Verify everything"), icon="shield-check", why_not=reads),
        ),
        empty=Empty("clock-counter-clockwise", reads),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Time"), 76),
        Column(_("What happened")),
        Column(_("Who"), 158),
        Column(_("Acting as"), 136, drop=1),
        Column("", 44),
    )


def _count(all_: Listed, now: datetime) -> str:
    number = len(all_.lines)
    first = next((one.at for one in all_.history.lines if one.at), now)
    words = ngettext(
        "{count} signed entry since {day}", "{count} signed entries since {day}", number
    )
    day = dated(first.astimezone(), "%-d %B %Y")
    return words.format(count=count(number), day=day)


def _sections(all_: Listed) -> tuple[Section, ...]:
    titles = (
        (EVERYTHING, _("Everything"), "clock-counter-clockwise"),
        (Family.SIGNATURES, _("Signatures"), "pen-nib"),
        (Family.CHANGES, _("Changes and remarks"), "eye"),
        (Family.RELEASES, _("Releases"), "tag"),
        (Family.ROLLBACKS, _("Rollbacks"), "arrow-counter-clockwise"),
        (Family.EMERGENCIES, _("Emergencies"), "warning-octagon"),
        (Family.HOLDS, _("Holds"), "pause-circle"),
        (Family.PEOPLE, _("People and roles"), "users-three"),
        (Family.POLICY, _("Signing policy"), "scales"),
        (Family.ACCEPTED, _("Accepted warnings"), "check-circle"),
        (Family.KEEPING, _("The history itself"), "books"),
    )
    entries = [
        Entry(str(key), title, icon, count(all_.counts.get(str(key), 0)))
        for key, title, icon in titles
    ]
    if ignored := all_.counts.get(IGNORED, 0):
        title = _("Without effect")
        entries.append(
            Entry(IGNORED, title, "shield-warning", count(ignored), Tone.ERROR)
        )
    return (Section(_("Show"), tuple(entries)),)


def _days() -> tuple[Choice, ...]:
    return (
        Choice("", _("Any time")),
        Choice("1", _("Last 24 hours")),
        Choice("7", _("Last 7 days")),
        Choice("30", _("Last 30 days")),
        Choice("365", _("Last 12 months")),
    )


def _choices(
    named: Mapping[SubjectName, str] | Mapping[str, str],
) -> tuple[Choice, ...]:
    pairs = sorted(
        ((str(key), title) for key, title in named.items()),
        key=lambda pair: pair[1].casefold(),
    )
    return tuple(Choice(key, title) for key, title in pairs)


def _seal(all_: Listed, verifying: Verifying) -> Seal:
    history = all_.history
    if history.alarm:
        words = _("Nothing is published or sent until this is explained.")
        return Seal(
            Mark(_("History not verified"), "shield-warning-fill", Tone.ERROR),
            f"{history.alarm} {words}",
        )
    number = len(all_.lines)
    text = ngettext(
        "{count} entry, none missing, none changed.",
        "{count} entries, none missing, none changed.",
        number,
    ).format(count=count(number))
    head = history.state.head
    return Seal(
        Mark(_("History verified"), "shield-check-fill", Tone.OK),
        " ".join(part for part in (text, verifying.whole or verifying.checked) if part),
        " ".join(four_words(bytes.fromhex(head)).split()[:3]) if head else "",
    )


def _verify(all_: Listed, verifying: Verifying) -> Deed:
    if verifying.label:
        return Deed("cancel", _("Stop"), icon="x")
    words = _("Verify everything")
    why_not = "" if all_.lines else _("There is nothing to verify yet.")
    return Deed("verify", words, icon="shield-check", why_not=why_not)


def _notices(all_: Listed, wanted: Filter) -> tuple[Notice, ...]:
    alarms = sum(line.is_alarm for line in all_.lines)
    if not alarms or all_.history.alarm:  # the window says the latter in every room
        return ()
    bold = ngettext(
        "{count} entry is without effect.",
        "{count} entries are without effect.",
        alarms,
    )
    action = (
        "" if wanted.section == IGNORED else ngettext("Show it", "Show them", alarms)
    )
    return (
        Notice(
            "ignored",
            bold.format(count=count(alarms)),
            ngettext(
                "It changed nothing. Find out who put it there, and why.",
                "They changed nothing. Find out who put them there, and why.",
                alarms,
            ),
            Tone.ERROR,
            "shield-warning",
            action,
        ),
    )


def _empty(all_: Listed, wanted: Filter) -> Empty:
    if not all_.lines:
        return Empty(
            "clock-counter-clockwise",
            _("Nothing is signed yet."),
            _("The first entry founds the workspace."),
        )
    bold = (
        _("No entry matches “{words}”.").format(words=wanted.words)
        if wanted.words
        else _("No such entry.")
    )
    return Empty("magnifying-glass", bold, "", _("Clear the filter"), "clear")
