"""A process of its own that opens, approves and releases: ``python -m`` this.

Arguments: the repository, the folder of keys, this writer's number, how many rounds.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from governance.adapters.git.store import GitStore
from governance.adapters.patience import wait_a_little
from governance.adapters.vaults import FileVault
from governance.changes.desk import Desk
from governance.changes.reading import Reader
from governance.errors import LedgerUnavailableError, StaleTipError
from governance.ledger.book import Book
from tests.fakes.library import a_library
from tests.fakes.make import BEN, CARA, HR, LEGAL
from tests.fakes.workplace import Workplace, over_git

T = TypeVar("T")
PATIENCE = 60


def main(repository: str, keys: str, number: str, rounds: str) -> None:
    place = at_work(Path(repository), Path(keys))
    for turn in range(int(rounds)):
        path = f"templates/w{number}/writer-{number}/"
        base = place.main  # once: others release between two looks
        sources = place.repository.sources(base)
        for name in ("template.toml", "en/subject.txt", "en/email.html"):
            text = a_library().read(f"templates/offer/offer-accepted/{name}")
            mark = f"{{# {turn} #}}" if name.startswith("en") else ""
            sources = sources.with_text(path + name, text + mark)
        change = until_done(partial(place.open, sources, base=base)).change
        until_done(partial(place.approve, change, BEN, LEGAL))
        until_done(partial(place.approve, change, CARA, HR))
        until_done(partial(place.release, change))
        sys.stdout.write(f"{change}\n")
        sys.stdout.flush()


def at_work(repository: Path, keys: Path) -> Workplace:
    place = over_git(GitStore.at(repository))
    vault = FileVault(keys)
    book = Book(place.ledger, wait_a_little)
    place.reader = Reader(
        book,
        place.repository,
        place.releases,
        place.builder,
        place.last_seen,
        place.watch,
    )
    place.desk = Desk(place.reader, vault, place.watch)
    return place


def until_done(act: Callable[[], T]) -> T:
    """Do as a person would whom five lost races sent away: try again."""
    for attempt in range(PATIENCE):
        try:
            return act()
        except (LedgerUnavailableError, StaleTipError):
            wait_a_little(attempt)
    raise AssertionError("nobody let this writer through")


if __name__ == "__main__":
    main(*sys.argv[1:])
