"""A folder that is read again and again: only what changed is read anew.

A file that has the size, the times and the number that it had is believed to hold what
it held, as git does. What was written just before it was read is not: a computer's
clock may tick so coarsely that a second write leaves no trace.
"""

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from governance.adapters.folder import Folder
from governance.content.format import read_format
from governance.content.measure import LARGEST_REPOSITORY, MOST_FILES, require_few
from governance.content.sources import Sources

_COARSE: Final = 2_000_000_000  # nanoseconds within which two writes look like one
_FORMAT: Final = 1
_FEW: Final = 500  # files; so many are read sooner than a store of them
_SHARE: Final = 20  # the store is written anew when one file in so many changed

# Modified, changed, size, number.
Mark = tuple[int, int, int, int]


class _File(msgspec.Struct, array_like=True, frozen=True):
    mark: Mark
    text: str | None
    data: bytes | None

    @property
    def content(self) -> str | bytes:
        return self.data if self.data is not None else self.text or ""


class _Listed(msgspec.Struct, array_like=True, frozen=True):
    mark: Mark
    files: list[str]
    folders: list[str]


class _Store(msgspec.Struct, array_like=True):
    format: int
    files: dict[str, _File]
    folders: dict[str, _Listed]


class KeptFolder:
    """Reads a folder as ``Folder`` does, and remembers what it read.

    Several threads may ask; one waits for the other. Where ``store`` names a file, what
    was read of a large folder is kept in it, so that the next start is quick.
    """

    def __init__(self, folder: Folder, store: Path | None = None) -> None:
        self._folder = folder
        self._store = store
        self._lock = Lock()
        self._files: dict[str, _File] = {}
        self._folders: dict[str, _Listed] = {}
        self._sources = Sources()
        self._anew = 0
        self._is_loaded = False

    def read(self) -> Sources:
        """Return every file of the folder; the same object while nothing changed.

        Raises:
            WrongFolderError: It is missing, empty or no template repository.
            SourceError: As ``Folder.read``.
        """
        with self._lock:
            self._folder.require_repository()
            self._load()
            now = time.time_ns()
            texts: dict[str, str] = {}
            assets: dict[str, bytes] = {}
            for name, content in self._contents(now):
                if isinstance(content, str):
                    texts[name] = content
                else:
                    assets[name] = content
            before = self._sources
            if texts != before.texts or assets != before.assets:
                sources = before.alike(texts, assets)
                read_format(sources)
                self._sources = sources
            if self._anew > max(_FEW, len(self._files) // _SHARE):
                self._keep()
            return self._sources

    def _contents(self, now: int) -> list[tuple[str, str | bytes]]:
        """Return path and content of every file; what changed is read."""
        kept: dict[str, _File] = {}
        found: list[tuple[str, str | bytes]] = []
        root, total = self._folder.path, 0
        for name in self._paths(now):
            mark = _mark(f"{root}/{name}", stat.S_IFREG)
            one = self._files.get(name)
            if one is None or mark is None or one.mark != mark:
                content = self._folder.content(name)
                self._anew += 1
            else:
                content = one.content
            if one is not None and one.mark == mark:  # what is kept was never fresh
                kept[name] = one
            elif mark is not None and not _is_fresh(mark, now):
                kept[name] = _file(mark, content)
            total += len(content)
            found.append((name, content))
            if total > LARGEST_REPOSITORY:
                require_few(len(found), total)
        self._files = kept
        return found

    def _paths(self, now: int) -> list[str]:
        """Return the path of every file; only folders that changed are listed."""
        kept: dict[str, _Listed] = {}
        names: list[str] = []
        root, waiting = self._folder.path, [""]
        while waiting:
            inside = waiting.pop()
            mark = _mark(f"{root}/{inside}", stat.S_IFDIR)
            one = self._folders.get(inside)
            if one is None or mark is None or one.mark != mark:
                files, folders = self._folder.listed(inside)
                if mark is not None:
                    one = _Listed(mark, files, folders)
            else:
                files, folders = one.files, one.folders
            is_known = one is not None and self._folders.get(inside) is one
            is_true = one is not None and mark is not None and one.mark == mark
            if (
                one is not None
                and is_true
                and (is_known or not _is_fresh(one.mark, now))
            ):
                kept[inside] = one
            names += files
            waiting += folders
            if len(names) > MOST_FILES:
                require_few(len(names), 0)
        self._folders = kept
        return names

    def _load(self) -> None:
        """Take over what an earlier start kept; nothing where it cannot be read."""
        if self._is_loaded or self._store is None:
            return
        self._is_loaded = True
        with suppress(OSError, msgspec.MsgspecError):
            stored = msgspec.msgpack.decode(self._store.read_bytes(), type=_Store)
            if stored.format == _FORMAT:
                self._files, self._folders = stored.files, stored.folders

    def _keep(self) -> None:
        """Write down what was read; a store that cannot be written is none."""
        self._anew = 0
        if self._store is None:
            return
        data = msgspec.msgpack.encode(_Store(_FORMAT, self._files, self._folders))
        beside = self._store.with_name(f"{self._store.name}.new")
        with suppress(OSError):
            self._store.parent.mkdir(exist_ok=True)
            beside.write_bytes(data)
            beside.replace(self._store)


def _file(mark: Mark, content: str | bytes) -> _File:
    if isinstance(content, str):
        return _File(mark, content, None)
    return _File(mark, None, content)


def _mark(path: str, kind: int) -> Mark | None:
    """Return what tells whether something is as it was; None for another kind."""
    try:
        one = os.lstat(path)
    except OSError:
        return None
    if stat.S_IFMT(one.st_mode) != kind:
        return None
    return one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino


def _is_fresh(mark: Mark, now: int) -> bool:
    return max(mark[0], mark[1]) > now - _COARSE
