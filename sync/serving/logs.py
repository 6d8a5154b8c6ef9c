"""A process's log file; what would name people in it stays quiet."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

_LARGEST: Final = 2_000_000  # bytes a file
_KEPT: Final = 3
_FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# They write addresses of requests or of people.
_LOUD: Final = ("httpx", "httpcore", "uvicorn.access", "alembic", "mail.log", "asyncio")


def log_to(file: Path) -> None:
    """Write the log of this process to ``file`` from now on."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
    )
    logging.basicConfig(level=logging.INFO, format=_FORM, handlers=[handler])
    hush()


def hush() -> None:
    """Let libraries say only what is wrong."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
