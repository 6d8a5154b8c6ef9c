"""Which declarations say only what is so without them; nobody misses those."""

from typing import Final

from governance.rendering.sheets import Declaration

_AS_IT_IS: Final = frozenset(
    {"normal", "static", "visible", "inherit", "initial", "unset", "revert"}
)
_ZEROS: Final = frozenset({"0", "0px", "0em", "0%", "0pt"})
_FROM_ZERO: Final = (
    "margin", "padding", "text-indent", "border-radius", "border-top-", "letter-",
    "border-bottom-", "word-spacing", "outline", "top", "left", "right", "bottom",
    "gap",
)  # fmt: skip


def says_nothing(found: Declaration) -> bool:
    """Tell a declaration that only says what is so without it."""
    name = found.name
    for word in found.value.lower().split():
        if word in _AS_IT_IS:
            continue
        if word in _ZEROS and name.startswith(_FROM_ZERO):
            continue
        if word == "none" and not name.startswith(("display", "list-", "text-dec")):
            continue
        return False
    return True
