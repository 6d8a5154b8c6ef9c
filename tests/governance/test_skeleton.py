"""A skeleton says the same as a whole document, or nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from governance.rendering.inlining import (
    inline,
    long_way,
    plan_of,
    sheets_of,
    short_way,
)

CSS = (
    ".a{color:red} p{margin:0} td[title]{width:9px} #i b{color:blue !important}"
    " div > .b{background-color:#abc} li{color:red} [lang|=en]{x:y} v{x:y}"
)


def page(body: str, css: str = CSS, head: str = "") -> str:
    return (
        f"<!doctype html>\n<html lang='en'><head>{head}<style>{css}</style></head>\n"
        f"<body>{body}</body>\n</html>\n"
    )


def short(html: str) -> str | None:
    sheets = tuple(sheets_of(html, "zq"))
    return short_way(html, plan_of(html, sheets, "zq"))


def long(html: str) -> str:
    sheets = tuple(sheets_of(html, "zq"))
    done, reason = long_way(html, sheets, plan_of(html, sheets, "zq"))
    return done or reason


USUAL = [
    '<p class="a">x</p>',
    '<td title="t" style="width:1px;">x</td>',
    '<div><p class="b a" title="t">x</p></div>',
    "<b style='color:green;font:\"a\"'>x &amp; y&nbsp;z > é</b>",
    '<img alt="zq3qz" src="a b.png" style="a:b" />',
    "<BR/><Hr>",
    '<!--[if mso]><td style="a:b" class="a"><![endif]-->',
    "<!--zq1qz-->",
    "<table>\n <tr> <td nowrap bgcolor=red TITLE='a\"b'>x</td> </tr></table>",
    "<li>x</li><li><!--zq1qz--></li>",
    '<a href="zq1qz?a=b&c=d&amp;e=ü" name="x y">x</a >',
    '“Quoted”, "plain", it\'s',
    '<v:rect xmlns:v="urn" style=""><b id=i>x</b></v:rect>',
    '<div id="i"><b lang="en-GB">x</b>\n\n</div>',
]
ODD = [
    "<p>x",
    "<p>a<div>b</div></p>",
    "<li></li>",
    "<b><i>x</b></i>",
    "</p>",
    "<b>x</b\xa0>x</b>",
    "</br>",
    "<v:fill/>",
    "<svg/>",
    "<td style=color:red>x</td>",
    '<td style="a:b" style="c:d">x</td>',
    "<p title='a>b'>x</p>",
    '<p title="x style=\'">x</p>',
    "x style=\"<b class='a'>\"",
    "<!-- style='a -->",
    "<!-->x-->",
    "<!-- a --!> b -->",
    "<!-- never ended",
    "<script>if (a < b) {'<p>'}</script>",
    "<style>p{color:red}</style>",
    "<title>x</title>",
    "<textarea><p></textarea>",
    "<pre>\nx</pre>",
    "<body class='a'>",
    "</body>x",
    "<html class='a'>",
    "<head><meta charset='x'></head>",
    "a < b",
    "<",
    "<![if mso]>x<![endif]>",
    "<?xml x?>",
    "\x00",
    "\r\n",
    "&#1;&zq &copy",
    '<p data-premailer="ignore">x</p>',
    "<p class='a' a\"b>x</p>",
    "<a><table><a>x</a></table></a>",
    "<select><option>a<option>b</select>",
    "<p class=a/>x</p>",
    "<p\n\tclass\n=\n'a'\n>x</p>",
    "<p class='\na  b\n'>x</p>",
    "<p xml:lang='a' CLASS='a' class='b'>x</p>",
]


@given(body=st.lists(st.sampled_from(USUAL + ODD), max_size=6).map("".join))
@settings(max_examples=400)
@example(body="".join(USUAL))
def test_a_skeleton_says_the_same_or_nothing(body: str) -> None:
    html = page(body)

    done = short(html)

    assert done is None or done == long(html)


@given(
    letters=st.text(alphabet="<>/!-='\" &;abp\n\r\x0b", max_size=40),
    body=st.sampled_from(USUAL),
)
@settings(max_examples=400)
def test_letters_in_any_order_come_out_the_same_or_not_at_all(
    letters: str, body: str
) -> None:
    html = page(body + letters + body)

    done = short(html)

    assert done is None or done == long(html)


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    at=st.sampled_from(
        ["{}", "<p title='{}' class=a>x</p>", "<!--{}-->", "<a href='{}'>"]
    ),
)
@settings(max_examples=400)
def test_letters_of_any_language_come_out_the_same_or_not_at_all(
    text: str, at: str
) -> None:
    html = page(at.format(text))

    done = short(html)

    assert done is None or done == long(html)


@pytest.mark.parametrize("body", USUAL)
def test_what_is_usual_takes_the_short_way(body: str) -> None:
    assert short(page(body)) is not None


@pytest.mark.parametrize(
    "css",
    [
        "html{a:b}", "head{a:b}", "head > style{a:b}", "body{a:b}",
        "meta[charset]{a:b}", "[class]{a:b}", "[style]{a:b}", "[style*='c']{a:b}",
        "P{a:b}", "[TITLE]{a:b}", "[data-premailer]{a:b}",
        "body *[title='t']{a:b}", "title{a:b}", ".a.b{a:b}", "td{a:b}p{c:d;a:e}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "head", ["", "\n<meta charset=utf-8>\n<title>a &amp; b</title>"]
)
def test_whatever_a_selector_looks_at_is_in_the_skeleton(css: str, head: str) -> None:
    html = page("".join(USUAL), css, head)

    done = short(html)

    assert done is None or done == long(html)


@pytest.mark.parametrize(
    "head",
    [
        "<title>a<b</title>", "x", "<base href=a>", "<style media=print>p{a:b}</style>",
        "<style>p{a:b}", "<script></script>",
        "<!--[if mso]><style>p{a:b}</style><![endif]-->",
        "<style><b title='a'>x</b></style>", "<title><b title='a'>x</b></title>",
        "</head><head>", "<style>.a{} /* <!-- */</style>", "<STYLE>p{a:b}</STYLE>",
        "<style>a[href='x style=\"']{a:b}</style>", "<noscript><p></noscript>",
    ],
)  # fmt: skip
def test_a_strange_head_comes_out_the_same_or_not_at_all(head: str) -> None:
    html = page('<p class="a">x</p>', head=head)

    done = short(html)

    assert done is None or done == long(html)


@pytest.mark.parametrize(
    "extra",
    [
        "<style>p{a:b}</style>",
        "<style>",
        '<p data-premailer="ignore">',
        "x style='",
        "<!-- <html> -->",
    ],
)
def test_what_stands_outside_comes_out_the_same_or_not_at_all(extra: str) -> None:
    for html in (extra + page("<p>x</p>"), page("<p>x</p>") + extra):
        done = short(html)

        assert done is None or done == long(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p class=a>x</p><style>p{color:red}</style>",
        "<html><style>p{color:red}</style><body><p>x</p></body></html>",
        "<html><head><style>p{color:red}</style></head><p>x</p></html>",
        "<html><head><style>p{color:red}</style></head><body><p>x</p>",
        "<html><head><style>p{color:red}</style></head>x<body><p>x</p></body>y</html>z",
        "<html><head><style>p{color:red}</style></head><body>" + "<div>" * 300,
    ],
)
def test_a_document_that_lxml_would_mend_takes_the_long_way(html: str) -> None:
    assert short(html) is None
    assert inline(html).html


def test_what_is_in_a_selector_is_not_taken_from_another_document() -> None:
    body = '<p class="a" title="t">x</p>'

    before = inline(page(body, ".a{color:red}")).html
    after = inline(page(body, "p[title]{color:red}")).html

    assert '<p class="a" title="t" style="color:red">' in before
    assert '<p class="a" title="t" style="color:red">' in after


@pytest.mark.parametrize("odd", ["", "<p>x"])
def test_what_is_dressed_is_not_taken_from_another_document(odd: str) -> None:
    first = inline(page(f'<p style="a:b">x</p>{odd}')).html
    second = inline(page(f'<p style="c:d">x</p>{odd}')).html

    assert '<p style="margin:0;a:b">' in first
    assert '<p style="margin:0;c:d">' in second


def test_other_words_ask_premailer_for_nothing_new() -> None:
    pages = [
        page(body, "i.only-here{color:red}").replace("'", '"')
        for body in ("<p>One</p>", "<p>Other words</p>", "<p>Other</p><p>words</p>")
    ]
    skeletons = plan_of(pages[0], tuple(sheets_of(pages[0], "zq")), "zq").skeletons
    asked: list[str] = []

    def run(shown: str) -> str:
        asked.append(shown)
        return shown.replace(f"<style>{skeletons.sheet}</style>", "")

    done = [skeletons.inlined(html, run) for html in pages]

    assert done == pages
    assert len(asked) == 2
