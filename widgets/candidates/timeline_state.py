"""The entries of a candidate's timeline: messages, and what they answer to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.journeys.journey import Event
from governance.texts import _, dated
from sync.api.deliveries import State
from sync.api.practice import Application, Mail
from sync.api.stories import Chapter, Story
from widgets.kit.values import Mark, Tone
from widgets.outbox.causes_state import cause_words, stage_title
from widgets.outbox.state import (
    Outbox,
    channel_mark,
    stamp_words,
    state_mark,
    why,
)

EVERYTHING: Final = "everything"
MESSAGES: Final = "messages"
NOT_SENT: Final = "not-sent"
PLANNED: Final = "planned"

TO_COME: Final = frozenset({State.PLANNED, State.READY, State.HELD, State.SENDING})


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """One entry of the timeline.

    Attributes:
        key: A message's id; an event's begins with "event:".
        at: Where it stands in time; None for what waits without an end.
        time: As it stands beside the line.
        heading: The day, or "Planned".
        icon: In its node.
        mark: The state at the right, None for an event.
    """

    key: str
    at: datetime | None
    time: str
    heading: str
    title: str
    second: str
    sentence: str
    icon: str
    tone: Tone
    mark: Mark | None = None
    is_to_come: bool = False

    @property
    def said(self) -> str:
        """What a screen reader reads."""
        word = f"{self.mark.word}. " if self.mark else ""
        return f"{self.title}, {self.second}, {self.time}. {word}{self.sentence}"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What is known of one candidate.

    Attributes:
        key: What was asked for.
        story: None while it is being asked for, or where there is none.
        is_unknown: Whether the service knows nobody like that.
        mails: What the practice mailbox got for them; empty elsewhere.
        why_no_data: Why the person here gives out and erases nothing, "" if they do.
        problem: Why the story could not be read, "" for nothing.
    """

    key: str
    box: Outbox
    story: Story | None = None
    is_unknown: bool = False
    mails: tuple[Mail, ...] = ()
    why_no_data: str = ""
    problem: str = ""

    @property
    def person(self) -> Application | None:
        """What the practice ATS says of them, None elsewhere, and once erased."""
        if self.story is not None and self.story.is_erased:
            return None
        people = self.box.people
        if self.key in people:
            return people[self.key]
        candidate = self.story.candidate if self.story else self.key
        found = (one for one in people.values() if one.candidate.id == candidate)
        return next(found, None)


def as_text(name: str, moments: Iterable[Moment], now: datetime) -> str:
    """Write a story for an e-mail to whoever asked."""
    lines = [
        _("{name}: what was sent, and why").format(name=name),
        _("As of {when}").format(when=stamp_words(now, now)),
        "",
    ]
    heading = ""
    for one in moments:
        if one.heading != heading:
            heading = one.heading
            lines += ["", heading]
        word = f" – {one.mark.word}" if one.mark else ""
        lines.append(f"{one.time}  {one.title} ({one.second}){word}")
        lines.append(f"    {one.sentence}")
    return "\n".join(lines) + "\n"


def moments_of(told: Told) -> tuple[Moment, ...]:
    """Return the whole timeline: what is to come, then the newest first."""
    chapters = told.story.chapters if told.story else ()
    found = [_message(one, told) for one in chapters]
    found += _events(chapters, told)
    far = datetime.max.replace(tzinfo=told.box.here)

    def order(one: Moment) -> tuple[bool, datetime, bool]:
        return one.is_to_come, one.at or far, one.mark is not None

    return tuple(sorted(found, key=order, reverse=True))


