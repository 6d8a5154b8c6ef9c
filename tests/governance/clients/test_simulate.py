import pickle
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.clients.profile import CLIENTS, Client, client
from governance.clients.rule import Scheme
from governance.clients.rules.source import is_for_word
from governance.clients.simulate import by_rule, frame_of, simulate, simulate_all
from tests.governance.clients.examples import mail

LIGHT, DARK = Scheme.LIGHT, Scheme.DARK
APPLE, WORD = client("apple-mail-mac"), client("outlook-classic")

LETTER = mail(
    css="@media (max-width:480px){.wide{width:100% !important}} .btn{color:#fff}",
    body="<!--[if mso | IE]><table><tr><td><![endif]-->"
    '<div class="wide" style="max-width:600px;border-radius:8px">'
    '<h1 style="color:#1f2937">We would like to meet you</h1>'
    "<!--[if !mso]><!--><p>An extra</p><!--<![endif]-->"
    '<a class="btn" style="border-radius:6px;background:#0b6b60" href="#x">Confirm</a>'
    '<img src="https://a.example/logo.png" alt="Logo" width="80"></div>'
    "<!--[if mso | IE]></td></tr></table><![endif]-->",
)


@pytest.mark.parametrize(
    ("condition", "is_read"),
    [
        ("mso", True),
        ("mso | IE", True),
        ("gte mso 9", True),
        ("(gte mso 9)|(IE)", True),
        ("mso 16", True),
        ("!mso", False),
        ("mso 12", False),
        ("lte mso 11", False),
        ("lt mso 17", True),
        ("gt mso 15", True),
        ("gt mso 16", False),
        ("IE", False),
        ("!IE", True),
        ("(mso)&(!IE)", True),
        ("vml", True),
        ("", False),
        ("gte", False),
        ("mso )", False),
        ("(mso", False),
    ],
)
def test_conditions_are_read_as_outlook_2016_reads_them(
    condition: str, *, is_read: bool
) -> None:
    assert is_for_word(condition) is is_read


def test_only_outlook_classic_reads_conditional_comments() -> None:
    html = mail(body="<!--[if mso]><b>Word</b><![endif]--><p>All</p>")
    for one in CLIENTS:
        if one.reads_html:
            assert ("Word" in simulate(html, one).html) is (one is WORD)


def test_a_condition_that_nothing_ends_hides_nothing() -> None:
    html = mail(body="<p>One</p><!--[if mso]><!--[if !mso]><!--><p>Two</p>")
    assert "<p>One</p>" in simulate(html, WORD).html


def test_a_change_says_what_happened_where() -> None:
    shown = simulate(LETTER, WORD)
    (corners,) = (c for c in shown.changes if c.before == "border-radius:6px")
    assert corners.rule == "css-border-radius"
    assert corners.after == ""
    (place,) = corners.places
    assert place.excerpt == "Confirm"
    assert place.path.endswith("/div/a")
    assert place.line == 0


def test_alike_changes_are_told_together() -> None:
    body = '<p style="border-radius:8px">a</p>' * 3
    (change,) = simulate(mail(body=body), WORD).changes
    assert [place.number for place in change.places] == [3, 4, 5]


def test_what_says_nothing_and_what_nobody_sees_is_not_told() -> None:
    body = (
        '<p style="padding:0;opacity:1;box-shadow:none;word-spacing:normal">a</p>'
        '<div style="display:none;max-height:0;opacity:0">Preheader</div>'
    )
    told = {change.before for change in simulate(mail(body=body), WORD).changes}
    assert told == {"opacity:1"}


def test_a_rule_for_several_elements_is_told_once() -> None:
    (change,) = simulate(mail(".box{padding:9px}"), WORD).changes
    assert len(change.places) == 1


def test_changes_are_put_together_by_rule() -> None:
    body = '<p style="border-radius:8px"></p><p style="border-radius:6px"></p>'
    shown = simulate(mail(body=body), WORD)
    ((rule, changes),) = by_rule(shown.changes).items()
    assert rule == "css-border-radius"
    assert len(changes) == 2


def test_an_element_has_the_same_number_in_every_client() -> None:
    def numbers(one: Client) -> set[int]:
        return {
            place.number
            for change in simulate(LETTER, one, DARK).changes
            for place in change.places
            if place.excerpt == "Confirm"
        }

    assert numbers(WORD) == numbers(client("gmail-ios")) == {7}


