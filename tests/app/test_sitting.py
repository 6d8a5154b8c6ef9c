from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.controllers.studio.sitting import (
    Sitting,
    forget_sitting,
    left_open,
    read_sitting,
    sitting_file,
    write_sitting,
)
from app.paths import Paths
from app.places import Place, Room

FILE = "templates/offer/offer/en/email.mjml"
NOTE = Sitting(
    key="offer", at=datetime(2026, 3, 1, 14, 2, tzinfo=UTC), before={FILE: "a"}
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path)
    paths.ours.mkdir()
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text("ab")
    return paths


def test_a_note_leads_back_to_what_was_written_until_it_is_taken_away(
    paths: Paths,
) -> None:
    assert left_open(paths) is None

    write_sitting(paths, NOTE)
    assert read_sitting(paths) == NOTE
    assert left_open(paths) == Place(Room.STUDIO, "offer")

    forget_sitting(paths)
    forget_sitting(paths)
    assert read_sitting(paths) is None


def test_what_was_taken_away_meanwhile_is_not_opened(paths: Paths) -> None:
    write_sitting(paths, NOTE)

    (paths.root / FILE).unlink()

    assert left_open(paths) is None


@pytest.mark.parametrize("said", [b"", b"{", b'{"key": 1}', b"\xff"])
def test_a_broken_note_is_none(paths: Paths, said: bytes) -> None:
    sitting_file(paths).write_bytes(said)

    assert left_open(paths) is None


def test_a_disk_that_takes_no_note_stops_nobody(tmp_path: Path) -> None:
    write_sitting(Paths(tmp_path / "gone"), NOTE)
