"""What the deliveries room shows: counts, filters, the messages in order of need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.names import Channel
from governance.texts import N_, _, ngettext
from sync.api.deliveries import DeliveryDetail, DeliveryRow, State
from widgets.deliveries.inspected_state import Inspected, inspected
from widgets.kit.values import Cell, Choice, Column, Empty, Row, Table, Tone
from widgets.outbox.state import (
    Outbox,
    channel_mark,
    day_words,
    is_soon,
    moment_words,
    state_mark,
    why,
)

ATTENTION: Final = "attention"
EVERYTHING: Final = "everything"
SENT: Final = "sent"
DUE: Final = "due"
HELD: Final = "held"
IN_DOUBT: Final = "in-doubt"
FAILED: Final = "failed"
NOT_SENT: Final = "not-sent"
PLANNED: Final = "planned"
COUNTS: Final = (SENT, DUE, HELD, IN_DOUBT, FAILED)  # as they stand, from the left

_SPANS: Final = {"today": 0, "week": 7, "month": 30}  # days back, of what is over

# In the order of need.
_GROUPS: Final[tuple[tuple[str, str], ...]] = (
    (IN_DOUBT, N_("In doubt")),
    (FAILED, N_("Failed")),
    (HELD, N_("Held")),
    (DUE, N_("Due within an hour")),
    (SENT, N_("Sent")),
    (PLANNED, N_("Planned for later")),
    (NOT_SENT, N_("Not sent")),
)
_KINDS: Final[Mapping[State, str]] = {
    State.IN_DOUBT: IN_DOUBT,
    State.FAILED: FAILED,
    State.HELD: HELD,
    State.SENT: SENT,
    State.SKIPPED: NOT_SENT,
}
_SHOWN: Final[Mapping[str, frozenset[str]]] = {
    ATTENTION: frozenset({IN_DOUBT, FAILED, HELD, DUE}),
    EVERYTHING: frozenset(key for key, _title in _GROUPS),
    **{key: frozenset({key}) for key, _title in _GROUPS},
}


@dataclass(frozen=True, slots=True, repr=False)
class Filters:
    """What a person wants to see.

    Attributes:
        show: One of the constants above.
        span: How far back what is over is listed.
    """

    show: str = EVERYTHING
    span: str = "today"
    channel: str = ""
    template: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One of the five counts; a click filters by it."""

    key: str
    title: str
    icon: str
    tone: Tone
    number: str
    under: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether sending is on, and the deed beside it."""

    is_on: bool
    words: str
    under: str
    why_not: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class DeliveriesState:
    """Everything that the room draws."""

    title: str
    count: str
    counts: tuple[Count, ...]
    sending: Sending
    shows: tuple[Choice, ...]
    spans: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    templates: tuple[Choice, ...]
    filters: Filters
    table: Table
    selected: str
    inspected: Inspected
    live: str
    empty: Empty | None = None


def deliveries_state(
    box: Outbox,
    filters: Filters,
    selected: str = "",
    detail: DeliveryDetail | None = None,
) -> DeliveriesState:
    """Describe the room."""
    rows = [row for row in box.rows or () if _fits(row, box, filters)]
    rows.sort(key=lambda row: _order(row, box))
    keys = {row.id for row in rows}
    chosen = selected if selected in keys else (rows[0].id if rows else "")
    by_key = {row.id: row for row in rows}
    return DeliveriesState(
        _("Deliveries"),
        box.now.strftime("%A %-d %B"),
        _counts(box, filters),
        _sending(box),
        _shows(),
        (
            Choice("today", _("Today"), "calendar-blank"),
            Choice("week", _("Last 7 days"), "calendar-blank"),
            Choice("month", _("Last 30 days"), "calendar-blank"),
        ),
        (
            Choice("", _("All channels")),
            Choice(Channel.EMAIL, _("E-mail")),
            Choice(Channel.SMS, _("SMS")),
        ),
        (Choice("", _("All templates")), *_templates(box)),
        filters,
        _table(rows, box),
        chosen,
        inspected(by_key.get(chosen), box, detail),
        _live(box),
        _empty(box, filters) if not rows else None,
    )


def kind_of(row: DeliveryRow, box: Outbox) -> str:
    """Return the group that a message stands in."""
    if row.state is State.PLANNED and not is_soon(row, box.now):
        return PLANNED
    return _KINDS.get(row.state, DUE)


def _fits(row: DeliveryRow, box: Outbox, filters: Filters) -> bool:
    kind = kind_of(row, box)
    if kind not in _SHOWN[filters.show]:
        return False
    if kind in {SENT, FAILED, NOT_SENT} and not _is_within(row, box, filters.span):
        return False
    if filters.channel and row.channel != filters.channel:
        return False
    if filters.template and row.template != filters.template:
        return False
    said = " ".join(
        (
            box.name(row),
            box.under(row),
            box.title(row),
            row.template,
            row.application,
            row.candidate,
            row.id,
            row.message_id,
        )
    ).casefold()
    return all(word in said for word in filters.words.casefold().split())


def _is_within(row: DeliveryRow, box: Outbox, span: str) -> bool:
    """Whether what is over was over within the days that are listed.

    A failure stays for a week at least: it is an alarm for as long.
    """
    at = (row.sent_at or row.due_at).astimezone(box.here)
    days = _SPANS[span]
    if row.state is State.FAILED:
        days = max(days, _SPANS["week"])
    return at.date() >= box.now.date() - timedelta(days=days)


def _order(row: DeliveryRow, box: Outbox) -> tuple[int, float, str]:
    """Sort by need; what comes by the time it comes, what is over the newest first."""
    kinds = [key for key, _title in _GROUPS]
    kind = kind_of(row, box)
    at = (row.sent_at or row.until or row.due_at).timestamp()
    is_over = kind in {SENT, FAILED, NOT_SENT}
    return kinds.index(kind), -at if is_over else at, row.id


def _counts(box: Outbox, filters: Filters) -> tuple[Count, ...]:
    rows = box.rows or ()
    kinds = {key: [row for row in rows if kind_of(row, box) == key] for key in COUNTS}
    sent = [row for row in kinds[SENT] if _is_within(row, box, "today")]
    failed = [row for row in kinds[FAILED] if _is_within(row, box, "week")]
    due, held, doubt = kinds[DUE], kinds[HELD], kinds[IN_DOUBT]
    first = min((row.due_at for row in due), default=None)
    again = min((row.until for row in held if row.until), default=None)
    latest = max((row.sent_at for row in sent if row.sent_at), default=None)
    told = (
        (SENT, _("Sent today"), "check", Tone.QUIET, sent, _last(latest, box)),
        (
            DUE,
            _("Due within an hour"),
            "clock",
            Tone.INFO,
            due,
            _("next {when}").format(when=moment_words(first, box.now)) if first else "",
        ),
        (
            HELD,
            _("Held"),
            "pause-circle",
            Tone.WARN,
            held,
            _("first {when}").format(when=moment_words(again, box.now))
            if again
            else "",
        ),
        (
            IN_DOUBT,
            _("In doubt"),
            "question",
            Tone.DOUBT,
            doubt,
            ngettext("needs a person", "need a person", len(doubt)) if doubt else "",
        ),
        (
            FAILED,
            _("Failed"),
            "x-circle",
            Tone.ERROR,
            failed,
            _("in the last 7 days"),
        ),
    )
    is_known = box.rows is not None
    return tuple(
        Count(
            key,
            title,
            icon,
            tone if found else Tone.FAINT,
            number(len(found)) if is_known else "–",
            under if is_known else "",
            is_chosen=filters.show == key,
        )
        for key, title, icon, tone, found, under in told
    )


def _last(latest: datetime | None, box: Outbox) -> str:
    if latest is None:
        return ""
    return _("last {when}").format(when=moment_words(latest, box.now))


def number(count: int) -> str:
    """Write a number with thin spaces, as people read it."""
    return f"{count:,}".replace(",", "\u2009")


def _sending(box: Outbox) -> Sending:
    if not box.is_there:
        return Sending(
            is_on=not box.stops,
            words=_("Sending is not known"),
            under=_("The service cannot be reached."),
            why_not=_("The service cannot be reached."),
        )
    if not box.stops:
        return Sending(is_on=True, words=_("Sending is on"), under=_("all channels"))
    first = box.stops[0]
    more = len(box.stops) - 1
    under = first.reason
    if more:
        under = _("{reason} (and {count} more)").format(reason=under, count=more)
    return Sending(is_on=False, words=stop_words(box), under=under, why_not=box.why_not)


def stop_words(box: Outbox) -> str:
    """Say what is stopped."""
    if any(stop.scope == "all" for stop in box.stops):
        return _("Sending is stopped")
    return _("Sending is stopped in part")


def _shows() -> tuple[Choice, ...]:
    return (
        Choice(EVERYTHING, _("Everything"), "funnel"),
        Choice(ATTENTION, _("Needs attention"), "funnel"),
        *(Choice(key, _(title), "funnel") for key, title in _GROUPS),
    )


def _templates(box: Outbox) -> tuple[Choice, ...]:
    titles = {row.template: box.title(row) for row in box.rows or ()}
    pairs = sorted(titles.items(), key=lambda pair: pair[1].casefold())
    return tuple(Choice(key, title) for key, title in pairs)


def _table(rows: list[DeliveryRow], box: Outbox) -> Table:
    columns = (
        Column(_("Time"), 100),
        Column(_("Candidate"), 164),
        Column(_("Message"), 178),
        Column("", 40, drop=1),
        Column(_("State"), 102),
        Column(_("Reason, and what happens next")),
    )
    return Table(
        columns,
        tuple(_row(row, box) for row in rows),
        (
            (
                _("In doubt"),
                _("the provider did not answer, so it may or may not have arrived"),
            ),
            (_("Failed"), _("nobody tries again")),
            (_("Not sent"), _("and will not be")),
        ),
    )


def _row(row: DeliveryRow, box: Outbox) -> Row:
    titles = dict(_GROUPS)
    kind = kind_of(row, box)
    at = (row.sent_at or row.due_at).astimezone(box.here)
    day = "" if at.date() == box.now.date() else day_words(at, box.now)
    version = (
        _("Version {number}").format(number=row.version)
        if row.version
        else _("The version in force then")
    )
    reason, next_ = why(row, box)
    mark, channel = state_mark(row, box.now), channel_mark(row.channel)
    name, title = box.name(row), box.title(row)
    return Row(
        row.id,
        (
            Cell(at.strftime("%H:%M"), day),
            Cell(name, box.under(row), is_strong=True),
            Cell(title, version, is_strong=True),
            Cell(icons=(channel.icon,), spoken=channel.word),
            Cell(mark=mark),
            Cell(reason, next_, tone=Tone.QUIET),
        ),
        _(titles[kind]),
        said=f"{title}, {name}, {mark.word}, {reason} {next_}",
        tooltip=f"{reason} {next_}".strip(),
    )


def _live(box: Outbox) -> str:
    if not box.is_there:
        return _("Not live: the service cannot be reached")
    if box.rows is None:
        return _("Asking the service …")
    if box.is_cut:
        return _("Live, the first of very many")
    return _("Live, just now")


def _empty(box: Outbox, filters: Filters) -> Empty:
    if box.rows is None:
        if box.is_there:
            return Empty(
                "circle-dashed",
                _("Asking the service what was sent …"),
                _("It has just been started with this window."),
            )
        return Empty(
            "wifi-slash",
            _("The service cannot be reached."),
            _(
                "What was sent is kept there and nothing is lost. We try again by "
                "ourselves."
            ),
        )
    if filters != Filters():
        if filters.words:
            bold = _("Nothing matches “{words}”.").format(words=filters.words)
        else:
            bold = _("No message is here.")
        plain = _("All messages of these days are listed without the filters.")
        return Empty("magnifying-glass", bold, plain, _("Clear the filters"), "clear")
    return Empty(
        "paper-plane-tilt",
        _("No message was planned yet."),
        _("When a candidate reaches a stage, the messages for it appear here."),
        _("Open the candidates"),
        "candidates",
    )
