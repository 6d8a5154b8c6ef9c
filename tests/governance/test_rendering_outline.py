"""A template without its words prints what it would print with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError

from governance.rendering.outline import Outline, outlined
from governance.rendering.sandbox import Sandbox

SANDBOX = Sandbox(is_html=False)

texts = st.text(alphabet="ab <>{}%#-\n\t\u00a0\ufdd0\ufdd1:\u20ac0'\"", max_size=8)
constructs = st.sampled_from(
    [
        *("{{ name }}", "{{- name -}}", "{{ 'a' ~ name }}", "{# no -#}", "{#- no #}"),
        *(
            "{% if yes %}",
            "{%- if no -%}",
            "{% else %}",
            "{%- endif -%}",
            "{% endif %}",
        ),
        *("{% for one in some %}", "{{ one }}", "{%- endfor -%}", "{% endfor %}"),
        *("{% raw %}", "{%- endraw -%}", "{% endraw %}", "{% set name = 'c' %}"),
    ]
)
KNOWN = {"name": "N \ufdd00\ufdd1", "yes": True, "no": False, "some": ["1", "2"]}


def printed(source: str, outline: Outline) -> str:
    template = SANDBOX.from_string(source)
    return "".join(map(outline.filled, template.generate(KNOWN)))


@given(st.lists(st.one_of(texts, constructs), max_size=12).map("".join))
def test_the_words_come_back_where_they_stood(source: str) -> None:
    try:
        as_written = printed(source, Outline(source, ()))
    except TemplateError:
        return
    outline = outlined(source)

    assert printed(outline.shape, outline) == as_written


@pytest.mark.parametrize(
    "source",
    [
        "Dear {{ name }}, {%- if yes %} come {% endif -%} !",
        "{% for one in some %} <b>{{ one }}</b>\n{%- endfor %}",
        "{% raw %} {{ name }} {% endraw %} and {{- name -}} so",
        "a {# x #} b {#- y -#} c",
    ],
)
def test_other_words_have_the_same_shape(source: str) -> None:
    first, second = outlined(source), outlined(source.replace("a", "aa"))

    assert printed(first.shape, first) == printed(source, Outline(source, ()))
    assert outlined(f"Some {source}").shape == outlined(f"Others {source}").shape
    assert first.words != second.words or "a" not in "".join(first.words)


def test_a_value_that_looks_like_a_mark_stays_what_it_is() -> None:
    outline = outlined("words {{ name }}")

    assert printed(outline.shape, outline) == "words N \ufdd00\ufdd1"
