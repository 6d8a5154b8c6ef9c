"""Telling under which conditions a finding appears."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from governance.standards.checked import Part
from governance.standards.finding import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding in one form of a part.

    Attributes:
        form: The form's number.
        weight: How bad it is there; the worst is told.
    """

    finding: Finding
    form: int
    weight: int = 0


def once_for_each_rule(part: Part, seen: Iterable[Seen]) -> Iterator[Finding]:
    """Return the worst finding of each rule, with the conditions of all of them."""
    by_rule: dict[str, list[Seen]] = {}
    for one in seen:
        by_rule.setdefault(one.finding.rule, []).append(one)
    for group in by_rule.values():
        worst = max(group, key=_weight)
        yield with_branches(worst.finding, part, {one.form for one in group})


def with_branches(finding: Finding, part: Part, forms: Collection[int]) -> Finding:
    """Return ``finding`` with the conditions that hold wherever it appears.

    Nothing where it appears in every form; each form where they have nothing in common.
    """
    if len(forms) == len(part.forms):
        return finding
    numbers = sorted(forms)
    shared = tuple(
        condition
        for condition in part.forms[numbers[0]].conditions
        if all(condition in part.forms[number].conditions for number in numbers)
        and not all(condition in form.conditions for form in part.forms)
    )
    each = tuple(", ".join(part.forms[number].conditions) for number in numbers)
    return replace(finding, branches=shared or each)


def _weight(one: Seen) -> int:
    return one.weight
