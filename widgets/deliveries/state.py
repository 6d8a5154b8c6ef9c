"""What the deliveries room shows: counts, filters, the messages in order of need."""

from dataclasses import dataclass, replace

from governance.names import Channel
from governance.texts import _, dated
from sync.api.deliveries import DeliveryDetail, DeliveryRow
from widgets.deliveries.counts_state import (
    Count,
    Sending,
    counts_of,
    sending_of,
    stop_notices,
)
from widgets.deliveries.inspected_state import Inspected, inspected
from widgets.deliveries.listed_state import (
    ATTENTION,
    EVERYTHING,
    GROUPS,
    MOST,
    TITLES,
    Filters,
    fits,
    kind_of,
    number,
    order,
)
from widgets.deliveries.together_state import (
    alike,
    can_be_ticked,
    ticked_rows,
    together,
)
from widgets.kit.ticked import tick_icons
from widgets.kit.values import (
    Cell,
    Choice,
    Column,
    Empty,
    Notice,
    Row,
    Table,
    Tone,
)
from widgets.outbox.state import (
    Outbox,
    channel_mark,
    day_words,
    state_mark,
    why,
)


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
    more: str = ""
    empty: Empty | None = None
    notices: tuple[Notice, ...] = ()
    ticked: tuple[str, ...] = ()


def deliveries_state(
    box: Outbox,
    filters: Filters,
    selected: str = "",
    detail: DeliveryDetail | None = None,
    ticked: frozenset[str] = frozenset(),
) -> DeliveriesState:
    """Describe the room; ``ticked`` messages are decided about at once."""
    kinds = [(kind_of(row, box), row) for row in box.rows or ()]
    found = [(kind, row) for kind, row in kinds if fits(kind, row, box, filters)]
    found.sort(key=order)
    shown = found[: filters.most]
    left = len(found) - len(shown)
    by_key = {row.id: row for _kind, row in shown}
    chosen = selected if selected in by_key else next(iter(by_key), "")
    marked = ticked_rows(by_key.values(), ticked)
    one, doubts = by_key.get(chosen), box.rows or ()
    kinds_alike = len(alike(one, doubts)) if one and can_be_ticked(one) else 1
    return DeliveriesState(
        _("Deliveries"),
        dated(box.now, "%A %-d %B"),
        counts_of(kinds, box, filters),
        sending_of(box),
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
        _table(shown, box, {row.id for row in marked}),
        chosen,
        together(marked, box)
        if marked
        else inspected(one, box, detail, alike=kinds_alike),
        _live(box),
        _("Show {count} more").format(count=number(left)) if left else "",
        _empty(box, filters) if not found else None,
        stop_notices(box),
        tuple(row.id for row in marked),
    )


def _shows() -> tuple[Choice, ...]:
    return (
        Choice(EVERYTHING, _("Everything"), "funnel"),
        Choice(ATTENTION, _("Needs attention"), "funnel"),
        *(Choice(key, _(title), "funnel") for key, title in GROUPS),
    )


def _templates(box: Outbox) -> tuple[Choice, ...]:
    titles = {row.template: box.title(row) for row in box.rows or ()}
    pairs = sorted(titles.items(), key=lambda pair: pair[1].casefold())
    return tuple(Choice(key, title) for key, title in pairs)


def _table(
    pairs: list[tuple[str, DeliveryRow]], box: Outbox, ticked: set[str]
) -> Table:
    columns = (
        Column(_("Time"), 112),
        Column(_("Candidate"), 164),
        Column(_("Message"), 178),
        Column("", 40, drop=1),
        Column(_("State"), 102),
        Column(_("Reason, and what happens next")),
    )
    return Table(
        columns,
        tuple(_row(kind, row, box, is_ticked=row.id in ticked) for kind, row in pairs),
        (
            (
                _("In doubt"),
                _("the provider did not answer, so it may or may not have arrived"),
            ),
            (_("Failed"), _("nobody tries again")),
            (_("Not sent"), _("and will not be")),
        ),
    )


def _row(kind: str, row: DeliveryRow, box: Outbox, *, is_ticked: bool) -> Row:
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
            Cell(
                at.strftime("%H:%M"),
                day,
                icons=tick_icons(is_ticked=is_ticked) if can_be_ticked(row) else (),
            ),
            Cell(name, box.under(row), is_strong=True),
            Cell(title, version, is_strong=True),
            Cell(icons=(channel.icon,), spoken=channel.word),
            Cell(mark=mark),
            Cell(reason, next_, tone=Tone.QUIET),
        ),
        _(TITLES[kind]),
        said=f"{title}, {name}, {mark.word}, {reason} {next_}"
        + (" " + _("Ticked.") if is_ticked else ""),
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
    if replace(filters, most=MOST) != Filters():
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
