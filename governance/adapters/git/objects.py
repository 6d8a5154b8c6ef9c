"""git's objects, spelled here: their bytes, their names, and packs of them.

Made by hand because git's own commands sign with programs that we do not want to start,
and because one process for each object is slow. ``git fsck`` and ``git verify-commit``
agree with every byte (tests).
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha1
from typing import Final, Self

from governance.adapters.git.trouble import damaged

FILE: Final = "100644"
FOLDER: Final = "40000"

_SIZE_OF_NAME: Final = 20  # SHA-1


class Kind(IntEnum):
    """The kinds of object, by their numbers in a pack."""

    COMMIT = 1
    TREE = 2
    BLOB = 3
    TAG = 4


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object with its name.

    Attributes:
        oid: The SHA-1 by which git finds it; what is signed is bound by SHA-256 too.
    """

    kind: Kind
    content: bytes
    oid: str

    @classmethod
    def of(cls, kind: Kind, content: bytes) -> Self:
        """Name ``content``."""
        head = f"{kind.name.lower()} {len(content)}\0".encode()
        return cls(
            kind, content, sha1(head + content, usedforsecurity=False).hexdigest()
        )


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a tree: a file or a folder."""

    mode: str
    oid: str


def tree(nodes: Mapping[str, Node]) -> GitObject:
    """Spell a folder; git sorts a folder's name as if a slash followed."""
    lines = (
        f"{node.mode} {name}\0".encode() + bytes.fromhex(node.oid)
        for name, node in sorted(
            nodes.items(),
            key=lambda item: item[0].encode() + b"/" * (item[1].mode == FOLDER),
        )
    )
    return GitObject.of(Kind.TREE, b"".join(lines))


def read_tree(content: bytes) -> dict[str, Node]:
    """Read a folder.

    Raises:
        RepositoryDamagedError: It is no folder, or holds a name twice.
    """
    nodes: dict[str, Node] = {}
    at = 0
    try:
        while at < len(content):
            end = content.index(b"\0", at)
            mode, name = content[at:end].decode().split(" ", 1)
            at = end + 1 + _SIZE_OF_NAME
            if name in nodes:
                raise damaged(f"{name} twice")
            nodes[name] = Node(mode, content[end + 1 : at].hex())
    except ValueError as error:
        raise damaged("tree") from error
    return nodes


def pack(objects: Sequence[GitObject]) -> bytes:
    """Put whole objects into one pack, as git's ``gitformat-pack`` says."""
    parts = [b"PACK" + struct.pack(">II", 2, len(objects))]
    for thing in objects:
        parts += [_pack_head(thing.kind, len(thing.content))]
        parts += [zlib.compress(thing.content, 1)]
    data = b"".join(parts)
    return data + sha1(data, usedforsecurity=False).digest()


def _pack_head(kind: Kind, size: int) -> bytes:
    first, size = kind << 4 | size & 15, size >> 4
    head = bytearray()
    while size:
        head.append(first | 128)
        first, size = size & 127, size >> 7
    head.append(first)
    return bytes(head)


def split_batch(output: bytes, wanted: Iterable[str]) -> list[bytes | None]:
    """Cut the answer of ``cat-file --batch``: a line with the size, then the bytes.

    What the repository does not have is ``None``.

    Raises:
        RepositoryDamagedError: The answer breaks off.
    """
    found: list[bytes | None] = []
    at = 0
    for name in wanted:
        end = output.find(b"\n", at)
        if end < 0:
            raise damaged(name)
        words = output[at:end].split(b" ")
        if words[-1] in {b"missing", b"ambiguous"}:
            found.append(None)
            at = end + 1
            continue
        start, size = end + 1, int(words[-1])
        found.append(output[start : start + size])
        at = start + size + 1  # a line feed follows
    return found
