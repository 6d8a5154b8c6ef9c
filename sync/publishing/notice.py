"""Noticing that the ledger grew."""

from collections.abc import Callable
from dataclasses import dataclass

from governance.names import NOTHING_YET, Tip


@dataclass(slots=True, eq=False)
class Notice:
    """Looks now and then, and tells when something new was signed.

    Attributes:
        tip: Returns where the ledger ends.
        grown: Told of it; what was held may go now, and what was free may not.
    """

    tip: Callable[[], Tip]
    grown: Callable[[], None]
    _seen: Tip = NOTHING_YET

    def __call__(self) -> None:
        """Look.

        Raises:
            ExpectedError: The repository or the database cannot be used.
        """
        tip = self.tip()
        if tip != self._seen:
            self.grown()
            self._seen = tip
