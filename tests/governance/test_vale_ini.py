"""Which rules run where, as .vale.ini says."""

from governance.standards.finding import Severity
from governance.standards.vale.guide import style_guide
from governance.standards.vale.ini import read_ini
from governance.standards.vale.scope import read_scope

RULE = "extends: existence\nmessage: '%s'\ntokens: [a]"


def test_settings_quotes_and_comments_are_read() -> None:
    ini = read_ini(
        "# a comment\nStylesPath = 'rules/house'\nMinAlertLevel = warning ; so it is\n"
        "Vocab = One, Two\nPackages = Google\n\n[formats]\nmjml = html\n"
    )

    assert ini.styles_path == "rules/house"
    assert ini.lowest is Severity.WARNING
    assert ini.vocabularies == ("One", "Two")
    assert ini.ignored == ("Packages",)
    assert ini.problems == ()


def test_the_last_section_that_fits_says_which_styles() -> None:
    ini = read_ini(
        "[a/**]\nBasedOnStyles = A, B\nA.X = NO\n"
        "[*]\nBasedOnStyles = C\nA.X = error\nB.Y = suggestion\n"
        "[a/*/{en,de}/*.txt]\nBasedOnStyles = D\n[a/x?/[!q]/z]\nA.X = YES\n"
    )

    assert ini.verdicts("other").styles == {"C"}
    assert ini.verdicts("a/b/c").styles == {"A", "B"}
    assert ini.verdicts("a/b/de/x.txt").styles == {"D"}
    assert ini.verdicts("a/b/c").rules == (("A.X", False), ("B.Y", Severity.SUGGESTION))
    assert dict(ini.verdicts("a/xy/p/z").rules)["A.X"] is True
    assert dict(ini.verdicts("a/xy/q/z").rules)["A.X"] is False


def test_one_rule_may_run_without_its_style_and_be_more_severe() -> None:
    ini = read_ini("[*]\nBasedOnStyles = A\nB.Y = error\nA.X = NO\nA.Z = YES\n")
    verdicts = ini.verdicts("any")

    assert verdicts.severity("B.Y", Severity.WARNING) is Severity.ERROR
    assert verdicts.severity("B.Z", Severity.WARNING) is None
    assert verdicts.severity("A.X", Severity.WARNING) is None
    assert verdicts.severity("A.Z", Severity.SUGGESTION) is Severity.SUGGESTION


def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_holds() -> None:
    ini = read_ini(
        "MinAlertLevel = fatal\nColour = red\nnonsense\n[*]\nBasedOnStyles = A\n"
        "A.X = maybe\nFast = yes\n"
    )

    assert [problem.line for problem in ini.problems] == [2, 3, 6, 7, 1]
    assert ini.verdicts("any").styles == {"A"}


def test_a_style_or_rule_that_is_not_there_is_told() -> None:
    guide = style_guide(
        {
            ".vale.ini": "Vocab = V\n[*]\nBasedOnStyles = House, Gone\nHouse.No = NO\n",
            "styles/House/Rule.yml": RULE,
            "styles/House/notes.md": "not a rule",
            "styles/House/Other.yaml": "not a rule for Vale",
        }
    )

    assert [problem.message for problem in guide.problems] == [
        "There is no vocabulary “V”.",
        "[*] asks for the style “Gone”, which has no rule.",
        "[*] names the rule “House.No”, which is not there.",
    ]
    names = [rule.header.name for rule in guide.rules]
    assert names == ["Vale.Repetition", "House.Rule"]


def test_a_rule_that_cannot_be_read_does_not_take_the_others_along() -> None:
    guide = style_guide(
        {
            ".vale.ini": "[*]\nBasedOnStyles = House\nHouse.Bad = NO\n",
            "styles/House/Bad.yml": "extends: existence\nmesage: x",
            "styles/House/Rule.yml": RULE,
            "styles/House/Later.yml": "extends: metric\nmessage: x",
        }
    )

    assert [problem.path for problem in guide.problems] == ["styles/House/Bad.yml"]
    assert [rule.name for rule in guide.unsupported] == ["House.Later"]
    assert guide.rules[-1].header.name == "House.Rule"


def test_without_an_ini_no_style_rule_runs() -> None:
    guide = style_guide({"styles/House/Rule.yml": RULE})

    assert guide.rules_for(guide.ini.verdicts("any")) == ()


def test_vocabularies_make_rules_of_their_own() -> None:
    guide = style_guide(
        {
            ".vale.ini": "Vocab = V\n[*]\nBasedOnStyles = Vale\n",
            "styles/config/vocabularies/V/accept.txt": "# names\nGitHub\n(?i)x+\n(",
            "styles/config/vocabularies/V/reject.txt": "synergy\n",
        }
    )

    names = [rule.header.name for rule in guide.rules]
    assert names == ["Vale.Repetition", "Vale.Terms", "Vale.Avoid"]
    assert [problem.path for problem in guide.problems] == [
        "styles/config/vocabularies/V/accept.txt"
    ]


def test_a_scope_is_alternatives_of_parts_that_all_fit() -> None:
    heading = frozenset({"text", "heading", "h1"})
    sentence = frozenset({"sentence"})

    assert read_scope(()).fits(heading, heading)
    assert read_scope(("heading.h1",)).fits(heading, heading)
    assert not read_scope(("heading.h2",)).fits(heading, heading)
    assert read_scope(("heading.h2", "text")).fits(heading, heading)
    assert read_scope(("sentence & ~heading",)).fits(sentence, frozenset({"text"}))
    assert not read_scope(("sentence & ~heading",)).fits(sentence, heading)
    assert not read_scope(("~heading",)).fits(
        frozenset({"summary"}), frozenset({"summary"})
    )
    assert not read_scope(("text",)).fits(sentence, heading)
