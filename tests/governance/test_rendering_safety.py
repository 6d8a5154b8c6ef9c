"""What a candidate's value can never become: a link's beginning, a style, code."""

import pytest

from governance.errors import MarkupError
from tests.fakes.messages import FOLDER, a_mail, compiled


def codes(**files: str) -> set[str]:
    with pytest.raises(MarkupError) as caught:
        compiled(**files)
    return {problem.code for problem in caught.value.problems}


def a_link(to: str, before: str = "") -> str:
    return f'{before}<a href="{to}">x</a>'


# -- links


@pytest.mark.parametrize(
    "body",
    [
        a_link("{{ candidate.first_name }}"),
        a_link("{{ link }}", "{% set link = candidate.first_name %}"),
        a_link("{{ b }}", "{% set a = candidate.city %}{% set b = a %}"),
        a_link("{{ a.city }}", "{% set a = candidate %}"),
        a_link("{{ links.confirm }}", "{% set links = offer %}"),
        a_link("{{ a }}", "{% set a = links.confirm %}{% set a = job.title %}"),
        a_link("{{ a }}", "{% if job.title %}{% set a = job.title %}{% endif %}"),
        a_link("{{ a }}", "{% set a, b = candidate.city, job.title %}"),
        a_link("{{ a }}", "{% set a = candidate.city|upper %}"),
        a_link("{{ a }}", "{% set a = ['', job.title]|last %}"),
        "{% for p in interview.people %}<a href='{{ p }}'>x</a>{% endfor %}",
        "{% for p in ['/', job.title] %}<a href='{{ p }}'>x</a>{% endfor %}",
        "{% for loop in interview.people %}<a href='{{ loop }}'>x</a>{% endfor %}",
        a_link("{{ links.confirm if links.confirm else candidate.first_name }}"),
        a_link("{{ '' if candidate.city else candidate.first_name }}"),
        a_link("{{ links.confirm or job.title }}"),
        a_link("{{ links.confirm and job.title }}"),
        a_link("{{ links.confirm|default(job.title) }}"),
        a_link("{{ links.confirm|d(instead=job.title) }}"),
        a_link("{{ '' ~ candidate.city }}"),
        a_link("{{ [candidate.city]|join }}"),
        a_link("{{ [candidate.city]|first }}"),
        a_link("{{ interview.people|first }}"),
        a_link("{{ interview.people[0] }}"),
        a_link("{{ candidate['city'] }}"),
        a_link("{{ candidate.city|lower }}"),
        a_link("{% if candidate.city %}{{ candidate.first_name }}{% endif %}"),
        a_link("{% if candidate.city %}{% else %}{{ job.title }}{% endif %}"),
        a_link("{% for p in interview.people %}{{ p }}{% endfor %}"),
        a_link("{% set u = job.title %}{{ u }}"),
        a_link(" \t\n{{ job.title }}"),
        a_link("java{{ job.title }}"),
        a_link("java{{ 'script' }}:{{ job.title }}"),
        a_link("javascript:{{ job.title }}"),
        a_link("java&#115;cript&colon;{{ job.title }}"),
        a_link("data:{{ job.title }}"),
        a_link("https://{{ job.title }}/"),
        a_link("https://a.example{{ job.title }}"),
        a_link("https://a@{{ job.title }}/"),
        a_link("https:/{{ job.title }}"),
        a_link("/{{ job.title }}"),
        a_link("&#47;{{ job.title }}"),
        a_link("/\\{{ job.title }}"),
        a_link("{{ links.confirm }}{{ job.title }}"),
        a_link("{{ recruiter.email }}"),
        a_link("{{ recruiter.phone }}"),
        a_link("{% raw %}x{% endraw %}{{ job.title }}"),
        a_link("{{ links.confirm|default(*[job.title]) }}"),
        a_link(
            "{{ a }}",
            "{% set a = links.confirm %}{% set \N{FULLWIDTH LATIN SMALL LETTER A} = "
            "job.title %}",
        ),
        a_link("/ {{- job.title }}"),
        a_link("/&#x2{{ job.title }}"),
        a_link("javascript&#{{ job.title }}"),
    ],
)
def test_a_link_never_begins_with_what_is_no_address(body: str) -> None:
    assert codes(email_html=body) == {"link-field"}
    assert codes(email_mjml=a_mail(f"<mj-text>{body}</mj-text>")) == {"link-field"}


