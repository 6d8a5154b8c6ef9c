from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import MarkupError, Problem
from governance.markup.lex import (
    LONGEST_CONSTRUCT,
    LONGEST_SOURCE,
    Kind,
    _NotSimpleError,
    _quickly,
    _thoroughly,
    lex,
)

PIECES = st.sampled_from(
    ["<p>", " \n ", "{{ a }}", "{{- '}}' -}}", "{% if a -%}", "{# {{ #}", "💚", "}}"]
)
SIMPLE = st.sampled_from(
    [
        "<p>",
        " \n ",
        "{{ a }}",
        "{{- '}}' -}}",
        '{{ {"a": {}} }}',
        "{{ a['}'] }}}",
        "{%- set a = 1 %}",
        "{# {{ #}",
        "{#- x -#}",
        "%}",
        "}}",
        "#}",
        "{",
        "{ {",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_the_pieces_joined_are_the_source(source: str) -> None:
    assert "".join(token.text for token in lex(source)) == source


@given(st.lists(PIECES).map("".join))
def test_spans_count_code_points_of_the_source(source: str) -> None:
    for token in lex(source):
        assert source[token.span.start : token.span.end] == token.text


@given(st.lists(SIMPLE).map("".join))
def test_lexing_construct_by_construct_finds_what_lexing_the_whole_finds(
    source: str,
) -> None:
    with suppress(_NotSimpleError):  # then the whole is lexed anyway
        assert list(_quickly(source)) == _thoroughly(source)


def test_what_only_looks_like_jinja_is_text() -> None:
    source = "{% raw %}{{ a }}{% endraw %}{{ '%}' }}"

    assert [(token.kind, token.text) for token in lex(source)] == [
        (Kind.JINJA, "{% raw %}"),
        (Kind.TEXT, "{{ a }}"),
        (Kind.JINJA, "{% endraw %}"),
        (Kind.JINJA, "{{ '%}' }}"),
    ]


def test_white_space_that_a_tag_trims_is_text() -> None:
    tokens = lex("a \n{%- if b -%}\n c")

    assert [token.text for token in tokens] == ["a \n", "{%- if b -%}", "\n c"]
    assert tokens[1].trims_before
    assert tokens[1].trims_after


@pytest.mark.parametrize(
    "construct",
    ["{{ a", "{% if a", "{# a", "{{ a ) }}", "{{ £ }}", "{% raw %} x", "{{ '}} "],
)
def test_a_broken_construct_is_refused_with_its_line(construct: str) -> None:
    with pytest.raises(MarkupError, match=r"^Line 2: .+\.$"):
        lex(f"<p>\n{construct}")


def test_a_broken_construct_names_its_file_and_place() -> None:
    with pytest.raises(MarkupError, match=r"^a\.txt, line 2: ") as caught:
        lex("Hello\n  {{ a", "a.txt")

    assert caught.value.problems == (
        Problem(
            "jinja-syntax", "what begins here is never closed", "a.txt", 8, 12, 2, 3
        ),
    )


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a" * (LONGEST_SOURCE + 1), "source-too-long"),
        ("a\r\nb", "control-character"),
        ("a\0b", "control-character"),
        ("{{ '" + "a" * LONGEST_CONSTRUCT + "' }}", "jinja-syntax"),
    ],
)
def test_what_no_message_needs_is_refused(source: str, code: str) -> None:
    with pytest.raises(MarkupError) as caught:
        lex(source)

    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("piece", ["{{", "{%", "{#", "}}", "{{ '", "{{ a }}", "\ue000"])
def test_a_long_source_of_anything_is_read_or_refused_soon(piece: str) -> None:
    source = piece * 20_000

    with suppress(MarkupError):
        assert "".join(token.text for token in lex(source)) == source
