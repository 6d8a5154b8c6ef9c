"""Errors that nobody expected: told by their kind and place, never by their words.

The words of a library may repeat an address or a name.
"""

import logging
from traceback import format_tb


def log_unexpected(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log ``error`` without its words, which may name people."""
    places = "".join(format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, places)
