"""Folders of a commit, made from paths and bytes; only what is new is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.adapters.git.objects import (
    FILE,
    FOLDER,
    GitObject,
    Kind,
    Node,
    read_tree,
    tree,
)
from governance.adapters.git.store import GitStore
from governance.adapters.git.trouble import damaged

_ROOT: Final = ""


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree with the objects that it needs and that were not there.

    Attributes:
        oid: The root's name.
    """

    oid: str
    new: tuple[GitObject, ...]


def whole(store: GitStore, files: Mapping[str, bytes], *, like: str = "") -> Grown:
    """Make a tree of exactly ``files``; what ``like`` has is not written again.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    folders: dict[str, dict[str, Node]] = {_ROOT: {}}
    known = _known(store, like) if like else frozenset()
    objects = _plant(folders, files)
    return _rooted(folders, objects, known)


def added(store: GitStore, files: Mapping[str, bytes], *, onto: str) -> Grown:
    """Make the tree of ``onto`` with ``files`` in it besides.

    Raises:
        LedgerUnavailableError: The repository cannot be read, or lacks ``onto``.
    """
    touched = sorted({folder for path in files for folder in _above(path)})
    folders: dict[str, dict[str, Node]] = {_ROOT: {}}
    if onto:
        found = store.contents([f"{onto}:{folder}" for folder in touched])
        if found and found[0] is None:  # the root sorts first
            raise damaged(onto)
        folders |= {
            folder: read_tree(content)
            for folder, content in zip(touched, found, strict=True)
            if content is not None
        }
    return _rooted(folders, _plant(folders, files), frozenset())


def _plant(
    folders: dict[str, dict[str, Node]], files: Mapping[str, bytes]
) -> dict[str, GitObject]:
    objects: dict[str, GitObject] = {}
    for path, content in files.items():
        folder, _slash, name = path.rpartition("/")
        blob = GitObject.of(Kind.BLOB, content)
        objects[blob.oid] = blob
        for above in _above(path):
            folders.setdefault(above, {})
        folders[folder][name] = Node(FILE, blob.oid)
    return objects


def _rooted(
    folders: dict[str, dict[str, Node]],
    objects: dict[str, GitObject],
    known: frozenset[str],
) -> Grown:
    """Spell the folders, the deepest first, and name each in the one above."""
    for path in sorted(folders, key=_depth, reverse=True):
        spelled = tree(folders[path])
        objects[spelled.oid] = spelled
        if path:
            above, _slash, name = path.rpartition("/")
            folders[above][name] = Node(FOLDER, spelled.oid)
    root = tree(folders[_ROOT]).oid
    new = (thing for thing in objects.values() if thing.oid not in known)
    return Grown(root, tuple(new))


def _known(store: GitStore, tip: str) -> frozenset[str]:
    listing = store.git.run("ls-tree", "-r", "-t", "-z", tip)
    lines = listing.split(b"\0")[:-1]
    return frozenset(line.split(b"\t", 1)[0].split(b" ")[2].decode() for line in lines)


def _above(path: str) -> list[str]:
    """Return the folders in which ``path`` lies, the root first."""
    names = path.split("/")[:-1]
    return [_ROOT, *("/".join(names[: n + 1]) for n in range(len(names)))]


def _depth(path: str) -> int:
    return path.count("/") + bool(path)
