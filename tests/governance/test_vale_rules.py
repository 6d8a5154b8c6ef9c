"""The check types of Vale, as its documentation and source have them."""

import pytest

from governance.errors import ContentError
from governance.standards.vale.checks.check import Memory
from governance.standards.vale.patterns import respelled
from governance.standards.vale.read_rule import read_rule
from governance.standards.vale.rule import Rule, Unsupported
from governance.standards.vale.vocabulary import Vocabulary


def a_rule(yaml: str, vocabulary: Vocabulary | None = None, template: str = "") -> Rule:
    rule = read_rule(
        "styles/House/Rule.yml", yaml, vocabulary or Vocabulary(), template
    )
    assert isinstance(rule, Rule)
    return rule


def said(
    yaml: str, text: str, vocabulary: Vocabulary | None = None
) -> list[tuple[str, str]]:
    rule = a_rule(yaml, vocabulary)
    return [
        (text[alert.start : alert.end], alert.message)
        for alert in rule.alerts(text, Memory())
    ]


def mends(yaml: str, text: str) -> list[tuple[str, ...]]:
    rule = a_rule(yaml)
    return [alert.replacements for alert in rule.alerts(text, Memory())]


EXISTENCE = """
extends: existence
message: "Avoid '%s'."
ignorecase: true
tokens:
  - very
  - a bit
"""


def test_a_token_is_found_as_a_whole_word_in_any_case() -> None:
    found = said(EXISTENCE, "Very late, everyone, and A bit very.")

    assert found == [
        ("Very", "Avoid 'Very'."),
        ("A bit", "Avoid 'A bit'."),
        ("very", "Avoid 'very'."),
    ]


def test_a_match_with_an_exception_anywhere_in_it_passes() -> None:
    yaml = """
extends: existence
message: "%s"
tokens: ['\\w+ly']
exceptions: [early]
"""

    assert said(yaml, "quickly early onlyearly clearly") == [
        ("quickly", "quickly"),
        ("onlyearly", "onlyearly"),
        ("clearly", "clearly"),
    ]


def test_a_word_within_an_accepted_phrase_passes() -> None:
    yaml = "extends: existence\nmessage: '%s'\ntokens: [mea]"
    words = Vocabulary(accepted=("mea culpa",))

    assert said(yaml, "mea culpa, mea maxima", words) == [("mea", "mea")]


def test_an_accepted_word_does_not_silence_a_nonword_rule() -> None:
    yaml = "extends: existence\nmessage: '%s'\nnonword: true\ntokens: ['\"[^\"]+\",']"
    words = Vocabulary(accepted=("plugh",))

    assert said(yaml, 'say "plugh", now', words) == [('"plugh",', '"plugh",')]


def test_raw_entries_are_joined_and_not_alternated() -> None:
    yaml = "extends: existence\nmessage: '%s'\nraw: ['(?:foo)', 'bar']"

    assert said(yaml, "foo bar foobar") == [("foobar", "foobar")]


@pytest.mark.parametrize(("append", "expected"), [("false", "xone"), ("true", "onex")])
def test_raw_stands_before_the_tokens_or_after_them(append: str, expected: str) -> None:
    yaml = (
        "extends: existence\nmessage: '%s'\nnonword: true\n"
        f"raw: [x]\nappend: {append}\ntokens: [one]"
    )

    assert said(yaml, "xone onex") == [(expected, expected)]


SWAP = """
extends: substitution
message: "Use '%s' instead of '%s'."
ignorecase: true
action: {name: replace}
swap:
  utilize: use
  '(?:in order )to': to
  at this point: now|today
"""


def test_a_substitution_names_what_to_use_and_offers_it() -> None:
    assert said(SWAP, "We utilize it at this point.") == [
        ("utilize", "Use 'use' instead of 'utilize'."),
        ("at this point", "Use 'now' or 'today' instead of 'at this point'."),
    ]
    assert mends(SWAP, "We utilize it at this point.") == [
        ("use",),
        ("now", "today"),
    ]


def test_a_substitution_prefers_the_longest_pattern() -> None:
    yaml = "extends: substitution\nmessage: '%s|%s'\nswap: {a b: x, a b c: y}"

    assert said(yaml, "a b c") == [("a b c", "y|a b c")]


def test_groups_of_the_author_do_not_shift_the_pairs() -> None:
    yaml = (
        "extends: substitution\nmessage: '%s|%s'\n"
        "swap: {'(foo|fu)bar(s)?': x, 'colou?r(?P<end>ed)': y, '[(]z': w}"
    )

    assert said(yaml, "fubars coloured (z") == [
        ("fubars", "x|fubars"),
        ("coloured", "y|coloured"),
    ]


def test_a_value_may_take_up_a_group_of_its_pattern() -> None:
    yaml = (
        "extends: substitution\nmessage: '%s|%s'\naction: {name: replace}\n"
        "swap: {'(\\d+) o.clock': '$1:00'}"
    )

    assert mends(yaml, "at 9 o'clock") == [("9:00",)]


