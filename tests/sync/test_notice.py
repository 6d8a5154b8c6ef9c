"""What was signed is noticed once, and until it could be told."""

import pytest

from governance.names import Tip
from sync.errors import StoreUnavailableError
from sync.publishing.notice import Notice


def test_each_new_tip_is_told_once() -> None:
    tips = [Tip("a"), Tip("a"), Tip("b"), Tip("b")]
    told: list[int] = []
    notice = Notice(lambda: tips.pop(0), lambda: told.append(len(tips)))

    for _time in range(4):
        notice()

    assert told == [3, 1]


def test_what_could_not_be_told_is_told_again() -> None:
    ways = ["locked", "free"]

    def grown() -> None:
        if ways.pop(0) == "locked":
            message = "The database is locked."
            raise StoreUnavailableError(message)

    notice = Notice(lambda: Tip("a"), grown)

    with pytest.raises(StoreUnavailableError):
        notice()
    notice()

    assert ways == []
