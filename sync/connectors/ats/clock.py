"""The ATS's clock beside ours, measured now and then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from governance.errors import ExpectedError


@dataclass(slots=True, eq=False)
class AtsClock:
    """Remembers how far the ATS's clock is ahead of ours.

    Attributes:
        ahead: Asks the ATS.
    """

    ahead: Callable[[], timedelta]
    _known: timedelta | None = None

    def measure(self) -> None:
        """Ask again.

        Raises:
            ExpectedError: The ATS does not answer; what was known is forgotten.
        """
        try:
            self._known = self.ahead()
        except ExpectedError:
            self._known = None
            raise

    def offset(self) -> timedelta | None:
        """Return what was measured, None where it is unknown."""
        return self._known
