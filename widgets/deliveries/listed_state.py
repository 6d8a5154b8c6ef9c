"""Which messages are listed, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from governance.texts import N_
from sync.api.deliveries import DeliveryRow, State
from widgets.outbox.state import Outbox, is_soon

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

MOST: Final = 300

_SPANS: Final = {"today": 0, "week": 7, "month": 30}  # days back, of what is over

# In the order of need.
GROUPS: Final[tuple[tuple[str, str], ...]] = (
    (IN_DOUBT, N_("In doubt")),
    (FAILED, N_("Failed")),
    (HELD, N_("Held")),
    (DUE, N_("Due within an hour")),
    (SENT, N_("Sent")),
    (PLANNED, N_("Planned for later")),
    (NOT_SENT, N_("Not sent")),
)
TITLES: Final = dict(GROUPS)
_PLACES: Final = {key: place for place, (key, _title) in enumerate(GROUPS)}
_KINDS: Final[Mapping[State, str]] = {
    State.IN_DOUBT: IN_DOUBT,
    State.FAILED: FAILED,
    State.HELD: HELD,
    State.SENT: SENT,
    State.SKIPPED: NOT_SENT,
}
_SHOWN: Final[Mapping[str, frozenset[str]]] = {
    ATTENTION: frozenset({IN_DOUBT, FAILED, HELD, DUE}),
    EVERYTHING: frozenset(key for key, _title in GROUPS),
    **{key: frozenset({key}) for key, _title in GROUPS},
}


@dataclass(frozen=True, slots=True, repr=False)
class Filters:
    """What a person wants to see.

    Attributes:
        show: One of the constants above.
        span: How far back what is over is listed.
        most: How many rows are listed at once; more are asked for.
    """

    show: str = EVERYTHING
    span: str = "today"
    channel: str = ""
    template: str = ""
    words: str = ""
    most: int = MOST


def kind_of(row: DeliveryRow, box: Outbox) -> str:
    """Return the group that a message stands in."""
    if row.state is State.PLANNED and not is_soon(row, box.now):
        return PLANNED
    return _KINDS.get(row.state, DUE)


def fits(kind: str, row: DeliveryRow, box: Outbox, filters: Filters) -> bool:
    """Whether a message is one that a person wants to see."""
    if kind not in _SHOWN[filters.show]:
        return False
    if kind in {SENT, FAILED, NOT_SENT} and not is_within(row, box, filters.span):
        return False
    if filters.channel and row.channel != filters.channel:
        return False
    if filters.template and row.template != filters.template:
        return False
    if not filters.words:
        return True
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


def is_within(row: DeliveryRow, box: Outbox, span: str) -> bool:
    """Whether what is over was over within the days that are listed.

    A failure stays for a week at least: it is an alarm for as long.
    """
    at = (row.sent_at or row.due_at).astimezone(box.here)
    days = _SPANS[span]
    if row.state is State.FAILED:
        days = max(days, _SPANS["week"])
    return at.date() >= box.now.date() - timedelta(days=days)


def order(pair: tuple[str, DeliveryRow]) -> tuple[int, float, str]:
    """Sort by need; what comes by the time it comes, what is over the newest first."""
    kind, row = pair
    at = (row.sent_at or row.until or row.due_at).timestamp()
    is_over = kind in {SENT, FAILED, NOT_SENT}
    return _PLACES[kind], -at if is_over else at, row.id


def number(count: int) -> str:
    """Write a number with thin spaces, as people read it."""
    return f"{count:,}".replace(",", "\u2009")
