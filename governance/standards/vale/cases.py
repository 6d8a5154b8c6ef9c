"""Running the cases that a rule carries under ``tests``."""

from dataclasses import dataclass

from governance.markup.mapped import line_and_column
from governance.standards.vale.checks.check import Memory
from governance.standards.vale.rule import Rule, RuleCase


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case.

    Attributes:
        got: The alerts, one a line: ``1:4:Style.Rule:message``.
    """

    rule: str
    case: RuleCase
    got: str
    is_met: bool


def run_cases(rule: Rule) -> tuple[CaseResult, ...]:
    """Run the cases of ``rule``; each input is one block of the scope it is for.

    Raises:
        PatternTooSlowError: The rule takes too long.
    """
    return tuple(_result(rule, case) for case in rule.header.cases)


def _result(rule: Rule, case: RuleCase) -> CaseResult:
    text = case.input.rstrip("\n")
    lines: list[str] = []
    for alert in rule.alerts(text, Memory()):
        line, column = line_and_column(text, alert.start)
        lines.append(f"{line}:{column}:{rule.header.name}:{alert.message}")
    got = "\n".join(lines)
    is_met = (
        (case.want is None or case.want == got)
        and all(piece in got for piece in case.contains)
        and not any(piece in got for piece in case.absent)
    )
    return CaseResult(rule.header.name, case, got, is_met)
