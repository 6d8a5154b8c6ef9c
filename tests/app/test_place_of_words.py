"""Where in a source stands what was clicked in a preview."""

from app.controllers.studio.previewing import place_of_words

SOURCE = (
    "<mj-text>\n  Hello {{ candidate.first_name }}, we would\n  like to meet you.\n"
)


def found(words: str) -> str:
    place = place_of_words(SOURCE, words)
    return SOURCE[slice(*place)] if place else ""


def test_words_are_found_over_line_ends() -> None:
    assert found("we would like to meet you.") == "we would\n  like to meet you."


def test_words_around_a_filled_field_are_found_by_their_longest_piece() -> None:
    assert found("Hello Maya, we would like to meet you.").startswith("we would")


def test_words_that_stand_nowhere_are_not_found() -> None:
    assert place_of_words(SOURCE, "Completely different") is None
    assert place_of_words(SOURCE, "") is None
