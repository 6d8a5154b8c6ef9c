"""Other words in a message that was shown before: the pages are those of a new one."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.clients import simulate as simulating
from governance.clients.profile import CLIENTS
from governance.clients.rewording import reworded
from governance.clients.simulate import Simulated, simulate
from tests.benchmarks.bench_clients import a_page

MAIL = """<!DOCTYPE html><html lang="en"><head><title>A title</title>
<style>p > b { color: red } .x { margin: 0 }</style></head>
<body style="margin:0"><div style="display:none">In the inbox</div>
<!--[if mso]><table><tr><td>Only Word</td></tr></table><![endif]-->
<![if !mso]><p>All but Word</p><![endif]>
<p style="color:#333">Dear Maya,</p><p>we look <b>forward</b> to it &amp; to you.</p>
<ul><li>one<li>two</ul><pre>
kept</pre><table>fostered<tr><td>cell</td></tr></table>
<a href="https://example.org/a>b">A link</a><p>twice</p><p>twice</p>
</body></html>"""
PAGES = (MAIL, a_page(0)[:30_000])
SHOWN = [(one, scheme) for one in CLIENTS for scheme in one.schemes]
RUNS = [
    (page, found.span(1))
    for page in PAGES
    for found in re.finditer(r">([^<>]*[^<>\s][^<>]*)<", page)
]
words = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "abc dö.,:!?\"'-\u2013\u00a0\n\t&;#\u200b\u0301\u05d0\u202e\ufeff"
        ),
        st.characters(),
    ),
    min_size=1,
    max_size=12,
)


def all_of(html: str) -> list[Simulated]:
    return [simulate(html, one, scheme, located=False) for one, scheme in SHOWN]


def afresh(html: str) -> list[Simulated]:
    simulating._latest.clear()  # noqa: SLF001
    return all_of(html)


@settings(max_examples=60)
@given(st.sampled_from(RUNS), words, st.sampled_from(["inside", "instead"]))
def test_pages_with_other_words_are_those_of_a_new_message(
    run: tuple[str, tuple[int, int]], added: str, where: str
) -> None:
    page, (start, end) = run
    middle = (start + end) // 2
    typed = page[:middle] + added + page[middle if where == "inside" else end :]
    expected = [(one.html, one.digest) for one in afresh(typed)]

    afresh(page)
    made = all_of(typed)

    assert [(one.html, one.digest) for one in made] == expected


def test_typing_in_a_paragraph_is_a_rewording() -> None:
    found = reworded(MAIL, MAIL.replace("Dear Maya,", "Dear Mayla,"))

    assert found == (">Dear Maya,<", ">Dear Mayla,<")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("color: red", "color: blue"),  # a style sheet
        ("A title", "B title"),
        ("Only Word", "Only Words"),  # a comment
        ("twice", "thrice"),  # in two places
        ("Dear Maya,", "Dear <b>Maya</b>,"),
        ("Dear Maya,", "Dear &lt;Maya,"),
        ("Dear Maya,", ""),
        ("Dear Maya,", " Dear Maya,"),
        ("fostered", "fosters"),  # not in a cell: parsers move it
        ("A link", "A link\0"),
        ("to you", "for you"),  # a reference beside it
        ("a>b", "a>c"),  # an attribute
        ("#333", "#444"),
    ],
)
def test_what_is_more_than_words_is_simulated_again(old: str, new: str) -> None:
    assert reworded(MAIL, MAIL.replace(old, new)) is None
    assert reworded(MAIL, MAIL) is None


def test_what_was_reworded_needs_no_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    afresh(MAIL)
    monkeypatch.delattr(simulating, "parsed")

    made = all_of(MAIL.replace("Dear Maya,", "Dear Mayla and Ben,"))

    reading = [
        one for one, (client, _) in zip(made, SHOWN, strict=True) if client.reads_html
    ]
    assert all("Dear Mayla and Ben," in one.html for one in reading)
