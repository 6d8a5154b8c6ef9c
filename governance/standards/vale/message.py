"""A rule's message with what was found put into it, as Go's formatting does."""

import re
from collections.abc import Sequence
from typing import Final

_SLOT: Final = re.compile(r"%(?:\[(\d+)\])?([sdvq%])")


def formatted(message: str, arguments: Sequence[str]) -> str:
    """Fill the slots of ``message``; arguments without a slot are left out.

    A slot without an argument stays empty.
    """
    waiting = iter(arguments)

    def filled(slot: re.Match[str]) -> str:
        number, verb = slot.groups()
        if verb == "%":
            return "%"
        if number:
            at = int(number) - 1
            value = arguments[at] if at < len(arguments) else ""
        else:
            value = next(waiting, "")
        return f'"{value}"' if verb == "q" else value

    return _SLOT.sub(filled, message)


def listed(words: Sequence[str], joiner: str) -> str:
    """Return “a”, “b” or “c”, as Vale lists several replacements."""
    quoted = [f"'{word}'" for word in words]
    if len(quoted) < 3:  # noqa: PLR2004 -- two need no comma
        return f" {joiner} ".join(quoted)
    return f"{', '.join(quoted[:-1])}, {joiner} {quoted[-1]}"


def without_double_quotes(message: str) -> str:
    """Take the quotes off the first slot, which a list of replacements brings along."""
    for quoted in ("'%s'", '"%s"'):
        if message.count(quoted) == 2:  # noqa: PLR2004 -- as Vale has it
            message = message.replace(quoted, "%s", 1)
    return message
