"""What Word, Outlook and others put on the clipboard, read with its structure alone.

The samples are written after what these programs write, with their own markup.
"""

from html.parser import HTMLParser
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.pasted import Kind
from governance.content.pasted_html import (
    LARGEST,
    PastedTooLargeError,
    is_source,
    pasted,
)
from governance.content.pasted_into import written_into

SAMPLES = Path(__file__).parents[1] / "fakes" / "pasted"
MAIL = "templates/a/b/en/email.mjml"
ALLOWED = {"p", "h1", "h2", "h3", "ul", "ol", "li", "a", "b", "i", "br"}


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.html").read_text()


def test_word_keeps_paragraphs_lists_links_and_nothing_of_word() -> None:
    made = pasted(sample("word"))

    assert made.markup().split("\n") == [
        "<h1>Your interview</h1>",
        (
            "<p>We look forward to meeting you, and have set aside <b>45 minutes</b> "
            "for it. Please <i>bring nothing</i>.</p>"
        ),
        "<ul>",
        "  <li>Ring at the <b>blue gate</b>",
        "    <ul>",
        "      <li>or at the main door after six</li>",
        "    </ul>",
        "  </li>",
        "  <li>Ask for Jonas</li>",
        "</ul>",
        "<ol>",
        "  <li>Tea</li>",
        "  <li>Questions &amp; answers</li>",
        "</ol>",
        (
            '<p>Read <a href="https://careers.northwind.example/visit?a=1&amp;b=2">'
            "how to find us</a>.</p>"
        ),
    ]
    assert made.pictures == 1


def test_words_comments_and_deleted_text_are_gone() -> None:
    text = pasted(sample("word")).plain()

    assert "LH1" not in text
    assert "Is Jonas there" not in text
    assert "An old sentence" not in text


def test_outlook_keeps_its_tracked_link_and_lists_in_lists() -> None:
    made = pasted(sample("outlook"))

    assert (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A" in made.markup()
    )
    assert "<b>Please confirm</b> by <a href=" in made.markup()
    assert [(one.text, one.level, one.is_ordered) for one in made.blocks[2:5]] == [
        ("First", 1, False),
        ("Second", 1, False),
        ("Inner", 2, True),
    ]
    assert made.tables == 1
    assert made.blocks[-1].text == "Kind regards\nLena"


def test_other_editors_are_read_too() -> None:
    made = pasted(sample("google-docs"))

    assert made.markup() == (
        "<p>Plain and <b>strong</b><i> and slanted</i></p>\n<ul>\n  <li>One</li>\n"
        "  <li>Two</li>\n</ul>"
    )


def test_plain_text_types_its_list_signs_and_puts_links_behind() -> None:
    text = pasted(sample("word")).plain()

    assert "- Ring at the blue gate\n  - or at the main door" in text
    assert "1. Tea\n2. Questions & answers" in text
    assert "how to find us (https://careers.northwind.example/visit?a=1&b=2)" in text


@pytest.mark.parametrize("name", ["word", "outlook", "google-docs"])
def test_only_plain_elements_with_a_link_come_out(name: str) -> None:
    require_plain(pasted(sample(name)).markup())


