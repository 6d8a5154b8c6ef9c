"""Files that people save, which nobody else of this computer reads."""

import os
from pathlib import Path


def write_private(file: Path, content: bytes) -> None:
    """Write ``file`` so that only its owner can read it.

    Raises:
        OSError: It cannot be written.
    """
    file.unlink(missing_ok=True)  # an older one may be open to others
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
