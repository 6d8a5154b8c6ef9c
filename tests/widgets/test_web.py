from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.listening import Listener, listening
from widgets.web.mail_view import MailView


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as one:
        yield one


def a_hostile_mail(address: str) -> str:
    return f"""<!doctype html><html><head>
<link rel="stylesheet" href="{address}/a.css"><link rel="prefetch" href="{address}/b">
<link rel="dns-prefetch" href="{address}"><link rel="preconnect" href="{address}">
<style>@import url("{address}/c.css"); body {{ background: url({address}/d.png) }}
@font-face {{ font-family: x; src: url({address}/e.ttf) }}
p {{ font-family: x }}</style>
<meta http-equiv="refresh" content="0;url={address}/f"><base href="{address}/">
<script>fetch("{address}/g"); document.title = "ran"</script></head>
<body onload="fetch('{address}/h')"><p>Hello</p><img src="{address}/i.png"
srcset="{address}/j.png 2x" onerror="document.title='ran'">
<iframe src="{address}/k"></iframe><object data="{address}/l"></object>
<embed src="{address}/m"><video src="{address}/n" poster="{address}/o" autoplay></video>
<audio src="{address}/p" autoplay></audio>
<form action="{address}/q"><input autofocus></form>
<svg><image href="{address}/r"/><script>fetch("{address}/s")</script></svg>
<a href="{address}/t" ping="{address}/u">x</a></body></html>"""


def test_a_hostile_mail_reaches_nobody_and_runs_nothing(
    qtbot: QtBot, listener: Listener
) -> None:
    view = MailView("A mail")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()

    view.render_html(a_hostile_mail(listener.address))

    qtbot.waitUntil(lambda: bool(view.blocked), timeout=10_000)
    qtbot.wait(700)
    assert listener.connections == []
    assert view.title == ""


def test_nothing_to_show_starts_no_engine(qtbot: QtBot) -> None:
    view = MailView("A mail")
    qtbot.addWidget(view)

    view.render_html("")

    assert view.title == ""
