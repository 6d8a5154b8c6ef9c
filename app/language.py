"""The language that the program speaks: a person's choice, or the computer's."""

import locale
import os
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final

from governance.texts import speak

ENGLISH: Final = "en"
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def languages() -> tuple[str, ...]:
    """Return what the program speaks: English, and what there is a catalogue for."""
    place = files("resources").joinpath("locale")
    others = (
        one.name
        for one in (place.iterdir() if place.is_dir() else ())
        if one.joinpath("countersign.mo").is_file()
    )
    return (ENGLISH, *sorted(others))


def choose_language(code: str = "") -> str:
    """Speak ``code`` from now on, the computer's language for ""; return which it is.

    Called before anything is shown: what was built before keeps its words.
    """
    chosen = code if code in languages() else of_computer()
    speak(_catalogue(chosen))
    return chosen


def of_computer() -> str:
    """Return the computer's language, if the program speaks it; else English."""
    for name in _VARIABLES:
        if said := os.environ.get(name):
            return _known(said)
    try:
        return _known(locale.getlocale()[0] or ENGLISH)
    except ValueError:
        return ENGLISH


def _known(said: str) -> str:
    wanted = said.partition(":")[0].partition(".")[0].partition("_")[0].lower()
    return wanted if wanted in languages() else ENGLISH


def _catalogue(code: str) -> NullTranslations:
    if code == ENGLISH:
        return NullTranslations()
    place = files("resources") / "locale" / code / "countersign.mo"
    try:
        with place.open("rb") as file:
            return GNUTranslations(file)
    except OSError:
        return NullTranslations()  # without a catalogue the words are English
