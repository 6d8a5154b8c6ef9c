"""Journeys in words: what starts a step, how long it waits, when it may arrive."""

from datetime import time, timedelta

from governance.content.fields import Field
from governance.journeys.journey import EVERY_DAY, Day, Event, Journey, Step, Window
from governance.texts import N_, _, ngettext

_DAY = 24 * 60
_HOUR = 60
_SAID = (
    *(N_("text"), N_("person name"), N_("date"), N_("time"), N_("moment"), N_("url")),
    *(N_("duration"), N_("email"), N_("phone"), N_("money"), N_("number")),
    *(N_("boolean"), N_("list")),
    *(N_("public"), N_("internal"), N_("personal"), N_("sensitive")),
)


def moment(step: Step) -> str:
    """Say when a step is due, in a word or two: "24 h before", "at once"."""
    if step.at is not None and step.at.offset < timedelta(0):
        return _("{time} before").format(time=_short(step.at.offset))
    span = step.at.offset if step.at is not None else step.delay
    if not span:
        return _("at once")
    return _("after {time}").format(time=_short(span))


def what_starts(step: Step) -> str:
    """Say what starts a step and how long it waits then."""
    if step.at is not None:
        words = _("{when} {field}").format(
            when=_beside(step.at.offset), field=_moment_of(str(step.at.field))
        )
    elif step.delay:
        words = _("{time} after: {event}").format(
            time=length(step.delay), event=event_words(step)
        )
    else:
        words = event_words(step)
    return words[:1].upper() + words[1:]


def event_words(step: Step) -> str:
    """Say what a step waits for."""
    stage = step.on.stage.replace("_", " ").replace("-", " ")
    said = {
        Event.APPLICATION_RECEIVED: _("the application arrives"),
        Event.STAGE_ENTERED: _("the stage becomes {stage}"),
        Event.STAGE_LEFT: _("the stage {stage} is left"),
        Event.INTERVIEW_SCHEDULED: _("an interview is scheduled"),
        Event.INTERVIEW_CHANGED: _("an interview is changed"),
        Event.INTERVIEW_CANCELLED: _("an interview is cancelled"),
        Event.INTERVIEW_PASSED: _("an interview has taken place"),
        Event.OFFER_MADE: _("an offer is made"),
        Event.WITHDRAWN: _("the application is withdrawn"),
        Event.HIRED: _("the candidate is hired"),
        Event.REJECTED: _("the application is rejected"),
        Event.POSITION_FILLED: _("the position is filled"),
        Event.CONSENT_EXPIRING: _("a consent is about to end"),
        Event.ERASED: _("personal data are erased"),
    }
    return said[step.on.event].format(stage=stage)


def window_words(window: Window | None) -> str:
    """Say when a message may arrive, in the candidate's own time."""
    if window is None:
        return _("outside quiet hours")
    if window.is_always:
        return _("at any time")
    days = days_words(window.days)
    closes = "24:00" if window.closes == time.max else f"{window.closes:%H:%M}"
    return _("{days} {opens}–{closes}").format(
        days=days, opens=f"{window.opens:%H:%M}", closes=closes
    )


def days_words(days: frozenset[Day]) -> str:
    """Say on which days."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    if days == EVERY_DAY:
        return _("every day")
    chosen = sorted(days)
    if len(chosen) > 1 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{names[chosen[0]]}–{names[chosen[-1]]}"  # a stretch of the week
    return ", ".join(names[day] for day in chosen)


def length(span: timedelta) -> str:
    """Say a stretch of time in its largest whole unit."""
    minutes = round(abs(span).total_seconds() / 60)
    if minutes >= _DAY and minutes % _DAY == 0 and minutes != _DAY:
        days = minutes // _DAY
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if minutes >= _HOUR and minutes % _HOUR == 0:
        hours = minutes // _HOUR
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _short(span: timedelta) -> str:
    """Say a stretch of time as short as can be."""
    minutes = round(abs(span).total_seconds() / 60)
    if minutes >= _DAY and minutes % _DAY == 0 and minutes != _DAY:
        return length(span)
    if minutes >= _HOUR and minutes % _HOUR == 0:
        return _("{count} h").format(count=minutes // _HOUR)
    return _("{count} min").format(count=minutes)


def journey_title(journey: Journey) -> str:
    """Return what a journey is called."""
    return journey.record.get("title") or journey.id.replace("-", " ").capitalize()


def field_words(one: Field) -> tuple[tuple[str, str], ...]:
    """Say what kind of value a merge field has, and who may see it."""
    return (
        (_("Kind"), _(str(one.type).replace("_", " "))),
        (_("Sensitivity"), _(str(one.sensitivity))),
    )


def _beside(offset: timedelta) -> str:
    if not offset:
        return _("at the moment of")
    if offset < timedelta(0):
        return _("{time} before").format(time=length(offset))
    return _("{time} after").format(time=length(offset))


def _moment_of(field: str) -> str:
    """Name a field that is a moment: "interview.starts_at" is "interview starts"."""
    return field.removesuffix("_at").replace(".", " ").replace("_", " ")
