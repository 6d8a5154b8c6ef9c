"""The five counts, and whether sending is on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow
from sync.api.stops import Scope
from widgets.deliveries.listed_state import (
    DUE,
    FAILED,
    GROUPS,
    HELD,
    IN_DOUBT,
    SENT,
    Filters,
    is_within,
    number,
)
from widgets.kit.values import Notice, Tone
from widgets.outbox.state import Outbox, moment_words
from widgets.outbox.stops_state import reason_words, stopped_words

TURN_ON: Final = "turn-on"


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
    """Whether sending is on, and the deed beside it.

    Attributes:
        is_on: Whether something is sent at all; what is stopped in part is.
        why_not: Why it cannot be turned on, or stopped.
    """

    is_on: bool
    words: str
    under: str
    why_not: str = ""
    is_in_part: bool = False


def counts_of(
    pairs: list[tuple[str, DeliveryRow]], box: Outbox, filters: Filters
) -> tuple[Count, ...]:
    """Count the messages of each kind, whatever else is filtered."""
    kinds: dict[str, list[DeliveryRow]] = {key: [] for key, _title in GROUPS}
    for kind, row in pairs:
        kinds[kind].append(row)
    sent = [row for row in kinds[SENT] if is_within(row, box, "today")]
    failed = [row for row in kinds[FAILED] if is_within(row, box, "week")]
    due, held, doubt = kinds[DUE], kinds[HELD], kinds[IN_DOUBT]
    first = min((row.due_at for row in due), default=None)
    again = min((row.until for row in held if row.until), default=None)
    latest = max((row.sent_at for row in sent if row.sent_at), default=None)
    told = (
        (SENT, _("Sent today"), "check", Tone.QUIET, sent, _last(latest, box)),
        (
            DUE,
            _("Due soon"),
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


def sending_of(box: Outbox) -> Sending:
    """Say whether sending is on."""
    if not box.is_there:
        return Sending(
            is_on=not box.stops,
            words=_("Sending is not known"),
            under=_("The service cannot be reached."),
            why_not=_("The service cannot be reached."),
        )
    if not box.stops:
        return Sending(is_on=True, words=_("Sending is on"), under=_("all channels"))
    if not is_all_stopped(box):
        return Sending(is_on=True, words=stop_words(box), under="", is_in_part=True)
    return Sending(
        is_on=False,
        words=stop_words(box),
        under=box.stops[0].reason,
        why_not=box.why_not,
    )


def is_all_stopped(box: Outbox) -> bool:
    """Whether nothing at all is sent."""
    return any(stop.scope is Scope.ALL for stop in box.stops)


def stop_notices(box: Outbox) -> tuple[Notice, ...]:
    """Tell what is stopped alone; what stops everything is told in every room."""
    return tuple(
        Notice(
            f"{TURN_ON}:{stop.id}",
            stopped_words(stop, box),
            reason_words(stop, box),
            Tone.ERROR,
            "hand",
            "" if box.why_not else _("Turn on…"),
        )
        for stop in box.stops
        if stop.scope is not Scope.ALL
    )


def stop_words(box: Outbox) -> str:
    """Say what is stopped."""
    if is_all_stopped(box):
        return _("Sending is stopped")
    return _("Sending is stopped in part")
