"""What the library shows, without Qt."""

from dataclasses import replace
from datetime import date

import pytest

from governance.changes.library import Standing
from governance.names import Channel, Span, TemplateId
from governance.standards.finding import Finding, Severity
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.shelf import a_row, a_shelf
from tests.fakes.workplace import in_memory
from widgets.kit.values import Tone
from widgets.library.lines_state import chosen, lines
from widgets.library.marks_state import findings_mark, standing_mark
from widgets.library.shelf_state import (
    ARCHIVED,
    GONE,
    Filter,
    GoneTemplate,
    InspectorState,
    LibraryFile,
    Shelf,
)
from widgets.library.state import LibraryState, library_state

INVITE = a_row("interview-invitation", locales="en de")
REMIND = a_row("interview-reminder", channels=(Channel.EMAIL, Channel.SMS))
OFFER = a_row("offer-letter", "offer", Standing.EDITED, live=3)
NEW = a_row("welcome", "onboarding", Standing.DRAFT, live=None)
SHELF = a_shelf(INVITE, REMIND, OFFER, NEW)


def state_of(shelf: Shelf = SHELF, **wanted: str) -> LibraryState:
    return library_state(shelf, Filter(**wanted), "", InspectorState())


def keys_of(state: LibraryState) -> list[str]:
    return [row.key for row in state.table.rows]


def count_of(state: LibraryState, key: str) -> str:
    entries = [one for section in state.sections for one in section.entries]
    return next(one.count for one in entries if one.key == key)


def test_the_header_counts_what_is_live() -> None:
    assert state_of().count == "4 templates, 3 live"


def test_ten_thousand_are_counted_with_thin_spaces() -> None:
    count = state_of(replace(SHELF, rows=(INVITE,) * 10_000)).count

    assert count.split("\N{NARROW NO-BREAK SPACE}") == [
        "10",
        "000 templates, 10",
        "000 live",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["interview-invitation", "interview-reminder", "offer-letter", "welcome"]),
        ("INVIT", ["interview-invitation"]),
        ("view rem", ["interview-reminder"]),
        ("offer", ["offer-letter"]),
        ("hoffmann onboarding", ["welcome"]),
        ("nothing", []),
    ],
)
def test_a_filter_looks_for_all_words_anywhere(words: str, found: list[str]) -> None:
    assert keys_of(state_of(words=words)) == found


@pytest.mark.parametrize(
    ("name", "key", "found"),
    [
        ("standing", "edited", ["offer-letter"]),
        ("locale", "de", ["interview-invitation"]),
        ("channel", "sms", ["interview-reminder"]),
        ("section", "stage:offer", ["offer-letter"]),
        ("section", "view:drafts", ["offer-letter", "welcome"]),
    ],
)
def test_each_choice_narrows_the_list(name: str, key: str, found: list[str]) -> None:
    wanted: dict[str, str] = {name: key}
    state = library_state(SHELF, Filter(**wanted), "", InspectorState())

    assert keys_of(state) == found
    if name == "section":
        assert count_of(state, key) == str(len(found))


@pytest.mark.parametrize(
    ("grouping", "groups"),
    [
        ("stage", ["Interview", "Interview", "Offer", "Onboarding"]),
        ("state", ["Draft", "Draft", "Live", "Live"]),
        ("owner", ["Lena Hoffmann"] * 4),
        ("", [""] * 4),
    ],
)
def test_rows_stand_in_groups(grouping: str, groups: list[str]) -> None:
    state = state_of(grouping=grouping)

    assert [row.group for row in state.table.rows] == groups


def test_a_row_reads_as_a_sentence() -> None:
    row = state_of(words="offer").table.rows[0]

    assert row.sentence == (
        "Offer letter, Draft of version 4, Version 3 live, findings: None"
    )


def test_what_must_be_looked_at_within_thirty_days_is_due() -> None:
    shelf = a_shelf(
        a_row("overdue", review=date(2026, 1, 1)),
        a_row("soon", review=date(2026, 12, 24)),
        a_row("later", review=date(2027, 5, 1)),
        a_row("never"),
    )

    state = state_of(shelf, section="view:due")

    assert keys_of(state) == ["overdue", "soon"]
    assert count_of(state, "view:due") == "2"


def test_what_differs_in_the_ats_says_where() -> None:
    shelf = replace(SHELF, drifted={TemplateId("interview-reminder"): "Greenhouse"})

    state = state_of(shelf, section="view:differs")

    assert keys_of(state) == ["interview-reminder"]
    mark = state.table.rows[0].cells[3].mark
    assert mark is not None
    assert (mark.word, mark.tone) == ("Differs in Greenhouse", Tone.ERROR)


