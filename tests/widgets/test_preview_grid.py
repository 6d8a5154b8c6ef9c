"""The grid of previews in a real page: what it shows, and what it never does."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from pytestqt.qtbot import QtBot

from governance.clients.previews import Wanted, previews
from governance.clients.rule import Scheme
from governance.names import Digest
from tests.fakes.listening import Listener, listening
from widgets.preview.grid import PreviewGrid
from widgets.preview.state import Card, cards

PATIENCE = 15_000


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as one:
        yield one


@pytest.fixture
def grid(qtbot: QtBot) -> PreviewGrid:
    grid = PreviewGrid()
    qtbot.addWidget(grid)
    grid.resize(700, 500)
    grid.show()
    return grid


def digest_of(html: str) -> Digest:
    return Digest(sha256(html.encode()).hexdigest())


def a_card(key: str, html: str, *, is_dark: bool = False) -> Card:
    return Card(
        key, key.title(), "desktop", "sun", "", "", key, 400, digest_of(html), is_dark
    )


def show(qtbot: QtBot, grid: PreviewGrid, mails: dict[str, str]) -> None:
    shown = tuple(a_card(key, html) for key, html in mails.items())
    pages = {digest_of(html): html.encode() for html in mails.values()}
    with qtbot.waitSignal(
        grid.painted, timeout=PATIENCE, check_params_cb=lambda r: r >= grid.revision
    ):
        grid.render_cards(shown, pages)


def asked(qtbot: QtBot, grid: PreviewGrid, script: str) -> object:
    answers: list[object] = []
    page = grid.page
    assert page is not None
    page.runJavaScript(script, 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    return answers[0]


def text_of(qtbot: QtBot, grid: PreviewGrid, at: int = 0) -> object:
    return asked(
        qtbot,
        grid,
        f"document.querySelectorAll('iframe')[{at}].contentDocument.body.innerText",
    )


VECTORS: tuple[Callable[[str], str], ...] = (
    lambda u: f'<link rel="stylesheet" href="{u}/1.css">',
    lambda u: f'<link rel="preconnect" href="{u}">',
    lambda u: f'<link rel="dns-prefetch" href="{u}">',
    lambda u: f'<link rel="prefetch" href="{u}/2">',
    lambda u: f'<link rel="preload" as="image" href="{u}/3">',
    lambda u: f'<link rel="modulepreload" href="{u}/4">',
    lambda u: f'<link rel="icon" href="{u}/5">',
    lambda u: f'<meta http-equiv="refresh" content="0;url={u}/6">',
    lambda u: f'<base href="{u}/" target="_top">',
    lambda u: f'<style>@import url("{u}/7.css");</style>',
    lambda u: f"<style>body{{background:url({u}/8)}}</style>",
    lambda u: (
        f"<style>@font-face{{font-family:x;src:url({u}/9)}}p{{font:1em x}}</style>"
    ),
    lambda u: f'<script>fetch("{u}/10");parent.ran=1</script>',
    lambda _: '<script>parent.ran=1;top.location="about:blank"</script>',
    lambda u: f'<img src="{u}/11.png" srcset="{u}/12.png 2x" onerror="parent.ran=1">',
    lambda _: '<img src="x" onerror="parent.ran=1">',
    lambda _: '<svg onload="parent.ran=1"><script>parent.ran=1</script></svg>',
    lambda u: f'<svg><image href="{u}/13"/><use href="{u}/14#a"/></svg>',
    lambda u: f'<iframe src="{u}/15"></iframe>',
    lambda _: '<iframe srcdoc="<script>top.ran=1</script>"></iframe>',
    lambda u: f'<object data="{u}/16"></object><embed src="{u}/17">',
    lambda u: f'<video src="{u}/18" poster="{u}/19" autoplay></video>',
    lambda u: f'<audio src="{u}/20" autoplay></audio>',
    lambda u: f'<form action="{u}/21"><input autofocus onfocus="parent.ran=1"></form>',
    lambda u: f'<a id="go" href="{u}/22" ping="{u}/23" target="_top">away</a>',
    lambda _: '<a href="javascript:parent.ran=1">script</a>',
    lambda _: '<details open ontoggle="parent.ran=1"><summary>s</summary></details>',
    lambda _: '<body onload="parent.ran=1">',
    lambda u: f'<p style="background:url({u}/24)">styled</p>',
    lambda u: f'<table background="{u}/25"><tr><td>cell</td></tr></table>',
    lambda u: f'<template><img src="{u}/26"></template>',
    lambda _: '<marquee onstart="parent.ran=1">moving</marquee>',
)


def test_a_hostile_mail_reaches_nobody_runs_nothing_and_leads_nowhere(
    qtbot: QtBot, grid: PreviewGrid, listener: Listener
) -> None:
    vectors = "".join(vector(listener.address) for vector in VECTORS)
    hostile = f"<!doctype html><html><head></head><body>{vectors}<p>Hello</p></body>"
    assert len(VECTORS) >= 25

    show(qtbot, grid, {"first": hostile})  # as a frame is filled first
    show(qtbot, grid, {"first": "<!doctype html><p>Calm</p>"})
    show(qtbot, grid, {"first": hostile})  # and as it is changed in place

    clicks = (
        "for (const a of document.querySelector('iframe').contentDocument"
        ".querySelectorAll('a')) a.click(); String(window.ran) + location.href"
    )
    told = asked(qtbot, grid, clicks)
    qtbot.wait(700)
    assert "Hello" in str(text_of(qtbot, grid))
    assert told == "undefinedapp://countersign/preview.html"
    assert asked(qtbot, grid, "location.href + String(window.ran)") == (
        "app://countersign/preview.htmlundefined"
    )
    assert listener.connections == []


def test_a_scrubbed_hostile_mail_reaches_nobody_in_any_client(
    qtbot: QtBot, grid: PreviewGrid, listener: Listener
) -> None:
    vectors = "".join(vector(listener.address) for vector in VECTORS)
    wanted = [
        Wanted("gmail-web", Scheme.LIGHT),
        Wanted("outlook-classic", Scheme.DARK),
        Wanted("apple-mail-ios", Scheme.DARK),
        Wanted("images-off", Scheme.LIGHT),
    ]
    made = previews(f"<!doctype html><body>{vectors}<p>Hello</p>", "Hello", wanted)

    with qtbot.waitSignal(grid.painted, timeout=PATIENCE):
        grid.render_cards(cards(made.shown), made.pages)

    qtbot.wait(700)
    assert asked(qtbot, grid, "document.querySelectorAll('iframe').length") == 4
    assert listener.connections == []


def test_a_mail_cannot_speak_for_the_page(qtbot: QtBot, grid: PreviewGrid) -> None:
    opened: list[str] = []
    grid.card_opened.connect(opened.append)

    show(
        qtbot,
        grid,
        {"a": '<img src="app://countersign/previews/x/open/a"><p>Hello</p>'},
    )
    qtbot.wait(200)

    assert opened == []


def test_a_mail_is_changed_in_place_and_others_are_not_touched(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    show(
        qtbot, grid, {"a": "<!doctype html><p>One</p>", "b": "<!doctype html><p>B</p>"}
    )
    asked(
        qtbot,
        grid,
        "for (const f of document.querySelectorAll('iframe'))"
        "f.contentDocument.mark = 1; 1",
    )

    show(
        qtbot, grid, {"a": "<!doctype html><p>Two</p>", "b": "<!doctype html><p>B</p>"}
    )

    assert text_of(qtbot, grid, 0) == "Two"
    assert text_of(qtbot, grid, 1) == "B"
    marks = "[...document.querySelectorAll('iframe')].map(f=>f.contentDocument.mark)+''"
    assert asked(qtbot, grid, marks) == "1,1"


def test_a_changed_mail_is_the_same_as_one_shown_anew(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    before = (
        "<!doctype html><head><style>p{color:red}</style></head><p id=a>1</p><ul><li>x"
    )
    after = (
        "<!doctype html><head><style>p{color:blue}</style><style>i{}</style></head>"
        "<table><tr><td>new</table><p class=b>1<b>2</b></p><ul><li>y<li>x"
    )

    show(qtbot, grid, {"a": before})
    show(qtbot, grid, {"a": after, "b": after})

    same = (
        "(([a,b]) => a.contentDocument.documentElement.isEqualNode("
        "b.contentDocument.documentElement))([...document.querySelectorAll('iframe')])"
    )
    assert asked(qtbot, grid, same) is True


def test_a_mail_without_a_document_type_is_changed_in_place_too(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    show(qtbot, grid, {"a": "<p>One</p>"})
    asked(qtbot, grid, "document.querySelector('iframe').contentDocument.mark = 1")

    show(qtbot, grid, {"a": "<p>Two</p>"})

    assert asked(qtbot, grid, "document.querySelector('iframe').contentDocument.mark")
    assert text_of(qtbot, grid) == "Two"


def test_enter_opens_a_card_and_arrows_go_from_card_to_card(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    show(qtbot, grid, {"a": "<p>A</p>", "b": "<p>B</p>"})
    press = (
        "document.querySelector('.card').focus();"
        "for (const key of ['ArrowRight', 'Enter']) document.activeElement"
        ".dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));1"
    )

    with qtbot.waitSignal(grid.card_opened, timeout=PATIENCE) as opened:
        asked(qtbot, grid, press)

    assert opened.args == ["b"]


def test_old_pictures_are_paler(qtbot: QtBot, grid: PreviewGrid) -> None:
    show(qtbot, grid, {"a": "<p>A</p>"})

    grid.render_marks(is_stale=True, is_waiting=False)

    pale = "getComputedStyle(document.querySelector('.window')).opacity"
    qtbot.waitUntil(lambda: asked(qtbot, grid, pale) == "0.6", timeout=PATIENCE)


@pytest.mark.filterwarnings("ignore")
def test_a_page_that_falls_is_made_and_filled_again(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    show(qtbot, grid, {"a": "<p>Still here</p>"})
    page = grid.page
    assert page is not None

    with qtbot.waitSignal(grid.painted, timeout=PATIENCE):
        page.renderProcessTerminated.emit(
            page.RenderProcessTerminationStatus.CrashedTerminationStatus, 139
        )

    assert grid.page is not None
    assert text_of(qtbot, grid) == "Still here"


def test_a_dark_card_asks_for_dark_whatever_the_window_is(
    qtbot: QtBot, grid: PreviewGrid
) -> None:
    html = (
        "<!doctype html><style>p{color:red}@media (prefers-color-scheme:dark)"
        "{p{color:rgb(0, 0, 1)}}</style><p>x</p>"
    )
    shown = (a_card("a", html), a_card("b", html, is_dark=True))
    with qtbot.waitSignal(grid.painted, timeout=PATIENCE):
        grid.render_cards(shown, {digest_of(html): html.encode()})

    colours = (
        "[...document.querySelectorAll('iframe')].map(f=>f.contentWindow"
        ".getComputedStyle(f.contentDocument.querySelector('p')).color)+''"
    )
    assert asked(qtbot, grid, colours) == "rgb(255, 0, 0),rgb(0, 0, 1)"
