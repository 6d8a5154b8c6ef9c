"""How long a release takes, and how long git's ledger takes to be read and verified.

The peer of reading, ``git verify-commit``, checks one commit's signature and knows
nothing of roles, quorums or the chain.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from msgspec.structs import replace

from governance.adapters.git.ledger import GitLedger, entry_path
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.signed import signed_commit
from governance.adapters.git.store import LEDGER, GitStore, Move
from governance.adapters.git.trees import added, whole
from governance.content.sources import Sources
from governance.ledger.book import Book
from governance.ledger.chain import follow
from governance.ledger.kinds import Comment
from governance.names import ChangeId, Tip
from tests.fakes.crowd import crowd
from tests.fakes.git import a_signer, allowed_signers, stock_git
from tests.fakes.library import FOOTER, a_library
from tests.fakes.make import BEN, CARA, HR, LEGAL, NOON, sealed
from tests.fakes.workplace import Workplace, in_git

TEMPLATES = 20  # with five compiled parts each
EARLIER, ROUNDS, ALLOWED = 1_000, 7, 0.3  # entries before, releases, seconds
LENGTHS = ((1_000, 5, 0.2), (10_000, 3, 1.5))  # entries, rounds, seconds allowed
PEER_CALLS = 30


def main() -> None:
    """Print a line for each measure."""
    with TemporaryDirectory() as folder:
        _releases(Path(folder))
    with TemporaryDirectory() as folder:
        _ledgers(Path(folder))


def _releases(folder: Path) -> None:
    place = in_git(folder)
    sources = _many_templates()
    place.agree_and_release(sources)
    change = place.open(sources.with_text(FOOTER, "<p>0</p>\n")).change
    _talk(place, change)
    times, reading = [], place.read()
    for number in range(1, ROUNDS + 1):
        text = f"<p>{number} {{{{ brand.name }}}}</p>\n"
        change = place.open(sources.with_text(FOOTER, text)).change
        place.approve(change, BEN, LEGAL)
        place.approve(change, CARA, HR)
        begun = perf_counter()
        reading = place.release(change)
        times.append(perf_counter() - begun)
    subjects = reading.changes[change].change.subjects
    newest = [reading.state.versions[subject.name][-1] for subject in subjects]
    files = sum(
        len(place.releases.compiled(reading.tip, one.subject, one.number))
        for one in newest
    )
    print(
        f"release {len(subjects)} templates, {files} compiled files  "
        f"{median(times) * 1000:7.0f} ms ({min(times) * 1000:.0f} to "
        f"{max(times) * 1000:.0f}; allowed {ALLOWED * 1000:.0f}; after "
        f"{EARLIER:,} entries)"
    )


def _many_templates() -> Sources:
    sources = a_library()
    for number in range(TEMPLATES - 2):
        for name in ("template.toml", "en/subject.txt", "en/email.html"):
            text = sources.read(f"templates/offer/offer-accepted/{name}")
            path = f"templates/offer/offer-{number}/{name}"
            sources = sources.with_text(path, text)
    return sources


def _talk(place: Workplace, change: ChangeId) -> None:
    """Make the ledger long: many comments at once, which nobody can write by hand."""
    assert isinstance(place.repository, GitRepository)
    store, page = place.repository.store, place.reader.book.open()
    key, head, files = place.vault.unlock(BEN, "ben"), page.state.head, {}
    for number in range(page.state.length, EARLIER):
        comment = Comment(at=NOON, change=change, text=f"Remark {number}")
        entry = sealed(replace(comment, previous=head), key)
        files[entry_path(number)], head = entry, follow(head, entry)
    grown = added(store, files, onto=page.tip)
    commit = signed_commit(grown.oid, (page.tip,), "Talk", a_signer("ben"))
    store.keep([*grown.new, commit])
    store.move([Move(LEDGER, commit.oid, page.tip)])


def _ledgers(folder: Path) -> None:
    entries = crowd(LENGTHS[-1][0])
    peer = 0.0
    for length, rounds, allowed in LENGTHS:
        store = GitStore.make(folder / f"{length}.git")
        files = {entry_path(n): entry for n, entry in enumerate(entries[:length])}
        grown = whole(store, files)
        commit = signed_commit(grown.oid, (), "All of it", a_signer())
        store.keep([*grown.new, commit])
        store.move([Move(LEDGER, commit.oid, "")])
        peer = peer or _verify_commits(store, Tip(commit.oid), folder)
        times = [_read_and_replay(store, length) for _round in range(rounds)]
        print(
            f"read and verify {length:6,} entries from git  "
            f"{median(times) * 1000:7.0f} ms ({min(times) * 1000:.0f} to "
            f"{max(times) * 1000:.0f}; allowed {allowed * 1000:.0f}); git "
            f"verify-commit one by one takes {peer * length / median(times):.0f} "
            "times as long"
        )


def _read_and_replay(store: GitStore, length: int) -> float:
    begun = perf_counter()
    state = Book(GitLedger(store)).open().state
    taken = perf_counter() - begun
    assert state.length == length, "all were read"
    assert not state.ignored, state.ignored[0]
    return taken


def _verify_commits(store: GitStore, commit: Tip, folder: Path) -> float:
    """Return the seconds that stock git takes for one commit."""
    allowed = allowed_signers(folder / "allowed", "ana")
    begun = perf_counter()
    for _call in range(PEER_CALLS):
        stock_git(store.git.path, "verify-commit", commit, allowed=allowed)
    return (perf_counter() - begun) / PEER_CALLS


if __name__ == "__main__":
    main()
