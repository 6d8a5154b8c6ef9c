"""How sentences end that others begin."""

import pytest

from governance.errors import Problem, UnknownNameError, as_sentence, ended
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


def test_a_wrong_name_is_answered_with_those_near_it_or_with_all_that_there_are() -> (
    None
):
    known = ["interview-invitation", "interview-reminder", "offer"]

    near = UnknownNameError.among("No such template.", "interview-invite", known)
    far = UnknownNameError.among("No such template.", "xyz", known)
    none = UnknownNameError.among("No such template.", "xyz", ())

    assert near.remedy.startswith("Did you mean “interview-invitation”")
    assert far.remedy == (
        "There are: “interview-invitation”, “interview-reminder”, “offer”."
    )
    assert none.remedy == UnknownNameError.remedy


def test_of_many_names_some_are_told_and_the_others_counted() -> None:
    known = [f"template-{number:02}" for number in range(40)]

    told = UnknownNameError.among("No such template.", "zzz", known).remedy

    assert "“template-00”" in told
    assert told.endswith("and 28 more.")


def test_a_question_at_a_place_is_not_followed_by_a_full_stop() -> None:
    problem = Problem("unknown", "is “name” meant?", "a.mjml", 0, 1, 3, 1)

    assert str(refused(problem)) == "a.mjml, line 3: is “name” meant?"
