"""Journeys are read strictly, spelled in one way, and the starter's can be used."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import ContentError, UnknownFormatError
from governance.journeys.compiled import (
    compile_journey,
    journey_digest,
    journey_from,
)
from governance.journeys.journey import (
    Anchor,
    Cap,
    Condition,
    Day,
    Event,
    Journey,
    Step,
    Trigger,
    Window,
)
from governance.journeys.read import duration, journey_ids, read_journey, read_journeys
from governance.names import Channel, FieldName, JourneyId, TemplateId

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"
ID = JourneyId("interview")
HEAD = '[journey]\npurpose = "interview"\n'
STEP = (
    '[[steps]]\nid = "a"\ntemplate = "t"\nchannel = "email"\n'
    'on = { event = "withdrawn" }\n'
)


def read(text: str) -> Journey:
    return read_journey({"journeys/interview.toml": text}, ID)


def test_a_journey_says_what_its_author_wrote() -> None:
    journey = read(
        '[journey]\ntitle = "Interview"\npurpose = "interview"\n'
        '[journey.record]\nowner = "a@b.example"\n'
        '[[steps]]\nid = "remind"\ntemplate = "interview-reminder"\nchannel = "sms"\n'
        'on = { event = "interview_scheduled" }\n'
        'when = [{ field = "interview.mode", is_not = ["phone", "video"] }]\n'
        'at = { field = "interview.starts_at", offset = "-PT24H" }\n'
        'window = { days = ["mon", "fri"], from = 09:00:00, to = 00:00:00 }\n'
        'deadline = "PT12H"\ncap = { messages = 2, per = "P1D" }\n'
    )

    assert journey == Journey(
        ID,
        "interview",
        (
            Step(
                "remind",
                TemplateId("interview-reminder"),
                Channel.SMS,
                Trigger(Event.INTERVIEW_SCHEDULED),
                when=(
                    Condition(
                        FieldName("interview.mode"),
                        ("phone", "video"),
                        is_negated=True,
                    ),
                ),
                at=Anchor(FieldName("interview.starts_at"), -timedelta(hours=24)),
                window=Window(frozenset({Day.MON, Day.FRI}), time(9), time.max),
                deadline=timedelta(hours=12),
                cap=Cap(2, timedelta(days=1)),
            ),
        ),
        {"title": "Interview", "owner": "a@b.example"},
    )


def test_what_is_compiled_reads_back_without_the_record() -> None:
    journey = read(HEAD + STEP)
    titled = replace(journey, record={"title": "Another"})

    assert journey_from(compile_journey(titled)) == journey
    assert journey_digest(titled) == journey_digest(journey)


def test_every_other_change_changes_the_digest() -> None:
    journey = read(HEAD + STEP)
    step = journey.steps[0]
    others = [
        replace(journey, purpose="other"),
        replace(journey, steps=(replace(step, delay=timedelta(seconds=1)),)),
        replace(journey, steps=(replace(step, window=Window()),)),
        replace(journey, steps=(replace(step, channel=Channel.SMS),)),
        replace(journey, steps=(step, replace(step, id="b"))),
    ]

    digests = {journey_digest(other) for other in [journey, *others]}

    assert len(digests) == len(others) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "missing required field"),
        ("[journey", "]"),
        (HEAD, "missing required field"),
        ("steps = []\n" + HEAD, "at least one step"),
        (HEAD + STEP + 'delay = "2 hours"\n', "no duration"),
        (HEAD + STEP + 'delay = "-PT2H"\n', "negative"),
        (HEAD + STEP + 'dealy = "PT2H"\n', "dealy"),
        (HEAD + STEP + 'deadline = "PT0S"\n', "deadline"),
        (HEAD + STEP + STEP, "same id"),
        (HEAD + STEP.replace('"a"', '"A b"'), "small letters"),
        (HEAD + STEP.replace('"withdrawn"', '"stage_entered"'), "name one"),
        (HEAD + STEP.replace('"withdrawn"', '"woke_up"'), "woke_up"),
        (HEAD + STEP + 'when = [{ field = "x.y" }]\n', "one of them"),
        (HEAD + STEP + 'window = { days = ["mo"] }\n', "is no day"),
        (HEAD + STEP + "window = { from = 18:00:00, to = 09:00:00 }\n", "before it"),
        (HEAD + STEP + "window = { holidays = false }\n", "be left out"),
        (HEAD + STEP + 'cap = { messages = 0, per = "P1D" }\n', "at least one"),
    ],
)
def test_what_no_journey_can_say_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(text)

    assert "journeys/interview.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_journey_is_named() -> None:
    with pytest.raises(ContentError, match=r"journeys/interview\.toml"):
        read_journey({}, ID)


def test_a_newer_compiled_journey_is_refused() -> None:
    newer = compile_journey(read(HEAD + STEP)).replace('"format":1', '"format":2')

    with pytest.raises(UnknownFormatError):
        journey_from(newer)


@given(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_durations_add_up(weeks: int, days: int, hours: int, minutes: int) -> None:
    text = f"P{weeks}W{days}DT{hours}H{minutes}M"

    assert duration(text) == timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes
    )
    assert duration(f"-{text}") == -duration(text)


def test_the_starters_journeys_use_templates_that_are_there() -> None:
    texts = {
        path.relative_to(STARTER).as_posix(): path.read_text("utf-8")
        for path in STARTER.rglob("*.toml")
    }
    messages = {
        Path(name).parent.name for name in texts if name.endswith("template.toml")
    }

    journeys = read_journeys(texts)

    assert len(journeys) == len(journey_ids(texts)) >= 7
    assert {step.template for item in journeys for step in item.steps} <= messages
    for journey in journeys:
        for step in journey.steps:
            folder = next(f for f in STARTER.glob(f"templates/*/{step.template}"))
            said = (folder / "template.toml").read_text("utf-8")
            assert f'"{step.channel}"' in said, f"{journey.id}/{step.id}"
