"""What was made of the same before: a key pressed in one part costs that part only."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from functools import wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
Arguments = ParamSpec("Arguments")


class Kept(Generic[Key, Made]):
    """Keeps the latest of what was made; the key names all that it was made of.

    Args:
        most: How much is kept.
        size: How much one is, by its key; without, each counts as one.
    """

    def __init__(self, most: int, size: Callable[[Key], int] | None = None) -> None:
        self._most = most
        self._size = size
        self._sum = 0
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """Return what was made of ``key``, or what ``make`` makes now."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        size = self._sized(key)
        with self._lock:
            if key not in self._made:
                self._sum += size
            self._made[key] = made
            while self._sum > self._most and len(self._made) > 1:
                old, _made = self._made.popitem(last=False)
                self._sum -= self._sized(old)
        return made

    @property
    def size(self) -> int:
        """How much is kept now."""
        return self._sum

    def _sized(self, key: Key) -> int:
        return 1 if self._size is None else self._size(key)


def kept_texts(
    most: int,
) -> Callable[[Callable[Arguments, Made]], Callable[Arguments, Made]]:
    """Keep what a function makes of whole texts, ``most`` characters of them.

    ``lru_cache`` counts calls: a thousand versions of a long mail would stay for ever.
    """

    def decorate(function: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
        kept: Kept[tuple[Hashable, ...], Made] = Kept(most, _characters)

        @wraps(function)
        def remembering(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
            key = (*args, *kwargs.items()) if kwargs else args
            return kept.get(key, lambda: function(*args, **kwargs))

        return remembering

    return decorate


def _characters(key: tuple[Hashable, ...]) -> int:
    return 100 + sum(len(one) for one in key if isinstance(one, Sized))
