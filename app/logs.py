"""The program's log: a file in the workspace, never a candidate's name or address."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

_LARGEST: Final = 1_000_000  # bytes a file
_KEPT: Final = 3
_FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to(file: Path) -> None:
    """Write the log of this process to ``file`` from now on, where one can."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.open("a", encoding="utf-8").close()
    except OSError:
        return
    handler = RotatingFileHandler(
        file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORM))
    logging.getLogger().addHandler(handler)
