"""What somebody is writing, noted beside the workspace until the window closes.

A window that is killed leaves the note, and the next one tells what it kept.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.paths import Paths
from app.places import Place, Room

_MOST: Final = 8_000_000  # bytes of a note that is read


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """What is being written.

    Attributes:
        key: Of what is open: a template's id or a file's path.
        at: When it was last on the disk; aware.
        before: File → its text before anything was typed, None for a new file.
    """

    key: str
    at: datetime
    before: dict[str, str | None]


def sitting_file(paths: Paths) -> Path:
    """Return where the note lies."""
    return paths.ours / "sitting.json"


def read_sitting(paths: Paths) -> Sitting | None:
    """Return what a window left that did not close, None for nothing."""
    file = sitting_file(paths)
    try:
        if file.stat().st_size > _MOST:
            return None
        return msgspec.json.decode(file.read_bytes(), type=Sitting)
    except (OSError, msgspec.MsgspecError):
        return None


def left_open(paths: Paths) -> Place | None:
    """Return where somebody wrote when the window before was killed.

    What was moved or taken away meanwhile is not opened.
    """
    left = read_sitting(paths)
    if left is None or not any((paths.root / one).is_file() for one in left.before):
        return None
    return Place(Room.STUDIO, left.key)


def write_sitting(paths: Paths, sitting: Sitting) -> None:
    """Note it; a disk that takes no note takes no text either, which is told there."""
    file = sitting_file(paths)
    half = file.with_suffix(".part")
    try:
        half.write_bytes(msgspec.json.encode(sitting))
        half.replace(file)
    except OSError:
        return


def forget_sitting(paths: Paths) -> None:
    """Take the note away."""
    try:
        sitting_file(paths).unlink(missing_ok=True)
    except OSError:
        return
