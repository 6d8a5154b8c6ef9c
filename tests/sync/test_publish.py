"""Publishing: what is verified comes into the ATS, and is compared with it there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import NotVerifiedError, OperationCancelledError
from governance.names import TemplateId
from sync.connectors.ats.practice import PracticeTemplates
from sync.connectors.http import Caller
from sync.errors import RemoteChangedError
from sync.publishing.capabilities import Ability, Capabilities, Mode
from sync.publishing.plan import Deed, plan
from sync.publishing.publication import Publication, State, normalised, pieces
from sync.publishing.publish import Publish
from sync.sandbox.__main__ import sandbox
from tests.fakes.releases import FakeReleases
from tests.fakes.template_store import ALL, InMemoryPublications, InMemoryTemplates

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HELLO = TemplateId("hello")
PARTS = {
    "en/subject.txt": "Hello",
    "en/email.html": "<p>Hello {{ candidate.first_name }}</p>",
    "en/email.txt": "Hello",
    "de/subject.txt": "Hallo",
    "de/email.html": "<p>Hallo</p>",
    "fields.json": "{}",
    "message.json": "{}",
}
READS = frozenset({Ability.TEMPLATES_LIST, Ability.TEMPLATES_READ})


class Steps:
    """Follows, and may end after some steps."""

    def __init__(self, most: int = 99) -> None:
        self.left = most

    def step(self, label: str, *, done: int, total: int) -> None:
        assert done < total
        if not self.left:
            raise OperationCancelledError(label)
        self.left -= 1


class House:
    """Publishing over fakes."""

    def __init__(self, abilities: frozenset[Ability] = ALL) -> None:
        self.releases = FakeReleases()
        self.releases.release(HELLO, PARTS)
        self.store = InMemoryTemplates(abilities)
        self.publications = InMemoryPublications()
        self.publish = Publish(
            self.releases, self.store, self.publications, lambda: NOW
        )

    def __call__(self, most: int = 99) -> list[State]:
        return [each.state for each in self.publish(HELLO, Steps(most))]

    def look(self) -> list[State]:
        return [each.state for each in self.publish.look(HELLO, Steps())]

    @property
    def remote(self) -> dict[str, dict[str, str]]:
        kept = (self.store.read(each.id) for each in self.store.templates())
        return {each.key: dict(each.parts or {}) for each in kept}

    def edit(self, html: str) -> None:
        for each in self.store.templates():
            self.store.update(each.id, each.key, "", {"html": html}, seen=each.etag)


def test_what_is_verified_is_live_in_each_locale() -> None:
    house = House()

    (german, english) = house.publish(HELLO, Steps())

    assert english == Publication(
        ats="practice",
        key="hello/en",
        version=1,
        tag="release/hello/v1",
        mode=Mode.NATIVE,
        state=State.LIVE,
        remote_id="tpl-002",
        sent=english.sent,
        found=english.sent,
        at=NOW,
    )
    assert german.key == "hello/de"
    assert house.remote["hello/en"] == {
        "subject": "Hello",
        "html": PARTS["en/email.html"],
        "text": "Hello",
    }
    assert house.publications.all() == (german, english)


def test_publishing_again_writes_nothing() -> None:
    house = House()
    house()
    before = [each.etag for each in house.store.templates()]

    assert house() == [State.LIVE, State.LIVE]
    assert [each.etag for each in house.store.templates()] == before


def test_a_new_release_replaces_the_old_one() -> None:
    house = House()
    house()
    house.releases.release(HELLO, {**PARTS, "en/email.html": "<p>Hi</p>"})

    assert house() == [State.LIVE, State.LIVE]
    assert house.remote["hello/en"]["html"] == "<p>Hi</p>"
    assert [each.version for each in house.publications.all()] == [2, 2]


def test_what_is_not_verified_is_not_written() -> None:
    house = House()
    house.releases.recall(HELLO)

    with pytest.raises(NotVerifiedError):
        house()

    assert (house.remote, house.publications.all()) == ({}, ())


def test_a_drift_is_seen_and_mended() -> None:
    house = House()
    house()
    house.edit("<p>Buy now</p>")

    assert house.look() == [State.DRIFTED, State.DRIFTED]
    assert house.remote["hello/en"] == {"html": "<p>Buy now</p>"}
    assert house() == [State.LIVE, State.LIVE]


def test_what_was_never_published_is_missing() -> None:
    house = House()

    assert house.look() == [State.MISSING, State.MISSING]
    assert house.remote == {}


def test_an_ats_that_levels_lines_holds_the_same_text() -> None:
    house = House()
    house.store.rewrite = lambda text: text.replace("\n", "\r\n") + "\r\n"

    assert house() == [State.LIVE, State.LIVE]


def test_an_ats_that_rewrites_texts_has_drifted() -> None:
    house = House()
    house.store.rewrite = lambda text: text.replace("<p>", "<div>")

    assert house() == [State.DRIFTED, State.DRIFTED]


def test_who_edits_there_at_this_moment_is_not_overwritten() -> None:
    house = House()
    house()
    house.edit("<p>one</p>")

    def faster() -> None:
        house.store.before_update = None
        house.edit("<p>two</p>")

    house.store.before_update = faster

    with pytest.raises(RemoteChangedError):
        house()

    assert house.remote["hello/de"] == {"html": "<p>two</p>"}


@pytest.mark.parametrize("most", range(4))
def test_what_was_interrupted_goes_on(most: int) -> None:
    house = House()

    with pytest.raises(OperationCancelledError):
        house(most)

    assert house() == [State.LIVE, State.LIVE]
    assert len(house.remote) == 2


def test_an_ats_that_only_shows_gets_it_by_hand_and_is_watched() -> None:
    house = House(READS)
    first = house()
    house.store.create("hello/en", "", {"html": "other"})

    assert first == [State.BY_HAND, State.BY_HAND]
    assert house() == [State.BY_HAND, State.DRIFTED]


def test_an_ats_that_shows_nothing_leaves_sending_to_us() -> None:
    assert House(frozenset())() == [State.OURS, State.OURS]


@pytest.mark.parametrize(
    ("abilities", "modes"),
    [
        (frozenset(), (Mode.OWN_CHANNEL,)),
        (READS, (Mode.ASSISTED, Mode.OWN_CHANNEL)),
        (
            frozenset({Ability.TEMPLATES_LIST, Ability.SEND_TEMPLATE}),
            (Mode.SEND_BY_ID, Mode.OWN_CHANNEL),
        ),
        (ALL, (Mode.NATIVE, Mode.SEND_BY_ID, Mode.ASSISTED, Mode.OWN_CHANNEL)),
        (ALL - {Ability.TEMPLATES_UPDATE}, (Mode.SEND_BY_ID, *tuple(Mode)[3:1:-1])),
    ],
)
def test_what_an_ats_can_do_says_how_it_is_published(
    abilities: frozenset[Ability], modes: tuple[Mode, ...]
) -> None:
    assert Capabilities(abilities).modes == modes


def test_a_plan_says_what_it_would_do() -> None:
    wanted = pieces("templates/hello", 3, PARTS)

    assert {step.deed for step in plan(wanted, {}, Mode.NATIVE)} == {Deed.CREATE}
    assert {step.deed for step in plan(wanted, {}, Mode.ASSISTED)} == {Deed.BY_HAND}
    assert {step.deed for step in plan(wanted, {}, Mode.OWN_CHANNEL)} == {Deed.NONE}


@given(st.dictionaries(st.sampled_from(["html", "text"]), st.text(max_size=40)))
def test_levelling_forgives_line_ends_and_nothing_else(parts: dict[str, str]) -> None:
    rewritten = {
        name: "\r\n".join(line + " " for line in text.split("\n")) + "\n\n"
        for name, text in parts.items()
    }
    longer = {name: text + "x" for name, text in parts.items()}

    assert normalised(rewritten) == normalised(parts)
    assert not parts or normalised(longer) != normalised(parts)


def test_the_practice_ats_that_is_pasted_into_is_only_read(tmp_path: Path) -> None:
    with sandbox(tmp_path) as where:
        caller = Caller.at(where.http, where.token)
        by_hand = PracticeTemplates(caller, by_hand=True)
        modes = by_hand.capabilities.modes
        recruiter = PracticeTemplates(caller)
        recruiter.create("hello/en", "Hello", {"subject": "Hello"})
        (seen,) = by_hand.templates()
        parts = by_hand.read(seen.id).parts
        caller.close()

    assert modes == (Mode.ASSISTED, Mode.OWN_CHANNEL)
    assert parts == {"subject": "Hello"}
