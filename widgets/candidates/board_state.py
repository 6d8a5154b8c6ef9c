"""The practice board: candidates in the columns of their stages; the demo only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from governance.texts import _
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import STAGE_NAMES, Application, Mail
from sync.sending.decision import Reason
from widgets.candidates.story_state import stage_words
from widgets.kit.values import Choice, Deed, Empty, Mark, Notice, Tone
from widgets.outbox.causes_state import stage_title
from widgets.outbox.state import (
    Outbox,
    local_time,
    name_of,
    place_of,
    state_mark,
    why,
)

FRESH: Final = 60.0  # seconds for which a move is being told
_TODAY: Final = timedelta(days=1)
_OVER: Final = frozenset({State.SENT, State.SKIPPED, State.FAILED, State.IN_DOUBT})


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
class Step:
    """What happened to a message, or is about to, beside the board.

    Attributes:
        key: The message, "" for none.
        link: "Proof" where there is one, "" elsewhere.
    """

    mark: Mark
    title: str
    sentence: str
    key: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Chosen:
    """The candidate that is selected, and what can be done with them."""

    key: str = ""
    name: str = ""
    under: str = ""
    mark: Mark | None = None
    local: str = ""
    next_: Deed | None = None
    stages: tuple[Choice, ...] = ()
    stage: str = ""
    others: tuple[Deed, ...] = ()
    steps: tuple[Step, ...] = ()


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
        _chosen(person, box, mails, is_busy=is_busy) if person else Chosen(),
        _notices(box),
        _empty(box, words, is_any=bool(people)),
    )


def next_stage(stage: str) -> str:
    """Return the stage that a recruiter moves to next, "" at the end."""
    at = STAGE_NAMES.index(stage) if stage in STAGE_NAMES else -1
    after = STAGE_NAMES[at + 1 : at + 2]
    return after[0] if after and after[0] != "rejected" else ""


def stage_before(stage: str) -> str:
    """Return the stage before, "" for the first."""
    at = STAGE_NAMES.index(stage) if stage in STAGE_NAMES else 0
    return STAGE_NAMES[at - 1] if at else ""


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


def rows_of(person: Application, box: Outbox) -> tuple[DeliveryRow, ...]:
    """Return the messages of an application."""
    return tuple(row for row in box.rows or () if row.application == person.id)


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


# The one that is selected ------------------------------------------------------------


def _chosen(
    person: Application, box: Outbox, mails: tuple[Mail, ...], *, is_busy: bool
) -> Chosen:
    rows = rows_of(person, box)
    one = person.candidate
    what = f"{person.job.title}, {one.city}" if one.city else person.job.title
    why_not = "" if box.is_there else _("The service cannot be reached.")
    if is_busy:
        why_not = _("The last move is being made.")
    after = next_stage(person.stage)
    deed = None
    if after:
        deed = Deed(
            f"move:{after}",
            _("Move to {stage}").format(stage=stage_title(after)),
            "primary",
            "arrow-right",
            why_not=why_not,
        )
    return Chosen(
        person.id,
        name_of(person),
        what,
        Mark(stage_words(person), "user-focus"),
        _local(person, box),
        deed,
        tuple(Choice(stage, stage_title(stage)) for stage in STAGE_NAMES),
        person.stage,
        _others(person, rows, why_not),
        _steps(person, rows, box, mails),
    )


def _local(person: Application, box: Outbox) -> str:
    zone = person.candidate.time_zone
    time = local_time(box.now, zone)
    if not time:
        return _("Nobody knows which time zone they live in.")
    return _("It is {time} in {place} now.").format(time=time, place=place_of(zone))


def _others(
    person: Application, rows: tuple[DeliveryRow, ...], why_not: str
) -> tuple[Deed, ...]:
    night = {Reason.QUIET_HOURS, Reason.ZONE_UNKNOWN, Reason.NO_COMMON_HOURS}
    waits_for_day = any(row.state is State.HELD and row.reason in night for row in rows)
    is_over = person.status != "active"
    return (
        Deed(
            "day",
            _("Let them live where it is day"),
            icon="sun",
            why_not=why_not,
            is_shown=waits_for_day,
        ),
        Deed(
            "withdraw",
            _("They withdraw"),
            "ghost",
            "sign-out",
            why_not=_("This application is over.") if is_over else why_not,
        ),
    )


def _steps(
    person: Application,
    rows: tuple[DeliveryRow, ...],
    box: Outbox,
    mails: tuple[Mail, ...],
) -> tuple[Step, ...]:
    """Tell what is going on, what comes next first, then the newest first."""
    arrived = {mail.message_id: mail for mail in mails}
    steps = []
    if _is_being_told(person, rows, box.now):
        steps.append(
            Step(
                Mark(_("Now"), "circle-dashed", Tone.INFO),
                _("The service is being told"),
                _("It asks every gate before it sends anything."),
            )
        )
    active = [row for row in rows if row.state in {State.HELD, State.SENDING}]
    over = [row for row in rows if row.state in _OVER]
    planned = [row for row in rows if row.state in {State.PLANNED, State.READY}]
    over.sort(key=lambda row: row.sent_at or row.due_at, reverse=True)
    planned.sort(key=lambda row: row.due_at)
    for row in (*active, *over, *planned):
        reason, next_ = why(row, box)
        is_planned = row.state is State.PLANNED
        sentence = reason if is_planned else f"{reason} {next_}".strip()
        mark, mail = state_mark(row, box.now), arrived.get(row.message_id)
        if mail is not None:
            at = mail.received_at.astimezone(box.here).strftime("%H:%M:%S")
            is_same = mail.sha256 == row.sha256
            mark = Mark(_("Arrived"), "checks", Tone.OK)
            sentence = (
                _("In the mailbox since {time}, byte for byte as sent.")
                if is_same
                else _("In the mailbox since {time}.")
            ).format(time=at)
        link = _("Proof") if row.state is State.SENT else ""
        steps.append(Step(mark, box.title(row), sentence, row.id, link))
    return tuple(steps)


def _is_being_told(
    person: Application, rows: tuple[DeliveryRow, ...], now: datetime
) -> bool:
    age = (now - person.stage_entered_at).total_seconds()
    entered = f"stage_entered {person.stage} "
    return 0 <= age < FRESH and not any(row.fact.startswith(entered) for row in rows)
