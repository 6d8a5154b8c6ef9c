"""Paths of files that every computer can keep, and tell apart."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from governance.errors import BadPathError
from governance.markup.mapped import problem_of_file
from governance.texts import _

LONGEST_PATH: Final = 240  # what every file system and every zip program can keep

_FORBIDDEN: Final = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')
# Names that Windows keeps for its devices, whatever their ending.
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE
)
# Folders that other programs believe: what lies there may be run, or is a secret. The
# names with a tilde are the short ones that Windows gives the first two.
NOT_OURS: Final = frozenset(
    {".countersign", ".git", ".hg", ".svn", ".idea", ".vscode", "__MACOSX"}
)
_BELIEVED: Final = re.compile(
    "|".join([*map(re.escape, sorted(NOT_OURS)), "git~[0-9]+", "counte~[0-9]+"]),
    re.IGNORECASE,
)
# What most paths are made of, and what a path of it can still be refused for.
_PLAIN: Final = re.compile(
    r"(?:[a-z0-9_][a-z0-9_-]*/)*[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
)
_TAKEN: Final = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|__macosx)(?:[./]|$)"
)


@lru_cache(maxsize=65_536)  # a path is looked at with each reading of a folder
def clean_path(text: str) -> str:
    """Read a path from outside: with "/", relative, possible on every computer.

    Raises:
        BadPathError: It is absolute, leads out, has odd characters or is not NFC.
    """
    if reason := _why_not(text):
        message = _("The path “{path}” cannot be used: {reason}.").format(
            path=_shown(text), reason=reason
        )
        raise bad_path(message, text)
    return text


def require_distinct(paths: Iterable[str]) -> None:
    """Refuse paths that some computers cannot tell apart, or cannot keep.

    Raises:
        BadPathError: A path is impossible, two paths or their folders differ only in
            case, or one is a file and a folder.
    """
    names = list(paths)
    if not _are_plain(names):
        require_apart(names)


def require_apart(names: Collection[str]) -> None:
    """Look at each folder of each path; raises as ``require_distinct``."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for path in names:
        folder = clean_path(path).rpartition("/")[0]
        parts = (path,) if folder in folders else _prefixes(path)
        for part in parts:
            other = seen.setdefault(_folded(part), part)
            if other != part:
                message = _(
                    "“{one}” and “{other}” differ only in upper and lower case; not "
                    "every computer can keep both."
                )
                raise bad_path(message.format(one=other, other=part), path)
        folders.update(parts[:-1])
    for path in names:
        if path in folders:
            message = _("“{path}” is a file and a folder at once.")
            raise bad_path(message.format(path=path), path)


def _are_plain(paths: Collection[str]) -> bool:
    """Whether all are of small plain letters, and none is a file and a folder at once.

    That is so nearly always, and takes a fifth of looking at each folder of each path.
    """
    if any(map(_odd, paths)):
        return False
    folders: set[str] = set()
    for name in {path.rpartition("/")[0] for path in paths}:
        folder = name
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders.isdisjoint(paths)


def _odd(path: str) -> bool:
    return (
        len(path) > LONGEST_PATH
        or _PLAIN.fullmatch(path) is None
        or _TAKEN.search(path) is not None
    )


def _prefixes(path: str) -> tuple[str, ...]:
    """Return the path's folders, the outermost first, and the path itself."""
    parts = path.split("/")
    return tuple("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path.casefold())


def _why_not(path: str) -> str:
    if not _odd(path):
        return ""
    parts = path.split("/")
    has_device = any(
        _DEVICE.fullmatch(part) or part[-1:] in {".", " "} for part in parts
    )
    for is_wrong, reason in (
        (not path or len(path) > LONGEST_PATH, _("it is empty or too long")),
        (path.startswith("/"), _("it is absolute")),
        (
            bool(_FORBIDDEN.search(path)) or not path.isprintable(),
            _("it holds a character that not every computer can keep"),
        ),
        (".." in parts, _("it leads out of the repository")),
        ("" in parts or "." in parts, _("a folder in it has no name")),
        (has_device, _("Windows cannot keep it")),
        (
            any(_BELIEVED.fullmatch(part) for part in parts),
            _("another program keeps its own files there"),
        ),
        (
            unicodedata.normalize("NFC", path) != path,
            _("its letters are composed in the old way of macOS (NFD)"),
        ),
    ):
        if is_wrong:
            return reason
    return ""


def _shown(path: str) -> str:
    return path.encode("unicode_escape").decode() if not path.isprintable() else path


def bad_path(message: str, path: str) -> BadPathError:
    """Return the error that says what is wrong with a path."""
    return BadPathError(message, (problem_of_file("bad-path", message, _shown(path)),))
