import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.clients.css import read_blocks, subject_of, whole_until, write_blocks


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("p{color:red}", "p{color:red}"),
        ("p , b{color:red;}", "p , b{color:red}"),
        ("/*x*/p{color/**/:red}", "p{color:red}"),
        ("<!-- p{color:red} -->", "p{color:red}"),
        ("@media screen{p{color:red}}", "@media screen{p{color:red}}"),
        ("@import url(a;b.css);p{color:red}", "@import url(a;b.css);\np{color:red}"),
        ("p{content:'}'}", "p{content:'}'}"),
        ("p{color:red", "p{color:red}"),
        ("}p{color:red}", "p{color:red}"),
        ("p{color:red !IMPORTANT}", "p{color:red !important}"),
        ("@media screen{p{color:red}", "@media screen{p{color:red}}"),
        ("@font-face{font-family:A}", "@font-face{font-family:A}"),
    ],
)
def test_a_sheet_is_read_as_browsers_read_it(text: str, written: str) -> None:
    assert write_blocks(read_blocks(text)) == written


@given(st.text(alphabet="p{}@;:/*'\"<>ab ()[],\\\n", max_size=60))
def test_what_was_written_is_read_the_same(text: str) -> None:
    once = write_blocks(read_blocks(text))
    assert "</" not in once


def test_a_comment_before_a_rule_is_remembered() -> None:
    first, second = read_blocks("p{color:red} /* x */ b{color:red}")
    assert (first.follows_comment, second.follows_comment) == (False, True)


def test_a_sheet_is_cut_after_the_last_whole_rule() -> None:
    assert whole_until("p{a:b} q{c:d}", 13) == "p{a:b} q{c:d}"
    assert whole_until("p{a:b} q{c:d}", 12) == "p{a:b}"
    assert whole_until("@media x{p{a:b} q{c:d}}", 17) == ""


@pytest.mark.parametrize(
    ("selector", "subject"),
    [
        ("p", "p"),
        ("div p.a:hover", "p"),
        (".a", ""),
        ("table>tr > td", "td"),
        ("TD.x", "td"),
        ("*", ""),
    ],
)
def test_a_selector_ends_with_its_subject(selector: str, subject: str) -> None:
    assert subject_of(selector) == subject