@pytest.mark.parametrize(
    "body",
    [
        a_link("{{ link }}", "{% set link = links.confirm %}"),
        a_link("{{ a.confirm }}", "{% set a = links %}"),
        a_link("{{ links.confirm if job.title else 'https://a.example/' }}"),
        a_link("{{ links.confirm|default('https://a.example/') }}"),
        a_link("{{ links['confirm'] }}"),
        a_link("{{ 'https://a.example/?c=' ~ job.title }}"),
        a_link("https://a.example/{{ loop }}", "{% set loop = 1 %}"),
        a_link("https://a.example?{% for p in interview.people %}{{ p }}{% endfor %}"),
        a_link("HTTPS://a.example:8080/{{ job.title }}"),
        a_link("mailto:{{ recruiter.email }}?subject={{ job.title }}"),
        a_link("tel:{{ recruiter.phone }}"),
        a_link("#{{ job.title }}"),
        (
            "{% for u in [links.confirm, 'https://a.example'] %}"
            '<a href="{{ u }}">x</a>{% endfor %}'
        ),
        '<p title="{{ job.title }}" aria-label="{{ job.title }}">x</p>',
        '<img src="https://a.example/a.png" alt="{{ candidate.first_name }}">',
        '<p class="{% if job.title %}a{% else %}b{% endif %}">x</p>',
        "<p style=\"color:{{ 'red' if job.title else 'blue' }}\">x</p>",
        '<p style="{% if job.title %}margin:0{% endif %}">x</p>',
        "<p {% if job.title %}class='a'{% endif %}>x</p>",
        "<p {% if job.title %}title='{{ job.title }}'{% endif %}>x</p>",
        "<p>{% raw %}{{ a }}{% endraw %} {{ job.title }}</p>",
        "<title>{{ job.title }}</title>",
    ],
)
def test_what_can_be_shown_to_be_safe_may_be_written(body: str) -> None:
    assert compiled(email_html=body).parts["en/email.html"]


@pytest.mark.parametrize("name", ["src", "background", "action", "formaction"])
def test_everything_that_holds_an_address_is_a_link(name: str) -> None:
    body = f'<p {name}="{{{{ job.title }}}}">x</p>'

    assert codes(email_html=body) == {"link-field"}
    compiled(email_html=body.replace("job.title", "links.confirm"))


@pytest.mark.parametrize(
    "body",
    [
        '<mj-button href="{{ job.title }}">x</mj-button>',
        '<mj-image src="{{ job.title }}" alt="" />',
        '<mj-image src="/a" alt="" href="{{ job.title }}" />',
        '<mj-image src="/a" alt="" srcset="{{ job.title }}" />',
        (
            '<mj-social><mj-social-element name="x-noshare" href="{{ job.title }}" '
            'src="/a">a</mj-social-element></mj-social>'
        ),
        (
            '<mj-social><mj-social-element name="x" href="/a" '
            'src="{{ job.title }}">a</mj-social-element></mj-social>'
        ),
        (
            '<mj-navbar><mj-navbar-link href="{{ job.title }}">a</mj-navbar-link>'
            "</mj-navbar>"
        ),
        (
            '<mj-navbar base-url="{{ job.title }}"><mj-navbar-link href="/a">a'
            "</mj-navbar-link></mj-navbar>"
        ),
        '<mj-carousel><mj-carousel-image src="{{ job.title }}" alt="" /></mj-carousel>',
        (
            '<mj-carousel><mj-carousel-image src="/a" alt="" '
            'thumbnails-src="{{ job.title }}" /></mj-carousel>'
        ),
        '<mj-raw><td><a href="{{ job.title }}">x</a></td></mj-raw>',
        '<mj-text color="{{ job.title }}">x</mj-text>',
        '<mj-text font-family="{{ job.title }}">x</mj-text>',
        '<mj-text container-background-color="{{ job.title }}">x</mj-text>',
        '<mj-text><p style="background:url({{ links.confirm }})">x</p></mj-text>',
        '<mj-divider border-color="{{ job.title }}" />',
    ],
)
def test_mjml_makes_no_link_and_no_style_of_a_value(body: str) -> None:
    assert codes(email_mjml=a_mail(body)) & {"link-field", "style-field", "place-field"}


