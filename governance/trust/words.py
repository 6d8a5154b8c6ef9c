"""Words that can be spoken, to compare two long numbers over the telephone.

Each word stands for 16 bits: proquints (Wilkerson, arXiv:0901.4016). They belong to no
language, so nobody has to translate a list; four of them are 64 bits, which nobody
hits by trying keys.
"""

from typing import Final

_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aiou"


def four_words(number: bytes) -> str:
    """Spell the first 64 bits of ``number``."""
    assert len(number) >= 8, "a digest is longer"  # noqa: PLR2004 -- 64 bits
    return " ".join(
        _word(int.from_bytes(number[start : start + 2])) for start in range(0, 8, 2)
    )


def _word(bits: int) -> str:
    return (
        _CONSONANTS[bits >> 12 & 15]
        + _VOWELS[bits >> 10 & 3]
        + _CONSONANTS[bits >> 6 & 15]
        + _VOWELS[bits >> 4 & 3]
        + _CONSONANTS[bits & 15]
    )
