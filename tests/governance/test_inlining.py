"""Each defect of premailer 3.10, and that the wrapper does not have it."""

import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import css_inline
import cssutils  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from premailer import Premailer  # type: ignore[import-untyped]
from premailer.cache import cache  # type: ignore[import-untyped]

from governance.rendering.inlining import inline
from governance.rendering.sheets import read_declarations
from governance.rendering.tags import pieces

Inliner: TypeAlias = Callable[[str], str]


def plain(html: str) -> str:
    return str(Premailer(html, allow_network=False).transform(pretty_print=False))


def kept(html: str) -> str:
    """Premailer with the settings that are said to help."""
    inliner = Premailer(
        html, keep_style_tags=True, strip_important=False, allow_network=False
    )
    return str(inliner.transform(pretty_print=False))


def shielded(html: str) -> str:
    return inline(html, stand_in="zq").html


def page(css: str, body: str, doctype: str = "<!DOCTYPE html>") -> str:
    return f"{doctype}<html><head><style>{css}</style></head><body>{body}</body></html>"


def style_of(html: str, name: str) -> str:
    found = etree.fromstring(html, etree.HTMLParser()).find(f".//{name}")
    return str(found.get("style", "")).replace(": ", ":").replace("; ", ";")


def keeps_the_doctype(run: Inliner) -> None:
    assert run(page("p{color:red}", "<p>a", "<!doctype html>")).startswith(
        "<!doctype html><html"
    )


def keeps_important_media_queries(run: Inliner) -> None:
    css = "@media (max-width:9px){p{color:red !important}} p{color:blue}"
    assert css in run(page(css, "<p>a"))


def keeps_at_rules_and_rules_that_match_nothing_yet(run: Inliner) -> None:
    css = (
        "@import url(a.css);@font-face{font-family:A;src:url(a)}"
        "@supports (a:b){p{color:red}}[data-ogsc] p{color:red} u + .x p{color:red}"
        "p{color:blue}"
    )
    assert css in run(page(css, "<p>a"))


def lives_with_nested_media(run: Inliner) -> None:
    css = "@media screen{@media (max-width:9px){p{color:red}}} p{color:blue}"
    assert style_of(run(page(css, "<p>a")), "p") == "color:blue"


def lives_with_commas_in_selectors(run: Inliner) -> None:
    css = 'td[title="a,b"]{color:red} p:not(.a,.b){color:red} p{color:blue}'
    assert style_of(run(page(css, "<p>a")), "p") == "color:blue"


def lets_important_rules_beat_the_element(run: Inliner) -> None:
    html = page("p{color:red !important}", '<p style="color:blue">a')
    assert style_of(run(html), "p") == "color:red"


def counts_attribute_selectors(run: Inliner) -> None:
    html = page("td[align]{color:red} table td{color:blue}", '<table><td align="left">')
    assert style_of(run(html), "td") == "color:red"


def keeps_the_order_of_shorthands(run: Inliner) -> None:
    css = ".a{margin:1px;margin-top:5px} .b{margin:10px}"
    style = style_of(run(page(css, '<p class="a b">a')), "p")
    assert style.rfind("margin:10px") > style.rfind("margin-top:5px")


def keeps_fallback_pairs(run: Inliner) -> None:
    css = "p{background:#eee;background:linear-gradient(red,blue)}"
    assert style_of(run(page(css, "<p>a")), "p") == (
        "background:#eee;background:linear-gradient(red,blue)"
    )


def keeps_values_it_does_not_know(run: Inliner) -> None:
    css = "p{color:rgb(0 0 0 / 50%)}"
    assert style_of(run(page(css, "<p>a")), "p") == "color:rgb(0 0 0 / 50%)"


def makes_no_attributes_that_mean_something_else(run: Inliner) -> None:
    css = "table{width:calc(100% - 10px);text-align:center}"
    html = run(page(css, "<table><tr><td>a</table>"))
    assert 'width="' not in html
    assert 'align="' not in html


def keeps_a_stand_in_in_a_link(run: Inliner) -> None:
    html = page("a{color:red}", '<a href="zq1qz?a=zq2qz&amp;b=c">a</a>')
    jinja = run(html.replace("zq1qz", "{{ a.b }}").replace("zq2qz", "{{ c }}"))
    assert 'href="{{ a.b }}?a={{ c }}&amp;b=c"' in jinja


