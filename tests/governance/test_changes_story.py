from dataclasses import replace
from pathlib import Path

import pytest

from governance.approval.verdict import Code
from governance.changes.approve_change import ApproveChange
from governance.changes.credentials import Credentials
from governance.changes.draft import Draft
from governance.changes.open_change import OpenChange
from governance.changes.ports import References
from governance.changes.reading import Reader
from governance.errors import NotVerifiedError, OperationCancelledError
from governance.ledger.book import Book
from governance.ledger.state import Stage
from governance.names import ChangeId
from tests.fakes.library import (
    INVITE_SUBJECT,
    INVITE_TEXT,
    JOURNEY,
    JOURNEY_SUBJECT,
    OFFER_SUBJECT,
    OFFER_TEXT,
    SAMPLE,
    STYLE,
    a_library,
)
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL
from tests.fakes.progress import Noted
from tests.fakes.workplace import Workplace, as_, consent_of, in_git, in_memory

WARMER = "Hi, {{ candidate.first_name }}!\n"
WARM_OFFER = a_library().with_text(OFFER_TEXT, WARMER)


@pytest.fixture(params=["fake", "git"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Workplace:
    return in_memory() if request.param == "fake" else in_git(tmp_path)


def test_what_everyone_agreed_to_is_what_candidates_get(place: Workplace) -> None:
    opened = place.open(WARM_OFFER)
    place.approve(opened.change, BEN, LEGAL)
    place.approve(opened.change, CARA, HR)

    reading = place.release(opened.change)

    version = reading.state.current(OFFER_SUBJECT)
    assert version is not None
    assert (version.number, version.person, version.main) == (1, DAN, reading.main)
    assert reading.alarm is None
    assert reading.refs == References(
        reading.main, {"release/offer-accepted/v1": reading.main}
    )
    assert reading.changes[opened.change].change.stage is Stage.RELEASED
    assert place.repository.sources(reading.main) == WARM_OFFER
    parts = place.releases.compiled(reading.tip, OFFER_SUBJECT, 1)
    assert parts["en/subject.txt"].strip() == WARMER.strip()


def test_a_reading_shows_where_everything_stands(place: Workplace) -> None:
    opened = place.open(WARM_OFFER)

    reading = place.approve(opened.change, BEN, LEGAL)

    row = reading.changes[opened.change]
    assert dict(row.tally.missing) == {HR: 1}
    assert row.verdict.code is Code.QUORUM_MISSING
    assert not row.is_edited
    assert reading.released == a_library()
    assert (reading.strays, reading.problems) == ((), ())


def test_a_shared_file_makes_a_subject_of_everyone_who_uses_it(
    place: Workplace,
) -> None:
    opened = place.open(a_library(footer="<p>Yours, {{ brand.name }}</p>\n"))

    subjects = opened.reading.state.changes[opened.change].subjects

    assert [(subject.name, subject.classes) for subject in subjects] == [
        (INVITE_SUBJECT, ("message",)),
        (OFFER_SUBJECT, ("message",)),
    ]


def test_what_no_message_uses_is_a_subject_of_its_own(place: Workplace) -> None:
    sources = a_library().with_text(SAMPLE, a_library().read(SAMPLE) + "# x\n")
    sources = sources.with_text(STYLE, sources.read(STYLE) + "# x\n")

    opened = place.open(sources)

    subjects = opened.reading.state.changes[opened.change].subjects
    assert [(subject.name, subject.classes) for subject in subjects] == [
        ("repository", ("record", "standards"))
    ]


def test_a_journey_is_released_like_a_message(place: Workplace) -> None:
    text = a_library().read(JOURNEY).replace("stage_entered", "stage_left")

    place.agree_and_release(a_library().with_text(JOURNEY, text))

    reading = place.read()
    version = reading.state.current(JOURNEY_SUBJECT)
    assert version is not None
    parts = place.releases.compiled(reading.tip, JOURNEY_SUBJECT, 1)
    assert "stage_left" in parts["journey.json"]
    assert set(reading.refs.tags) == {"release/_journeys/interview/v1"}


def test_a_title_changes_the_record_and_no_message(place: Workplace) -> None:
    path = "templates/offer/offer-accepted/template.toml"
    text = a_library().read(path).replace('title = "T"', 'title = "Other"')

    opened = place.open(a_library().with_text(path, text))

    subjects = opened.reading.state.changes[opened.change].subjects
    assert [(subject.name, subject.classes) for subject in subjects] == [
        ("repository", ("record",))
    ]


def test_a_message_gone_takes_the_quorum_of_a_message(place: Workplace) -> None:
    sources = a_library()
    for path in a_library().paths:
        if path.startswith("templates/offer/"):
            sources = sources.without(path)

    opened = place.open(sources)

    subjects = opened.reading.state.changes[opened.change].subjects
    assert [(subject.name, subject.classes) for subject in subjects] == [
        ("repository", ("message", "record"))
    ]


def test_a_starter_template_is_released_as_it_is(place: Workplace) -> None:
    draft = replace(place.draft(a_library()), also=(OFFER_SUBJECT,))
    opened = _open(place, draft)
    place.approve(opened, BEN, LEGAL)
    place.approve(opened, CARA, HR)

    reading = place.release(opened)

    version = reading.state.current(OFFER_SUBJECT)
    assert version is not None
    assert version.number == 1


def test_approvals_outlive_what_others_release(place: Workplace) -> None:
    opened = place.open(WARM_OFFER)
    place.approve(opened.change, BEN, LEGAL)
    place.approve(opened.change, CARA, HR)
    place.agree_and_release(a_library().with_text(INVITE_TEXT, WARMER))

    reading = place.release(opened.change)

    both = WARM_OFFER.with_text(INVITE_TEXT, WARMER)
    assert place.repository.sources(reading.main) == both
    assert reading.alarm is None


def test_an_approval_stays_where_its_bytes_stay(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    place.approve(change, BEN, LEGAL)

    same = place.revise(change, WARM_OFFER).reading.changes[change]
    other = place.revise(change, a_library().with_text(OFFER_TEXT, "Oh!\n"))

    assert dict(same.tally.missing) == {HR: 1}
    row = other.reading.changes[change]
    assert dict(row.tally.missing) == {LEGAL: 1, HR: 1}


def test_stopping_before_signing_signs_nothing(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    seen, before = place.reader.look(change).proposed, place.ledger.tip()
    steps = Noted("Signing")

    with pytest.raises(OperationCancelledError):
        ApproveChange(place.desk)(seen, consent_of(BEN, LEGAL), steps)

    assert place.ledger.tip() == before
    assert steps.labels == ["Unlocking your key", "Checking the change"]


def test_a_ledger_that_went_back_lets_nobody_write(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    place.approve(change)
    ahead = place.last_seen.kept
    other = in_memory()
    other.last_seen.kept = ahead

    with pytest.raises(NotVerifiedError) as caught:
        other.open(WARM_OFFER)

    assert caught.value.code == Code.LEDGER_REWOUND
    alarm = other.read().alarm
    assert alarm is not None
    assert alarm.code == caught.value.code
    assert other.last_seen.kept == ahead


def test_who_passes_a_secret_does_not_show_it() -> None:
    assert "ana" not in repr(Credentials(BEN, "ana"))
    assert "'ben'" not in repr(consent_of(BEN, LEGAL))


def test_a_second_reader_sees_what_the_first_one_wrote(tmp_path: Path) -> None:
    place = in_git(tmp_path)
    change = place.agree_and_release(WARM_OFFER)
    again = Reader(
        Book(place.ledger),
        place.repository,
        place.releases,
        place.builder,
        place.last_seen,
        place.watch,
    )

    assert again.read() == place.read()
    assert again.read().changes[change].change.stage is Stage.RELEASED


def _open(place: Workplace, draft: Draft) -> ChangeId:
    return OpenChange(place.desk, place.builder)(draft, as_(ANA), Noted()).change
