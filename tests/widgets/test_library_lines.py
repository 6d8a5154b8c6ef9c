"""Lines of the library: what is made anew when something changed, and what is kept."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from governance.changes.library import Standing
from governance.names import TemplateId
from governance.standards.finding import Finding, Severity
from tests.fakes.shelf import a_row, a_shelf
from widgets.library.lines_state import Lines, lines
from widgets.library.shelf_state import Shelf

NAMES = ("invitation", "reminder", "offer", "welcome")
SHELF = a_shelf(*(a_row(name) for name in NAMES))


def kept(before: Lines, after: Lines) -> set[str]:
    """Return the templates whose line is the very same."""
    old = {id(line) for line in before.templates}
    return {str(line.of.id) for line in after.templates if id(line) in old}


def test_a_template_that_changed_is_the_only_one_made_anew() -> None:
    before = lines(SHELF, "stage")
    other = replace(SHELF.rows[2], title="Another offer")

    after = lines(
        replace(SHELF, rows=(*SHELF.rows[:2], other, SHELF.rows[3])), "stage", before
    )

    assert kept(before, after) == {"invitation", "reminder", "welcome"}
    assert "Another offer" in [line.row.cells[0].text for line in after.templates]


def test_findings_that_arrive_make_only_their_templates_anew() -> None:
    found = Finding("rule", Severity.WARNING, "x", "file")
    checked = replace(SHELF, findings={TemplateId(name): () for name in NAMES})
    before = lines(checked, "stage")

    after = lines(
        replace(
            checked,
            findings={**(checked.findings or {}), TemplateId("offer"): (found,)},
        ),
        "stage",
        before,
    )

    assert kept(before, after) == {"invitation", "reminder", "welcome"}


def test_other_groups_and_another_day_make_all_of_them_anew() -> None:
    before = lines(SHELF, "stage")

    assert kept(before, lines(SHELF, "owner", before)) == set()
    tomorrow = replace(SHELF, today=date(2026, 11, 25))
    assert kept(before, lines(tomorrow, "stage", before)) == set()


def test_what_many_say_alike_is_made_once() -> None:
    made = lines(SHELF, "stage").templates

    for column in range(1, 6):
        assert len({id(line.row.cells[column]) for line in made}) == 1


shelves = st.builds(
    lambda rows, drifted, moments, has_findings: Shelf(
        rows,
        (),
        {},
        {} if has_findings else None,
        drifted=dict.fromkeys(drifted, "Practice ATS"),
        moments=dict.fromkeys(moments, "at once"),
        today=date(2026, 11, 24),
    ),
    st.lists(
        st.builds(
            a_row,
            st.sampled_from(NAMES),
            st.sampled_from(("interview", "offer")),
            st.sampled_from(Standing),
            live=st.sampled_from((None, 1, 2)),
            problem=st.sampled_from(("", "torn")),
        ),
        unique_by=lambda row: row.id,
    ).map(tuple),
    st.sets(st.sampled_from(NAMES).map(TemplateId)),
    st.sets(st.sampled_from(NAMES).map(TemplateId)),
    st.booleans(),
)


@given(shelves, shelves, st.sampled_from(("stage", "state", "owner", "")))
def test_lines_over_older_ones_are_those_made_afresh(
    first: Shelf, second: Shelf, grouping: str
) -> None:
    assert lines(second, grouping, lines(first, grouping)) == lines(second, grouping)
