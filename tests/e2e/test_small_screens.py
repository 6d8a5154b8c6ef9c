"""Every starter mail at the width of a desk and of a phone, measured in a browser."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from governance.content.fields import read_fields
from governance.content.samples import samples
from governance.content.sources import Sources
from governance.content.template import find_template, template_folders
from governance.rendering.compile import compile_template
from governance.rendering.render import render
from governance.rendering.values import sample_values
from widgets.web.engine import Profile, hardened, owner

STARTER: Final = Path(__file__).parents[2] / "repo_templates" / "starter"
SMALL_PRINT: Final = 13  # pixels: why one gets the mail, and who sends it
BODY: Final = 14
TARGET: Final = 44  # pixels that a thumb needs
_SHARE: Final = 0.5  # of the letters; the small print of a short mail is a good part

# Text that is seen, by its size; buttons, by their height.
MEASURE: Final = """(() => {
  const sizes = {}, buttons = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const around = walk.currentNode.parentElement, style = getComputedStyle(around);
    const box = around.getBoundingClientRect();
    if (!text || style.display === "none" || box.width < 2 || box.height < 2) continue;
    const size = parseFloat(style.fontSize);
    sizes[size] = (sizes[size] || 0) + text.length;
  }
  for (const link of document.querySelectorAll("a[href]"))
    if (getComputedStyle(link).display.includes("block"))
      buttons.push(link.getBoundingClientRect().height);
  const page = document.documentElement;
  return JSON.stringify([page.scrollWidth - page.clientWidth, sizes, buttons]);
})()"""


@cache
def mails() -> dict[str, str]:
    """Return each template in each language, for the first sample."""
    files = {
        file.relative_to(STARTER).as_posix(): file.read_bytes()
        for file in STARTER.rglob("*")
        if file.is_file()
    }
    sources = Sources.of_files(files)
    fields, sample = read_fields(sources), samples(sources)[0]
    made: dict[str, str] = {}
    for name in sorted(template_folders(sources)):
        compiled = compile_template(find_template(sources, name), sources)
        for locale in compiled.locales:
            html = render(compiled, sample_values(sample, fields), locale).html
            if html is not None:
                made[f"{name} {locale}"] = html
    return made


@pytest.mark.parametrize("width", [600, 375])
def test_a_starter_mail_fits_and_can_be_read_and_tapped(
    qtbot: QtBot, width: int
) -> None:
    view = QWebEngineView()
    qtbot.addWidget(view)
    page = QWebEnginePage(Profile(lambda _path: None, owner()), view)
    hardened(page.settings(), runs_scripts=False)
    view.setPage(page)
    view.resize(width, 800)
    view.show()
    wrong: list[str] = []

    for name, html in mails().items():
        with qtbot.waitSignal(page.loadFinished, timeout=20_000):
            view.setHtml(html, QUrl("about:blank"))
        wrong += [f"{name}: {problem}" for problem in _problems(qtbot, page)]

    assert len(mails()) > 60
    assert wrong == []


def _problems(qtbot: QtBot, page: QWebEnginePage) -> list[str]:
    answers: list[str] = []
    world = QWebEngineScript.ScriptWorldId.ApplicationWorld
    page.runJavaScript(MEASURE, world, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    over, sizes, buttons = json.loads(answers[0])
    letters = {float(size): count for size, count in sizes.items()}
    small = sum(count for size, count in letters.items() if size < BODY)
    found = []
    if over > 0:
        found.append(f"{over} pixels wider than the screen")
    if min(letters) < SMALL_PRINT or small > _SHARE * sum(letters.values()):
        found.append(f"too small: {letters}")
    if any(height < TARGET for height in buttons):
        found.append(f"a button too low for a thumb: {buttons}")
    return found