def test_a_draft_of_what_differs_stays_a_draft() -> None:
    assert standing_mark(OFFER, {}, "Greenhouse").word == "Draft of version 4"


def test_what_was_archived_waits_for_its_review() -> None:
    gone = GoneTemplate(TemplateId("old"), "Old one", "offer")
    shelf = replace(SHELF, gone=(gone,))

    state = state_of(shelf, section=ARCHIVED)

    assert keys_of(state) == [f"{GONE}old"]
    assert count_of(state, ARCHIVED) == "1"
    assert not state.has_filters


def test_nothing_archived_has_no_view() -> None:
    entries = [one.key for section in state_of().sections for one in section.entries]

    assert ARCHIVED not in entries


def test_a_moment_of_a_journey_stands_beside_the_title() -> None:
    shelf = replace(SHELF, moments={TemplateId("interview-reminder"): "24 h before"})

    row = state_of(shelf, words="reminder").table.rows[0]

    assert row.cells[0].second == "24 h before"


def test_other_things_are_listed_by_their_kind() -> None:
    files = (
        LibraryFile("partials/en/footer.mjml", "partials", "Footer", "used by 2", "en"),
        LibraryFile("partials/head.mjml", "partials", "Head", "used by 3"),
        LibraryFile("fields.toml#job.title", "fields", "job.title", "The job."),
    )
    shelf = a_shelf(INVITE, files=files)

    state = state_of(shelf, section="partials")

    assert keys_of(state) == ["partials/head.mjml", "partials/en/footer.mjml"]
    assert not state.has_filters
    assert count_of(state, "fields") == "1"
    assert keys_of(state_of(shelf, section="fields", words="JOB")) == [
        "fields.toml#job.title"
    ]


def test_what_is_not_listed_yet_has_no_number() -> None:
    state = state_of(replace(SHELF, is_listed=False), section="journeys")

    assert count_of(state, "journeys") == ""
    assert state.empty is None


def test_a_filter_without_a_result_says_so_and_can_be_cleared() -> None:
    empty = state_of(words="ofer").empty

    assert empty is not None
    assert empty.bold == "Nothing matches “ofer”."
    assert empty.key == "clear"


def test_an_empty_library_offers_a_template() -> None:
    empty = state_of(a_shelf()).empty

    assert empty is not None
    assert (empty.bold, empty.key) == ("No templates here yet.", "new")


@pytest.mark.parametrize("section", ["view:review", "view:due", "view:differs"])
def test_a_view_with_nothing_in_it_is_good_news(section: str) -> None:
    empty = state_of(section=section).empty

    assert empty is not None
    assert empty.icon == "check-circle"


def test_nothing_is_said_before_anything_was_read() -> None:
    shelf = Shelf((), (), {}, is_loading=True)

    state = state_of(shelf)

    assert (state.count, state.empty) == ("", None)


def test_files_that_cannot_be_read_take_no_new_template() -> None:
    state = state_of(replace(SHELF, rows=(), problem="It is gone."))

    assert state.deeds[0].why_not == "It is gone."
    assert state.empty is None


def test_the_worst_finding_is_named_with_its_number() -> None:
    def found(*severities: Severity) -> str:
        return findings_mark([a_finding(one) for one in severities]).word

    assert findings_mark(None).word == "Checking…"
    assert found() == "None"
    assert found(Severity.SUGGESTION) == "1 suggestion"
    assert found(Severity.WARNING, Severity.SUGGESTION) == "1 warning"
    assert found(Severity.WARNING, Severity.ERROR, Severity.ERROR) == "2 errors"


def a_finding(severity: Severity) -> Finding:
    return Finding("House.Tone", severity, "No.", "a.txt", Span(0, 1), 1, 1)


def test_a_change_under_review_says_how_far_it_is() -> None:
    place = in_memory()
    change = place.open(a_library().with_text(OFFER_TEXT, "Hi!\n")).change
    row = replace(OFFER, standing=Standing.IN_REVIEW, change=change)
    changes = place.read().changes

    assert standing_mark(row, changes).word == "In review, 0 of 2 signed"
    assert standing_mark(row, {}).word == "In review"


def test_lines_are_made_once_and_only_chosen_from() -> None:
    made = lines(SHELF, "stage")

    first = chosen(made, Filter(words="offer")).rows[0]
    second = chosen(made, Filter(section="stage:offer")).rows[0]

    assert first is second
