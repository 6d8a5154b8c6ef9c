from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import MarkupError
from governance.markup.nesting import DEEPEST
from governance.markup.parse import parse
from governance.markup.serialise import opening_of, serialise, text_of
from governance.markup.tree import (
    Attribute,
    Condition,
    Dialect,
    Document,
    Element,
    Loop,
    Node,
    children_of,
)

DIALECTS = st.sampled_from(Dialect)

# Sound pieces, and what is left of them when somebody edits without looking.
PIECES = st.sampled_from(
    [
        "<mj-text",
        ' color="{{ brand.color }}"',
        " href='{% if a %}x{% else %}y{% endif %}'",
        ' title="{{ ">" }}"',
        ">",
        " />",
        "</mj-text>",
        "<b>",
        "</b>",
        "<br>",
        "<!-- c -->",
        "<!--[if mso]>",
        "<![endif]-->",
        "<!doctype html>",
        "<style>",
        "</style>",
        "a > b",
        "a < b",
        "&amp;",
        "Grüße 💚\n",
        "\ue000",
        "{{ a.b }}",
        "{% if a %}",
        "{% elif b %}",
        "{% else %}",
        "{% endif %}",
        "{% for x in y %}",
        "{% endfor %}",
        "{% set a = 1 %}",
        "{# <b> #}",
        '"',
        "'",
        "=",
        "/",
        "<",
        "</",
    ]
)
SOURCES = st.lists(PIECES, max_size=30).map("".join)

MAIL = """<mjml>
  <mj-head><mj-style>.a > b { color: red }</mj-style></mj-head>
  <mj-body>
    {% if interview.mode == "video" %}
    <mj-section padding='0 10px'>
      <mj-column><mj-text>Hello <b>{{ candidate.first_name }}</b>,<br/>
        see {% for name in team %}{{ name }}{% else %}us{% endfor %}!
      </mj-text></mj-column>
    </mj-section>
    {%- else -%}<mj-section/>{% endif %}
  </mj-body>
</mjml>
"""