HOSTILE = (
    "<p onclick=x>a<script>alert(1)</script><a href='javascript:x'>b</a>",
    "<p style='background:url(http://x.example)'>a<svg onload=x><p>b",
    "<a href='https://x.example/\"><b>'>a</a>",
    "<a href=' JaVaScript:x'>a</a><a href='data:text/html,x'>b</a><a href='file:///c'>c",
    "<iframe src=http://x.example></iframe><form action=x><input value=y></form>z",
    "<!--[if mso]><v:rect href='http://x.example'><![endif]--><v:shape>q</v:shape>r",
    "<p>&lt;script&gt;x&lt;/script&gt;</p>",
    "<math><mi xlink:href='javascript:x'>m</mi></math><style>p{}</style>n",
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_comes_through(html: str) -> None:
    require_plain(pasted(html).markup())


PIECES = (
    *HOSTILE,
    *("</p>", "<li>", "<ul>", "<![if !supportLists]>", "<![endif]>", "<!--", "-->"),
    *("<p style='mso-list:l0 level3'>", "x", " "),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_mixture_is_read_and_comes_out_plain(html: str) -> None:
    made = pasted(html)

    require_plain(made.markup())
    made.plain()


def test_deep_and_long_markup_is_read_in_a_moment() -> None:
    began = process_time()

    pasted("<div>" * 50_000 + "x")
    pasted("<b><i>" * 20_000 + "</b>" * 20_000)
    pasted("<p>" + "a " * 200_000)

    assert process_time() - began < 5


def test_what_is_longer_than_any_message_is_refused() -> None:
    with pytest.raises(PastedTooLargeError):
        pasted("a" * (LARGEST + 1))


def test_code_from_an_editor_is_left_as_code() -> None:
    assert is_source("<mj-text>\n  Hello\n</mj-text>")
    assert is_source("Dear {{ candidate.first_name }}")
    assert not is_source("We are < 10 people & happy: a > b.")


def test_hidden_and_turning_characters_are_gone() -> None:
    assert pasted("<p>a\u202eb\u200bc</p>").markup() == "abc"


def test_a_hard_space_between_words_stays() -> None:
    assert pasted("<p>10\u00a0km &nbsp; on</p>").blocks[0].text == "10\u00a0km on"


def test_one_paragraph_is_written_into_the_one_at_the_caret() -> None:
    source = "<mj-text>\n    We meet \n</mj-text>"
    made = pasted("<p>on <b>Monday</b></p>")

    assert (
        written_into(made, MAIL, source, source.index(" \n") + 1) == "on <b>Monday</b>"
    )


def test_beside_other_elements_it_gets_a_text_of_its_own() -> None:
    source = "<mj-column>\n  \n</mj-column>"
    made = pasted("<p>a</p><p>b</p>")

    assert written_into(made, MAIL, source, source.index("\n</")) == (
        "<mj-text>\n    <p>a</p>\n    <p>b</p>\n  </mj-text>"
    )


@pytest.mark.parametrize(
    "source",
    ["<mj-button>", '<mj-text css-class="', "<mj-text>{{ ", "<mj-text>{% if "],
)
def test_where_no_markup_can_stand_only_words_are_written(source: str) -> None:
    made = pasted("<p><b>a</b></p><p>b</p>")

    assert written_into(made, MAIL, source, len(source)) == "a b"


def test_a_plain_text_part_gets_plain_text() -> None:
    made = pasted("<ul><li><b>a</b></ul>")

    assert written_into(made, "templates/a/b/en/email.txt", "", 0) == "- a"


def test_a_closed_text_is_not_around_what_follows_it() -> None:
    source = "<mj-column><mj-text>x</mj-text><mj-spacer />"

    assert written_into(pasted("<p>a"), MAIL, source, len(source)).startswith(
        "<mj-text>"
    )


def test_headings_and_kinds_are_those_of_a_message() -> None:
    made = pasted("<h1>a</h1><h2>b</h2><h3>c</h3><h5>d</h5>")

    assert [one.kind for one in made.blocks] == [
        Kind.FIRST,
        Kind.SECOND,
        Kind.THIRD,
        Kind.PARAGRAPH,
    ]
    assert made.blocks[3].runs[0].is_bold


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or any(key != "href" for key, _value in attrs):
            self.wrong.append(tag)
        for _key, value in attrs:
            if not (value or "").lower().startswith(("http", "mailto:", "tel:")):
                self.wrong.append(value or "")
        if tag != "br":
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(data)


def require_plain(markup: str) -> None:
    tags = _Tags()
    tags.feed(markup)
    tags.close()
    assert tags.wrong == []
    assert tags.opened == []
