from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment

from governance.content.sources import Sources
from governance.errors import MarkupError, MissingFileError
from governance.markup.expand import DEEPEST_INCLUDE, expand
from governance.markup.mapped import Place
from governance.names import Span

PIECES = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "{# c #}",
        "{{ 'x' }}",
        "{% if 1 %}y{% endif %}",
        "{% include 'two' %}",
        "{%- include 'two' -%}",
        "{%- include 'two' %}",
    ]
)
INCLUDED = st.sampled_from(["b", " ", "\n", "{{ 'z' }}", "{% if 1 %} w{% endif %}"])


def expanded(texts: Mapping[str, str]) -> str:
    return expand("one", Sources(texts).read).text


@given(st.lists(PIECES).map("".join), st.lists(INCLUDED).map("".join))
def test_expanding_says_what_including_would_have_said(one: str, two: str) -> None:
    loader = DictLoader({"one": one, "two": two})
    jinja = Environment(loader=loader, keep_trailing_newline=True, autoescape=True)

    whole = jinja.from_string(expanded({"one": one, "two": two}))

    assert whole.render() == jinja.get_template("one").render()


def test_each_stretch_names_the_file_that_it_came_from() -> None:
    texts = {"one": "Hello {% include 'two' %}!", "two": "world"}

    text = expand("one", Sources(texts).read)

    assert text.text == "Hello world!"
    assert text.place(6, 11) == Place("two", Span(0, 5))
    assert text.place(11, 12) == Place("one", Span(25, 26))


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"one": "{% include 'two' %}"}, "one, line 1: .*“two” is missing"),
        (
            {"one": "{% include 'two' %}", "two": "\n{% include 'one' %}"},
            "two, line 2: “one” includes itself: one → two → one",
        ),
        ({"one": "{% include 'one' %}"}, "includes itself: one → one"),
        ({"one": "a\n{% include brand.x %}"}, "one, line 2: name the included file"),
        ({"one": "{% include 'two' %}", "two": "{% if a %}"}, "two, line 1: “if” is"),
        ({"one": "{% endif %}"}, "one, line 1: “endif” closes nothing"),
        ({"one": "{% include 'two' ignore missing %}"}, "ignore missing"),
    ],
)
def test_a_bad_include_is_explained(texts: Mapping[str, str], problem: str) -> None:
    with pytest.raises(MarkupError, match=problem):
        expanded(texts)


def test_a_missing_include_has_an_error_of_its_own() -> None:
    with pytest.raises(MissingFileError):
        expanded({"one": "{% include 'two' %}"})


def test_includes_that_are_nested_too_deeply_are_refused() -> None:
    texts = {"one": "{% include 'f1' %}"}
    texts |= {f"f{n}": f"{{% include 'f{n + 1}' %}}" for n in range(1, 30)}

    with pytest.raises(MarkupError, match="nested too deeply") as caught:
        expanded({**texts, "f30": ""})

    assert caught.value.problems[0].path == f"f{DEEPEST_INCLUDE - 1}"


@pytest.mark.parametrize("bottom", ["", "x" * 1000])
def test_includes_that_double_again_and_again_are_refused(bottom: str) -> None:
    texts = {"one": "{% include 'f1' %}", "f14": bottom}
    texts |= {f"f{n}": f"{{% include 'f{n + 1}' %}}" * 10 for n in range(1, 14)}

    with pytest.raises(MarkupError, match=r"too many files|too long"):
        expanded(texts)
