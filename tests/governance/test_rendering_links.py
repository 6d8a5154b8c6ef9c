"""Whatever a candidate writes, a mail has the links and elements of its template."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html  # type: ignore[import-untyped]

from governance.errors import BadValueError, MarkupError
from governance.rendering.compiled import Compiled
from governance.rendering.render import render
from governance.rendering.schemes import is_settled, may_begin
from tests.fakes.messages import ENGLISH, a_mail, compiled, values

BODY = (
    '<p title="{{ candidate.city }}">{{ candidate.city }}'
    "{{ (candidate.city ~ '')|upper }}{{ candidate.city|title }}</p>"
    '<a href="{{ links.confirm }}">{{ candidate.first_name }}</a>'
    '<a href="https://a.example/?c={{ candidate.city }}">x</a>'
    "<a href='{% if candidate.city %}mailto:{{ candidate.city }}{% endif %}'>x</a>"
    "{% set u = links.confirm %}{% for p in interview.people %}"
    "<img src='https://a.example/{{ p }}' alt='{{ p }}'><i>{{ p }}</i>{% endfor %}"
    '<a href="{{ u|default("https://a.example") }}#{{ candidate.city }}">x</a>'
)
MAIL = compiled(email_html=BODY)
MJML = compiled(
    email_mjml=a_mail(
        f"<mj-text>{BODY}</mj-text>"
        '<mj-button href="{{ links.confirm }}">{{ candidate.city }}</mj-button>'
        '<mj-image src="https://a.example/{{ candidate.city }}" '
        'alt="{{ candidate.city }}" href="{{ links.confirm }}" />'
    )
)
# Compiled by nobody: what compiling refuses meets the wall when it is rendered.
UNCHECKED = Compiled(
    {
        "en/email.html": '<a href="{% if job.title %}{{ candidate.city }}{% endif %}">'
        "x</a><img src = '{{ candidate.city }}'><a href='java{{ candidate.city }}'>",
        "fields.json": compiled(sms_txt="{{ candidate.city }}{{ job.title }}").parts[
            "fields.json"
        ],
    }
)
SCHEMES = {"http", "https", "mailto", "tel", ""}
EVIL = st.sampled_from(
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        " \x01javascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "\u2003javascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "javascript\uff1aalert(1)",
        "java\u017fcript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "script:alert(1)",
        "@evil.example/",
        '" onmouseover="alert(1)" x="',
        "' onmouseover='alert(1)' x='",
        "` onmouseover=`alert(1)`",
        "><script>alert(1)</script>",
        "</a><a href=javascript:alert(1)>",
        "</style></title></textarea><svg onload=alert(1)>",
        "--><img src=x onerror=alert(1)>",
        "]]><b>",
        "{{ 7 }}{% raw %}",
        "\ufeff<b>",
        "\ufe64b\ufe65",
        "<\x00b>",
        "&lt;b&gt;",
        "ŉß<ﬁ>",
    ]
)
ANY = st.one_of(
    EVIL,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.tuples(EVIL, EVIL).map("".join),
)


class Skeleton(HTMLParser):
    """The elements of a document, each with the names of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":  # a line end of a value
            self.elements.append((tag, tuple(name for name, _value in attrs)))
        for name, value in attrs:
            if name in {"href", "src", "background"}:
                self.links.append(value or "")


def skeleton_of_lxml(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (str(element.tag), tuple(element.attrib))
        for element in lxml_html.document_fromstring(html).iter()
        if isinstance(element.tag, str) and element.tag != "br"
    ]


def scheme(link: str) -> str:
    """Return a link's scheme as a browser finds it."""
    kept = "".join(c for c in link if c not in "\t\r\n").lstrip(
        "".join(map(chr, range(0x21)))
    )
    head = kept.partition(":")[0]
    is_scheme = ":" in kept and all(
        c.isascii() and (c.isalnum() or c in "+-.") for c in head
    )
    return head.lower() if is_scheme else ""


def rendered(message: Compiled, **known: object) -> str:
    html = render(message, values(**known), ENGLISH).html
    assert html is not None
    return html


def one_of_each(message: Compiled, text: str) -> str:
    return rendered(
        message,
        candidate__city=text,
        candidate__first_name=text,
        interview__people=[text, text],
    )


@given(ANY)
@pytest.mark.parametrize("message", [MAIL, MJML], ids=["html", "mjml"])
def test_values_make_no_element_no_attribute_and_no_link(
    message: Compiled, text: str
) -> None:
    plain, html = one_of_each(message, "x"), one_of_each(message, f"x{text}")

    one, other = Skeleton(plain), Skeleton(html)
    assert other.elements == one.elements
    assert skeleton_of_lxml(html) == skeleton_of_lxml(plain)
    for before, after in zip(one.links, other.links, strict=True):
        assert scheme(after) in SCHEMES
        assert scheme(after) == scheme(before)
        if scheme(before) == "https":
            assert urlsplit(after.replace("[", "").replace("]", "")).netloc == (
                urlsplit(before).netloc
            )