def everything(document: Document) -> Iterator[Node]:
    waiting = list(document.nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children_of(node)


@given(SOURCES, DIALECTS)
def test_a_tree_is_written_byte_by_byte_as_it_was_read(
    source: str, dialect: Dialect
) -> None:
    assert serialise(parse(source, dialect)) == source


@given(st.data(), DIALECTS)
def test_a_mail_that_was_edited_blindly_is_written_as_it_was_read(
    data: st.DataObject, dialect: Dialect
) -> None:
    start = data.draw(st.integers(0, len(MAIL)))
    end = data.draw(st.integers(start, min(len(MAIL), start + 40)))
    source = MAIL[:start] + data.draw(PIECES | st.just("")) + MAIL[end:]

    try:
        document = parse(source, dialect)
    except MarkupError:  # a construct of Jinja's was torn
        return

    assert serialise(document) == source


@given(SOURCES, DIALECTS)
def test_every_span_is_where_its_node_stands(source: str, dialect: Dialect) -> None:
    document = parse(source, dialect)

    for node in everything(document):
        assert source[node.span.start : node.span.end] == text_of([node])
        if isinstance(node, Element):
            tag = source[node.tag_span.start : node.tag_span.end]
            assert tag == opening_of(node)
            for attribute in node.attributes:
                assert_in_place(node, attribute, source)
    for fault in document.faults:
        assert 0 <= fault.span.start < fault.span.end <= len(source)


def assert_in_place(element: Element, attribute: Attribute, source: str) -> None:
    name = element.here(attribute.name_span)
    value = element.here(attribute.value_span)
    assert source[name.start : name.end] == attribute.name
    assert source[value.start : value.end] == attribute.value


def test_a_condition_is_a_node_around_what_stands_in_it() -> None:
    document = parse(MAIL, Dialect.MJML)

    assert document.faults == ()
    condition = next(
        node for node in everything(document) if isinstance(node, Condition)
    )
    assert [arm.tag for arm in condition.arms] == [
        '{% if interview.mode == "video" %}',
        "{%- else -%}",
    ]
    assert [
        [child.name for child in arm.children if isinstance(child, Element)]
        for arm in condition.arms
    ] == [["mj-section"], ["mj-section"]]
    loop = next(node for node in everything(document) if isinstance(node, Loop))
    assert [text_of(arm.children) for arm in loop.arms] == ["{{ name }}", "us"]


def test_the_value_of_an_attribute_may_hold_a_condition() -> None:
    source = '<a href="{% if a > 1 %}x{% else %}{{ "\\"" }}{% endif %}" b>x</a>'

    (link,) = parse(source, Dialect.HTML).elements()

    assert [(each.name, each.has_code) for each in link.attributes] == [
        ("href", True),
        ("b", False),
    ]
    href = link.attribute("href")
    assert href is not None
    assert href.value == '{% if a > 1 %}x{% else %}{{ "\\"" }}{% endif %}'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>x</b></p>", [("tag-stray", "</b>")]),
        ("<b><i>x</b></i>", [("tag-unclosed", "<i>"), ("tag-stray", "</i>")]),
        ("<b>", [("tag-unclosed", "<b>")]),
        ("a < b", [("sign-in-text", "<")]),
        ("a <1", [("sign-in-text", "<")]),
        ("<b", [("tag-broken", "<b")]),
        ("</b", [("tag-broken", "<")]),
        ("<!-- a", [("comment-unclosed", "<")]),
        ('<a b="1" B="2"/>', [("attribute-doubled", "B")]),
        ("<a b=1 />", [("attribute-unquoted", "b")]),
        ('<a b="1"c />', [("tag-broken", "c")]),
        ('<a b="x>y</a>', [("attribute-unclosed", '"')]),
        ('<a b="<i>" />', [("attribute-unclosed", "b")]),
        (
            "{% if x %}<b>{% endif %}x{% if x %}</b>{% endif %}",
            [("tag-unclosed", "<b>"), ("tag-stray", "</b>")],
        ),
        (
            "<b>{% if x %}</b>{% endif %}",
            [("tag-unclosed", "<b>"), ("tag-split", "</b>")],
        ),
        (
            '<a b="{% if x %}"/>{% endif %}',
            [("block-split", "{% if x %}"), ("block-stray", "{% endif %}")],
        ),
        (
            "<!-- {% if x %} -->{% endif %}",
            [("block-split", "{% if x %}"), ("block-stray", "{% endif %}")],
        ),
        ("{% if x %}", [("block-unclosed", "{% if x %}")]),
        ("{% endif %}", [("block-stray", "{% endif %}")]),
        ("{% else %}", [("block-stray", "{% else %}")]),
    ],
)
def test_what_is_broken_is_a_fault_with_its_place(
    source: str, expected: list[tuple[str, str]]
) -> None:
    document = parse(source, Dialect.MJML)

    assert [
        (fault.code, source[fault.span.start : fault.span.end])
        for fault in document.faults
    ] == expected


def test_what_html_closes_by_itself_is_no_fault_there() -> None:
    source = "<ul><li>a<li>b</ul><p>c<br><img src='x'>"

    assert parse(source, Dialect.HTML).faults == ()
    assert parse(source, Dialect.MJML).faults != ()


def test_text_that_looks_like_tags_is_left_alone_in_style_sheets() -> None:
    source = "<style>a > b {% if x %}<c{% endif %}</style><b></b>"

    document = parse(source, Dialect.HTML)

    assert [each.name for each in document.elements()] == ["style", "b"]
    assert document.faults == ()


@pytest.mark.parametrize("piece", ["<b>", "{% if a %}", "<b>{% for a in b %}"])
def test_what_is_nested_too_deeply_is_a_fault_and_no_crash(piece: str) -> None:
    source = piece * 5_000

    document = parse(source, Dialect.MJML)

    assert [fault.code for fault in document.faults] == ["too-deep"]
    assert serialise(document) == source
    assert source[: document.faults[0].span.start].count("<b>") <= DEEPEST


@pytest.mark.parametrize(
    "piece",
    ["<", "</", "<!--", "<![CDATA[", "<?", "<a ", '<a b="', "<a b='x\" ", "=\"'"],
)
def test_a_long_source_of_anything_is_parsed_soon(piece: str) -> None:
    source = piece * 5_000

    assert serialise(parse(source, Dialect.HTML)) == source
