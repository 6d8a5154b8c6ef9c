"""The candidate that is selected on the board: moves, and what happens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.texts import _
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import STAGE_NAMES, Application, Mail
from sync.sending.decision import Reason
from widgets.candidates.story_state import stage_words
from widgets.kit.values import Choice, Deed, Mark, Tone
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
_OVER: Final = frozenset({State.SENT, State.SKIPPED, State.FAILED, State.IN_DOUBT})


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


def next_stage(stage: str) -> str:
    """Return the stage that a recruiter moves to next, "" at the end."""
    at = STAGE_NAMES.index(stage) if stage in STAGE_NAMES else -1
    after = STAGE_NAMES[at + 1 : at + 2]
    return after[0] if after and after[0] != "rejected" else ""


def stage_before(stage: str) -> str:
    """Return the stage before, "" for the first."""
    at = STAGE_NAMES.index(stage) if stage in STAGE_NAMES else 0
    return STAGE_NAMES[at - 1] if at else ""


def rows_of(person: Application, box: Outbox) -> tuple[DeliveryRow, ...]:
    """Return the messages of an application."""
    return tuple(row for row in box.rows or () if row.application == person.id)


def chosen_of(
    person: Application, box: Outbox, mails: tuple[Mail, ...], *, is_busy: bool
) -> Chosen:
    """Describe a candidate of the board, and what happens to their messages."""
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