def test_the_picture_behind_a_section_is_no_value() -> None:
    mail = a_mail("").replace(
        "<mj-section>", '<mj-section background-url="{{ job.title }}">'
    )

    assert codes(email_mjml=mail) & {"link-field", "style-field"}


# -- styles, code, and places that nobody reads


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            '{% set c = job.title %}<p style="color:{{ c }}">x</p>',
            "style-field",
        ),
        ("{% set c = job.title %}<style>p{color:{{ c }}}</style>", "style-field"),
        (
            "<style>p{color:{{ job.title if job.title else 'red' }}}</style>",
            "style-field",
        ),
        (
            "{% for c in interview.people %}<p style='color:{{ c }}'>x</p>{% endfor %}",
            "style-field",
        ),
        ('<p style="background:url({{ links.confirm }})">x</p>', "style-field"),
        ("<script>{{ job.title }}</script>", "script-field"),
        ("<svg><script>{{ brand.name }}</script></svg>", "script-field"),
        ('<p onclick="{{ job.title }}">x</p>', "script-field"),
        ('<p ONCLICK="{{ job.title }}">x</p>', "script-field"),
        ('<meta http-equiv="refresh" content="{{ job.title }}">', "place-field"),
        ('<img srcset="{{ job.title }} 2x" src="/a">', "place-field"),
        ('<iframe srcdoc="{{ job.title }}"></iframe>', "place-field"),
        ('<svg><set to="{{ job.title }}"></set></svg>', "place-field"),
        ('<param name="src" value="{{ job.title }}">', "place-field"),
        ('<p id="{{ job.title }}">x</p>', "place-field"),
        ('<a xlink:href="{{ job.title }}">x</a>', "link-field"),
    ],
)
def test_a_value_is_never_style_or_code(body: str, code: str) -> None:
    assert code in codes(email_html=body)


@pytest.mark.parametrize(
    "body",
    [
        "<p {% if job.title %}{{ candidate.city }}{% endif %}>x</p>",
        "<a {% if job.title %}href='{{ candidate.city }}'{% endif %}>x</a>",
        "<a {% if job.title %}href={{ candidate.city }}{% endif %}>x</a>",
        "<p {% if job.title %}onclick='{{ candidate.city }}'{% endif %}>x</p>",
        "<p {% if job.title %}style='color:{{ candidate.city }}'{% endif %}>x</p>",
        "<p {% if job.title %}o{% if job.title %}n{% endif %}x='a'{% endif %}>x</p>",
        "{% raw %}<a href='{% endraw %}{{ candidate.city }}{% raw %}'>{% endraw %}x",
        '<!--[if mso]><a href="{{ candidate.city }}">x</a><![endif]-->',
        "<!--[if mso]><style>p{color:{{ candidate.city }}}</style><![endif]-->",
        '<a x\' href="{{ candidate.city }}">x</a>',
        "<svg><title><a href='{{ candidate.city }}'>x</a></title></svg>",
        "<script/>{{ candidate.city }}",
        '<p title=\N{NO-BREAK SPACE}"{{ candidate.city }}">x</p>',
        "<xmp><p title=\"</xmp><a href='{{ candidate.city }}'>\">x</p></xmp>",
    ],
)
def test_no_trick_hides_where_a_value_stands(body: str) -> None:
    assert codes(email_html=body)


def test_a_value_in_a_link_is_told_at_its_place() -> None:
    mail = a_mail(
        '<mj-text>\n<a href="https://a.example/">x</a>\n'
        '{% set p = job.title %}<a href="{{ p }}">x</a></mj-text>'
    )

    with pytest.raises(MarkupError) as caught:
        compiled(email_mjml=mail)

    assert [(p.code, p.path, p.line, p.column) for p in caught.value.problems] == [
        ("link-field", f"{FOLDER}/en/email.mjml", 3, 33)
    ]
    assert "“job.title”" in str(caught.value)


def test_a_tag_that_was_harmless_is_judged_again_where_its_names_mean_another() -> None:
    link = '<mj-text><a href="{{ x }}">a</a></mj-text>'
    harmless = a_mail("<mj-text>{% set x = links.confirm %}b</mj-text>" + link)
    harmful = harmless.replace("links.confirm", "candidate.first_name")

    compiled(email_mjml=harmless)

    assert codes(email_mjml=harmful) == {"link-field"}
    assert codes(email_mjml=harmful) == {"link-field"}
    compiled(email_mjml=harmless)
