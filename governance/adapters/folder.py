"""A plain folder, edited with any editor, read as sources and written back."""

import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from governance.content.format import FORMAT_FILE, read_format
from governance.content.measure import LARGEST_FILE, require_few, require_small
from governance.content.paths import NOT_OURS, clean_path
from governance.content.sources import Sources, changed, decoded, is_asset
from governance.errors import (
    BadPathError,
    ContentError,
    FolderUnavailableError,
    Problem,
    StaleFolderError,
    WrongFolderError,
)
from governance.markup.mapped import line_and_column
from governance.texts import _

_MOST_ENTRIES: Final = 100_000  # those that are skipped too
# Ours, git's, and what editors and computers leave behind.
_NEW: Final = ".countersign-new"  # a file that is being written
_SKIPPED_FILES: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_SKIPPED_ENDINGS: Final = ("~", ".swp", ".swo", _NEW)

_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)

_CONFLICT: Final = ("<<<<<<< ", "||||||| ", ">>>>>>> ")


@dataclass(frozen=True, slots=True)
class Folder:
    """A template repository's files on this computer."""

    path: Path

    def read(self) -> Sources:
        """Return every file of the folder.

        Raises:
            WrongFolderError: It is missing, empty or no template repository.
            FolderUnavailableError: It cannot be read.
            UnknownFormatError: A newer Countersign wrote it.
            BadPathError: A link, or a name that not every computer can keep.
            BadTextError: A file is no UTF-8 text with LF line ends.
            ContentError: A file is too large, or a merge was left half done.
        """
        self.require_repository()
        texts: dict[str, str] = {}
        assets: dict[str, bytes] = {}
        total = 0
        for name in self._files():
            data = self._data(name, self.path / name)
            total += len(data)
            require_few(len(texts) + len(assets) + 1, total)
            if is_asset(name):
                assets[name] = data
            else:
                texts[name] = _text(name, data)
        sources = Sources(texts, assets)
        read_format(sources)
        return sources

    def write(self, before: Sources, after: Sources) -> tuple[str, ...]:
        """Turn the folder from ``before`` into ``after``, and return what changed.

        Only files that differ are touched, each at once or not at all. A file that
        somebody edited meanwhile is not overwritten.

        Raises:
            StaleFolderError: A file is no longer as it was in ``before``.
            FolderUnavailableError: A file cannot be written.
            BadPathError: A file would be written through a link.
        """
        paths = changed(before, after)
        old, new = before.files(), after.files()
        for name in paths:
            self._require_unchanged(name, old.get(name))
        for name in paths:
            file = self.path / name
            if name in new:
                _replace(file, new[name], name)
            else:
                _remove(file, self.path, name)
        return paths

    def normalise(self) -> tuple[str, ...]:
        """Give every text LF line ends and no byte order mark; return what changed.

        Raises:
            WrongFolderError: It is missing, empty or no template repository.
            FolderUnavailableError: A file cannot be read or written.
            BadPathError: A link, or a name that not every computer can keep.
            BadTextError: A text is no UTF-8.
        """
        self.require_repository()
        mended: list[str] = []
        for name in list(self._files()):
            file = self.path / name
            data = self._data(name, file)
            if is_asset(name):
                continue
            plain = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            plain = plain.replace(b"\r", b"\n")
            decoded(name, plain)
            if plain != data:
                _replace(file, plain, name)
                mended.append(name)
        return tuple(mended)

    def require_repository(self) -> None:
        """Let a folder pass that can be a template repository.

        Raises:
            WrongFolderError: It is missing, empty or no template repository.
            FolderUnavailableError: It cannot be read.
        """
        if not self.path.is_dir():
            message = _("There is no folder “{path}”.").format(path=self.path)
            raise WrongFolderError(message)
        if (self.path / FORMAT_FILE).exists():
            return
        try:
            is_empty = not any(self.path.iterdir())
        except OSError as error:
            raise _unavailable(str(self.path), error) from error
        text = (
            _("The folder “{path}” is empty.")
            if is_empty
            else _("“{path}” is no template repository: it has no “countersign.toml”.")
        )
        raise WrongFolderError(text.format(path=self.path))

    def content(self, name: str) -> str | bytes:
        """Return what one file holds: bytes under ``assets/``, else a text.

        Raises:
            FolderUnavailableError: It cannot be read.
            BadPathError: It is no plain file.
            BadTextError: It is no UTF-8 text with LF line ends.
            ContentError: It is too large, or a merge was left half done.
        """
        data = self._data(name, self.path / name)
        return data if is_asset(name) else _text(name, data)

    def listed(self, inside: str) -> tuple[list[str], list[str]]:
        """Return the files and the folders right in the folder ``inside``, "" for all.

        Raises:
            FolderUnavailableError: It cannot be read.
            BadPathError: A link, or a name that not every computer can keep.
        """
        files: list[str] = []
        folders: list[str] = []
        prefix = f"{inside}/" if inside else ""
        try:
            entries = sorted(os.scandir(self.path / inside), key=_name)
        except OSError as error:
            raise _unavailable(str(self.path / inside), error) from error
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.is_symlink():
                raise _bad(_("“{path}” is a link; only real files are read."), name)
            if entry.is_dir():
                if entry.name not in NOT_OURS:
                    self._clean(name)  # a way without end is too long a path
                    folders.append(name)
            elif not _is_skipped(entry.name):
                files.append(self._clean(name))
        return files, folders

    def _files(self) -> Iterator[str]:
        waiting, count = [""], 0
        while waiting:
            files, folders = self.listed(waiting.pop())
            count += len(files) + len(folders)
            if count > _MOST_ENTRIES:  # folders without files, without end
                require_few(count, 0)
            waiting += folders
            yield from files

    def _clean(self, name: str) -> str:
        try:
            return clean_path(name)
        except BadPathError:
            composed = unicodedata.normalize("NFC", name)
            if composed != name and (self.path / composed).exists():
                message = _(
                    "“{path}” is there twice: its letters are composed in two ways."
                )
                raise _bad(message, composed) from None
            raise

    def _data(self, name: str, file: Path) -> bytes:
        try:
            data = _bytes_of(file, name)
        except OSError as error:
            raise _unavailable(name, error) from error
        require_small(name, len(data))
        return data

    def _require_unchanged(self, name: str, expected: bytes | None) -> None:
        file = self.path / clean_path(name)
        if any(part.is_symlink() for part in _up_to(file, self.path)):
            raise _bad(_("“{path}” is a link; only real files are written."), name)
        try:
            now = _bytes_of(file, name) if file.exists() else None
        except OSError as error:
            raise _unavailable(name, error) from error
        if now != expected:
            message = _("“{path}” was edited meanwhile; nothing was written.")
            raise StaleFolderError(message.format(path=name))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_skipped(name: str) -> bool:
    return name in _SKIPPED_FILES or name.endswith(_SKIPPED_ENDINGS)


