"""Pictures that messages may have: PNG, JPEG and GIF, looked at without drawing them.

What is in the file is measured by its own marks. Nothing is decoded, so a picture that
was made to hurt whoever draws it is no danger here.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from posixpath import basename, splitext
from typing import Final

from governance.content.measure import LARGEST_FILE
from governance.content.sources import ASSETS
from governance.errors import ContentError
from governance.texts import N_, _

WIDEST: Final = 4_000  # pixels; a mail is 600 wide, twice that on sharp screens
_SHOWN: Final = 600
_LONGEST: Final = 56
_HEAD: Final = 4096  # bytes in which an SVG says that it is one
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_MARK: Final = 0xFF
# The frames of JPEG that say how large it is.
_SIZES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # marks without a length


class BadPictureError(ContentError):
    """A file is no picture that a message can have."""

    remedy = N_("Save it as PNG, JPEG or GIF with at most 1 MB, and drop it again.")


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file says of itself.

    Attributes:
        ending: ".png", ".jpg" or ".gif".
    """

    ending: str
    width: int
    height: int

    @property
    def shown(self) -> int:
        """How wide it is shown in a mail."""
        return min(self.width, _SHOWN)


def require_small_picture(name: str, size: int) -> None:
    """Let pass what a candidate's telephone loads in a moment.

    Raises:
        BadPictureError: It is larger.
    """
    if size > LARGEST_FILE:
        message = _(
            "“{name}” has {size} MB; a picture in a message has at most {most}."
        )
        told = message.format(
            name=name,
            size=max(1, round(size / 1_000_000)),
            most=LARGEST_FILE // 1_000_000,
        )
        raise BadPictureError(told)


def picture_of(name: str, data: bytes) -> Picture:
    """Return what the picture ``data`` says of itself.

    Raises:
        BadPictureError: It is too large, broken, or of a kind that mail clients do not
            show.
    """
    require_small_picture(name, len(data))
    if not data:
        raise BadPictureError(_("“{name}” is empty.").format(name=name))
    if b"<svg" in data[:_HEAD].lower():
        message = _(
            "“{name}” is an SVG. Gmail and Outlook show none, and it may hold a "
            "program."
        )
        raise BadPictureError(message.format(name=name))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        message = _("“{name}” is a WebP, which Outlook does not show.")
        raise BadPictureError(message.format(name=name))
    try:
        found = _read(data)
    except (IndexError, ValueError, struct.error) as error:
        message = _("“{name}” is broken or incomplete.").format(name=name)
        raise BadPictureError(message) from error
    if found is None:
        message = _("“{name}” is no picture that mail clients show.")
        raise BadPictureError(message.format(name=name))
    if not 0 < found.width <= WIDEST or not 0 < found.height <= WIDEST:
        message = _("“{name}” is {width} × {height} pixels; at most {most} are shown.")
        raise BadPictureError(
            message.format(
                name=name, width=found.width, height=found.height, most=WIDEST
            )
        )
    return found


def asset_path(name: str, ending: str, taken: Collection[str]) -> str:
    """Return where a picture called ``name`` is kept; none of ``taken``."""
    stem = unicodedata.normalize("NFKD", splitext(basename(name))[0].casefold())
    plain = re.sub("[^a-z0-9]+", "-", stem.encode("ascii", "ignore").decode())
    base = plain.strip("-")[:_LONGEST].strip("-") or "picture"
    path, number = f"{ASSETS}{base}{ending}", 2
    while path in taken:
        path, number = f"{ASSETS}{base}-{number}{ending}", number + 1
    return path


def _read(data: bytes) -> Picture | None:
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        width, height = struct.unpack("<HH", data[6:10])
        if data[-1:] != b";":
            raise ValueError
        return Picture(".gif", width, height)
    return None


def _png(data: bytes) -> Picture:
    """Walk through the chunks; each has its own check sum (PNG, 5.3)."""
    at, size = len(_PNG), (0, 0)
    while True:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if zlib.crc32(kind + body) != check:
            raise ValueError
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind == b"IEND":
            return Picture(".png", *size)
        at += 12 + length


def _jpeg(data: bytes) -> Picture:
    """Walk through the segments to the frame that says how large it is (T.81, B)."""
    if data.rstrip(b"\0")[-2:] != b"\xff\xd9":
        raise ValueError
    at = 2
    while True:
        if data[at] != _MARK:
            raise ValueError
        mark = data[at + 1]
        if mark == _MARK:  # it may be filled up
            at += 1
            continue
        if mark in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if mark in _SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture(".jpg", width, height)
        if length < 2 or mark in {0xD9, 0xDA}:  # noqa: PLR2004 -- its own two bytes
            raise ValueError
        at += 2 + length