def test_without_an_action_the_value_is_a_pattern_for_what_is_fine() -> None:
    yaml = (
        "extends: substitution\nmessage: '%s'\nignorecase: true\n"
        "swap: {e-?mail: 'e-?mails?'}"
    )

    assert said(yaml, "email") == []


def test_a_word_written_as_expected_is_fine_and_another_case_is_not() -> None:
    yaml = (
        "extends: substitution\nmessage: '%s'\nignorecase: true\nswap: {github: GitHub}"
    )

    assert said(yaml, "GitHub Github") == [("Github", "GitHub")]


def test_a_replacement_follows_a_capital() -> None:
    yaml = (
        "extends: substitution\nmessage: '%s'\nignorecase: true\ncapitalize: true\n"
        "action: {name: replace}\nswap: {utilize: use}"
    )

    assert mends(yaml, "Utilize it, utilize it.") == [("Use",), ("use",)]


OCCURRENCE = "extends: occurrence\nmessage: 'only %d, not %s'\nmax: 2\ntoken: '\\w+'"


def test_too_many_in_a_block_are_one_finding_at_the_first() -> None:
    assert said(OCCURRENCE, "one two three") == [("one", "only 3, not ")]


def test_zero_sets_no_limit() -> None:
    yaml = "extends: occurrence\nmessage: x\nmax: 0\ntoken: a"

    assert said(yaml, "a a a") == []


def test_too_few_are_found_at_the_begin_of_the_block() -> None:
    yaml = "extends: occurrence\nmessage: 'Say who writes.'\nmin: 1\ntoken: Northwind"

    assert said(yaml, "Your interview is tomorrow.") == [("", "Say who writes.")]


REPETITION = """
extends: repetition
message: "'%s' is repeated."
ignorecase: true
alpha: true
tokens: ['[^\\s]+']
"""


def test_a_word_twice_in_a_row_is_found_but_not_over_a_sentence_end() -> None:
    text = "Come to the The office. I forgot that. That is 5 5 all."

    assert said(REPETITION, text) == [("the The", "'The' is repeated.")]


def test_an_abbreviation_must_have_been_explained_before() -> None:
    yaml = (
        "extends: conditional\nmessage: '%s?'\n"
        "first: '\\b([A-Z]{3,5})\\b'\n"
        "second: '(?:\\b[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'\n"
        "exceptions: [PDF]"
    )
    rule, memory = a_rule(yaml), Memory()

    first = list(rule.alerts("The World Health Organization (WHO) met.", memory))
    second = list(rule.alerts("The WHO sent a PDF to the FBI.", memory))

    assert first == []
    assert [alert.message for alert in second] == ["FBI?"]


def test_a_bracket_that_captures_nothing_asks_for_presence_only() -> None:
    yaml = (
        "extends: conditional\nmessage: '%s?'\nignorecase: true\n"
        "first: STOP\nsecond: '[(]opt(?: out)?\\)'"
    )

    assert said(yaml, "Reply STOP (opt out)") == []
    assert said(yaml, "Reply STOP or stop") == [("STOP", "STOP?")]


def test_a_condition_without_a_group_must_hold_in_the_same_block() -> None:
    yaml = "extends: conditional\nmessage: '%s?'\nfirst: STOP\nsecond: opt out"

    assert said(yaml, "Reply STOP to opt out") == []
    assert said(yaml, "Reply STOP") == [("STOP", "STOP?")]


@pytest.mark.parametrize(
    ("match", "text", "is_right"),
    [
        ("$sentence", "Your interview with us on Monday", True),
        ("$sentence", "your interview", False),
        ("$sentence", "Your Interview With Us Today", False),
        ("$title", "The Art of the Interview", True),
        ("$title", "The art of the interview", False),
        ("$title", "The ART of the Interview", True),
        ("$lower", "all small", True),
        ("$lower", "Not small", False),
        ("$upper", "ALL", True),
        ("[A-Z].*", "Capital", True),
        ("^[A-Z]", "capital", False),
    ],
)
def test_a_block_is_in_the_case_that_is_asked(
    match: str, text: str, *, is_right: bool
) -> None:
    yaml = f"extends: capitalization\nmessage: '%s'\nmatch: '{match}'"

    assert said(yaml, text) == ([] if is_right else [(text, text)])


