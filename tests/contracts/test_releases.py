"""What every place for releases promises: run on the fake and on git."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.store import GitStore
from governance.changes.ports import Publication, References, Releases, Tag
from governance.content.ports import Repository
from governance.content.sources import Sources
from governance.errors import LedgerUnavailableError, StaleTipError
from governance.ledger.ports import Ledger
from governance.names import NOTHING_YET, Commit, SubjectName
from tests.fakes.git import a_signer, stock_git
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.repository import InMemoryReleases, InMemoryRepository

ANA = a_signer("ana")
OFFER = SubjectName("templates/offer")
PARTS = {"en/email.html": "<p>Ja, natürlich</p>\n", "fields.json": "{}"}
SOURCES = Sources({"a": "1\n"})


@dataclass
class Place:
    ledger: Ledger
    repository: Repository
    releases: Releases

    def main(self, text: str, *parents: Commit) -> Commit:
        sources = Sources({"a": text})
        return self.repository.keep(sources, parents=parents, message="M", sign=ANA)


@pytest.fixture(params=["fake", "git"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "fake":
        ledger, repository = InMemoryLedger(), InMemoryRepository()
        return Place(ledger, repository, InMemoryReleases(ledger, repository))
    store = GitStore.make(tmp_path / "repository.git")
    return Place(GitLedger(store), GitRepository(store), GitReleases(store))


def a_publication(before: Commit, main: Commit, version: int = 1) -> Publication:
    tag = Tag(f"release/offer/v{version}", "Offer")
    return Publication(before, main, {(OFFER, version): PARTS}, (tag,))


def test_entry_main_tag_and_parts_appear_together(place: Place) -> None:
    main = place.main("1")
    publication = a_publication(Commit(""), main)

    tip = place.releases.publish(b"one", publication, after=NOTHING_YET, sign=ANA)

    assert place.ledger.tip() == tip
    assert place.ledger.entries(tip) == (b"one",)
    assert place.repository.main() == main
    assert place.releases.seen() == References(main, {"release/offer/v1": main})
    assert place.releases.compiled(tip, OFFER, 1) == PARTS


def test_the_parts_of_older_versions_stay(place: Place) -> None:
    first = place.main("1")
    one = place.releases.publish(
        b"one", a_publication(Commit(""), first), after=NOTHING_YET, sign=ANA
    )
    second = place.main("2", first)
    two = place.releases.publish(
        b"two", a_publication(first, second, 2), after=one, sign=ANA
    )

    assert place.ledger.entries(two) == (b"one", b"two")
    assert place.releases.compiled(two, OFFER, 1) == PARTS
    assert place.releases.compiled(two, OFFER, 2) == PARTS


@pytest.mark.parametrize("stale", ["ledger", "main", "tag"])
def test_if_one_moved_meanwhile_nothing_is_written(place: Place, stale: str) -> None:
    first = place.main("1")
    tip = place.releases.publish(
        b"one", a_publication(Commit(""), first), after=NOTHING_YET, sign=ANA
    )
    before = place.releases.seen()
    second = place.main("2", first)
    publication = a_publication(
        Commit("") if stale == "main" else first, second, 1 if stale == "tag" else 2
    )

    with pytest.raises(StaleTipError):
        place.releases.publish(
            b"two",
            publication,
            after=NOTHING_YET if stale == "ledger" else tip,
            sign=ANA,
        )

    assert place.ledger.tip() == tip
    assert place.releases.seen() == before


def test_what_was_never_released_has_no_parts(place: Place) -> None:
    tip = place.releases.publish(
        b"one",
        a_publication(Commit(""), place.main("1")),
        after=NOTHING_YET,
        sign=ANA,
    )

    with pytest.raises(LedgerUnavailableError):
        place.releases.compiled(tip, OFFER, 2)


def test_a_tag_that_nobody_annotated_leads_nowhere(tmp_path: Path) -> None:
    store = GitStore.make(tmp_path / "repository.git")
    sign = a_signer("ana")
    main = GitRepository(store).keep(SOURCES, parents=(), message="M", sign=sign)
    stock_git(store.git.path, "update-ref", "refs/tags/release/offer/v1", main)

    assert GitReleases(store).seen() == References(
        Commit(""), {"release/offer/v1": Commit("")}
    )
