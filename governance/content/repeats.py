"""How large a pattern grows when its repeats are written out.

The module ``regex`` writes counted repeats out while it compiles, where no timeout
holds: ``a{1000000000}`` takes all memory before a letter was compared.
"""

import re
from typing import Final

LARGEST: Final = 100_000  # pieces; the largest that compiles in a tenth of a second

_PIECE: Final = re.compile(
    r"\\."
    r"|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
    r"|\{(?P<least>\d*)(?:,(?P<most>\d*))?\}"
    r"|.",
    re.DOTALL,
)


def written_out(pattern: str) -> int:
    """Return about how many pieces ``pattern`` has; counting ends past ``LARGEST``."""
    opened, last = [0], 0
    for found in _PIECE.finditer(pattern):
        piece = found.group()
        if piece == "(":
            opened.append(0)
            continue
        if piece == ")" and len(opened) > 1:
            last = opened.pop()
            opened[-1] += last
        elif counts := [int(text[:9]) for text in found.groups() if text]:
            times = max(1, *counts)
            opened[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            opened[-1] += 1
        if opened[-1] > LARGEST:
            return opened[-1]
    return sum(opened)
