"""What rendering one part may cost: each loop and each text that is built is counted.

The limit on what is printed bounds the result and not the work: a text that doubles
itself thirty times prints nothing at all. So loops pay for their rounds before the
first, and texts for their length before they are joined.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from jinja2.filters import FILTERS as JINJAS
from jinja2.filters import do_join
from jinja2.runtime import Context, Undefined
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from governance.rendering.shown import Shown
from governance.rendering.values import PersonName

# Printing a date is 20, a letter that is joined 1: less than half a second in all.
# A table of 200 rows with five values each costs 30 000.
MOST_WORK: Final = 300_000

_ANY: Final = 32  # letters of a value that is no text
_LETTERS: Final = 16  # that are read, compared or changed for the price of one joined

_Given = TypeVar("_Given")


class TooMuchWorkError(Exception):
    """A part costs more than any message may; never leaves rendering."""


class Spending(Context):
    """What a template sees, and what rendering it has cost so far."""

    spent: int = 0

    def spend(self, amount: int) -> None:
        """Count work.

        Raises:
            TooMuchWorkError: It is too much.
        """
        self.spent += amount
        if self.spent > MOST_WORK:
            raise TooMuchWorkError


class Items(list[object]):
    """A list that a template writes.

    Attributes:
        size: What is in it, with what is in that: lists in lists grow like texts.
    """

    __slots__ = ("size",)

    def __init__(self, items: Iterable[object]) -> None:
        super().__init__(items)
        self.size = 1 + sum(size_of(item) for item in self)


def size_of(value: object) -> int:
    """Return about how many letters a value has, without printing it."""
    match value:
        case Items():
            return value.size
        case str() | list() | tuple():
            return len(value)
        case Shown(value=str() as text) | Shown(value=PersonName(text=text)):
            return len(text)
        case Shown(value=tuple() as items):
            return sum(len(item) for item in items)
        case _:
            return _ANY


def _spending(context: Context) -> Spending:
    assert isinstance(context, Spending), "every template is rendered with an account"
    return context


@pass_context
def each(context: Context, items: object, weight: int) -> object:
    """Pay for all rounds of a loop before the first."""
    if isinstance(items, Undefined):
        return items
    rounds = len(items) if hasattr(items, "__len__") else 0
    _spending(context).spend(rounds * weight)
    return items


@pass_context
def items(context: Context, given: Iterable[object]) -> Items:
    """Pay for a list."""
    made = Items(given)
    _spending(context).spend(made.size)
    return made


@pass_context
def compared(context: Context, value: _Given) -> _Given:
    """Pay for reading a value through."""
    _spending(context).spend(size_of(value) // _LETTERS)
    return value


@pass_context
def joined(context: Context, given: Iterable[object]) -> str:
    """Do what "~" does, and pay for it."""
    account = _spending(context)
    spell = escape if context.eval_ctx.autoescape else str
    texts: list[str] = []
    for value in given:
        texts.append(spell(value))
        account.spend(len(texts[-1]))
    # Not by "+": a text that was escaped would escape the next one again.
    whole = "".join(texts)
    return Markup(whole) if context.eval_ctx.autoescape else whole  # noqa: S704


@pass_context
def _join(context: Context, given: Iterable[object], separator: object = "") -> str:
    values = list(given)
    between = size_of(separator) * max(len(values) - 1, 0)
    _spending(context).spend(between + sum(map(size_of, values)))
    made: str = do_join(context.eval_ctx, values, str(separator))
    return made


def _paid(function: Callable[..., object]) -> Callable[..., object]:
    @pass_context
    def paying(context: Context, value: object, *given: object) -> object:
        size = size_of(value) * (1 + sum(map(size_of, given)))
        _spending(context).spend(size // _LETTERS)
        return function(value, *given)

    return paying


@pass_context
def _first(context: Context, given: Iterable[object]) -> object:
    for value in given:
        return value
    return context.environment.undefined("the first of nothing")


@pass_context
def _last(context: Context, given: Iterable[object]) -> object:
    values = list(given)
    _spending(context).spend(len(values) // _LETTERS)
    return (
        values[-1] if values else context.environment.undefined("the last of nothing")
    )


# Filters of Jinja's own that work on texts and lists and build nothing large.
OWN_FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    **{
        name: _paid(JINJAS[name])
        for name in (
            *("capitalize", "count", "length"),
            *("lower", "title", "trim", "upper"),
        )
    },
    "first": _first,
    "join": _join,
    "last": _last,
}

# What "metered" puts into a template; no author can spell these names.
METERS: Final[Mapping[str, Callable[..., object]]] = {
    "1each": each,
    "1items": items,
    "1compared": compared,
    "1joined": joined,
}
