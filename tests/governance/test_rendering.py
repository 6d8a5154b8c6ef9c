from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import (
    MarkupError,
    MissingValueError,
    RenderTooExpensiveError,
    UnknownFormatError,
)
from governance.names import Locale
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered, one_line, render
from governance.rendering.values import RecipientValues
from tests.fakes.messages import ENGLISH, GERMAN, a_mail, compiled, values

FATIMA = "\u0641\u0627\u0637\u0645\u0629"
NBSP = "\N{NO-BREAK SPACE}"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ATTACKS = st.sampled_from(
    [
        "{{ 7 * 7 }}",
        "{% for a in b %}",
        "{# a",
        "{% include 'x' %}",
        "<script>alert(1)</script>",
        '" onmouseover="x',
        "' x='",
        "</title><b>",
        "--><b>",
        "{{ candidate.city }}",
        "&lt;b&gt;",
    ]
)


def told(text: str, **known: object) -> str:
    """Render ``text`` as a text message."""
    shown = render(compiled(sms_txt=text), values(**known), ENGLISH).sms
    assert shown is not None
    return shown


def shown(body: str, **known: object) -> str:
    """Render ``body`` as the inside of a mail."""
    html = render(compiled(email_html=body), values(**known), ENGLISH).html
    assert html is not None
    return html.partition("<body>")[2].removesuffix("</body></html>")


def refusal(text: str, **known: object) -> str:
    message = Compiled(
        {"en/sms.txt": text, "fields.json": compiled(sms_txt=ALL).parts["fields.json"]}
    )
    with pytest.raises(MarkupError) as caught:
        render(message, values(**known), ENGLISH)
    return str(caught.value)


ALL = (
    "{{ candidate.first_name }}{{ candidate.city }}{{ interview.people }}"
    "{{ job.title }}"
)


# -- a message for one person


def test_a_person_gets_the_whole_message() -> None:
    made = compiled(
        subject_txt="{{ candidate.first_name }},\n  your interview\n",
        preheader_txt="On {{ interview.starts_at | date }}",
        email_mjml=a_mail("<mj-text>For {{ job.title }}</mj-text>"),
        sms_txt="At {{ interview.starts_at | time }}",
        chat_txt="{{ interview.people | list }}",
    )

    message = render(made, values(), ENGLISH)

    assert message.html is not None
    assert "For Welder</div>" in message.html
    assert message == Rendered(
        subject="Maya, your interview",
        preheader="On December 3, 2026",
        html=message.html,
        text="For Welder",
        sms="At 10:00 AM",
        chat="Daniel and Ingrid",
    )
    assert repr(message) == "Rendered(…)"


def test_a_part_that_is_not_written_is_none() -> None:
    message = render(compiled(), values(), ENGLISH)

    assert message == Rendered("Your interview", None, None, None, None, None)


def test_a_locale_that_is_not_written_is_refused() -> None:
    with pytest.raises(MarkupError, match="de"):
        render(compiled(), values(), GERMAN)


def test_each_locale_prints_in_its_language() -> None:
    text = "{{ interview.starts_at }}; {{ offer.salary }}; {{ offer.hours }}"

    made = compiled(sms_txt=text, de_sms_txt=text)

    assert render(made, values(), ENGLISH).sms == (
        "Thursday, December 3, 2026, 10:00 AM (CET); €84,000; 38"
    )
    assert render(made, values(), GERMAN).sms == (
        "Donnerstag, 3. Dezember 2026, 10:00 (MEZ); 84.000 €; 38"
    )


def test_bare_values_print_a_sensible_form() -> None:
    assert told(
        "{{ interview.minutes }}|{{ interview.people }}|{{ offer.deadline }}|"
        "{{ office.opens }}|{{ links.confirm }}|{{ recruiter.email }}|"
        "{{ recruiter.phone }}"
    ) == (
        "75 minutes|Daniel and Ingrid|December 18, 2026|8:30 AM|"
        "https://northwind.example/yes|priya@northwind.example|+49 30 5550 1210"
    )