def keeps_a_stand_in_in_a_style(run: Inliner) -> None:
    html = page("p{color:red;margin:0}", '<p style="color:{{ brand }}">a')
    assert "color:{{ brand }}" in run(html)


def keeps_conditions(run: Inliner) -> None:
    body = "{% if a < b %}<p>a</p>{% endif %}<p {% if c %}title=x{% endif %}>b</p>"
    html = run(page("p{color:red}", body))
    assert "{% if a < b %}<p " in html
    assert "{% if c %}title=x{% endif %}" in html


def tells_selectors_from_styles_in_its_cache(run: Inliner) -> None:
    cache.clear()
    run(page("p{color:red}", "<p>a"))
    run(page("b{color:red}", '<b style="p">a'))


def writes_no_braces_into_styles(run: Inliner) -> None:
    html = run(page("a:hover{color:red} a{color:blue}", "<a>a</a>"))
    assert style_of(html, "a") == "color:blue"


def plain_with_pseudoclasses(html: str) -> str:
    inliner = Premailer(html, exclude_pseudoclasses=False, allow_network=False)
    return str(inliner.transform(pretty_print=False))


def masked(html: str) -> str:
    """Do what compiling does: stand-ins in the place of Jinja, and back."""
    jinja = ["{{ a.b }}", "{{ c }}", "{{ brand }}"]
    jinja += ["{% if a < b %}", "{% if c %}title=x{% endif %}", "{% endif %}"]
    for number, text in enumerate(jinja):
        is_tag = text.startswith("{%") and "title" not in text
        html = html.replace(text, f"<!--zq{number}qz-->" if is_tag else f"zq{number}qz")
    done = shielded(html)
    for number, text in enumerate(jinja):
        done = done.replace(f"<!--zq{number}qz-->", text)
        done = done.replace(f"zq{number}qz", text)
    return done


def with_masks(html: str) -> str:
    """Show the wrapper the stand-ins of a test that knows only Jinja."""
    return masked(html)


DEFECTS = [
    (1, keeps_the_doctype, kept),
    (2, keeps_important_media_queries, plain),
    (3, keeps_at_rules_and_rules_that_match_nothing_yet, plain),
    (4, lives_with_nested_media, plain),
    (5, lives_with_commas_in_selectors, kept),
    (6, lets_important_rules_beat_the_element, kept),
    (7, counts_attribute_selectors, kept),
    (8, keeps_the_order_of_shorthands, kept),
    (8.5, keeps_fallback_pairs, kept),
    (9, keeps_values_it_does_not_know, kept),
    (10, makes_no_attributes_that_mean_something_else, kept),
    (11, keeps_a_stand_in_in_a_link, kept),
    (12, keeps_a_stand_in_in_a_style, kept),
    (12.5, keeps_conditions, kept),
    (13, tells_selectors_from_styles_in_its_cache, kept),
    (14, writes_no_braces_into_styles, plain_with_pseudoclasses),
]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    level = cssutils.log.getEffectiveLevel()
    with warnings.catch_warnings():
        yield
    cssutils.log.setLevel(level)


@pytest.mark.parametrize(("number", "promise", "defective"), DEFECTS)
def test_premailer_alone_breaks_the_promise(
    number: float, promise: Callable[[Inliner], None], defective: Inliner
) -> None:
    cache.clear()

    with pytest.raises(Exception):  # noqa: B017, PT011 -- an assertion, or its crash
        promise(defective)


@pytest.mark.parametrize(("number", "promise", "defective"), DEFECTS)
def test_the_wrapper_keeps_the_promise(
    number: float, promise: Callable[[Inliner], None], defective: Inliner
) -> None:
    promise(with_masks)


def test_a_condition_in_single_quotes_keeps_its_double_quotes_closed() -> None:
    html = page("p{color:red}", "<p style='font:\"a\";zq1qzmargin:0zq2qz'>a")

    done = shielded(html)

    assert '<p style="color:red;font:&quot;a&quot;;zq1qzmargin:0zq2qz">' in done


def test_parallel_threads_inline_alike() -> None:  # defect 15
    htmls = [
        page(f".a{n}{{margin:{n}px}} p{{color:red}}", f'<p class="a{n}">a' * 9)
        for n in range(40)
    ]
    alone = [shielded(html) for html in htmls]
    cache.clear()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shielded, htmls)) == alone


