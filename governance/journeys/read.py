"""Reading journeys from ``journeys/<id>.toml``, strictly."""

import re
import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Final, NoReturn

import msgspec

from governance.content.toml import read_toml
from governance.errors import ContentError, Problem
from governance.journeys.journey import (
    EVERY_DAY,
    OF_A_STAGE,
    Anchor,
    Cap,
    Condition,
    Day,
    Event,
    Journey,
    Plain,
    Step,
    Trigger,
    Window,
)
from governance.names import Channel, FieldName, JourneyId, TemplateId
from governance.texts import _

FOLDER: Final = "journeys/"

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DURATION: Final = re.compile(
    r"(?P<minus>-)?P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    """What all tables of the file share: a strange key is a mistake, not a wish."""


class _Head(_Table):
    purpose: str
    title: str = ""
    record: dict[str, object] = {}


class _On(_Table):
    event: Event
    stage: str = ""


class _When(_Table):
    field: str
    equals: Plain | list[Plain] | None = msgspec.field(default=None, name="is")
    differs: Plain | list[Plain] | None = msgspec.field(default=None, name="is_not")


class _At(_Table):
    field: str
    offset: str = "PT0S"


class _Window(_Table):
    days: list[str] = []
    opens: time = msgspec.field(default=time(8), name="from")
    closes: time = msgspec.field(default=time(20), name="to")
    holidays: bool = True


class _Cap(_Table):
    messages: int
    per: str


class _Step(_Table):
    id: str
    template: str
    channel: Channel
    on: _On
    when: list[_When] = []
    delay: str | None = None
    at: _At | None = None
    window: _Window | None = None
    deadline: str = "P2D"
    cap: _Cap | None = None


class _File(_Table):
    journey: _Head
    steps: list[_Step]


def journey_path(journey: JourneyId) -> str:
    """Return where ``journey`` lies in the repository."""
    return f"{FOLDER}{journey}.toml"


def journey_ids(texts: Mapping[str, str]) -> tuple[JourneyId, ...]:
    """Return the journeys that the repository has, by their files' names."""
    names = (path[len(FOLDER) : -len(".toml")] for path in texts if _is_journey(path))
    return tuple(JourneyId(name) for name in sorted(names))


def read_journeys(texts: Mapping[str, str]) -> tuple[Journey, ...]:
    """Read every journey of the repository, in the order of their ids.

    Raises:
        ContentError: One of them cannot be used as it is.
    """
    return tuple(read_journey(texts, journey) for journey in journey_ids(texts))


def read_journey(texts: Mapping[str, str], journey: JourneyId) -> Journey:
    """Read one journey.

    Raises:
        ContentError: It is missing, no TOML, or says what no journey can.
    """
    path = journey_path(journey)
    if path not in texts:
        _refuse(path, _("The file is missing."))
    if not _SLUG.fullmatch(journey):
        _refuse(path, _("A journey's name has small letters, digits and hyphens."))
    try:
        file = msgspec.convert(read_toml(texts[path]), type=_File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        _refuse(path, str(error))
    if not file.steps:
        _refuse(path, _("A journey needs at least one step."))
    steps = tuple(_step(path, step) for step in file.steps)
    if len({step.id for step in steps}) < len(steps):
        _refuse(path, _("Two steps bear the same id."))
    record = {name: str(value) for name, value in file.journey.record.items()}
    if file.journey.title:
        record["title"] = file.journey.title
    return Journey(journey, file.journey.purpose, steps, record)


def duration(text: str) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds.

    Raises:
        ValueError: It is none.
    """
    match = _DURATION.fullmatch(text)
    numbers = {
        unit: int(value)
        for unit, value in (match.groupdict() if match else {}).items()
        if unit != "minus" and value is not None
    }
    if match is None or not numbers or text.endswith("T"):
        message = f"{text!r} is no duration"
        raise ValueError(message)
    length = timedelta(**numbers)
    return -length if match["minus"] else length


def _step(path: str, step: _Step) -> Step:
    if not _SLUG.fullmatch(step.id) or not _SLUG.fullmatch(step.template):
        _refuse(path, _("An id has small letters, digits and hyphens."), step.id)
    if step.delay is not None and step.at is not None:
        _refuse(path, _("A step has a delay or a moment, not both."), step.id)
    if (step.on.event in OF_A_STAGE) != bool(step.on.stage):
        _refuse(path, _("Events of a stage, and only they, name one."), step.id)
    deadline = _duration(path, step.id, step.deadline)
    if deadline <= timedelta(0):
        _refuse(path, _("The deadline must lie after the time due."), step.id)
    delay = _duration(path, step.id, step.delay or "PT0S")
    if delay < timedelta(0):
        _refuse(path, _("A delay cannot be negative."), step.id)
    return Step(
        id=step.id,
        template=TemplateId(step.template),
        channel=step.channel,
        on=Trigger(step.on.event, step.on.stage),
        when=tuple(_condition(path, step.id, when) for when in step.when),
        delay=delay,
        at=_anchor(path, step.id, step.at) if step.at else None,
        window=_window(path, step.id, step.window) if step.window else None,
        deadline=deadline,
        cap=_cap(path, step.id, step.cap) if step.cap else None,
    )


def _condition(path: str, step: str, when: _When) -> Condition:
    if (when.equals is None) == (when.differs is None):
        _refuse(path, _("A condition has “is” or “is_not”, one of them."), step)
    wanted = when.differs if when.equals is None else when.equals
    values = wanted if isinstance(wanted, list) else [wanted]
    plain = tuple(value for value in values if value is not None)
    return Condition(FieldName(when.field), plain, when.equals is None)


def _anchor(path: str, step: str, at: _At) -> Anchor:
    return Anchor(FieldName(at.field), _duration(path, step, at.offset))


def _window(path: str, step: str, window: _Window) -> Window:
    names = {day.name.lower(): day for day in Day}
    if unknown := [day for day in window.days if day not in names]:
        _refuse(path, _("“{day}” is no day.").format(day=unknown[0]), step)
    closes = time.max if window.closes == time(0) else window.closes
    if window.opens >= closes:
        _refuse(path, _("A window must open before it closes."), step)
    if not window.holidays:
        text = _(
            "Public holidays cannot be left out: which ones are kept where a candidate "
            "lives depends on the region, and nobody knows that. Take out “holidays”."
        )
        _refuse(path, text, step)
    days = frozenset(names[day] for day in window.days) or EVERY_DAY
    return Window(days, window.opens, closes)


def _cap(path: str, step: str, cap: _Cap) -> Cap:
    per = _duration(path, step, cap.per)
    if cap.messages < 1 or per <= timedelta(0):
        _refuse(path, _("A cap is at least one message in some time."), step)
    return Cap(cap.messages, per)


def _duration(path: str, step: str, text: str) -> timedelta:
    try:
        return duration(text)
    except (ValueError, OverflowError):
        problem = _("“{text}” is no duration like “PT2H” or “P3D”.")
        _refuse(path, problem.format(text=text), step)


def _refuse(path: str, message: str, step: str = "") -> NoReturn:
    if step:
        message = _("Step “{step}”: {problem}").format(step=step, problem=message)
    problem = Problem("journey", message, path)
    raise ContentError(str(problem), (problem,))


def _is_journey(path: str) -> bool:
    name = path.removeprefix(FOLDER)
    return name != path and name.endswith(".toml") and "/" not in name