def test_filters_print_another_style() -> None:
    assert told(
        '{{ interview.starts_at | date("short") }}|{{ interview.starts_at | zone }}|'
        '{{ interview.starts_at | zone("short") }}|{{ interview.people | list("or") }}|'
        "{{ interview.starts_at | moment('medium') }}|{{ job.title | upper }}|"
        "{{ offer.salary | money }}|{{ interview.minutes | duration }}|"
        "{{ offer.hours | number }}|{{ interview.people | first }}"
    ) == (
        "12/3/26|Central European Standard Time|CET|Daniel or Ingrid|"
        "Dec 3, 2026, 10:00 AM (CET)|WELDER|€84,000|75 minutes|38|Daniel"
    )


def test_conditions_and_loops_work_with_values() -> None:
    text = (
        '{% if job.title == "Welder" and offer.hours < 40 and interview.is_remote %}a'
        "{% endif %}{% for p in interview.people %}{{ loop.index }}{{ p }}"
        "{% if not loop.last %}, {% endif %}{% endfor %}"
        '{% if "Ingrid" in interview.people %}!{% endif %}'
        "{{ interview.people | length }}{% if interview.minutes > 60 %}>{% endif %}"
    )

    assert told(text) == "a1Daniel, 2Ingrid!2>"
    assert told(text, interview__people=[], job__title="Cook") == "0>"


def test_line_breaks_of_a_text_are_kept_in_html() -> None:
    assert shown("<p>{{ candidate.city }}</p>", candidate__city="a\n<b") == (
        "<p>a<br />\n&lt;b</p>"
    )


# -- what is missing


def test_a_missing_value_is_false_and_prints_its_fallback() -> None:
    text = (
        "{% if candidate.first_name %}yes{% else %}no{% endif %} "
        "{{ candidate.first_name }}{% for p in interview.people %}{{ p }}{% endfor %}"
        '{% if candidate.city == "x" %}x{% endif %}{{ candidate.city | default("-") }}'
    )
    made = compiled(sms_txt=text, de_sms_txt="{{ candidate.first_name }}")
    nobody = values(
        candidate__first_name=None, interview__people=None, candidate__city=None
    )

    assert render(made, nobody, ENGLISH).sms == "no there-"
    assert render(made, nobody, GERMAN).sms == "zusammen"


@pytest.mark.parametrize("text", ["{{ candidate.city }}", "{{ candidate.city ~ '!' }}"])
def test_printing_a_missing_value_without_fallback_names_the_field(text: str) -> None:
    with pytest.raises(MissingValueError, match=r"candidate\.city"):
        told(text, candidate__city=None)


def test_a_required_value_that_is_missing_is_an_error_too() -> None:
    with pytest.raises(MissingValueError, match=r"job\.title"):
        told("{{ job.title }}", job__title=None)


def test_a_fallback_is_escaped_like_a_value() -> None:
    message = Compiled(
        {
            "en/email.html": "{{ a.b }}",
            "fields.json": '{"a.b":{"type":"text","sensitivity":"public",'
            '"optional":true,"fallback":{"":"<b>"}}}',
        }
    )

    assert render(message, RecipientValues({}), ENGLISH).html == "&lt;b&gt;"


def test_fields_of_a_newer_kind_are_refused() -> None:
    message = Compiled({"en/sms.txt": "a", "fields.json": '{"a.b":{"colour":"x"}}'})

    with pytest.raises(UnknownFormatError):
        render(message, values(), ENGLISH)


def test_a_field_that_the_message_was_not_compiled_with_is_not_there() -> None:
    message = Compiled({"en/sms.txt": "{{ offer.salary }}", "fields.json": "{}"})

    with pytest.raises(MarkupError, match="no merge field"):
        render(message, values(), ENGLISH)


# -- values are data to the end


@given(st.one_of(TEXTS, ATTACKS))
def test_a_value_is_escaped_in_html_and_never_run(value: str) -> None:
    body = '<p title="{{ candidate.city }}">{{ candidate.city }}</p>'

    html = shown(body, candidate__city=value)

    kept = values(candidate__city=value)["candidate.city"]  # type: ignore[index]
    assert isinstance(kept, str)
    start, _middle, rest = html.partition('<p title="')
    title, quote, inside = rest.removesuffix("</p>").partition('">')
    assert (start, quote) == ("", '">')
    assert "<" not in title.replace("<br />", "")
    assert "<" not in inside.replace("<br />", "")
    assert unescape(inside.replace("<br />\n", "\n")) == kept


