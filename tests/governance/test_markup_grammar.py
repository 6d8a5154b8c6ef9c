import mjml
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.sources import Sources
from governance.markup import grammar
from governance.markup.elements import ATTRIBUTES, CHILDREN
from governance.markup.expand import expand
from governance.markup.nesting import DEEPEST
from governance.markup.tree import Dialect
from governance.markup.validate import faults_of, problems_of_part


def in_column(inside: str) -> str:
    return in_body(f"<mj-section><mj-column>{inside}</mj-column></mj-section>")


def in_body(inside: str) -> str:
    return f"<mjml><mj-body>{inside}</mj-body></mjml>"


GROUP = "<mj-group>{% for a in b %}<mj-column />{% endfor %}</mj-group>"


def in_head(inside: str) -> str:
    return f"<mjml><mj-head>{inside}</mj-head><mj-body></mj-body></mjml>"


def faults(source: str) -> list[tuple[str, str]]:
    return [
        (fault.code, source[fault.span.start : fault.span.end])
        for fault in faults_of(source, Dialect.MJML)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (in_column("<mj-txt>a</mj-txt>"), [("mjml-unknown-tag", "<mj-txt>")]),
        (
            in_column('<mj-include path="a" />'),
            [("mjml-unknown-tag", '<mj-include path="a" />')],
        ),
        (in_column("<mj-section />"), [("mjml-misplaced", "<mj-section />")]),
        (in_column("<div>a</div>"), [("mjml-html-here", "<div>")]),
        (in_column(" a "), [("mjml-text-here", "a")]),
        (in_column("{{ a }}"), [("mjml-text-here", "{{ a }}")]),
        (
            in_column("<mj-text>a<mj-button /></mj-text>"),
            [("mjml-misplaced", "<mj-button />")],
        ),
        (
            in_column('<mj-text colour="red">a</mj-text>'),
            [("mjml-unknown-attribute", "colour")],
        ),
        (
            in_column('<mj-text align="middle">a</mj-text>'),
            [("mjml-bad-value", "middle")],
        ),
        (in_column('<mj-spacer height="10" />'), [("mjml-bad-value", "10")]),
        (in_column("<mj-spacer height />"), [("mjml-bad-value", "height")]),
        (
            in_column('<mj-image width="{{ a.b }}" src="{{ a.c }}" />'),
            [("mjml-computed-attribute", "{{ a.b }}")],
        ),
        (
            in_column("<mj-text {% if a %}color='red'{% endif %}>a</mj-text>"),
            [("mjml-code-in-tag", "{% if a %}"), ("mjml-code-in-tag", "{% endif %}")],
        ),
        (
            in_body("<mj-section>{% if a %}<mj-column />{% endif %}</mj-section>"),
            [("mjml-condition-between-columns", "<mj-column />")],
        ),
        (
            in_body(
                "<mj-section>{% for a in b %}<mj-column />{% endfor %}</mj-section>"
            ),
            [("mjml-condition-between-columns", "<mj-column />")],
        ),
        (
            in_head("{% if a %}<mj-title>b</mj-title>{% endif %}"),
            [("mjml-condition-in-head", "<mj-title>")],
        ),
        (
            in_head('<mj-font name="a" />'),
            [("mjml-missing-attribute", '<mj-font name="a" />')],
        ),
        ("<mjml></mjml>", [("mjml-incomplete", "<mjml></mjml>")]),
        (f"{in_body('')}<b></b>", [("mjml-html-here", "<b>")]),
        (f"{in_body('')}a", [("mjml-text-here", "a")]),
        (
            "<mjml><mj-body></mj-body><mj-body></mj-body></mjml>",
            [("mjml-misplaced", "<mj-body>")],
        ),
        (
            in_column("<mj-text><!-- a -- b --></mj-text>"),
            [("mjml-comment", "<!-- a -- b -->")],
        ),
        (
            in_head("<mj-style>a < b</mj-style><mj-title>a</b></mj-title>"),
            [("sign-in-text", "<"), ("sign-in-text", "<")],
        ),
        (
            in_column("<mj-text><b[r [a]='x'>a</b[r></mj-text>"),
            [("name-broken", "b[r"), ("name-broken", "[a]")],
        ),
        (f"<!doctype html>{in_body('')}", [("mjml-declaration", "<!doctype html>")]),
    ],
)
def test_what_mjml_does_not_allow_is_a_fault(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert faults(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        in_column('<mj-text padding="0 {{ brand.space }}">a<br>b</mj-text>'),
        in_column("{% if a %}<mj-text>a</mj-text>{% else %}<mj-spacer />{% endif %}"),
        in_body("{% for a in b %}<mj-section></mj-section>{% endfor %}"),
        in_column(
            '<mj-text color="{% if a %}red{% else %}blue{% endif %}">a</mj-text>'
        ),
        in_column('<mj-text line-height="1.5" letter-spacing="-1px">a</mj-text>'),
        in_column('<mj-image src="a" alt="" height="auto" border-radius="1px 2px" />'),
        in_head("<mj-attributes><mj-all color='red' /></mj-attributes>"),
        in_head("<mj-attributes><mj-text padding='0' /></mj-attributes>"),
        in_head("<mj-attributes><mj-class name='a' width='9px' /></mj-attributes>"),
    ],
)
def test_what_mjml_allows_is_no_fault(source: str) -> None:
    assert faults(source) == []


