"""Files that only their owner may read, written whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex


def write_private(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{token_hex(6)}.part")
    with open(half, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