@given(st.one_of(TEXTS, ATTACKS))
def test_a_value_is_itself_in_a_text_and_never_run(value: str) -> None:
    kept = values(candidate__city=value)["candidate.city"]  # type: ignore[index]
    assert isinstance(kept, str)

    text = render(
        compiled(chat_txt="[{{ candidate.city }}]"),
        values(candidate__city=value),
        ENGLISH,
    ).chat

    assert text is not None
    assert "".join(text.split()) == "".join(f"[{kept}]".split())


@given(st.one_of(TEXTS, st.sampled_from(["a\r\nBcc: b@c.example", "a\u2028b", "\x85"])))
def test_a_subject_is_one_line_whatever_a_name_holds(value: str) -> None:
    made = compiled(
        subject_txt="Hi {{ candidate.city }}", preheader_txt="{{ candidate.city }}"
    )

    message = render(made, values(candidate__city=value), ENGLISH)

    for header in (message.subject, message.preheader):
        assert header is not None
        assert len(header.splitlines()) <= 1
        assert header == one_line(header)
        assert not any(ord(character) < 32 for character in header)


def test_a_name_that_runs_the_other_way_is_isolated_everywhere() -> None:
    made = compiled(
        subject_txt="{{ candidate.first_name }}!",
        email_html='<b title="{{ candidate.first_name }}">x</b>',
    )

    message = render(made, values(candidate__first_name=FATIMA), ENGLISH)

    assert message.subject == f"\u2068{FATIMA}\u2069!"
    assert message.html is not None
    assert f'<b title="\u2068{FATIMA}\u2069">x</b>' in message.html


def test_a_text_message_has_only_spaces_that_cost_nothing() -> None:
    assert NBSP not in told("{{ interview.starts_at | time }}")


# -- what a template cannot do


@pytest.mark.parametrize(
    "text",
    [
        "{{ candidate.__class__ }}",
        "{{ candidate.first_name.__class__.__mro__ }}",
        "{{ candidate['__class__'] }}",
        "{{ candidate.first_name.value }}",
        "{{ candidate.members }}",
        "{{ ''.__class__ }}",
        "{{ 'a'.upper() }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ interview.people.append('x') }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ cycler('a') }}",
        "{{ namespace() }}",
        "{{ loop }}",
        "{{ candidate.first_name | attr('value') }}",
        "{{ job.title | safe }}",
        "{{ job.title | pprint }}",
        "{{ [1, 2] | map(attribute='real') | join }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 1 / 0 }}",
        "{{ job.title < 3 }}",
        "{{ job.title | date }}",
        "{{ candidate }}",
        "{{ nobody.name }}",
        "{% for a in job.title %}{{ a }}{% endfor %}",
        "{% include 'secret' %}",
        "{% import 'secret' as s %}",
        "{% extends 'secret' %}",
        "{{ candidate.first_name.nothing }}",
        "{% for k in [1] %}{{ loop.cycle('a') }}{% endfor %}",
    ],
)
def test_a_template_only_reads_compares_and_prints(text: str) -> None:
    assert refusal(text).startswith("sms.txt: ")


def test_no_error_tells_a_recipients_value() -> None:
    for text in (
        "{{ job.title | date }}",
        "{{ job.title + 1 }}",
        "{{ job.title < 3 }}",
        "{{ job.title.x }}",
    ):
        assert "Secretly" not in refusal(text, job__title="Secretly")


def test_a_text_that_grows_without_limit_is_stopped() -> None:
    loops = "".join(f"{{% for {name} in interview.people %}}" for name in "abcd")

    with pytest.raises(RenderTooExpensiveError):
        told(
            f"{loops}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{'{% endfor %}' * 4}",
            interview__people=["a"] * 100,
        )


def test_a_loop_says_where_it_is() -> None:
    assert (
        told(
            "{% for p in interview.people %}{{ loop.index0 }}{{ loop.revindex }}"
            "{{ loop.first }}{{ loop.length }} {% endfor %}"
        )
        == "02True2 11False2"
    )


def test_an_arabic_message_isolates_a_latin_name() -> None:
    made = compiled(ar_sms_txt="{{ candidate.first_name }}")

    assert render(made, values(), Locale("ar")).sms == "\u2068Maya\u2069"
