"""What every memory of the ledger promises."""

from pathlib import Path

import pytest

from governance.adapters.last_seen import AllLastSeen, FileLastSeen, KeyringLastSeen
from governance.errors import UnknownFormatError, VaultUnavailableError
from governance.ledger.ports import LastSeen
from governance.ledger.seen import Seen
from governance.names import Digest
from tests.fakes.keyring import InMemoryKeyring, LockedKeyring
from tests.fakes.ledger import InMemoryLastSeen

SHORT, LONG = (
    Seen(length=length, head=Digest(str(length) * 64), root=Digest("a" * 64))
    for length in (2, 3)
)


@pytest.fixture(params=["fake", "file", "keyring", "both"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> LastSeen:
    file = FileLastSeen(tmp_path / "kept" / "seen.json")
    ring = KeyringLastSeen("/somewhere", InMemoryKeyring())
    memories: dict[str, LastSeen] = {
        "fake": InMemoryLastSeen(),
        "file": file,
        "keyring": ring,
        "both": AllLastSeen([file, ring]),
    }
    return memories[request.param]


def test_nothing_is_remembered_at_first(memory: LastSeen) -> None:
    assert memory.last() is None


def test_the_longest_is_remembered(memory: LastSeen) -> None:
    memory.remember(LONG)
    memory.remember(SHORT)

    assert memory.last() == LONG


def test_of_two_places_the_one_that_knows_more_counts(tmp_path: Path) -> None:
    file, ring = FileLastSeen(tmp_path / "seen"), InMemoryLastSeen()
    file.remember(SHORT)
    ring.remember(LONG)

    assert AllLastSeen([file, ring]).last() == LONG


def test_a_record_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seen").write_text("{}")

    with pytest.raises(UnknownFormatError):
        FileLastSeen(tmp_path / "seen").last()


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "seen").mkdir()

    with pytest.raises(VaultUnavailableError, match="seen"):
        FileLastSeen(tmp_path / "seen").last()
    with pytest.raises(VaultUnavailableError, match="keyring"):
        KeyringLastSeen("x", LockedKeyring()).remember(SHORT)
