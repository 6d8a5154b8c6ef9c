"""Another signing policy: what is filled in, how it compares, what is missing."""

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from governance.ledger.policy import (
    CLASSES,
    ClassRule,
    Comparison,
    Policy,
    compare,
)
from governance.names import Role
from governance.texts import _
from widgets.kit.values import Fact, Notice, Tone
from widgets.settings.people import People
from widgets.settings.policy_state import class_title, quorum_words, span_words

MONTH: Final = 365 * 86_400 // 12


@dataclass(frozen=True, slots=True)
class PolicyDraftState:
    """What the dialog says beside the numbers.

    Attributes:
        why_not: Why it cannot be signed yet, "" if it can.
    """

    notice: Notice | None
    why_not: str


def with_rule(
    policy: Policy, name: str, quorum: dict[Role, int], months: int
) -> Policy:
    """Return ``policy`` with other demands on the texts of class ``name``."""
    seats = {role: count for role, count in quorum.items() if count}
    before = policy.classes[name]
    is_same = round(before.max_age / MONTH) == months  # as it is shown
    age = before.max_age if is_same else months * MONTH
    rule = ClassRule(quorum=seats, max_age=age)
    return replace(policy, classes={**policy.classes, name: rule})


def months_of(rule: ClassRule) -> int:
    """Return for how many months a signature holds, 0 for ever."""
    return round(rule.max_age / MONTH)


def signing_roles(policy: Policy) -> tuple[Role, ...]:
    """Return the roles whose signature states something."""
    named = set(policy.meanings) | policy.reviewing
    return tuple(role for role in policy.roles if role in named)


def draft_state(people: People, draft: Policy) -> PolicyDraftState:
    """Say how ``draft`` compares with what is in force, and what is missing."""
    policy = people.state.policy
    assert policy is not None, "there is one to change"
    for name in CLASSES:
        if not any(draft.classes[name].quorum.values()):
            words = _("Nobody would have to sign: {what}.")
            why_not = words.format(what=class_title(name).lower())
            return PolicyDraftState(None, why_not)
    if draft == policy:
        return PolicyDraftState(None, _("Nothing is changed yet."))
    short = _too_few(people, draft)
    said = {
        Comparison.WEAKER: (
            _("It asks for less than the policy in force."),
            _("A second administrator must agree, always."),
            Tone.WARN,
        ),
        Comparison.STRICTER: (
            _("It asks for more than the policy in force."),
            _("What was signed under the old one is asked for again."),
            Tone.INFO,
        ),
        Comparison.EQUAL: (_("It asks for as much."), "", Tone.INFO),
    }
    bold, plain, tone = said[compare(draft, policy)]
    if short:
        plain, tone = f"{plain} {short}".strip(), Tone.WARN
    return PolicyDraftState(Notice("policy", bold, plain, tone, "scales"), "")


def changes_of(people: People, draft: Policy) -> tuple[Fact, ...]:
    """Say what differs, class by class: before and after."""
    policy = people.state.policy
    assert policy is not None, "there is one to change"
    facts = []
    for name in CLASSES:
        before, after = policy.classes[name], draft.classes[name]
        if before != after:
            words = _("{after}; before: {before}").format(
                after=_rule_words(draft, after), before=_rule_words(policy, before)
            )
            facts.append(Fact(class_title(name), words))
    return tuple(facts)


def _rule_words(policy: Policy, rule: ClassRule) -> str:
    age = span_words(rule.max_age) if rule.max_age else _("until the text changes")
    return f"{quorum_words(policy, rule)} ({age})"


def _too_few(people: People, draft: Policy) -> str:
    """Say which role has fewer people than would have to sign."""
    for rule in draft.classes.values():
        for role, seats in rule.quorum.items():
            held = sum(
                bool(one.key) and role in one.roles
                for one in people.state.members.values()
            )
            if seats > held:
                words = _("{role} has {held} people, and {seats} would have to sign.")
                return words.format(role=people.title(role), held=held, seats=seats)
    return ""
