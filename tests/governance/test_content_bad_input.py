"""Tables that were made to break the one who reads them."""

import tomllib
from time import process_time

import pytest

from governance.content.tables import table_of
from governance.content.toml import read_toml
from governance.errors import ContentError
from governance.journeys.read import read_journey
from governance.names import JourneyId

BOMBS = [
    "a = " + "[" * 100_000,
    "a = " + "{ b = " * 50_000,
    "a" + ".a" * 100_000 + " = 1",
    "[a" + ".a" * 100_000 + "]",
    "[[a" + ".a" * 100_000 + "]]",
    'x = 1\n"a"' + ' . "a"' * 100_000 + " = 1",
    "x = { a" + ".a" * 100_000 + " = 1 }",
    "a = " + "9" * 5_000,
    "a = 2026-02-31",
    "a = 25:61:00",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_a_table_made_to_break_us_is_a_sentence_with_a_line_at_once(bomb: str) -> None:
    began = process_time()

    with pytest.raises(ContentError, match=r"fields\.toml, line \d+: this is no TOML"):
        table_of("fields.toml", bomb)

    assert process_time() - began < 2


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_a_journey_made_to_break_us_is_a_sentence(bomb: str) -> None:
    with pytest.raises(ContentError):
        read_journey({"journeys/trap.toml": bomb}, JourneyId("trap"))


def test_dots_in_a_text_are_no_key() -> None:
    text = "a" + ".a" * 100

    assert read_toml(f'link = "{text}"') == {"link": text}


def test_what_is_wrong_is_told_with_its_line() -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="line 3"):
        read_toml("x = 1\n\na" + ".a" * 40 + " = 1")
