from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import MarkupError
from governance.markup.expression import REFUSED_TAGS, read_construct
from governance.markup.usage import DEEPEST_BLOCKS, usage


def names(source: str) -> list[str]:
    return [use.name for use in usage(source).names]


def faults(source: str) -> list[tuple[str, str]]:
    return [
        (fault.code, source[fault.span.start : fault.span.end])
        for fault in usage(source).faults
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ candidate.first_name }}", ["candidate.first_name"]),
        ('{{ candidate["first_name"] }}', ["candidate.first_name"]),
        ("{{ a.b | date('long') }}", ["a.b"]),
        ('{% if a.b == "x" and not c.d %}{% elif e.f %}{% endif %}', ["a.b", "c.d"]),
        ("{{ a.b if c.d else 'e.f' }}", ["c.d", "a.b"]),
        ("{{ people.names[0] }}", ["people.names"]),
        ("{% raw %}{{ a.b }}{% endraw %}{# {{ c.d }} #}", []),
        ("{{ 'a.b' }}", []),
    ],
)
def test_the_names_that_are_read_are_found(source: str, expected: list[str]) -> None:
    assert names(source)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% for x in a.b %}{{ x.y }}{{ loop.index }}{% endfor %}{{ x.z }}", ["x.z"]),
        ("{% set x = a.b %}{{ x }}{% set x = x ~ c.d %}", ["c.d"]),
        ("{% for x in a.b %}{% set y = x %}{% endfor %}{{ y }}", ["y"]),
        ("{% if a.b %}{% set y = 1 %}{% endif %}{{ y }}", []),
        (
            "{% for x in a.b if x.c and d.e %}{% else %}{{ x }}{% endfor %}",
            ["d.e", "x"],
        ),
        ("{% for k, v in a.b %}{{ k }}{{ v }}{% endfor %}", []),
    ],
)
def test_what_a_message_sets_itself_is_not_asked_of_anyone(
    source: str, expected: list[str]
) -> None:
    assert [name for name in names(source) if name != "a.b"] == expected


def test_a_name_is_found_where_it_stands() -> None:
    source = "💚 {{ 'a.b' ~ a.b|upper }} {% if c is defined and c.d %}{% endif %}"

    used = usage(source)

    assert [source[use.span.start : use.span.end] for use in used.names] == [
        "a.b",
        "c",
        "c.d",
    ]
    assert [(use.name, use.span.start) for use in used.filters] == [("upper", 17)]
    assert [use.name for use in used.tests] == ["defined"]


@pytest.mark.parametrize("tag", sorted(REFUSED_TAGS))
def test_what_hides_text_from_those_who_approve_it_is_refused(tag: str) -> None:
    source = f"a\n{{% {tag} x %}}"

    assert faults(source) == [("jinja-refused", source[2:])]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ a.b() }}", "jinja-call"),
        ("{{ range(9) }}", "jinja-call"),
        ("{{ a.__class__ }}", "jinja-private"),
        ('{{ a["_b"] }}', "jinja-private"),
        ('{{ (a|first)["__b"] }}', "jinja-private"),
        ("{{ _a }}", "jinja-private"),
        ("{{ a[b] }}", "jinja-computed-name"),
        ("{% include a %}", "include-computed"),
        ("{% include ['a', 'b'] %}", "include-computed"),
        ("{% set a.b = 1 %}", "jinja-refused"),
        ("{% set a %}", "jinja-syntax"),
        ("{% for a in b recursive %}", "jinja-refused"),
        ("{% foo %}", "jinja-syntax"),
        ("{% %}", "jinja-syntax"),
        ("{{ }}", "jinja-syntax"),
        ("{{ a b }}", "jinja-syntax"),
        ("{{ " + "1" * 5000 + " }}", "jinja-syntax"),
        ("{% endif a %}", "jinja-syntax"),
        ("{{ " + "(" * 3000 + "a" + ")" * 3000 + " }}", "jinja-syntax"),
        ("{{ " + " + ".join("a" * 500) + " }}", "jinja-syntax"),
    ],
)
def test_what_messages_may_not_do_is_a_fault(source: str, code: str) -> None:
    assert code in {fault.code for fault in read_construct(source).faults}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% if a %}", [("block-unclosed", "{% if a %}")]),
        ("x{% endif %}", [("block-stray", "{% endif %}")]),
        ("{% for a in b %}{% endif %}{% endfor %}", [("block-stray", "{% endif %}")]),
        ("{% else %}", [("block-stray", "{% else %}")]),
        (
            "{% if a %}{% else %}{% elif b %}{% endif %}",
            [("block-stray", "{% elif b %}")],
        ),
        ("{% for a in b %}{% elif c %}{% endfor %}", [("block-stray", "{% elif c %}")]),
    ],
)
def test_blocks_that_do_not_fit_are_faults(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert faults(source) == expected


def test_blocks_that_are_nested_too_deeply_are_a_fault() -> None:
    depth = DEEPEST_BLOCKS + 5
    source = "{% if a %}" * depth + "{% endif %}" * depth

    assert faults(source) == [("too-deep", "{% if a %}")]


@given(st.text(alphabet="{}%#- \n'\"abif.()[]|=_1,~"))
def test_whatever_is_written_is_read_or_refused(inside: str) -> None:
    for source in (f"{{{{{inside}}}}}", f"{{%{inside}%}}", f"{{% if {inside} %}}"):
        with suppress(MarkupError):
            usage(source)
