from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from app.language import ENGLISH, choose_language, languages, of_computer
from governance.texts import _, speak


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(NullTranslations())


def test_what_is_offered_is_what_there_is_a_catalogue_for() -> None:
    assert languages()[0] == ENGLISH
    for code in languages():
        assert choose_language(code) == code


@pytest.mark.parametrize("said", ["xx_XX.UTF-8", "C", "xx:en"])
def test_a_language_that_is_not_spoken_is_answered_in_english(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", said)

    assert of_computer() == ENGLISH
    assert choose_language() == ENGLISH
    assert _("Library") == "Library"