def test_names_are_no_mistake_in_a_sentence_when_excepted() -> None:
    yaml = (
        "extends: capitalization\nmessage: x\nmatch: $sentence\n"
        "exceptions: [Northwind Robotics]"
    )

    assert said(yaml, "Welcome to Northwind Robotics") == []


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("{name: remove}", ("",)),
        ("{name: replace, params: [a, b]}", ("a", "b")),
        ("{name: edit, params: [trim_right, '!']}", ("now",)),
        ("{name: edit, params: [regex, '(n)(o)', '$2${1}']}", ("onw!!",)),
        ("{name: edit, params: [replace, '!', '.']}", ("now..",)),
        ("{name: edit, params: [truncate, 'w']}", ("no",)),
        ("{name: edit, params: [split, 'o', '1']}", ("w!!",)),
    ],
)
def test_an_action_says_what_comes_instead(
    action: str, expected: tuple[str, ...]
) -> None:
    yaml = (
        "extends: existence\nmessage: x\nnonword: true\n"
        f"action: {action}\ntokens: ['now!+']"
    )

    assert mends(yaml, "Come now!!") == [expected]


@pytest.mark.parametrize(
    ("yaml", "sentence", "line"),
    [
        ("message: x\ntokens: [a]", "“extends” is missing", 1),
        ("extends: existence\ntokens: [a]", "“message” is missing", 1),
        ("extends: existenz\nmessage: x", "no such check type", 1),
        ("extends: existence\nmessage: x\ntoken: [a]", "“token” is no key", 3),
        ("extends: existence\nmessage: x\nlevel: fatal", "“level” must be", 3),
        ("extends: existence\nmessage: x\nscope: link", "use “raw”", 3),
        ("extends: existence\nmessage: x\ntokens:\n  - ok\n  - '(a'", "no regular", 5),
        ("extends: existence\nmessage: x\ncode: true", "scope: raw", 3),
        ("extends: existence\nmessage: x\naction: {name: fly}", "no such action", 3),
        ("extends: existence\nmessage: 'x\ntokens: [a]", "no YAML", 3),
        ("- a", "table of keys", 1),
        ("extends: substitution\nmessage: x", "what is swapped", 1),
        ("extends: existence\nmessage: x\ntests: [{name: n, input: i}]", "“want”", 3),
    ],
)
def test_what_is_no_rule_is_refused_at_its_line(
    yaml: str, sentence: str, line: int
) -> None:
    with pytest.raises(ContentError) as refused:
        read_rule("styles/House/Rule.yml", yaml)

    (problem,) = refused.value.problems
    assert sentence in problem.message
    assert (problem.path, problem.line) == ("styles/House/Rule.yml", line)


def test_a_case_in_another_format_is_left_to_vale() -> None:
    rule = a_rule(
        "extends: existence\nmessage: x\ntokens: [a]\n"
        "tests: [{name: n, input: i, format: md, want: ''}]"
    )

    assert rule.header.cases == ()


def test_keys_may_be_written_in_any_case() -> None:
    yaml = "Extends: existence\nMESSAGE: '%s'\nIgnoreCase: true\nTokens: [a]"

    assert said(yaml, "A") == [("A", "A")]


def test_an_escaped_quote_that_only_vale_reads_is_read() -> None:
    yaml = 'extends: existence\nmessage: "Don\\\'t say \\"%s\\"."\ntokens: [a]'

    assert said(yaml, "a") == [("a", 'Don\'t say "a".')]


@pytest.mark.parametrize("kind", ["metric", "spelling", "script", "Std.Punctuation.X"])
def test_a_check_type_of_later_is_named_and_not_refused(kind: str) -> None:
    rule = read_rule("styles/House/Rule.yml", f"extends: {kind}\nmessage: x\nany: 1")

    assert rule == Unsupported("House.Rule", "styles/House/Rule.yml", kind)


@pytest.mark.parametrize(
    ("vale", "python"),
    [
        ("a$", r"a\Z"),
        ("(?m)a$", "(?m)a$"),
        ("(?m:a$)b$", r"(?m:a$)b\Z"),
        ("(?:(?m)a$)b$", r"(?:(?m)a$)b\Z"),
        ("(?i)a$", r"(?i)a\Z"),
        (r"a\$[$]", r"a\$[$]"),
        (r"a\z|b\Z", r"a\Z|b(?=\n?\Z)"),
        ("(?m)a(?-m)b$", r"(?m)a(?-m)b\Z"),
        (r"[]$]x$", r"[]$]x\Z"),
    ],
)
def test_anchors_mean_what_they_mean_in_vale(vale: str, python: str) -> None:
    assert respelled(vale) == python


def test_a_pattern_that_never_ends_is_stopped() -> None:
    yaml = "extends: existence\nmessage: x\nnonword: true\ntokens: ['(?:a|aa)+x?[^a]z']"
    rule = a_rule(yaml)

    with pytest.raises(ContentError, match="takes too long"):
        list(rule.alerts("a" * 40 + "bb", Memory()))


def test_a_word_template_of_the_organisation_is_used() -> None:
    rule = a_rule("extends: existence\nmessage: x\ntokens: [a]", template="<%s>")

    assert [alert.start for alert in rule.alerts("a <a>", Memory())] == [2]
