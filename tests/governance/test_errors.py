"""How sentences end that others begin."""

import pytest

from governance.errors import Problem, as_sentence, ended
from governance.markup.faults import refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("is “name” meant?", "is “name” meant?"),
        ("look out!", "look out!"),
        ("it is so.", "it is so."),
        ("it goes on …", "it goes on …"),
        ("the tag has no end", "the tag has no end."),
    ],
)
def test_a_sentence_gets_a_full_stop_only_where_it_has_no_end(
    text: str, sentence: str
) -> None:
    assert ended(text) == sentence
    assert as_sentence(text) == sentence[0].upper() + sentence[1:]


def test_a_question_at_a_place_is_not_followed_by_a_full_stop() -> None:
    problem = Problem("unknown", "is “name” meant?", "a.mjml", 0, 1, 3, 1)

    assert str(refused(problem)) == "a.mjml, line 3: is “name” meant?"
