"""Templates copied, renamed, moved and archived: drafts, from sources to sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.changes.affected import affected
from governance.changes.narrowed import narrowed
from governance.content.arrange import (
    archived,
    duplicated,
    id_for,
    moved,
    put_back,
    retitled,
)
from governance.content.closure import closure_of
from governance.content.sources import changed
from governance.content.template import find_template, template_folders
from governance.errors import BadNameError, ContentError, UnknownNameError
from governance.names import TemplateId, template_id
from tests.fakes.library import OFFER, OFFER_SUBJECT, OFFER_TABLE, a_library

COPY = TemplateId("offer-declined")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Interview invitation", "interview-invitation"),
        ("Größe & Maß: Übersicht!", "grosse-mass-ubersicht"),
        ("面接のご案内", "message"),
        ("  --  ", "message"),
        ("A" * 200, "a" * 56),
    ],
)
def test_an_id_says_its_title(title: str, expected: str) -> None:
    assert id_for(title, ()) == expected


def test_an_id_is_never_given_twice() -> None:
    assert id_for("Offer", {"offer"}) == "offer-2"
    assert id_for("Offer", {"offer", "offer-2"}) == "offer-3"


@given(st.text(max_size=80), st.sets(st.sampled_from(["message", "a", "a-2"])))
def test_every_title_has_an_id_that_can_be_one(title: str, taken: set[str]) -> None:
    made = id_for(title, taken)

    assert template_id(made) == made
    assert made not in taken


def test_a_copy_says_the_same_under_another_title() -> None:
    sources = a_library()

    made = duplicated(sources, OFFER, COPY, {"title": "Declined", "owner": "b@c.de"})

    copy, original = find_template(made, COPY), find_template(made, OFFER)
    assert (copy.record.title, copy.record.owner) == ("Declined", "b@c.de")
    assert copy.stage == original.stage
    assert [made.read(path) for path in copy.parts.values()] == [
        made.read(path) for path in original.parts.values()
    ]
    assert all(path.startswith(copy.folder) for path in changed(sources, made))


def test_a_copy_takes_no_template_that_is_there() -> None:
    with pytest.raises(ContentError, match="already"):
        duplicated(a_library(), OFFER, TemplateId("interview-invitation"), {})


def test_a_title_changes_nothing_that_candidates_get() -> None:
    sources = a_library(**{OFFER_TABLE: _commented()})

    made = retitled(sources, OFFER, 'A "new" title')

    assert find_template(made, OFFER).record.title == 'A "new" title'
    assert "# kept" in made.read(OFFER_TABLE)
    assert changed(sources, made) == (OFFER_TABLE,)
    before = closure_of(find_template(sources, OFFER), sources)
    assert closure_of(find_template(made, OFFER), made) == before


def test_a_template_moves_with_all_that_it_has() -> None:
    sources = a_library()

    made = moved(sources, OFFER, "onboarding")

    assert template_folders(made)[OFFER] == f"templates/onboarding/{OFFER}"
    assert len(made.texts) == len(sources.texts)
    assert moved(made, OFFER, "offer") == sources
    assert moved(sources, OFFER, "offer") is sources


def test_a_stage_whose_name_is_no_folder_is_refused() -> None:
    with pytest.raises(BadNameError):
        moved(a_library(), OFFER, "../elsewhere")


def test_what_is_archived_can_be_put_back() -> None:
    sources = a_library()

    gone = archived(sources, OFFER)

    assert OFFER not in template_folders(gone)
    assert put_back(gone, sources, OFFER) == sources


def test_one_that_cannot_be_read_can_still_be_archived() -> None:
    torn = a_library(**{OFFER_TABLE: "no = toml = at all\n"})

    assert OFFER not in template_folders(archived(torn, OFFER))
    with pytest.raises(ContentError):
        retitled(torn, OFFER, "Anything")


def test_a_template_that_is_not_there_is_named() -> None:
    for deed in (archived, lambda s, t: moved(s, t, "offer")):
        with pytest.raises(UnknownNameError, match="nowhere"):
            deed(a_library(), TemplateId("nowhere"))


def test_a_moved_template_is_proposed_from_its_new_stage_alone() -> None:
    before = a_library()

    proposed = narrowed(before, moved(before, OFFER, "onboarding"), (OFFER,))

    assert template_folders(proposed)[OFFER] == f"templates/onboarding/{OFFER}"
    assert OFFER in affected(before, proposed).templates


def test_an_archived_template_is_proposed_as_gone_and_nothing_else() -> None:
    before = a_library()
    draft = archived(before, OFFER).with_text("partials/new.html", "<p>x</p>\n")

    proposed = narrowed(before, draft, (OFFER,))

    assert affected(before, proposed).gone == (OFFER_SUBJECT,)
    assert all(
        path.startswith("templates/offer/") for path in changed(before, proposed)
    )


def _commented() -> str:
    return a_library().read(OFFER_TABLE).replace('title = "T"', 'title = "T"  # kept')
