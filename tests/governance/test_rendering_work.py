"""A template that works without limit is stopped, however little it prints."""

from time import process_time

import pytest

from governance.errors import MarkupError, RenderTooExpensiveError
from governance.kept import Kept
from governance.rendering import render as rendering
from governance.rendering.compiled import Compiled
from governance.rendering.render import render
from governance.rendering.values import RecipientValues
from tests.fakes.messages import ENGLISH, compiled, values

ALL = compiled(sms_txt="{{ interview.starts_at }}{{ interview.people }}{{ job.title }}")
# On a busy computer; without a limit these take minutes, or all of its memory.
SECONDS = 3.0


def told(text: str, part: str = "en/sms.txt", **known: object) -> str:
    message = Compiled({part: text, "fields.json": ALL.parts["fields.json"]})
    made = render(message, values(**known), ENGLISH)
    return made.sms or made.html or ""


def loops(count: int, items: str = "[1,2,3,4,5,6,7,8,9,0]", inside: str = "") -> str:
    begun = "".join(f"{{% for a{n} in {items} %}}" for n in range(count))
    return begun + inside + "{% endfor %}" * count


BOMBS = {
    "doubling": "{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40,
    "doubling a value": "{% set a = job.title %}" + "{% set a = a ~ a %}" * 40,
    "one long joint": (
        "{% set a = job.title ~ job.title ~ job.title %}"
        "{{ " + " ~ ".join(["a"] * 9_000) + " }}"
    ),
    "joining": "{% set a='xxxxxxxxxx' %}" + "{% set a = a|join(a) %}" * 5,
    "joining texts": "{{ '" + "x" * 99_000 + "'|join('" + "y" * 99_000 + "') }}",
    "loops": loops(8),
    "loops over a value": loops(5, "interview.people"),
    "loops over letters": loops(5, "job.title|lower"),
    "a loop's own condition": (
        loops(
            2, "job.title|lower", "{% for b in job.title|lower if b == 1 %}{% endfor %}"
        )
    ),
    "lists of lists": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "tuples of tuples": "{% set a = 1, %}" + "{% set a = a, a %}" * 40 + "{{ a }}",
    "comparing": (
        "{% set a = job.title ~ '' %}{% set b = job.title ~ '' %}"
        + loops(2, "job.title|lower", "{% if a in b or b == a %}{% endif %}")
    ),
    "testing": loops(
        1, "job.title|lower", "{% if job.title is in job.title %}{% endif %}" * 99
    ),
    "changing letters": loops(1, "job.title|lower", "{% set b = job.title|upper %}"),
    "trimming": loops(1, "job.title|lower", "{% set b = job.title|trim(job.title) %}"),
    "dates": loops(4, inside="{{ interview.starts_at }}"),
    "printing": loops(2, "job.title|lower", "{{ job.title }}"),
    "no loop": "{{ job.title }}" * 20_000,
    "brackets": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "blocks": "{% if 1 %}" * 200 + "{% endif %}" * 200,
    "loops in loops": loops(30, "[]"),
    "a long source": "a" * 2_000_001,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("part", ["en/sms.txt", "en/email.html"])
def test_a_bomb_is_refused_at_once(name: str, part: str) -> None:
    begun = process_time()

    with pytest.raises(RenderTooExpensiveError):
        told(BOMBS[name], part, job__title="x" * 20_000, interview__people=["x"] * 200)

    assert process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        '{{ "x" * 10**9 }}',
        "{{ 10 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'a'.center(10**9) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ range(10**9) }}",
        "{{ [1] * 10**9 }}",
        "{{ 1|center(1000000000) }}",
        "{{ 'a'|indent(1000000000) }}",
        "{{ 'a'|replace('a', 'b') }}",
        "{{ 'a'|format('b') }}",
        "{{ '%s'|format('b') }}",
        "{{ [1]|batch(1000000000, 1) }}",
        "{{ [1]|slice(1000000000) }}",
        "{{ 'a b'|wordwrap(1) }}",
        "{{ 'a'|urlize }}",
        "{{ {'a': 1} }}",
        "{{ 'abc'[::2] }}",
        "{% set a %}{{ job.title }}{% endset %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% filter upper %}a{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% include 'sms.txt' %}",
        "{% autoescape false %}<b>{% endautoescape %}",
        "{{ 'a'|1joined }}",
    ],
)
@pytest.mark.parametrize("part", ["en/sms.txt", "en/email.html"])
def test_what_could_make_much_of_little_is_no_part_of_messages(
    text: str, part: str
) -> None:
    with pytest.raises(MarkupError):
        told(text, part)


def test_a_large_message_is_far_from_the_limit() -> None:
    row = (
        "{% if not loop.first %}, {% endif %}{{ loop.index }} {{ p ~ '!' }} "
        "{% if p == 'Ingrid' %}{{ job.title|upper }}{% endif %}"
    )

    text = told(
        f"{{% for p in interview.people %}}{row}{{% endfor %}}",
        interview__people=["Ingrid"] * 200,
    )

    assert text.startswith("1 Ingrid! WELDER, 2 Ingrid!")
    assert text.count("WELDER") == 200


def test_lists_joints_and_loops_do_what_jinja_says() -> None:
    assert (
        told(
            "{% for a, b in [(1, 2), (3, 4)] %}{{ a }}{{ b }}{% if loop.last %}."
            "{% endif %}{% endfor %}{{ ['a', 'b']|join('-') }}{{ [1, 2]|length }}"
            "{{ [1, 2]|last }}{{ 'x' in ['x'] }}{{ ('a', 'b')|first }}"
            "{% for a in [] %}{% else %}none{% endfor %}{{ 1 ~ '<' }}{{ '  a '|trim }}"
        )
        == "1234.a-b22Truea"
        "none1<a"
    )


def test_what_is_joined_is_escaped_once_in_html() -> None:
    html = told(
        "{{ job.title ~ '<' }}{{ [job.title, '<']|join('&') }}",
        "en/email.html",
        job__title="<b>",
    )

    assert html == "&lt;b&gt;&lt;" + "&lt;b&gt;&amp;&lt;"


def test_a_candidates_spaces_take_no_time() -> None:
    told("{{ job.title }}")
    begun = process_time()

    told("{{ job.title }}", job__title="a" + " " * 19_000 + "b")

    assert process_time() - begun < 0.3


def test_sources_of_each_key_that_is_typed_are_not_kept_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = Kept[tuple[bool, str], object](5_000, lambda key: len(key[1]))
    monkeypatch.setattr(rendering, "_ready", ready)

    for number in range(20):
        made = Compiled({"en/subject.txt": f"{number} {'a' * 1_000}"})
        assert render(made, RecipientValues({}), ENGLISH).subject

    assert 1_000 < ready.size <= 5_000


def test_other_words_need_no_new_code(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = Kept[tuple[bool, str], object](100)
    monkeypatch.setattr(rendering, "_codes", codes)

    told("Dear {{ job.title }}, one word", job__title="a")
    told("Hello {{ job.title }}, some other words", job__title="b")
    assert codes.size == 1
    told("Hello {{ job.title|upper }}, some other words", job__title="b")

    assert codes.size == 2