def test_a_caller_s_lines_are_passed_on() -> None:
    body = '<div data-line="28"><p style="border-radius:8px">a</p></div>'
    (change,) = simulate(mail(body=body), WORD).changes
    assert change.places[0].line == 28


def test_previews_name_elements_by_number_only() -> None:
    shown = simulate_all(LETTER, [(WORD, LIGHT)])[WORD.id, LIGHT]
    located = simulate(LETTER, WORD)
    assert shown.digest == located.digest
    assert [c.rule for c in shown.changes] == [c.rule for c in located.changes]
    first, same = shown.changes[-1].places[0], located.changes[-1].places[0]
    assert (first.number, first.path) == (same.number, "")


def test_apple_mail_shows_a_message_as_it_was_written() -> None:
    assert simulate(LETTER, APPLE).changes == ()


def test_clients_that_show_a_message_alike_share_it() -> None:
    html = mail(body='<p style="color:#000000">Hello</p>')
    web = simulate(html, client("gmail-web"))
    assert simulate(html, client("yahoo")).digest == web.digest
    assert frame_of(APPLE, LIGHT) is frame_of(APPLE, LIGHT)


def test_the_same_message_is_simulated_to_the_same_bytes() -> None:
    wanted = [(one, scheme) for one in CLIENTS for scheme in Scheme]
    first = simulate_all(LETTER, wanted)
    for one, scheme in reversed(wanted):
        assert simulate(LETTER, one, scheme).html == first[one.id, scheme].html


def test_a_client_without_a_dark_scheme_stays_light() -> None:
    web = client("gmail-web")
    assert simulate(LETTER, web, DARK).html == simulate(LETTER, web, LIGHT).html


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("one", CLIENTS, ids=lambda one: one.id)
def test_each_client_shows_a_whole_document(one: Client, scheme: Scheme) -> None:
    html = simulate(LETTER, one, scheme, text="Hello").html
    assert html.lower().startswith("<!doctype html>\n<html")
    assert html.endswith("</html>")
    assert html.count("<body") == 1
    assert "\ufdd0" not in html


def test_a_message_without_a_doctype_is_shown_as_in_1998() -> None:
    shown = simulate("<p>Hello</p>", APPLE).html
    assert shown.startswith("<html>")


def test_what_a_scheme_asks_is_answered_in_the_message() -> None:
    css = (
        ":root{color-scheme:light dark}"
        "@media (prefers-color-scheme:dark){p{color:#eeeeee}}"
        "@media (prefers-color-scheme:light){p{color:#111111}}"
    )
    dark = simulate(mail(css), APPLE, DARK).html
    assert "@media (min-width:0){p{color:#eeeeee}}" in dark
    assert ":root{color-scheme:dark !important}" in dark
    light = simulate(mail(css), APPLE, LIGHT).html
    assert "@media (min-width:0){p{color:#111111}}" in light
    assert "#eeeeee" not in light


def test_apple_mail_leaves_a_rich_message_light() -> None:
    html = mail(body='<table bgcolor="#ffffff"><tr><td>Hello</td></tr></table>')
    shown = simulate(html, APPLE, DARK).html
    assert 'bgcolor="#ffffff"' in shown
    assert ":root{color-scheme:light !important}" in shown


def test_outlook_leaves_dark_styles_of_the_author_as_they_are() -> None:
    css = (
        "@media (prefers-color-scheme:dark){p{color:#101010}}"
        "[data-ogsc] b{color:#202020} i{color:#000000}"
    )
    shown = simulate(mail(css), client("outlook-new"), DARK).html
    assert "p{color:#101010}" in shown
    assert "[data-ogsc] b{color:#202020}" in shown
    assert "i{color:#ffffff}" in shown


def test_outlook_makes_text_readable_on_its_own_ground() -> None:
    body = '<p style="background-color:#777777;color:#888888">a</p>'
    changes = simulate(mail(body=body), client("outlook-new"), DARK).changes
    assert any(c.rule == "O6" and c.before.startswith("color") for c in changes)


