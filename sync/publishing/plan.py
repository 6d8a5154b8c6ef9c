"""What publishing would do: a pure function of a release and what an ATS has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sync.publishing.capabilities import Mode
from sync.publishing.ports import RemoteTemplate
from sync.publishing.publication import Piece, normalised


class Deed(StrEnum):
    """What has to be done about one template."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"  # exactly this is there
    BY_HAND = "by_hand"
    NONE = "none"  # it is sent by us, nothing lies there


@dataclass(frozen=True, slots=True)
class Step:
    """One template and what has to be done about it.

    Attributes:
        remote: What the ATS has now, None for nothing.
    """

    deed: Deed
    piece: Piece
    remote: RemoteTemplate | None = None


def plan(
    wanted: Sequence[Piece], remote: Mapping[str, RemoteTemplate], mode: Mode
) -> tuple[Step, ...]:
    """Say what makes the ATS hold ``wanted``.

    Args:
        wanted: The released message, a piece for each locale.
        remote: What the ATS has, with texts, by our keys.
        mode: How it can be published there.
    """
    return tuple(_step(piece, remote.get(piece.key), mode) for piece in wanted)


def _step(piece: Piece, remote: RemoteTemplate | None, mode: Mode) -> Step:
    if mode is Mode.OWN_CHANNEL:
        return Step(Deed.NONE, piece)
    if remote and normalised(remote.parts or {}) == piece.digest:
        return Step(Deed.KEEP, piece, remote)
    if mode is not Mode.NATIVE:
        return Step(Deed.BY_HAND, piece, remote)
    return Step(Deed.UPDATE if remote else Deed.CREATE, piece, remote)
