"""One candidate's story: what was sent, what was not, what is to come, and why."""

from dataclasses import dataclass

from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import Application
from sync.api.stories import Chapter
from widgets.candidates.timeline_state import (
    EVERYTHING,
    MESSAGES,
    NOT_SENT,
    PLANNED,
    TO_COME,
    Moment,
    Told,
    as_text,
    is_of,
    moments_of,
)
from widgets.kit.values import Choice, Deed, Empty, Fact, Mark, Notice, Tone
from widgets.outbox.causes_state import cause_words, outcome_words, stage_title
from widgets.outbox.gates_state import Gates, gates_of
from widgets.outbox.state import (
    Outbox,
    channel_mark,
    day_words,
    local_time,
    name_of,
    place_of,
    stamp_words,
    state_mark,
    why,
)


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """The inspector: why this was, or was not, sent."""

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    notice: Notice | None = None
    gates: Gates | None = None
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class StoryState:
    """Everything that is drawn of a story."""

    name: str
    under: str
    facts: tuple[Fact, ...]
    sections: tuple[Choice, ...]
    section: str
    moments: tuple[Moment, ...]
    selected: str
    why: Why
    empty: Empty | None = None
    text: str = ""


def story_state(told: Told, section: str, selected: str) -> StoryState:
    """Describe a candidate's story."""
    person = told.person
    chapters = told.story.chapters if told.story else ()
    all_moments = moments_of(told)
    moments = tuple(one for one in all_moments if is_of(one, section, told))
    messages = [one.key for one in moments if one.mark is not None]
    chosen = selected if selected in {one.key for one in moments} else ""
    if not chosen:
        past = [one.key for one in moments if one.mark and not one.is_to_come]
        chosen = (past or messages or [""])[0]
    by_key = {one.delivery.id: one for one in chapters}
    name = name_of(person) if person else _candidate_words(told)
    return StoryState(
        name,
        _under(person, told),
        _head(person, told),
        (
            Choice(EVERYTHING, _("Everything")),
            Choice(MESSAGES, _("Messages")),
            Choice(NOT_SENT, _("Not sent")),
            Choice(PLANNED, _("Planned")),
        ),
        section,
        moments,
        chosen,
        _why(by_key.get(chosen), told),
        _empty(told, has_moments=bool(moments)),
        as_text(name, all_moments, told.box.now),
    )


def _candidate_words(told: Told) -> str:
    return told.story.candidate if told.story else told.key


def _under(person: Application | None, told: Told) -> str:
    if person is None:
        return _("The service tells no names. Look the person up in your ATS.")
    place = person.candidate.city
    what = f"{person.job.title}, {place}" if place else person.job.title
    return _("{what} · applied {when}").format(
        what=what, when=day_words(person.applied_at, told.box.now)
    )


def _head(person: Application | None, told: Told) -> tuple[Fact, ...]:
    chapters = told.story.chapters if told.story else ()
    sent = sum(one.delivery.state is State.SENT for one in chapters)
    waiting = sum(one.delivery.state in TO_COME for one in chapters)
    if person is None:
        return (
            Fact(_("Sent"), str(sent)),
            Fact(_("To come"), str(waiting)),
        )
    zone = person.candidate.time_zone
    time = local_time(told.box.now, zone)
    agreed = [
        {"recruiting": _("E-mail"), "sms": _("SMS")}.get(name, name.replace("_", " "))
        for name in person.candidate.consents
    ]
    consent = ", ".join(agreed) or _("none")
    if person.candidate.do_not_contact:
        consent = _("must not be contacted")
    return (
        Fact(_("Stage"), stage_words(person)),
        Fact(
            _("Local time"),
            f"{time}, {place_of(zone)}" if time else _("not known"),
        ),
        Fact(_("Consent"), consent),
        Fact(_("Source"), _("Practice ATS")),
    )


def stage_words(person: Application) -> str:
    """Name a stage, and say if the person has gone."""
    title = stage_title(person.stage)
    if person.status == "withdrawn":
        return _("{stage}, withdrawn").format(stage=title)
    return title


# Why ---------------------------------------------------------------------------------


def _why(chapter: Chapter | None, told: Told) -> Why:
    if chapter is None:
        return Why()
    row, box = chapter.delivery, told.box
    mark = state_mark(row, box.now)
    channel = channel_mark(row.channel).word
    return Why(
        _why_title(row),
        mark,
        _("{message}, {channel} · {due} {when}").format(
            message=box.title(row),
            channel=channel,
            due=_("was due") if row.due_at <= box.now else _("due"),
            when=stamp_words(row.due_at, box.now),
        ),
        _deciding(row, box, mark),
        gates_of(chapter.rounds, row, box, chapter.attempts),
        _why_facts(chapter, box),
        (
            Deed(
                "proof",
                _("Proof"),
                icon="shield-check",
                is_shown=row.state is State.SENT,
            ),
            Deed("copy", _("Copy as text"), icon="copy"),
        ),
    )


def _why_title(row: DeliveryRow) -> str:
    match row.state:
        case State.SENT:
            return _("Why this was sent")
        case State.SKIPPED | State.FAILED:
            return _("Why this was not sent")
        case State.HELD:
            return _("Why this waits")
        case State.IN_DOUBT:
            return _("Why this is in doubt")
        case _:
            return _("Why this is planned")


def _deciding(row: DeliveryRow, box: Outbox, mark: Mark) -> Notice:
    reason, next_ = why(row, box)
    if row.state is State.SENT:
        return Notice(
            "why",
            _("{cause}, and every gate was open.").format(cause=cause_words(row)),
            f"{reason} {next_}".strip(),
            Tone.OK,
            "check-circle",
        )
    return Notice("why", reason, next_, mark.tone, mark.icon)


def _why_facts(chapter: Chapter, box: Outbox) -> tuple[Fact, ...]:
    row = chapter.delivery
    rounds = len(chapter.rounds)
    facts = [
        Fact(_("Because"), cause_words(row)),
        Fact(
            _("Rule"),
            _("Journey “{journey}”, step “{step}”").format(
                journey=row.journey, step=row.step
            ),
        ),
    ]
    if row.version:
        facts.append(Fact(_("Text"), _("Version {number}").format(number=row.version)))
    if rounds:
        facts.append(
            Fact(
                _("Judged"),
                ngettext("{count} time", "{count} times", rounds).format(count=rounds),
            )
        )
    facts += [
        Fact(
            _("Try {number}").format(number=attempt.number),
            f"{stamp_words(attempt.started_at, box.now)}: "
            f"{outcome_words(attempt.outcome)}",
        )
        for attempt in chapter.attempts
    ]
    return tuple(facts)


def _empty(told: Told, *, has_moments: bool) -> Empty | None:
    if has_moments:
        return None
    if told.is_unknown:
        return Empty(
            "user-minus",
            _("Nobody is found for “{words}”.").format(words=told.key),
            _(
                "The search looks at addresses, telephone numbers and the numbers of "
                "candidates and applications. Whoever was erased on request is not "
                "found by an address any more; their proofs stay."
            ),
            _("All candidates"),
            "all",
        )
    if not told.box.is_there:
        return Empty(
            "wifi-slash",
            _("The service cannot be reached."),
            _("Stories are kept there and nothing is lost. We try again by ourselves."),
        )
    if told.story is None:
        return Empty("circle-dashed", _("Reading the story …"))
    if told.story.chapters:
        return Empty("funnel", _("Nothing of this kind is in the story."))
    return Empty(
        "paper-plane-tilt",
        _("No message was planned for this candidate."),
        _("When they reach a stage, what is sent for it appears here."),
    )
