"""What is new to whom: read, signed earlier, put off until later."""

from dataclasses import replace
from datetime import timedelta

from governance.changes.comment_on_change import Remark, comment_on_change
from governance.changes.compared import compared, words
from governance.names import ChangeId, Locale, PersonId
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, LEGAL, NOON
from tests.fakes.workplace import Workplace, as_, in_memory
from widgets.reviews.change_people import place_words
from widgets.reviews.change_state import change_state, place_now
from widgets.reviews.change_values import Desk, PartTexts, Texts
from widgets.reviews.inbox_state import inbox_state
from widgets.reviews.inbox_values import (
    CHANGED,
    MENTIONS,
    MINE,
    SNOOZED,
    Inbox,
    InboxState,
)
from widgets.reviews.since import Notes, Snooze, latest_of, since_of

WARM = a_library().with_text(OFFER_TEXT, "Hi, {{ candidate.first_name }}!\n")
WARMER = a_library().with_text(OFFER_TEXT, "Dear {{ candidate.first_name }}!\n")
LATER = NOON + timedelta(days=1)
PLACE = "templates/offer/offer/en/email.mjml:3"


def listed(place: Workplace, section: str, notes: Notes) -> InboxState:
    reading = place.read()
    inbox = Inbox(reading.changes, reading.state, BEN, NOON, notes=notes)
    return inbox_state(inbox, section, "", "")


def revised(place: Workplace) -> ChangeId:
    """Ben signed; then the text changed."""
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)
    place.revise(change, WARMER)
    return change


def test_what_was_read_bears_no_dot_until_somebody_goes_on_with_it() -> None:
    place = in_memory()
    change = place.open(WARM).change
    row = place.read().changes[change]
    notes = Notes({change: latest_of(row.change, BEN)})

    before = listed(place, MINE, notes).table.rows[0].is_new
    place.revise(change, WARMER)

    assert not before
    assert listed(place, MINE, notes).table.rows[0].is_new


def test_what_was_put_off_comes_back_at_its_time_or_when_it_goes_on() -> None:
    place = in_memory()
    change = place.open(WARM).change
    latest = latest_of(place.read().changes[change].change, BEN)
    later, over = (
        Notes(snoozed={change: Snooze(until, latest)}) for until in (LATER, NOON)
    )

    assert listed(place, MINE, later).table.rows == ()
    assert len(listed(place, SNOOZED, later).table.rows) == 1
    assert len(listed(place, MINE, over).table.rows) == 1
    place.revise(change, WARMER)
    assert len(listed(place, MINE, later).table.rows) == 1


def test_a_signature_on_an_earlier_text_is_told() -> None:
    place = in_memory()
    change = revised(place)
    row = place.read().changes[change]

    since = since_of(row.change, BEN, Notes())

    assert since is not None
    assert since.commit == row.change.commits[0][1]
    assert since.signed_at is not None
    assert since_of(row.change, ANA, Notes()) is None
    state = listed(place, CHANGED, Notes())
    assert state.detail.notice is not None
    assert state.detail.notice.bold.startswith("Changed since you signed on")


def test_a_mention_is_found_by_the_name_and_by_no_longer_one() -> None:
    place = in_memory()
    change = place.open(WARM).change

    def say(text: str) -> int:
        comment_on_change(place.desk, change, Remark(text), as_(ANA))
        return len(listed(place, MENTIONS, Notes()).table.rows)

    assert [say("@Benno, look"), say("Is it so, @ben?")] == [0, 1]


def a_desk(place: Workplace, change: ChangeId, me: PersonId) -> Desk:
    reading = place.read()
    row = reading.changes[change]
    part = PartTexts(
        "offer",
        "Offer",
        Locale("en"),
        compared("<p>Hi</p>", "<p>Dear you</p>"),
        subject=words("Offer", "Your offer"),
        places=(PLACE,),
    )
    seen = since_of(row.change, me, Notes())
    texts = Texts((part,))
    return Desk(row, reading.state, me, NOON, texts, since=seen, news=texts)


def test_the_banner_says_what_is_new_and_switches_to_it() -> None:
    place = in_memory()
    desk = a_desk(place, revised(place), BEN)

    every, new = (change_state(replace(desk, only_news=one)) for one in (False, True))

    assert every.since is not None
    assert every.since.plain == (
        "New to you: 1 paragraph of the e-mail, the subject. The rest is what you "
        "signed."
    )
    assert every.since.chosen == "all"
    assert every.notices == ()
    assert new.before_title == "What you signed"


def test_a_comment_stands_at_the_change_that_is_looked_at() -> None:
    place = in_memory()
    desk = a_desk(place, revised(place), BEN)

    assert place_now(desk) == PLACE
    assert change_state(desk).comment_on.startswith("Comment on change 1.")
    assert place_words(PLACE, desk.texts) == "Change 1, English"
    assert place_words(PLACE, None) == "en/email.mjml, line 3"
    assert place_now(replace(desk, tab="details")) == ""
