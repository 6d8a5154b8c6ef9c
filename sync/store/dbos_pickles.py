"""No pickles: who can write the queue's rows must not thereby run code here.

We give DBOS a serialiser that speaks JSON, but a row names its own, and DBOS then
reads pickles all the same. So its pickle reader is taken from it.
"""

from typing import NoReturn

from dbos import _serialization


class PickleRefusedError(ValueError):
    """A row of the queue wanted to be unpickled; nobody of ours wrote it."""


def forbid_pickles() -> None:
    """Have DBOS refuse to read or write pickles in this process, for good."""
    for verb in ("serialize", "deserialize"):
        setattr(_serialization.DefaultSerializer, verb, _refuse)


def _refuse(_self: object, _data: object) -> NoReturn:
    raise PickleRefusedError