def test_what_stays_in_the_sheet_is_said_with_its_place() -> None:
    css = "a:hover{color:red} td[title='a,b']{color:red} * {margin:0} p{color:blue}"
    html = page(css, "<p>a")

    remarks = inline(html).remarks

    assert [html[r.span.start : r.span.end] for r in remarks] == [
        "a:hover",
        "td[title='a,b']",
        "*",
    ]


def test_a_sheet_with_a_condition_is_left_alone() -> None:
    html = page("/*zq1qz*/p{color:red}/*zq2qz*/", "<p>a")

    done = inline(html, stand_in="zq")

    assert done.html == html
    assert len(done.remarks) == 1


def test_a_document_that_lxml_would_cut_short_is_left_whole() -> None:
    html = page("b{color:red}", "<div>" * 300 + "<b>deep</b>" + "</div>" * 300)

    done = inline(html)

    assert done.html == html
    assert [remark.selector for remark in done.remarks] == ["lxml"]


@pytest.mark.parametrize(
    "body",
    [
        '<!--[if mso]><td style="a:b"><![endif]--><p>a',
        '<v:rect xmlns:v="urn" style="width:9px"><v:fill/></v:rect>',
        "<p>a &lt; b &amp; c</p>",
        "a<br>b",
    ],
)
def test_what_no_rule_matches_keeps_its_meaning(body: str) -> None:
    html = page("u{color:red}", body + "<u>x</u>")

    done = inline(html).html

    assert done.replace(' style="color:red"', "").replace("</p>", "") == (
        html.replace("<br/>", "<br>").replace("<v:fill/>", "<v:fill></v:fill>")
    ).replace("</p>", "")


def test_old_clients_get_attributes_where_they_have_a_meaning() -> None:
    css = "td{width:120px;background-color:#abc;vertical-align:top} img{width:50%}"

    done = inline(page(css, "<table><tr><td>a</td></tr></table><img src=a>")).html

    assert ' width="120" bgcolor="#aabbcc" valign="top">a' in done
    assert '<img src="a" style="width:50%">' in done


# No shorthands: css_inline puts them in the wrong order too.
NAMES = st.sampled_from(["p", "b", ".a", ".b", "p.a", "div p", "div > p", "p[title]"])
VALUES = st.sampled_from(["color:red", "color:blue", "margin:0", "margin:9px"])
IMPORTANT = st.sampled_from(["", "", " !important"])
RULES = st.lists(st.builds("{}{{{}{}}}".format, NAMES, VALUES, IMPORTANT), max_size=6)
ELEMENTS = st.sampled_from(
    [
        "<p>x</p>",
        '<p class="a">x</p>',
        '<div><p class="b a" title="t">x</p></div>',
        '<b style="color:green;margin:1px">x</b>',
        '<div class="a"><p style="color:green !important">x</p></div>',
    ]
)


@given(rules=RULES, body=st.lists(ELEMENTS, min_size=1, max_size=4))
def test_css_inline_finds_the_same_declarations_winning(
    rules: list[str], body: list[str]
) -> None:
    html = page("".join(rules), "".join(body))
    oracle = css_inline.CSSInliner(keep_style_tags=True).inline(html)

    ours, theirs = winners(inline(html).html), winners(oracle)

    assert ours == theirs


def winners(html: str) -> list[dict[str, str]]:
    """Tell what each element looks like, by what its style says last."""
    found = []
    for element in etree.fromstring(html, etree.HTMLParser()).iter("p", "b", "div"):
        computed: dict[str, str] = {}
        ordinary = read_declarations(element.get("style", ""))
        for declaration in sorted(ordinary, key=lambda d: d.is_important):
            computed[declaration.name] = declaration.value
        found.append(computed)
    return found


@given(st.text(alphabet="<>/!-'\"=ap \n", max_size=60))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(text[piece.start : piece.end] for piece in pieces(text)) == text


@given(st.text(alphabet="{}()[];:,.#*/'\"\\@!pa \n", max_size=60))
def test_nothing_in_a_sheet_makes_the_wrapper_fail(css: str) -> None:
    html = page(css + "}p{color:red}", "<p>a</p>")

    assert "<p" in inline(html).html
