"""Evidence as one file: an archive that anyone can open."""

import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, is_zipfile

from governance.errors import FolderUnavailableError, UnknownFormatError
from governance.texts import N_, _

LARGEST: Final = 256 * 1024 * 1024  # bytes in all; a bomb is larger
_MOST: Final = 200_000  # files in one archive
_REMEDY: Final = N_("Choose another place, or make room there.")


def write_archive(file: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` into an archive at ``file``; what stood there is replaced.

    Raises:
        FolderUnavailableError: It cannot be written; what stood there stays.
    """
    half = file.with_name(f".{file.name}.part")
    try:
        with ZipFile(half, "w", ZIP_DEFLATED) as archive:
            for name, data in sorted(files.items()):
                archive.writestr(name, data)
        half.replace(file)
    except OSError as error:
        with suppress(OSError):
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