def _message(chapter: Chapter, told: Told) -> Moment:
    row, box = chapter.delivery, told.box
    at = _moment_of(chapter)
    mark, channel = state_mark(row, box.now), channel_mark(row.channel)
    is_to_come = row.state in TO_COME
    second = channel.word
    if row.version:
        second = _("{channel}, version {number}").format(
            channel=channel.word, number=row.version
        )
    reason, next_ = why(row, box)
    if row.state is State.SENT:
        sentence = _("Sent because: {cause}.").format(cause=_lower(cause_words(row)))
    elif row.state is State.SKIPPED:
        sentence = _("Not sent. {reason}").format(reason=reason)
    elif row.state is State.PLANNED:
        sentence = reason
    else:
        sentence = f"{reason} {next_}".strip()
    icon = mark.icon if row.state is not State.SENT else channel.icon
    return Moment(
        row.id,
        at,
        _time(at, box, is_to_come=is_to_come),
        _("Planned") if is_to_come else _heading(at, box),
        box.title(row),
        second,
        sentence,
        icon,
        mark.tone,
        mark,
        is_to_come,
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _moment_of(chapter: Chapter) -> datetime | None:
    row = chapter.delivery
    match row.state:
        case State.SENT:
            return row.sent_at or row.due_at
        case State.HELD:
            return row.until
        case State.SKIPPED | State.FAILED | State.IN_DOUBT if chapter.rounds:
            return chapter.rounds[-1].at
        case _:
            return row.due_at


def _time(at: datetime | None, box: Outbox, *, is_to_come: bool) -> str:
    if at is None:
        return "–"
    local = at.astimezone(box.here)
    if is_to_come and local.date() != box.now.date():
        return dated(local, "%-d %b %H:%M")
    return local.strftime("%H:%M")


def _heading(at: datetime | None, box: Outbox) -> str:
    if at is None:
        return ""
    local = at.astimezone(box.here)
    form = "%A %-d %B" if local.year == box.now.year else "%A %-d %B %Y"
    day = dated(local, form)
    if local.date() == box.now.date():
        return _("Today, {day}").format(day=day)
    return day


def _events(chapters: tuple[Chapter, ...], told: Told) -> list[Moment]:
    """Tell what the messages answer to, and what arrived."""
    box, person = told.box, told.person
    seen: dict[tuple[str, str], datetime] = {}
    for chapter in chapters:
        kind, _space, rest = chapter.delivery.fact.partition(" ")
        stage, _space, when = rest.partition(" ")
        if kind == Event.STAGE_ENTERED and (at := _parsed(when)):
            seen[stage, when] = at
    found = [
        _event(
            f"event:{stage}:{when}",
            at,
            box,
            _("Stage became {stage}").format(stage=stage_title(stage)),
            _("in the ATS"),
            _("What the journeys say for this stage was planned."),
            "arrow-circle-right",
        )
        for (stage, when), at in seen.items()
    ]
    if person is not None:
        found.append(
            _event(
                "event:applied",
                person.applied_at,
                box,
                _("Applied"),
                person.job.title,
                _("The application arrived in the practice ATS."),
                "tray",
            )
        )
    found += [_arrival(mail, chapters, box) for mail in told.mails]
    return found


def _arrival(mail: Mail, chapters: tuple[Chapter, ...], box: Outbox) -> Moment:
    is_ours = any(one.delivery.sha256 == mail.sha256 for one in chapters)
    words = (
        _("“{subject}”, byte for byte as it was sent.") if is_ours else "“{subject}”"
    )
    return _event(
        f"event:mail:{mail.id}",
        mail.received_at,
        box,
        _("Arrived"),
        _("in the practice mailbox"),
        words.format(subject=mail.subject),
        "envelope-open",
    )


def _event(  # noqa: PLR0917 -- the fields of one entry
    key: str,
    at: datetime,
    box: Outbox,
    title: str,
    second: str,
    sentence: str,
    icon: str,
) -> Moment:
    return Moment(
        key,
        at,
        _time(at, box, is_to_come=False),
        _heading(at, box),
        title,
        second,
        sentence,
        icon,
        Tone.QUIET,
    )


def _parsed(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def is_of(one: Moment, section: str, told: Told) -> bool:
    """Whether a moment is of the kind that a person wants to see."""
    if section == EVERYTHING:
        return True
    if one.mark is None:
        return False
    if section == PLANNED:
        return one.is_to_come
    is_not_sent = any(
        chapter.delivery.id == one.key
        and chapter.delivery.state in {State.SKIPPED, State.FAILED}
        for chapter in (told.story.chapters if told.story else ())
    )
    if section == NOT_SENT:
        return is_not_sent
    return not one.is_to_come and not is_not_sent
