"""Waiting a little after a lost race, each a different while, so that all get on."""

import secrets
from time import sleep
from typing import Final

_FIRST: Final = 0.02  # seconds
_LONGEST: Final = 1.0
_STEPS: Final = 1_000


def wait_a_little(attempt: int) -> None:
    """Sleep for a random part of a time that doubles with each attempt."""
    at_most = min(_LONGEST, _FIRST * 2**attempt)
    sleep(at_most * secrets.randbelow(_STEPS) / _STEPS)