def test_a_fault_says_what_was_probably_meant() -> None:
    source = in_column('<mj-text colour="red">a</mj-text><mj-buton>b</mj-buton>')

    assert [fault.reason for fault in faults_of(source, Dialect.MJML)] == [
        "“<mj-text>” has no attribute “colour”; is “color” meant?",
        "MJML has no “<mj-buton>”; is “<mj-button>” meant?",
    ]


def test_a_partial_may_begin_anywhere() -> None:
    assert faults_of("<mj-text>a</mj-text>", Dialect.MJML, is_partial=True) == ()
    assert faults_of("Dear <b>you</b>", Dialect.MJML, is_partial=True) == ()
    assert faults_of("<mj-txt>a</mj-txt>", Dialect.MJML, is_partial=True) != ()


def test_a_problem_of_a_partial_is_told_once_in_the_partial() -> None:
    include = "{% include 'partials/a.mjml' %}"
    texts = {"mail": in_column(include * 2), "partials/a.mjml": "\n<mj-txt></mj-txt>"}
    sources = Sources(texts)

    problems = problems_of_part(
        expand("mail", sources.read), Dialect.MJML, sources.read
    )

    assert [(each.path, each.line, each.column) for each in problems] == [
        ("partials/a.mjml", 2, 1)
    ]


def test_every_element_that_may_stand_somewhere_is_known() -> None:
    assert {name for inside in CHILDREN.values() for name in inside} <= set(ATTRIBUTES)
    assert set(CHILDREN) - {""} <= set(ATTRIBUTES)


@pytest.mark.parametrize("name", sorted(ATTRIBUTES))
def test_every_kind_of_attribute_can_be_judged(name: str) -> None:
    for attribute in grammar.attributes(name):
        kind = grammar.kind(name, attribute)
        assert kind is not None
        assert kind.is_free or not kind.fits("a value of no kind")


INSIDE = st.sampled_from(
    [
        "<mj-text>a</mj-text>",
        "<mj-text>a<br>b &amp; c</mj-text>",
        "<mj-text>a</mj-txt>",
        "<mj-text><b>a</mj-text>",
        "<mj-text>a</b></mj-text>",
        "<mj-text>a < b</mj-text>",
        "<mj-text><a href=x>a</a></mj-text>",
        "<mj-text><a href='x>a</a></mj-text>",
        "<mj-text><!-- a --></mj-text>",
        "<mj-text><!-- a -- b --></mj-text>",
        "<mj-text><img src='a'></mj-text>",
        "<mj-text><![CDATA[ a ]]></mj-text>",
        "<mj-image src='a'>",
        "<mj-image src='a' alt='b' />",
        "<mj-raw><td>a</td></mj-raw>",
        "<mj-raw><td>a</mj-raw>",
        "<mj-table><tr><td>a</td></tr></mj-table>",
        "<mj-text><b[r>a</b[r></mj-text>",
        "<mj-text><b ü='a'>a</b></mj-text>",
        "<mj-text><b [a]='a'>a</b></mj-text>",
        "<mj-raw><style>a < b</style></mj-raw>",
        "<mj-raw><style>a > b</style></mj-raw>",
        "<mj-spacer />",
        "<mj-divider/>",
    ]
)


@given(st.lists(INSIDE, max_size=3).map("".join))
def test_the_compiler_can_read_what_has_no_fault(inside: str) -> None:
    source = in_column(inside)

    if not faults(source):
        mjml.mjml2html(source)


def test_the_compiler_survives_the_deepest_tree() -> None:
    depth = DEEPEST - 6
    source = in_column(f"<mj-text>{'<b>' * depth}{'</b>' * depth}</mj-text>")

    assert faults(source) == []
    assert "<b><b>" in str(mjml.mjml2html(source))
