"""What the case chooser of the previews shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.content.cases import Condition
from governance.names import FieldName
from governance.texts import _
from widgets.kit.values import Choice, Deed, Notice, Tone

AS_SAMPLE: Final = ""
NEXT: Final = "Ctrl+Shift+C"


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """One condition, and how it can be answered.

    Attributes:
        chosen: The key of the answer that is forced, ``AS_SAMPLE`` for none.
    """

    field: FieldName
    title: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class CasesState:
    """Everything that the chooser draws.

    Attributes:
        notice: Says that a case is forced, None if none is.
    """

    deed: Deed
    groups: tuple[CaseGroup, ...] = ()
    notice: Notice | None = None


def cases_state(
    conditions: tuple[Condition, ...], chosen: Mapping[FieldName, str]
) -> CasesState:
    """Describe the conditions of a message, some of them answered by a person."""
    groups = tuple(_group(one, chosen.get(one.field, AS_SAMPLE)) for one in conditions)
    forced = [one for one in groups if one.chosen != AS_SAMPLE]
    words = [f"{one.title}: {_answer(one)}" for one in forced]
    title = ""
    if len(forced) == 1:
        title = _answer(forced[0])
    elif forced:
        title = _("{count} cases").format(count=len(forced))
    notice = None
    if forced:
        notice = Notice(
            "as-sample",
            _("A case that you chose, not the sample’s."),
            "; ".join(words),
            Tone.INFO,
            "git-branch",
            _("As the sample says"),
        )
    return CasesState(
        Deed("cases", title, icon="git-branch", is_shown=bool(groups)), groups, notice
    )


def following(
    conditions: tuple[Condition, ...], chosen: Mapping[FieldName, str]
) -> dict[FieldName, str]:
    """Return the case after ``chosen``: one answer at a time, then the sample's own."""
    every = [(one.field, option.key) for one in conditions for option in one.options]
    if len(chosen) != 1:
        return dict(every[:1])
    (now,) = chosen.items()
    at = every.index(now) + 1 if now in every else 0
    return dict(every[at : at + 1])


def _group(condition: Condition, chosen: str) -> CaseGroup:
    choices = (
        Choice(AS_SAMPLE, _("As the sample says")),
        *(Choice(one.key, one.title) for one in condition.options),
    )
    known = chosen if any(one.key == chosen for one in choices) else AS_SAMPLE
    return CaseGroup(condition.field, condition.title, choices, known)


def _answer(group: CaseGroup) -> str:
    return next(one.title for one in group.choices if one.key == group.chosen)
