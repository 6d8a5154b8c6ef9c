"""The box before the words of a row that can be ticked; states use it, without Qt."""

from typing import Final

OFF: Final = "square"
ON: Final = "check-square-fill"


def tick_icons(*, is_ticked: bool) -> tuple[str, ...]:
    """Return what stands before the words of a row that can be ticked."""
    return (ON,) if is_ticked else (OFF,)
