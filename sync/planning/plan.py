"""The plan: released journeys and what happened make intents. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from governance.journeys.journey import Anchor, Condition, Journey, Step
from governance.names import FieldName
from sync.candidates.facts import ApplicationSnapshot, FieldValue
from sync.candidates.values import field_values
from sync.planning.happenings import Happening, happenings
from sync.planning.intent import Intent


def plan(
    snapshot: ApplicationSnapshot, journeys: Sequence[Journey], *, workspace: str
) -> tuple[Intent, ...]:
    """Return everything that the journeys want to send for an application.

    It is asked twice: to plan, and before sending whether an intent still stands.
    """
    values = field_values(snapshot)
    happened = happenings(snapshot)
    return tuple(
        intent
        for journey in journeys
        for step in journey.steps
        if all(_holds(condition, values) for condition in step.when)
        for happening in happened
        if (happening.event, happening.stage) == (step.on.event, step.on.stage)
        if (
            intent := _intent(
                snapshot, journey, step, happening, values, workspace=workspace
            )
        )
    )


def _intent(
    snapshot: ApplicationSnapshot,
    journey: Journey,
    step: Step,
    happening: Happening,
    values: Mapping[FieldName, FieldValue],
    *,
    workspace: str,
) -> Intent | None:
    due, fact = happening.at + step.delay, happening.name
    if step.at is not None:
        at = _moment(values.get(step.at.field))
        if at is None:
            return None
        due, fact = _anchored(step.at, at, happening)
    return Intent(
        workspace=workspace,
        journey=journey.id,
        step=step.id,
        application=snapshot.id,
        candidate=snapshot.candidate.id,
        channel=step.channel,
        template=step.template,
        fact=fact,
        event=happening.event,
        stage=happening.stage,
        happened_at=happening.at,
        due_at=due,
        deadline=due + step.deadline,
    )


def _anchored(
    anchor: Anchor, at: datetime, happening: Happening
) -> tuple[datetime, str]:
    """Name the moment in the fact: one that moves is a new reason to write."""
    return at + anchor.offset, f"{happening.name} @{at.isoformat()}"


def _holds(condition: Condition, values: Mapping[FieldName, FieldValue]) -> bool:
    value = values.get(condition.field)
    # True == 1 in Python, but not for a person who writes a condition.
    is_met = any(
        type(value) is type(wanted) and value == wanted for wanted in condition.values
    )
    return is_met != condition.is_negated


def _moment(value: FieldValue) -> datetime | None:
    text = value.get("at", "") if isinstance(value, Mapping) else value
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