def test_html_that_word_wrote_keeps_its_fonts_and_pictures() -> None:
    css = '@font-face{font-family:"Calibri";panose-1:2 15 5 2}'
    body = (
        '<p style="font-family:Calibri">Hello<o:p></o:p></p><!--[if gte vml 1]>'
        '<v:shape><v:imagedata src="cid:a.png"/></v:shape><![endif]-->'
        '<![if !vml]><img src="cid:b.png"><![endif]>'
    )
    shown = simulate(mail(css, body), WORD).html
    assert '<p style="font-family:Calibri">Hello</p>' in shown
    assert 'src="cid:a.png"' in shown
    assert "b.png" not in shown
    other = simulate(mail(css, body), APPLE).html
    assert 'src="cid:b.png"' in other
    assert "a.png" not in other


def test_a_background_drawn_for_outlook_is_shown() -> None:
    body = (
        '<!--[if gte mso 9]><v:rect fill="true" stroke="false" style="width:600px;">'
        '<v:fill type="frame" src="https://a.example/b.png" color="#103B3C" />'
        '<v:textbox inset="0,0,0,0"><![endif]--><p>Words</p>'
        "<!--[if gte mso 9]></v:textbox></v:rect><![endif]-->"
    )
    shown = simulate(mail(body=body), WORD).html
    assert "background-color:#103B3C" in shown
    assert "url('https://a.example/b.png')" in shown
    assert "<p>Words</p></div></div>" in shown


def test_colours_in_addresses_and_fonts_stay() -> None:
    body = "<p style=\"background:url('https://a.example/#fff.png');font:red\">a</p>"
    shown = simulate(mail(body=body), client("gmail-ios"), DARK).html
    assert "https://a.example/#fff.png" in shown


def test_plain_text_is_shown_line_by_line() -> None:
    shown = simulate(
        LETTER, client("plain-text"), text="Hello <you>\n\nhttps://a.example/x?a=1&b=2"
    )
    assert "<pre>\nHello &lt;you&gt;\n\n<u>https://a.example/x?a=1" in shown.html
    assert shown.changes == ()


def test_a_style_sheet_cannot_end_its_element() -> None:
    css = "a{content:'<//**/style><img src=x onerror=alert(1)>'} b{color:red}"
    for one in CLIENTS:
        assert simulate(mail(css), one).html.count("</style>") <= 2


def test_hostile_input_takes_no_long_time() -> None:
    begun = process_time()
    for part in ("<!--[if x]>", "[", "<meta ", "@media{", "url(", "<xml", "(", "<a"):
        html = mail(css=part * 2000, body=part * 2000 + f'<p style="{part * 2000}">')
        for one in CLIENTS:
            simulate(html, one, DARK)
    assert process_time() - begun < 15  # about 1 s; some ways of reading take minutes


def test_a_very_deep_message_is_shown_as_far_as_it_can_be_read() -> None:
    html = mail(body="<p>First</p>" + "<div style='color:#000000'>" * 3000 + "x")
    for one in CLIENTS:
        if one.reads_html:
            assert "First" in simulate(html, one, DARK).html


def test_what_was_simulated_goes_through_a_pipe() -> None:
    shown = simulate(LETTER, WORD)
    assert pickle.loads(pickle.dumps(shown)) == shown  # noqa: S301 -- our own bytes


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if not self.in_style:
            self.words += data.split()


words = st.lists(st.sampled_from(["Hello", "Maya", "30", "Ünï", "面接"]), max_size=5)
styles = st.lists(
    st.sampled_from(
        [
            "color:#111111",
            "background:#ffffff",
            "padding:8px",
            "margin:0 auto",
            "border-radius:4px",
            "width:calc(1px + 1rem)",
            "background:url('x;y')",
            'font-family:"A"',
            "--x:1",
            "color:rgb(0 0 0)",
            "",
        ]
    ),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from(["p", "td", "a", "b"]), styles, words)))
@settings(max_examples=60, deadline=None)
def test_no_rule_takes_words_away(
    parts: list[tuple[str, list[str], list[str]]],
) -> None:
    body = "".join(
        f"<div><{tag} style='{';'.join(style).replace(chr(39), '&#39;')}'>"
        f"{' '.join(text)}</{tag}></div>"
        for tag, style, text in parts
    )
    wanted = [word for _tag, _style, text in parts for word in text]
    for one in CLIENTS:
        if one.reads_html:
            reader = Texts()
            reader.feed(simulate(mail(body=body), one, DARK).html)
            assert reader.words == wanted
