"""The Jinja that renders: it reads, compares and prints; it calls nothing."""

from collections.abc import Callable
from typing import Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from governance.rendering.filters import FILTERS
from governance.rendering.metered import metered
from governance.rendering.shown import Group, Missing, Shown
from governance.rendering.work import METERS, OWN_FILTERS, Spending
from governance.texts import _

_LOOP: Final = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
)
_LARGEST: Final = 10**15

FILTER_NAMES: Final = frozenset((*OWN_FILTERS, *FILTERS))


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which a template can only read, compare and print.

    What it reads, compares and prints is paid for; see ``work``.
    """

    context_class = Spending
    intercepted_binops = frozenset({"**", "*", "%", "+", "-", "/", "//"})

    def __init__(self, *, is_html: bool) -> None:
        super().__init__(
            autoescape=is_html,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.filters.clear()
        self.filters.update({**OWN_FILTERS, **FILTERS, **METERS})
        self.globals.clear()

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        return metered(super()._parse(source, name, filename))

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a field of a group, or what a loop says of itself; nothing else."""
        if isinstance(obj, Group):
            if attribute in obj.members:
                return obj.members[attribute]
            return self.undefined(obj=obj, name=f"{obj.name}.{attribute}")
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return obj
        message = _("“{attribute}” is nothing that a message can read")
        raise SecurityError(message.format(attribute=attribute))

    def getitem(self, obj: object, argument: object) -> object:
        """Return ``group["name"]`` or an item of a list by its number."""
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, Shown | list | tuple) and isinstance(argument, int):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(name=str(argument))
        if isinstance(obj, Missing):
            return obj
        raise SecurityError(_("a part of a value cannot be read"))

    def is_safe_callable(self, obj: object) -> bool:  # noqa: ARG002 -- Jinja asks
        """Tell that nothing is."""
        return False

    def call_binop(
        self,
        context: Context,  # noqa: ARG002 -- Jinja passes it
        operator: str,
        left: object,
        right: object,
    ) -> object:
        """Compute with numbers that stay small; texts are joined with "~"."""
        for value in (left, right):
            number = value.value if isinstance(value, Shown) else value
            is_number = isinstance(number, int | float) or type(number).__name__ == (
                "Decimal"
            )
            if isinstance(number, bool) or not is_number or operator == "**":
                message = _("“{operator}” works with numbers only")
                raise SecurityError(message.format(operator=operator))
            if not -_LARGEST < float(str(number)) < _LARGEST:
                raise SecurityError(_("the number is too large"))
        function: Callable[[object, object], object] = self.binop_table[operator]
        return function(_number(left), _number(right))


def _number(value: object) -> object:
    from_decimal = value.value if isinstance(value, Shown) else value
    if isinstance(from_decimal, int):
        return from_decimal
    number = float(str(from_decimal))
    return int(number) if number.is_integer() else number
