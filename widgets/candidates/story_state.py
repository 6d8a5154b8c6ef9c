"""One candidate's story: what was sent, what was not, what is to come, and why."""

from dataclasses import dataclass

from governance.texts import _
from sync.api.deliveries import State
from sync.api.practice import Application
from widgets.candidates.data_state import data_deeds
from widgets.candidates.empty_state import empty_of
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
from widgets.candidates.why_state import Why, why_of
from widgets.kit.values import Choice, Deed, Empty, Fact, Notice, Tone
from widgets.outbox.causes_state import stage_title
from widgets.outbox.state import (
    day_words,
    local_time,
    name_of,
    place_of,
)


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
    notices: tuple[Notice, ...] = ()
    deeds: tuple[Deed, ...] = ()


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
        why_of(by_key.get(chosen), told),
        empty_of(told, has_moments=bool(moments)),
        as_text(name, all_moments, told.box.now),
        _notices(told),
        data_deeds(
            told.why_no_data or _away(told),
            is_erased=_is_erased(told),
            is_known=told.story is not None,
        ),
    )


def _is_erased(told: Told) -> bool:
    return told.story is not None and told.story.is_erased


def _away(told: Told) -> str:
    return "" if told.box.is_there else _("The service cannot be reached.")


def _notices(told: Told) -> tuple[Notice, ...]:
    if told.story is None and told.problem:
        return (
            Notice(
                "again",
                _("The story could not be read."),
                told.problem,
                Tone.WARN,
                action=_("Try again"),
            ),
        )
    if not _is_erased(told):
        return ()
    return (
        Notice(
            "erased",
            _("Erased on request."),
            _(
                "What was sent can still be proved; to whom and what it said cannot be "
                "read any more. Nobody who was erased is taken in again."
            ),
            Tone.QUIET,
            "user-minus",
        ),
    )


def _candidate_words(told: Told) -> str:
    if _is_erased(told):
        return _("Erased on request")
    return told.story.candidate if told.story else told.key


def _under(person: Application | None, told: Told) -> str:
    if told.story is not None and told.story.is_erased:
        return _("Candidate {id}").format(id=told.story.candidate)
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
