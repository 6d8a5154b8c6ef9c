import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from app.controllers.help_texts import read_pages
from app.language import choose_language, languages
from governance.texts import language, speak
from widgets.help.state import help_state

LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
OTHERS = languages()[1:]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(NullTranslations())


@pytest.mark.parametrize("code", OTHERS)
def test_each_page_is_there_in_each_language(code: str) -> None:
    english = read_pages()
    assert choose_language(code) == language() == code

    pages = read_pages()

    assert pages.keys() == english.keys()
    assert not [key for key in pages if pages[key].text == english[key].text]


@pytest.mark.parametrize("code", OTHERS)
def test_a_translated_page_links_to_the_same_pages_and_shows_the_same_code(
    code: str,
) -> None:
    english = read_pages()
    choose_language(code)

    for key, page in read_pages().items():
        assert page.text.startswith("# ")
        assert sorted(LINK.findall(page.text)) == sorted(
            LINK.findall(english[key].text)
        )
        assert _commands(page.text) == _commands(english[key].text)


def test_a_page_is_found_by_a_word_of_the_language_that_is_spoken() -> None:
    choose_language("de")

    state = help_state(read_pages(), "", "gewöhnliche Kopfzeilen")

    assert state.chosen == "stock-tools"
    assert state.markdown.startswith("# Selbst nachprüfen")


def test_a_page_that_nobody_translated_is_english() -> None:
    speak(_Spoken("xx"))

    assert read_pages()["library"].title == "Library"


class _Spoken(NullTranslations):
    """A catalogue without a word."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def info(self) -> dict[str, str]:
        return {"language": self._code}


def _commands(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith(("countersign ", "git "))]
