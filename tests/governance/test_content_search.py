"""Looking for words in every text, and replacing them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.replace import replaced, require_readable
from governance.content.search import (
    BadQueryError,
    Query,
    Scope,
    look,
    paths_in,
    pattern_of,
)
from governance.content.sources import Sources
from governance.errors import ContentError, ExpectedError
from governance.names import Span
from tests.fakes.library import a_library

_TEXTS = st.text(alphabet="abAB \n.(ß", max_size=60)


def places(text: str, query: Query) -> list[str]:
    found = look("a.txt", text, pattern_of(query), 100)
    return [text[hit.span.start : hit.span.end] for hit in found.hits]


@given(text=_TEXTS, words=st.text(alphabet="abAB.(ß", min_size=1, max_size=3))
def test_plain_words_are_found_wherever_they_stand(text: str, words: str) -> None:
    assert len(places(text, Query(words, minds_case=True))) == text.count(words)


@given(
    text=_TEXTS,
    words=st.text(alphabet="abAB.(", min_size=1, max_size=3),
    instead=st.text(alphabet="xy\\1 ", max_size=4),
)
def test_replacing_everywhere_is_what_replacing_words_means(
    text: str, words: str, instead: str
) -> None:
    pattern = pattern_of(Query(words, minds_case=True))
    spans = [hit.span for hit in look("a.txt", text, pattern, 100).hits]

    made = replaced(text, spans, pattern, instead, is_pattern=False)

    assert made == text.replace(words, instead)


@given(text=_TEXTS)
def test_an_excerpt_marks_what_was_found_in_its_line(text: str) -> None:
    for hit in look("a.txt", text, pattern_of(Query("a", minds_case=True)), 100).hits:
        assert hit.excerpt[hit.mark.start : hit.mark.end] == "a"
        assert text.split("\n")[hit.line - 1].strip().strip("…") in hit.excerpt or (
            "…" in hit.excerpt
        )


def test_case_and_whole_words_are_minded_when_asked_for() -> None:
    text = "Interview, interviewer, INTERVIEW"

    assert places(text, Query("interview")) == ["Interview", "interview", "INTERVIEW"]
    assert places(text, Query("interview", minds_case=True)) == ["interview"]
    assert places(text, Query("interview", is_whole=True)) == ["Interview", "INTERVIEW"]


def test_an_expression_takes_its_groups_over() -> None:
    query = Query(r"(\w+)@(\w+)", is_pattern=True)
    pattern = pattern_of(query)
    text = "ana@home and ben@work"
    spans = [hit.span for hit in look("a.txt", text, pattern, 9).hits]

    made = replaced(text, spans[1:], pattern, r"\2 of \1", is_pattern=True)

    assert made == "ana@home and work of ben"


def test_a_group_that_there_is_none_of_is_refused() -> None:
    pattern = pattern_of(Query("(a)", is_pattern=True))

    with pytest.raises(BadQueryError, match="cannot stand instead"):
        replaced("a", [Span(0, 1)], pattern, r"\2", is_pattern=True)


@pytest.mark.parametrize("words", ["", "(", "a{2,1}", "x" * 1001, "(a{1000}){1000}"])
def test_what_nobody_can_look_for_is_refused_at_once(words: str) -> None:
    began = process_time()

    with pytest.raises(BadQueryError):
        pattern_of(Query(words, is_pattern=True))

    assert process_time() - began < 1


def test_an_expression_without_end_is_stopped_and_said() -> None:
    began = process_time()

    found = look(
        "a.txt", "a" * 60 + "c", pattern_of(Query("(?:a|aa|aaa)+b", is_pattern=True)), 9
    )

    assert "takes too long" in found.problem
    assert process_time() - began < 2


def test_places_without_letters_are_none() -> None:
    assert places("abc", Query("x*", is_pattern=True)) == []


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "x " * 400 + "needle" + " y" * 400

    (hit,) = look("a.txt", text, pattern_of(Query("needle")), 9).hits

    assert len(hit.excerpt) < 200
    assert hit.excerpt[hit.mark.start : hit.mark.end] == "needle"
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")


def test_no_more_places_are_taken_than_asked_for() -> None:
    assert len(look("a.txt", "a" * 50, pattern_of(Query("a")), 7).hits) == 7


def test_templates_are_searched_and_everything_when_asked_for() -> None:
    sources = a_library()

    templates = paths_in(sources, Scope.TEMPLATES)

    assert templates
    assert all(path.startswith("templates/") for path in templates)
    assert "fields.toml" in paths_in(sources, Scope.EVERYTHING)


def test_words_that_went_meanwhile_are_not_replaced() -> None:
    with pytest.raises(ContentError, match="changed"):
        replaced("other", [Span(0, 3)], pattern_of(Query("abc")), "x", is_pattern=False)


def test_a_table_that_could_be_read_has_to_stay_so() -> None:
    before = a_library()
    path = next(one for one in before.texts if one.endswith("/template.toml"))
    broken = before.with_text(path, before.read(path).replace('"', ""))
    odd = Sources({**before.texts, "samples/odd.toml": "= ="})

    with pytest.raises(ExpectedError):
        require_readable(path, before, broken)
    require_readable("samples/odd.toml", odd, odd.with_text("samples/odd.toml", "= 1"))