def _bytes_of(file: Path, name: str) -> bytes:
    """Read a file, one byte more than it may have at most.

    What is opened is what is looked at: no link, pipe or device that took the file's
    place is followed or waited for, and one that grows is not read for ever.
    """
    with open(os.open(file, _READ), "rb") as stream:  # noqa: PTH123 -- by descriptor
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise _bad(_("“{path}” is no plain file."), name)
        return stream.read(LARGEST_FILE + 1)


def _up_to(file: Path, root: Path) -> Iterator[Path]:
    yield file
    for parent in file.parents:
        if parent == root:
            return
        yield parent


def _replace(file: Path, data: bytes, name: str) -> None:
    """Write a file at once or not at all, and make sure that it lies on the disk."""
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
        handle, temporary = tempfile.mkstemp(
            dir=file.parent, prefix=".", suffix=".countersign-new"
        )
        with open(handle, "wb") as stream:  # noqa: PTH123 -- by descriptor
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)
        _settle(file.parent)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise _unavailable(name, error) from error


def _settle(folder: Path) -> None:
    """Make a rename last; Windows has no such thing for folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(file: Path, root: Path, name: str) -> None:
    try:
        file.unlink(missing_ok=True)
        for parent in file.parents:
            if parent == root or any(parent.iterdir()):
                break
            parent.rmdir()
    except OSError as error:
        raise _unavailable(name, error) from error


def _text(path: str, data: bytes) -> str:
    text = decoded(path, data)
    _require_merged(path, text)
    return text


def _require_merged(path: str, text: str) -> None:
    if not any(mark in text for mark in _CONFLICT):
        return
    at = 0
    for line in text.split("\n"):
        if line.startswith(_CONFLICT):
            number, column = line_and_column(text, at)
            told = _("{path}, line {line}: a merge was left half done here.").format(
                path=path, line=number
            )
            problem = Problem(
                "merge-conflict", told, path, at, at + len(line), number, column
            )
            raise ContentError(told, (problem,))
        at += len(line) + 1


def _bad(message: str, path: str) -> BadPathError:
    told = message.format(path=path)
    return BadPathError(told, (Problem("bad-path", told, path),))


def _unavailable(path: str, error: OSError) -> FolderUnavailableError:
    message = _("“{path}” cannot be read or written: {reason}.")
    reason = error.strerror or str(error)
    return FolderUnavailableError(message.format(path=path, reason=reason))
