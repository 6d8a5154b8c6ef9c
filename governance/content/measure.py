"""How large a template repository may be, in a folder and in git alike."""

from collections.abc import Mapping
from typing import Final

from governance.errors import ContentError, Problem
from governance.texts import _

LARGEST_FILE: Final = 1_000_000  # bytes
LARGEST_REPOSITORY: Final = 10_000_000
MOST_FILES: Final = 50_000  # 10,000 messages in two languages


def require_measure(sizes: Mapping[str, int]) -> None:
    """Refuse files that no message needs.

    Args:
        sizes: Path → bytes.

    Raises:
        ContentError: A file is too large, or there is too much of them.
    """
    for path, size in sizes.items():
        require_small(path, size)
    require_few(len(sizes), sum(sizes.values()))


def require_small(path: str, size: int) -> None:
    """Refuse one file that is too large.

    Raises:
        ContentError: It is.
    """
    if size > LARGEST_FILE:
        message = _("“{path}” is larger than {size} MB; no message needs that.")
        told = message.format(path=path, size=LARGEST_FILE // 1_000_000)
        raise ContentError(told, (Problem("too-large", told, path),))


def require_few(files: int, size: int) -> None:
    """Refuse too many files, or too much in them.

    Raises:
        ContentError: There is too much.
    """
    if size > LARGEST_REPOSITORY or files > MOST_FILES:
        message = _(
            "The folder holds more than {size} MB or {count} files: is it the right "
            "one?"
        ).format(size=LARGEST_REPOSITORY // 1_000_000, count=MOST_FILES)
        raise ContentError(message)
