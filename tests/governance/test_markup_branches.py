from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from governance.errors import MarkupError
from governance.markup.branches import branches
from governance.markup.lex import Kind
from governance.markup.mapped import MappedText, Place
from governance.names import Span

JINJA = Environment(autoescape=True, keep_trailing_newline=True)

MODES = ["video", "phone", "else", ""]
CONDITIONS = st.sampled_from(
    [
        "a.flag",
        "not a.flag",
        "b.flag",
        "a.flag and b.flag",
        "a.flag or not b.flag",
        'c.mode == "video"',
        '"phone" == c.mode',
        'c.mode != "video"',
        'c.mode in ["video", "phone"]',
        'not c.mode == "phone" and a.flag',
        "c.mode",
        "d.list",
    ]
)
TEXTS = st.sampled_from(["x", " y", "z ", "\n"])


@st.composite
def blocks(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    trim = draw(st.sampled_from(["", "-"]))
    text = f"{{%{trim} if {draw(CONDITIONS)} %}}1{draw(inside)}"
    if draw(st.booleans()):
        text += f"{{% elif {draw(CONDITIONS)} {trim}%}}2{draw(inside)}"
    if draw(st.booleans()):
        text += f"{{% else %}}3{draw(inside)}"
    return text + "{% endif %}"


@st.composite
def loops(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    text = f"{{% for x in d.list %}}4{draw(inside)}"
    text += draw(st.sampled_from(["", "{% if not loop.last %},{% endif %}"]))
    if draw(st.booleans()):
        text += f"{{% else %}}5{draw(inside)}"
    return text + "{% endfor %}"


PARTS = st.recursive(
    TEXTS,
    lambda inside: (
        blocks(inside)
        | loops(inside)
        | st.lists(inside, min_size=2, max_size=3).map("".join)
    ),
    max_leaves=6,
)


def forms(source: str, most: int = 10_000) -> set[str]:
    return {each.text.text for each in branches(MappedText.of("a", source), most)}


def every_rendering(source: str) -> set[str]:
    template = JINJA.from_string(source)
    return {
        template.render(
            a={"flag": first},
            b={"flag": second},
            c={"mode": mode},
            d={"list": numbers},
        )
        for first, second in product([True, False], repeat=2)
        for mode in MODES
        for numbers in ([], [1], [1, 2])
    }


@given(PARTS)
def test_the_forms_of_a_part_are_what_jinja_can_make_of_it(source: str) -> None:
    assert forms(source) == every_rendering(source)


@given(PARTS)
def test_few_forms_still_take_every_way_that_can_be_taken(source: str) -> None:
    ways = {"1", "2", "3", "4", "5"}
    possible = ways & set("".join(every_rendering(source)))

    shown = {sign for text in forms(source, most=12) for sign in text}

    assert shown & ways == possible


@given(PARTS, st.integers(1, 5))
def test_there_are_never_more_forms_than_asked_for(source: str, most: int) -> None:
    text = MappedText.of("a", source)

    assert len(branches(text, most)) <= most
    assert branches(text, most) == branches(text, most)


def test_many_conditions_are_covered_by_few_forms() -> None:
    source = "".join(
        f"{{% if a.x{n} %}}[{n}]{{% elif b.y{n} == 'k' %}}({n}){{% endif %}}"
        for n in range(40)
    )

    shown = forms(source, most=64)

    assert len(shown) <= 64
    for n in range(40):
        assert any(f"[{n}]" in text for text in shown)
        assert any(f"({n})" in text for text in shown)
        assert any(f"[{n}]" not in text and f"({n})" not in text for text in shown)


def test_a_form_says_to_people_when_it_is_sent() -> None:
    source = (
        '{% if interview.mode == "video" %}V{% elif interview.mode == "phone" %}P'
        "{% else %}O{% endif %}{% if recruiter.phone %}T{% endif %}"
        "{% for name in team.names %}N{% endfor %}{% if days.left > 3 %}D{% endif %}"
    )

    found = branches(MappedText.of("a", source))
    labels = {each.text.text: each.label for each in found}

    assert labels["VTND"] == (
        "interview.mode is video, recruiter.phone is there, one of team.names, "
        "days.left > 3"
    )
    assert labels["O"] == (
        "interview.mode is something else, recruiter.phone is missing, "
        "none of team.names, not days.left > 3"
    )


def test_a_part_without_conditions_has_one_form_without_a_label() -> None:
    (form,) = branches(MappedText.of("a", "Hello {{ x.y }}{# not shown #}!"))

    assert (form.label, form.text.text) == ("", "Hello {{ x.y }}!")
    assert [piece.kind for piece in form.pieces] == [Kind.TEXT, Kind.JINJA, Kind.TEXT]


def test_what_is_set_once_is_the_question_that_it_was_set_to() -> None:
    source = (
        "{% set is_video = i.mode == 'video' %}{% if is_video %}1{% endif %}"
        "{% if i.mode == 'video' %}2{% endif %}"
    )

    texts = {text.partition("%}")[2] for text in forms(source)}

    assert texts == {"12", ""}


def test_a_way_that_nobody_can_take_has_no_form() -> None:
    assert forms("{% if a.b %}{% if not a.b %}never{% endif %}x{% endif %}") == {
        "x",
        "",
    }


def test_a_form_keeps_the_places_of_its_text() -> None:
    source = "ab{% if x.y %}cd{% endif %}"

    with_it, _without = branches(MappedText.of("a", source))

    assert with_it.text.text == "abcd"
    assert with_it.text.place(2, 4) == Place("a", Span(14, 16))


def test_raw_text_is_text() -> None:
    (form,) = branches(MappedText.of("a", "{% raw %}{{ a }}{% endraw %}"))

    assert [(piece.kind, piece.text.text) for piece in form.pieces] == [
        (Kind.TEXT, "{{ a }}")
    ]


@pytest.mark.parametrize("source", ["{% if a %}", "{{ a", "{% if a %}" * 3000])
def test_what_does_not_fit_is_refused(source: str) -> None:
    with pytest.raises(MarkupError):
        branches(MappedText.of("a", source))
