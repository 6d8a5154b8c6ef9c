"""Style files that were made to break the one who reads them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.repeats import LARGEST, written_out
from governance.errors import ContentError
from governance.standards.vale.globs import fits
from governance.standards.vale.ini import read_ini
from governance.standards.vale.keys import read_keys
from governance.standards.vale.patterns import compiled
from governance.standards.vale.read_rule import read_rule
from governance.standards.vale.vocabulary import Vocabulary

RULE = "extends: existence\nmessage: No “%s”\n"
PATH = "styles/House/Rule.yml"


def read(text: str) -> None:
    read_rule(PATH, RULE + text, Vocabulary((), ()), "")


@pytest.mark.parametrize(
    "pattern",
    [
        "a{1000000000}",
        "(a{1000}){1000}",
        "((a{100}){100}){100}",
        "(?:" * 900 + "a" + "){2}" * 900,
        "[abc]{9999999}",
        r"\w{0,99999999}",
    ],
)
def test_a_pattern_without_measure_is_refused_before_it_is_compiled(
    pattern: str,
) -> None:
    with pytest.raises(ContentError, match="too large"):
        compiled(pattern)


@pytest.mark.parametrize("opened", ["(", "(a|", "(?:", "(?="])
def test_a_pattern_that_is_nested_too_deeply_is_refused(opened: str) -> None:
    with pytest.raises(ContentError, match="no regular expression"):
        compiled(opened * 3000 + "a" + ")" * 3000)


def test_repeats_are_counted_as_they_are_written_out() -> None:
    assert written_out("abc") == 3
    assert written_out("a{4}b") == 5
    assert written_out("(ab){3,5}c") == 11
    assert written_out(r"\{4}[{4}]{2}") == 5
    assert written_out("(?:" * 99 + "a" + "){9}" * 99) > LARGEST


@pytest.mark.parametrize(
    "tokens",
    [
        "[" * 50_000 + "]" * 50_000,
        "&a [*a]",
        "&a [[b, c], *a]",
    ],
)
def test_a_list_that_holds_itself_or_too_many_is_refused(tokens: str) -> None:
    with pytest.raises(ContentError):
        read(f"tokens: {tokens}\n")


def test_anchors_that_multiply_are_refused_at_once() -> None:
    lines = ["a0: &a0 [b, b]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    began = process_time()

    with pytest.raises(ContentError):
        read("\n".join([*lines, "tokens: *a59", ""]))

    assert process_time() - began < 1


@pytest.mark.parametrize("number", [".inf", "inf", "nan", "1e999", "-1e999"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(ContentError, match="must be a number"):
        read(f"limit: {number}\ntokens: [a]\n")


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ContentError, match="stands twice"):
        read_keys(PATH, "tokens: [a]\nTokens: [b]\n")


def test_a_glob_with_many_stars_answers_at_once() -> None:
    path = f"templates/{'a' * 220}/x.mjml"
    began = process_time()

    assert not fits("*a" * 100 + "b", path)
    assert fits("*a" * 100 + "*", path)
    assert process_time() - began < 1


@pytest.mark.parametrize("glob", ["{" * 30, "a" * 501])
def test_a_glob_without_measure_is_told_at_its_line(glob: str) -> None:
    ini = read_ini(f"StylesPath = styles\n\n[{glob}]\nBasedOnStyles = House\n")

    assert [problem.line for problem in ini.problems] == [3]


@pytest.mark.parametrize("glob", ["[!]", "[^]x", "[z-a]", "[", "{", "}", "\\", "[]"])
def test_an_odd_glob_fits_nothing_and_breaks_nothing(glob: str) -> None:
    assert not fits(glob, "templates/a.mjml")


@given(
    st.lists(st.sampled_from(["a", "b", "/", "*", "?"]), max_size=8),
    st.text("ab/", max_size=8),
)
def test_stars_and_question_marks_fit_as_a_slow_reading_says(
    glob: list[str], path: str
) -> None:
    assert fits("".join(glob), path) == slowly("".join(glob), path)


def slowly(glob: str, path: str) -> bool:
    if not glob:
        return not path
    if glob[0] == "*":
        return slowly(glob[1:], path) or bool(path and slowly(glob, path[1:]))
    return bool(path) and glob[0] in {"?", path[0]} and slowly(glob[1:], path[1:])


@pytest.mark.parametrize(
    ("glob", "path", "is_fitting"),
    [
        ("*.{mjml,txt}", "templates/a/en/sms.txt", True),
        ("*.{mjml,txt}", "templates/a/en/sms.toml", False),
        ("templates/{a,b{1,2}}/*", "templates/b2/x", True),
        ("templates/[a-c]*", "templates/bx", True),
        ("templates/[!a-c]*", "templates/bx", False),
        (r"a\*b", "a*b", True),
        (r"a\*b", "axb", False),
    ],
)
def test_braces_classes_and_escapes_are_read(
    glob: str, path: str, *, is_fitting: bool
) -> None:
    assert fits(glob, path) is is_fitting
