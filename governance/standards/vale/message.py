"""A rule's message with what was found put into it, as Go's formatting does."""

import re
from collections.abc import Sequence
from typing import Final

_CURVED: Final = frozenset(
    "\u201c\u201e\u00ab\u2018\u201a"
)  # “ „ « and the single ones
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


def formatted_list(message: str, words: Sequence[str], observed: str) -> str:
    """Fill ``message`` with several replacements, and with what they replace.

    Vale lists them as 'a', 'b' or 'c' and takes the author's own quotes off the slot;
    curved quotes stay, around the whole list.
    """
    for quoted in ("'%s'", '"%s"'):
        if message.count(quoted) == 2:  # noqa: PLR2004 -- one for each argument
            plain = message.replace(quoted, "%s", 1)
            return formatted(plain, (_listed(words), observed))
    before, _slot, _after = message.partition("%s")
    is_curved = before[-1:] in _CURVED
    return formatted(
        message, (" / ".join(words) if is_curved else _listed(words), observed)
    )


def _listed(words: Sequence[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    if len(quoted) < 3:  # noqa: PLR2004 -- two need no comma
        return " or ".join(quoted)
    return f"{', '.join(quoted[:-1])}, or {quoted[-1]}"
