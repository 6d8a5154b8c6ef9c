"""The style rules that the starter repository brings along, by their own cases."""

from functools import cache
from pathlib import Path

import pytest

from governance.standards.vale.cases import run_cases
from governance.standards.vale.guide import StyleGuide, case_problems, style_guide
from governance.standards.vale.rule import Rule

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"
FEWEST_CASES = 2  # one that is found and one that is not


@cache
def the_guide() -> StyleGuide:
    files = [STARTER / ".vale.ini", *(STARTER / "styles").rglob("*")]
    return style_guide(
        {
            file.relative_to(STARTER).as_posix(): file.read_text(encoding="utf-8")
            for file in files
            if file.is_file()
        }
    )


def own_rules() -> list[Rule]:
    rules = the_guide().rules
    return [rule for rule in rules if not rule.header.name.startswith("Vale.")]


@pytest.mark.parametrize("rule", own_rules(), ids=lambda rule: rule.header.name)
def test_every_case_of_the_rule_is_met(rule: Rule) -> None:
    results = run_cases(rule)

    assert [result for result in results if not result.is_met] == []


@pytest.mark.parametrize("rule", own_rules(), ids=lambda rule: rule.header.name)
def test_the_rule_has_a_case_that_is_found_and_one_that_is_not(rule: Rule) -> None:
    results = run_cases(rule)

    assert len(results) >= FEWEST_CASES
    assert {bool(result.got) for result in results} == {True, False}


def test_the_guide_is_read_whole() -> None:
    guide = the_guide()

    assert guide.problems == ()
    assert guide.unsupported == ()
    assert len(own_rules()) >= 40
    assert list(case_problems(guide)) == []


@pytest.mark.parametrize(
    ("path", "styles"),
    [
        (
            "templates/interview/interview-invitation/en/email.mjml",
            {"Vale", "Plain", "Inclusive", "Promises", "Sms"},
        ),
        (
            "templates/rejection/rejection-after-final/en/subject.txt",
            {"Vale", "Plain", "Inclusive", "Promises", "Sms", "Tone"},
        ),
        (
            "templates/rejection/rejection-after-final/de/email.mjml",
            {"Vale", "German", "Sms"},
        ),
    ],
)
def test_each_message_has_the_styles_of_its_language_and_stage(
    path: str, styles: set[str]
) -> None:
    assert the_guide().ini.verdicts(path).styles == styles


def test_the_refusal_rules_of_german_run_on_refusals_alone() -> None:
    guide = the_guide()

    def names(path: str) -> set[str]:
        rules = guide.rules_for(guide.ini.verdicts(path))
        return {rule.header.name for rule, _severity in rules}

    assert "German.Absage" in names("templates/rejection/x/de/email.mjml")
    assert "German.Absage" not in names("templates/offer/x/de/email.mjml")
