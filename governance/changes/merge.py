"""Bringing a change onto what was released meanwhile: whole files, three ways.

A file that only one side touched is that side's. One that both touched differently is a
conflict for people, since who approved it has not read the result.
"""

from governance.content.sources import Sources, changed
from governance.errors import ConflictError
from governance.texts import _


def merged(base: Sources, ours: Sources, theirs: Sources) -> Sources:
    """Return ``theirs`` with everything that ``ours`` changed in ``base``.

    Raises:
        ConflictError: Both changed a file, and not alike.
        BadPathError: A path of one side and one of the other cannot stand together.
    """
    mine = changed(base, ours)
    conflicts = set(mine) & set(changed(base, theirs)) & set(changed(ours, theirs))
    if conflicts:
        raise ConflictError(
            _(
                "Released since this change began, and changed here too: {files}."
            ).format(files=", ".join(sorted(conflicts)))
        )
    return overlaid(theirs, ours, mine)


def overlaid(under: Sources, over: Sources, paths: tuple[str, ...]) -> Sources:
    """Return ``under`` with the files at ``paths`` as ``over`` has them.

    Raises:
        BadPathError: The paths cannot stand together.
    """
    chosen = frozenset(paths)
    texts = {path: text for path, text in under.texts.items() if path not in chosen}
    assets = {path: data for path, data in under.assets.items() if path not in chosen}
    texts |= {path: over.texts[path] for path in chosen if path in over.texts}
    assets |= {path: over.assets[path] for path in chosen if path in over.assets}
    return Sources(texts, assets)
