"""The candidates whom messages were planned for, where there is no board."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, State
from widgets.candidates.timeline_state import TO_COME
from widgets.kit.values import Cell, Column, Empty, Row, Table, Tone
from widgets.outbox.state import Outbox, stamp_words, state_mark, why

_MOST: Final = 300  # candidates that are listed; the search finds the others


@dataclass(frozen=True, slots=True, repr=False)
class PeopleState:
    """Everything that is drawn of the list."""

    count: str
    table: Table
    selected: str
    empty: Empty | None = None


def people_state(box: Outbox, words: str, selected: str) -> PeopleState:
    """Describe the list; who had a message last stands on top."""
    groups: dict[str, list[DeliveryRow]] = {}
    for row in box.rows or ():
        if _says(row, box, words):
            groups.setdefault(row.application, []).append(row)
    latest = {key: _latest(some) for key, some in groups.items()}
    keys_shown = sorted(groups, key=lambda key: _at(latest[key]), reverse=True)[:_MOST]
    rows = [_row(key, groups[key], latest[key], box) for key in keys_shown]
    table = Table(
        (
            Column(_("Candidate")),
            Column(_("Sent"), 80, is_number=True),
            Column(_("To come"), 90, is_number=True),
            Column(_("Latest"), 200, drop=1),
            Column(_("State"), 130),
        ),
        tuple(rows),
    )
    keys = {row.key for row in table.rows}
    chosen = selected if selected in keys else ""
    count = ngettext("{count} candidate", "{count} candidates", len(groups))
    return PeopleState(
        count.format(count=len(groups)),
        table,
        chosen,
        None if rows else _empty(box, words),
    )


def _says(row: DeliveryRow, box: Outbox, words: str) -> bool:
    said = f"{box.name(row)} {row.candidate} {row.application}".casefold()
    return all(word in said for word in words.casefold().split())


def _latest(rows: list[DeliveryRow]) -> DeliveryRow:
    past = [row for row in rows if row.state not in TO_COME] or rows
    return max(past, key=_at)


def _at(row: DeliveryRow) -> datetime:
    return row.sent_at or row.due_at


def _row(key: str, rows: list[DeliveryRow], latest: DeliveryRow, box: Outbox) -> Row:
    sent = sum(row.state is State.SENT for row in rows)
    waiting = sum(row.state in TO_COME for row in rows)
    at = _at(latest)
    return Row(
        key,
        (
            Cell(box.name(latest), box.under(latest), is_strong=True),
            Cell(str(sent)),
            Cell(str(waiting)),
            Cell(box.title(latest), stamp_words(at, box.now), tone=Tone.QUIET),
            Cell(mark=state_mark(latest, box.now)),
        ),
        lead=box.name(latest),
        tooltip=" ".join(why(latest, box)),
    )


def _empty(box: Outbox, words: str) -> Empty:
    if box.rows is None:
        if box.is_there:
            return Empty("circle-dashed", _("Asking the service …"))
        return Empty(
            "wifi-slash",
            _("The service cannot be reached."),
            _("Stories are kept there and nothing is lost. We try again by ourselves."),
        )
    if words:
        return Empty(
            "magnifying-glass",
            _("No candidate with recent messages matches “{words}”.").format(
                words=words
            ),
            _(
                "Press Enter to ask the service for an address, a telephone number or "
                "a candidate's number, however long ago."
            ),
            _("Ask the service"),
            "find",
        )
    return Empty(
        "user-focus",
        _("No message was planned for anybody yet."),
        _("When a candidate reaches a stage, their story begins here."),
    )