@given(ANY)
def test_a_url_field_takes_only_addresses(text: str) -> None:
    try:
        html = rendered(MAIL, links__confirm=text)
    except BadValueError:
        return
    assert {scheme(link) for link in Skeleton(html).links} <= SCHEMES


@given(ANY)
def test_what_was_never_compiled_meets_the_wall(text: str) -> None:
    try:
        html = rendered(UNCHECKED, candidate__city=text)
    except MarkupError as error:
        assert "no address" in str(error)  # noqa: PT017 -- either is right
        return
    for link in Skeleton(html).links:
        assert scheme(link) in SCHEMES
        assert not link.replace("\\", "/").startswith("//")


@pytest.mark.parametrize(
    ("template", "is_refused"),
    [
        ('<a href="{{ candidate.city }}">', True),
        ("<a href='{{ candidate.city }}'>", True),
        ('<a HREF = "\n{{ candidate.city }}">', True),
        ('<a class="x"href="{{ candidate.city }}">', True),
        ('<a/href="java{{ "" }}{{ candidate.city }}">', True),
        ('<a href="{% if job.title %} {{ candidate.city }}{% endif %}">', True),
        ('<svg><a xlink:href="{{ candidate.city }}">', True),
        ('<a href="https://a.example/{{ candidate.city }}">', False),
        ('<p title="{{ candidate.city }}">', False),
        ('<p data-x="href=" title="{{ candidate.city }}">', False),
        ('{{ candidate.city }} href="', False),
    ],
)
def test_the_wall_stands_around_every_link(template: str, *, is_refused: bool) -> None:
    message = Compiled({**UNCHECKED.parts, "en/email.html": template})
    evil = "javascript:alert(1) href="

    if not is_refused:
        assert "javascript:alert(1)" in rendered(message, candidate__city=evil)
        return
    with pytest.raises(MarkupError, match="no address") as caught:
        rendered(message, candidate__city=evil)
    assert "javascript" not in str(caught.value)


@given(st.one_of(EVIL, st.text(max_size=8)), ANY)
def test_nothing_after_a_settled_beginning_turns_a_link(begun: str, text: str) -> None:
    if is_settled(begun):
        assert scheme(begun + text) == scheme(begun)


@given(EVIL)
def test_no_evil_link_may_begin(text: str) -> None:
    if may_begin(text):
        assert scheme(text) in SCHEMES


MAILTO = compiled(
    email_html='<a href="mailto:{{ candidate.city }}?subject={{ candidate.city }}'
    "&amp;body=Dear {{ candidate.city }}\">x</a><a href='{% if candidate.city %}"
    "MailTo:a@b.example?cc={{ candidate.city }}{% endif %}'>{{ candidate.city }}</a>"
)


@pytest.mark.parametrize(
    "text",
    [
        "Oslo",
        "a&bcc=evil@e.example",
        "a&amp;bcc=evil@e.example",
        "a%26bcc=evil@e.example",
        "a%0ABcc: evil@e.example",
        "a%0D%0ABcc: evil@e.example",
        "a\nBcc: evil@e.example",
        "a?bcc=evil@e.example",
        "a#b",
        "a, evil@e.example",
        'Łódź "x" <y>',
    ],
)
def test_a_value_adds_no_header_and_no_reader_to_a_mail(text: str) -> None:
    skeleton = Skeleton(rendered(MAILTO, candidate__city=text))

    first, second = map(urlsplit, skeleton.links)

    lines = text.replace("\n", "\r\n")
    assert unquote(first.path) == lines
    assert "," not in first.path
    assert parse_qsl(first.query) == [("subject", lines), ("body", f"Dear {lines}")]
    assert parse_qsl(second.query) == [("cc", lines)]
    assert first.fragment == second.fragment == ""


@given(text=ANY)
def test_whatever_a_value_is_a_mail_keeps_its_headers(text: str) -> None:
    skeleton = Skeleton(rendered(MAILTO, candidate__city=text))

    names = [
        [part.partition("=")[0] for part in link.partition("?")[2].split("&")]
        for link in skeleton.links
    ]

    assert names in ([["subject", "body"], ["cc"]], [["subject", "body"], [""]])


def test_an_address_in_a_mail_link_stays_readable() -> None:
    message = compiled(
        email_html='<a href="mailto:{{ recruiter.email }}">{{ recruiter.email }}</a>'
    )

    html = rendered(message, recruiter__email="priya+jobs@northwind.example")

    assert 'href="mailto:priya%2Bjobs@northwind.example"' in html
    assert ">priya+jobs@northwind.example<" in html
