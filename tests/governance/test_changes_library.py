"""Where templates stand, drafts cut down to some, and what verifying says of each."""

import pytest

from governance.approval.verdict import Code
from governance.changes.library import Standing, library
from governance.changes.narrowed import narrowed
from governance.changes.verify_release import released, verify_release
from governance.content.sources import Sources
from governance.errors import ContentError
from governance.names import SubjectName, TemplateId
from tests.fakes.library import (
    INVITE_TEXT,
    JOURNEY,
    OFFER_SUBJECT,
    OFFER_TEXT,
    STYLE,
    a_library,
)
from tests.fakes.workplace import Workplace, in_memory

OFFER = TemplateId("offer-accepted")
WARMER = "Hi, {{ candidate.first_name }}!\n"
WARM_OFFER = a_library().with_text(OFFER_TEXT, WARMER)


@pytest.fixture
def place() -> Workplace:
    return in_memory()


def standing(place: Workplace, sources: Sources) -> Standing:
    rows = {row.id: row for row in library(sources, place.read().state)}
    return rows[OFFER].standing


def test_a_template_is_a_draft_until_it_is_proposed(place: Workplace) -> None:
    begun = standing(place, WARM_OFFER)

    place.open(WARM_OFFER)

    assert begun is Standing.DRAFT
    assert standing(place, WARM_OFFER) is Standing.IN_REVIEW


def test_what_was_released_is_live_until_it_is_edited(place: Workplace) -> None:
    place.agree_and_release(WARM_OFFER)

    assert standing(place, WARM_OFFER) is Standing.LIVE
    assert standing(place, a_library().with_text(OFFER_TEXT, "x\n")) is Standing.EDITED


def test_a_template_that_cannot_be_read_has_a_row_and_hides_no_other(
    place: Workplace,
) -> None:
    folder = OFFER_TEXT.rpartition("/")[0].rpartition("/")[0]
    torn = a_library().with_text(f"{folder}/template.toml", "no = toml = at all\n")

    rows = {row.id: row for row in library(torn, place.read().state)}

    assert rows[OFFER].standing is Standing.BROKEN
    assert "template.toml" in rows[OFFER].problem
    assert {row.standing for name, row in rows.items() if name != OFFER} == {
        Standing.DRAFT
    }


def test_a_narrowed_draft_takes_only_the_templates_that_are_named() -> None:
    draft = (
        a_library()
        .with_text(OFFER_TEXT, WARMER)
        .with_text(INVITE_TEXT, WARMER)
        .with_text(STYLE, "extends: existence\nmessage: No.\ntokens: [x]\n")
    )

    cut = narrowed(a_library(), draft, [OFFER])

    assert cut.texts[OFFER_TEXT] == WARMER
    assert cut.texts[INVITE_TEXT] == a_library().texts[INVITE_TEXT]
    assert cut.texts[STYLE] == a_library().texts[STYLE]
    assert cut.texts[JOURNEY] == a_library().texts[JOURNEY]


def test_what_a_named_template_no_longer_has_is_gone() -> None:
    more = OFFER_TEXT.replace("subject.txt", "chat.txt")

    cut = narrowed(a_library().with_text(more, "Hi\n"), a_library(), [OFFER])

    assert more not in cut.texts


def test_from_nothing_a_narrowed_draft_holds_the_template_and_the_tables() -> None:
    cut = narrowed(Sources(), a_library(), [OFFER])

    assert OFFER_TEXT in cut.texts
    assert "fields.toml" in cut.texts
    assert INVITE_TEXT not in cut.texts


def test_a_template_that_is_not_there_cannot_be_chosen() -> None:
    with pytest.raises(ContentError, match="There is no template"):
        narrowed(a_library(), a_library(), [TemplateId("nope")])


def test_what_was_released_verifies_and_anything_else_says_why(
    place: Workplace,
) -> None:
    place.agree_and_release(WARM_OFFER)
    now, reader = place.desk.clock(), place.reader

    def code(subject: SubjectName, number: int | None = None) -> Code:
        return verify_release(reader, subject, now=now, number=number).verdict.code

    assert OFFER_SUBJECT in released(place.read().state)
    assert code(OFFER_SUBJECT) is Code.VERIFIED
    assert code(OFFER_SUBJECT, 1) is Code.VERIFIED
    assert code(OFFER_SUBJECT, 9) is Code.NOT_RELEASED
    assert code(SubjectName("templates/nope")) is Code.NOT_RELEASED
