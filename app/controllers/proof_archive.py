"""Evidence as one file: an archive that anyone can open."""

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, is_zipfile

from governance.errors import FolderUnavailableError, UnknownFormatError
from governance.texts import N_, _

LARGEST: Final = 256 * 1024 * 1024  # bytes in all; a bomb is larger
_MOST: Final = 200_000  # files in one archive
_REMEDY: Final = N_("Choose another place, or make room there.")


def write_archive(file: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` into an archive at ``file``; what stood there is replaced.

    Only its owner can read it, and its first name is one that nobody can prepare: in a
    folder that others write to, a link could wait there and lead anywhere.

    Raises:
        FolderUnavailableError: It cannot be written; what stood there stays.
    """
    half: Path | None = None
    try:
        handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")
        half = Path(name)
        with (
            os.fdopen(handle, "wb") as target,
            ZipFile(target, "w", ZIP_DEFLATED) as archive,
        ):
            for member, data in sorted(files.items()):
                archive.writestr(member, data)
        half.replace(file)
    except OSError as error:
        with suppress(OSError):
            if half is not None:
                half.unlink()
        raise FolderUnavailableError(
            _("“{name}” cannot be written: {reason}").format(
                name=file.name, reason=error.strerror or error
            ),
            remedy=_REMEDY,
        ) from error


def read_archive(file: Path) -> Mapping[str, bytes]:
    """Return the files of an archive that somebody gave us; they stay in memory.

    Raises:
        UnknownFormatError: It is none, is damaged, or holds more than any of ours.
        FolderUnavailableError: It cannot be read.
    """
    try:
        with ZipFile(file) as archive:
            members = archive.infolist()
            size = sum(one.file_size for one in members)
            if len(members) > _MOST or size > LARGEST:
                raise UnknownFormatError(
                    _("The file holds more than any that we write.")
                )
            # A header may understate a member's size: no more than that is unpacked.
            return {
                one.filename: _taken(archive, one.filename, one.file_size)
                for one in members
            }
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise UnknownFormatError(_("The file is damaged, or no proof file.")) from error
    except OSError as error:
        raise FolderUnavailableError(
            _("“{name}” cannot be read: {reason}").format(
                name=file.name, reason=error.strerror or error
            )
        ) from error


def is_archive(file: Path) -> bool:
    """Whether ``file`` may be one."""
    return is_zipfile(file)


def _taken(archive: ZipFile, name: str, size: int) -> bytes:
    with archive.open(name) as member:
        data = member.read(size)
        if member.read(1):
            raise BadZipFile(name)
    return data
