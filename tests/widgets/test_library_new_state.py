"""What is asked before a template is begun, moved or archived, without Qt."""

from dataclasses import replace

import pytest

from widgets.library.new_state import (
    EMPTY,
    OTHER,
    Known,
    NewWish,
    archive_why_not,
    archive_words,
    stage_name,
    stages,
    starts,
    why_not,
)

KNOWN = Known(
    (
        ("invitation", "Invitation", "interview"),
        ("reminder", "A reminder", "interview"),
        ("bonus", "Bonus", "team"),
    ),
    ("en", "de"),
    "en",
)
WISH = NewWish("Title", "offer", "", ("email",), ("en",))


def test_stages_are_those_there_are_the_usual_ones_and_a_new_one() -> None:
    keys = [one.key for one in stages(KNOWN)]

    assert {"interview", "team", "offer"} < set(keys)
    assert keys[-1] == OTHER


def test_a_template_starts_empty_or_as_a_neighbour() -> None:
    assert [one.key for one in starts(KNOWN, "interview")] == [
        EMPTY,
        "reminder",
        "invitation",
    ]


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (WISH, ""),
        (replace(WISH, title="  "), "title"),
        (replace(WISH, stage=""), "stage"),
        (replace(WISH, channels=()), "channel"),
        (replace(WISH, locales=()), "language"),
        (replace(WISH, channels=(), locales=(), source="bonus"), ""),
    ],
)
def test_what_is_missing_is_named(wish: NewWish, reason: str) -> None:
    assert reason in why_not(wish)
    assert bool(reason) == bool(why_not(wish))


@pytest.mark.parametrize(
    ("said", "name"),
    [("Data & consent", "data-consent"), (" Day One ", "day-one"), ("面接", "")],
)
def test_a_new_stage_is_a_folder(said: str, name: str) -> None:
    assert stage_name(said) == name


def test_archiving_says_whom_it_concerns() -> None:
    assert "nobody gets it" in archive_words("Old", None)
    assert "version 3" in archive_words("Old", 3)


def test_what_a_journey_sends_is_not_archived() -> None:
    assert archive_why_not(()) == ""
    assert "“Interview”" in archive_why_not(("Interview",))
    assert "send it" in archive_why_not(("Interview", "Offer"))
