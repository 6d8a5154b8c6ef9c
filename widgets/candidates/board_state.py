"""The practice board: candidates in the columns of their stages; the demo only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.texts import _
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import STAGE_NAMES, Application, Mail
from widgets.candidates.chosen_state import Chosen, chosen_of, rows_of
from widgets.kit.values import Empty, Mark, Notice, Tone
from widgets.outbox.causes_state import stage_title
from widgets.outbox.state import (
    Outbox,
    name_of,
    state_mark,
)

_TODAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One candidate.

    Attributes:
        mark: What became of their latest message, None for no message yet.
    """

    key: str
    name: str
    under: str
    mark: Mark | None = None

    @property
    def said(self) -> str:
        """What a screen reader reads."""
        word = self.mark.word if self.mark else ""
        return ", ".join(part for part in (self.name, self.under, word) if part)


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """One column."""

    key: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, repr=False)
class BoardState:
    """Everything that the board draws."""

    count: str
    stages: tuple[Stage, ...]
    selected: str
    chosen: Chosen
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None


def board_state(
    box: Outbox,
    words: str,
    selected: str,
    mails: tuple[Mail, ...] = (),
    *,
    is_busy: bool = False,
) -> BoardState:
    """Describe the board."""
    people = [one for one in box.people.values() if _says(one, words)]
    stages = tuple(
        Stage(
            stage,
            stage_title(stage),
            tuple(
                _card(one, box)
                for one in sorted(people, key=lambda each: _order(each, box.now))
                if one.stage == stage
            ),
        )
        for stage in STAGE_NAMES
    )
    shown = {card.key for stage in stages for card in stage.cards}
    first = min(box.people) if box.people else ""
    chosen = selected if selected in shown else (first if first in shown else "")
    if not chosen and shown:
        chosen = min(shown)
    person = box.people.get(chosen)
    return BoardState(
        _("{count} in the practice ATS").format(count=len(box.people)),
        stages,
        chosen,
        chosen_of(person, box, mails, is_busy=is_busy) if person else Chosen(),
        _notices(box),
        _empty(box, words, is_any=bool(people)),
    )


def _order(person: Application, now: datetime) -> tuple[float, str]:
    """Whoever moved today stands on top, the last one first."""
    age = now - person.stage_entered_at
    return -person.stage_entered_at.timestamp() if age < _TODAY else 0.0, person.id


def _says(person: Application, words: str) -> bool:
    one = person.candidate
    said = f"{name_of(person)} {one.email} {one.phone} {person.id} {one.id}".casefold()
    said = f"{said} {person.job.title} {one.city}".casefold()
    return all(word in said for word in words.casefold().split())


def _card(person: Application, box: Outbox) -> Card:
    rows = rows_of(person, box)
    latest = _latest(rows)
    if person.status == "withdrawn":
        mark: Mark | None = Mark(_("Withdrawn"), "sign-out", Tone.FAINT)
    elif person.candidate.do_not_contact:
        mark = Mark(_("No contact"), "prohibit", Tone.FAINT)
    else:
        mark = state_mark(latest, box.now) if latest else None
    return Card(person.id, name_of(person), person.job.title, mark)


def _latest(rows: tuple[DeliveryRow, ...]) -> DeliveryRow | None:
    """Return the message that says most: in trouble, then held, then just sent."""
    weights = {State.IN_DOUBT: 5, State.FAILED: 4, State.HELD: 3, State.SENDING: 3}
    loud = [row for row in rows if row.state in weights]
    if loud:
        return max(loud, key=lambda row: (weights[row.state], row.due_at))
    sent = [row for row in rows if row.state is State.SENT]
    return max(sent, key=lambda row: row.sent_at or row.due_at) if sent else None


def _notices(box: Outbox) -> tuple[Notice, ...]:
    first = box.people.get("app-001")
    if first is None or box.rows is None or not box.is_there:
        return ()
    is_untouched = not any(row.state is State.SENT for row in box.rows)
    if first.stage == "screening" and first.status == "active" and is_untouched:
        name = name_of(first)
        return (
            Notice(
                "try",
                _("Try it."),
                _(
                    "Move {name} to the interview, and watch the signed invitation go "
                    "out and arrive."
                ).format(name=name),
                Tone.INFO,
                "play",
                _("Move {name}").format(name=first.candidate.first_name),
            ),
        )
    return ()


def _empty(box: Outbox, words: str, *, is_any: bool) -> Empty | None:
    if is_any:
        return None
    if words:
        return Empty(
            "magnifying-glass",
            _("Nobody is found for “{words}”.").format(words=words),
            _("The search looks at names, addresses, vacancies and numbers."),
            _("Show everyone"),
            "clear",
        )
    if not box.is_there:
        return Empty(
            "wifi-slash",
            _("The practice ATS cannot be reached."),
            _("We try again by ourselves."),
        )
    return Empty(
        "circle-dashed",
        _("Asking the practice ATS who applies …"),
        _("It has just been started with this window."),
    )
