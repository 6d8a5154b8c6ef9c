"""A team's repository and ours: what a fetch brings is compared before anything moves.

``main`` and the ledger only ever grow. A remote whose ledger ends before ours was
rewound, one that ends elsewhere was forked; both are alarms, and nothing here follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from governance.adapters.git.remote import INCOMING
from governance.adapters.git.store import LEDGER, MAIN, RELEASES, GitStore, Move
from governance.errors import LedgerBrokenError, StaleTipError
from governance.texts import _

_CHANGES: Final = "refs/heads/cr/"
_FOLLOWED: Final = (LEDGER, MAIN, _CHANGES, RELEASES)
_TRIES: Final = 3


class Way(StrEnum):
    """How the remote's reference stands to ours."""

    SAME = "same"
    AHEAD = "ahead"
    REWOUND = "rewound"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class News:
    """What a fetch brought.

    Attributes:
        moved: The references that moved here.
        odd: Changes' branches that did not grow, and tags that are gone or lead
            elsewhere; they were left as they were here.
    """

    moved: tuple[str, ...]
    odd: tuple[str, ...]


def fetch(store: GitStore) -> News:
    """Bring this repository up to where the remote is; without one, do nothing.

    Raises:
        RemoteUnavailableError: The remote did not answer.
        LedgerBrokenError: The remote was rewound or forked; its code says which.
        LedgerUnavailableError: The repository cannot be written.
    """
    if store.remote is None:
        return News((), ())
    store.remote.fetch(store.git)
    for _attempt in range(_TRIES):
        try:
            return _follow(store)
        except StaleTipError:  # somebody here wrote meanwhile
            store.remote.fetch(store.git)
    return _follow(store)


def share(store: GitStore) -> None:
    """Bring everything that is here to a remote that has nothing of it yet.

    Raises:
        StaleTipError: The remote has something else already.
        RemoteUnavailableError: The remote did not answer, or refuses.
    """
    assert store.remote is not None, "who shares names a remote"
    store.remote.push(store.git, dict(store.refs(*_FOLLOWED)))


def move(store: GitStore, moves: Sequence[Move]) -> None:
    """Move references, all or none; who was too slow is brought up to date.

    Raises:
        StaleTipError: One no longer stands where it should; none was moved.
        RemoteUnavailableError: The remote did not answer; none was moved.
        LedgerBrokenError: The remote was rewound or forked; its code says which.
        LedgerUnavailableError: The repository cannot be written.
    """
    try:
        store.move(moves)
    except StaleTipError:
        fetch(store)
        raise


def _follow(store: GitStore) -> News:
    theirs = {
        f"refs/{ref.removeprefix(INCOMING)}": oid
        for ref, oid in store.refs(INCOMING).items()
    }
    ours = store.refs(*_FOLLOWED)
    moves, odd = [], []
    for ref in sorted({*theirs, *ours}):
        if not ref.startswith(_FOLLOWED):
            continue
        now, there = ours.get(ref, ""), theirs.get(ref, "")
        way = _way(store, ref, now, there)
        if way is Way.AHEAD:
            moves.append(Move(ref, there, now))
        elif way is not Way.SAME:
            if ref in {LEDGER, MAIN}:
                raise _alarm(ref, way)
            odd.append(ref)
    # The ledger first: what it says can be finished, what it does not say cannot.
    moves.sort(key=_ledger_first)
    store.move_here(moves)
    return News(tuple(move.ref for move in moves), tuple(odd))


def _ledger_first(move: Move) -> bool:
    return move.ref != LEDGER


def _way(store: GitStore, ref: str, ours: str, theirs: str) -> Way:
    if ours == theirs:
        return Way.SAME
    if not ours:
        return Way.AHEAD
    if not theirs:
        return Way.REWOUND
    if ref.startswith(RELEASES):
        return Way.FORKED
    if store.descends(ours, theirs):
        return Way.AHEAD
    return Way.REWOUND if store.descends(theirs, ours) else Way.FORKED


def _alarm(ref: str, way: Way) -> LedgerBrokenError:
    name = ref.removeprefix("refs/heads/")
    if ref == MAIN:
        return LedgerBrokenError(
            _("The remote's “{name}” no longer contains what it had.").format(
                name=name
            ),
            code="REF_MOVED",
        )
    if way is Way.REWOUND:
        return LedgerBrokenError(
            _(
                "The remote's “{name}” went back: entries that were there are gone."
            ).format(name=name),
            code="LEDGER_REWOUND",
        )
    return LedgerBrokenError(
        _("The remote's “{name}” went another way than the one we know.").format(
            name=name
        ),
        code="LEDGER_FORKED",
    )
