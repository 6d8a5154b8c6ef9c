"""Rows that are worked out once: never other than those worked out anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.changes.library import library
from governance.changes.library_look import Known
from governance.content.paths import clean_path
from governance.content.sources import Sources
from governance.content.template import template_folders
from governance.errors import BadPathError
from governance.ledger.state import LedgerState
from tests.fakes.library import (
    FOOTER,
    INVITE,
    INVITE_TEXT,
    OFFER,
    OFFER_TABLE,
    OFFER_TEXT,
    a_library,
)

NOTHING = LedgerState()

# What an author may do, some of it wrong.
EDITS = (
    (OFFER_TEXT, "Hi, {{ candidate.first_name }}!\n"),
    (OFFER_TEXT, "For {{ job.title }}\n"),
    (OFFER_TEXT, "Torn {{ "),
    (INVITE_TEXT, "Come.\n"),
    (FOOTER, "<p>Other, {{ brand.name }}</p>\n"),
    (FOOTER, None),
    (OFFER_TABLE, "no = toml = at all\n"),
    (OFFER_TABLE, a_library().read(OFFER_TABLE).replace('"T"', '"Another"')),
    ("brand.toml", '[brand]\nname = "Southwind"\n'),
    ("fields.toml", a_library().read("fields.toml").replace("The job.", "A job.")),
)


@given(st.lists(st.sampled_from(EDITS), max_size=8))
def test_what_is_known_says_what_a_fresh_look_says(
    edits: list[tuple[str, str | None]],
) -> None:
    known, sources = Known(), a_library()
    for path, text in edits:
        library(sources, NOTHING, known)
        if text is None:
            sources = sources.without(path)
        else:
            sources = sources.with_text(path, text)

        assert library(sources, NOTHING, known) == library(sources, NOTHING)


def test_only_what_changed_is_worked_out_again() -> None:
    known, sources = Known(), a_library()
    library(sources, NOTHING, known)
    before = dict(known.worked)

    library(sources.with_text(INVITE_TEXT, "Come.\n"), NOTHING, known)

    assert known.worked[OFFER] is before[OFFER]
    assert len({id(one) for one in (*before.values(), *known.worked.values())}) == 3


def test_what_is_gone_is_forgotten() -> None:
    known, sources = Known(), a_library()
    library(sources, NOTHING, known)

    library(Sources({"countersign.toml": "format = 1\n"}), NOTHING, known)

    assert known.worked == {}


def test_other_contents_under_the_same_paths_share_what_paths_tell() -> None:
    sources = a_library()
    folders = template_folders(sources)

    edited = sources.with_text(OFFER_TEXT, "Hi!\n")

    assert template_folders(edited) is folders
    assert edited.digest != sources.digest
    assert edited == Sources({**sources.texts, OFFER_TEXT: "Hi!\n"}, sources.assets)
    assert template_folders(sources.without(OFFER_TABLE)) == folders


def test_other_paths_are_looked_at() -> None:
    sources = a_library()

    with pytest.raises(BadPathError):
        sources.alike({**sources.texts, "../out": ""}, {})


@given(
    st.text(st.sampled_from("abz09_-./ A:"), max_size=12)
    | st.sampled_from(["con", "a/nul.txt", "com1", "git~1", "a/.git/b", "__macosx/a"])
)
def test_a_plain_path_is_judged_as_any_other(path: str) -> None:
    def holds(text: str) -> bool:
        try:
            return bool(clean_path(text))
        except BadPathError:
            return False

    # A letter that no plain path holds takes the long way, and is well in itself.
    assert holds(path) == (bool(path) and holds(f"ä/{path}"))


def test_rows_that_say_the_same_are_the_same_rows() -> None:
    known, sources = Known(), a_library()
    before = {row.id: row for row in library(sources, NOTHING, known)}

    edited = sources.with_text(INVITE_TEXT, "Come.\n")
    after = {row.id: row for row in library(edited, NOTHING, known)}

    assert [name for name in after if after[name] is not before[name]] == [INVITE]
