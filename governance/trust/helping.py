"""Many claims checked by two at once: one from the front, a helper from the back.

The one at the front never waits for the helper: what it comes to and has no answer, it
checks itself. Only a yes is taken from the helper, so a no is always found here, and a
helper that falls, sleeps or never starts costs time and nothing else.
"""

from collections.abc import Iterator, Sequence
from threading import Condition

from governance.trust.claims import Claim, holds


class Share:
    """Some claims that are checked together.

    Attributes:
        is_taken: Whether somebody has begun with them.
        answers: What the helper said of each, None before it did.
    """

    __slots__ = ("answers", "claims", "is_taken")

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.is_taken = False
        self.answers: Sequence[bool] | None = None

    def checked(self) -> Iterator[bool]:
        """Say of each claim whether it holds, whoever has checked it."""
        self.is_taken = True
        said = self.answers or [False] * len(self.claims)
        for claim, is_sure in zip(self.claims, said, strict=True):
            yield is_sure or holds(claim)


class Shares:
    """The shares of one piece of work; they may still grow while the helper works."""

    def __init__(self) -> None:
        self._waiting: list[Share] = []
        self._changed = Condition()
        self._is_over = False

    def put(self, claims: Sequence[Claim]) -> Share:
        """Add a share."""
        share = Share(claims)
        if not claims:
            return share
        with self._changed:
            self._waiting.append(share)
            self._changed.notify()
        return share

    def last(self, *, wait: bool) -> Share | None:
        """Take the last share that nobody has begun with.

        None says that there is none; to who waits, that all is over.
        """
        with self._changed:
            while not self._is_over:
                while self._waiting:
                    share = self._waiting.pop()
                    if not share.is_taken:
                        share.is_taken = True
                        return share
                if not wait:
                    break
                self._changed.wait()
            return None

    def end(self) -> None:
        """Tell the helper that nobody needs it any more."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
