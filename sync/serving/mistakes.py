"""Mistakes of ours, described for the log without the words of any person."""

from traceback import format_tb


def unforeseen(error: Exception) -> str:
    """Describe a mistake by kind and place; its own text may name a person."""
    return f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}"
