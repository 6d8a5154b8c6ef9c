"""What a rule's ``action`` puts in place of a match."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import compiled
from governance.texts import _

# Vale has these too; they need its speller or its script language.
NOT_SUPPORTED: Final = frozenset(["suggest", "convert"])
_NAMES: Final = frozenset(["replace", "remove", "edit"]) | NOT_SUPPORTED


@dataclass(frozen=True, slots=True)
class Action:
    """How a match is mended.

    Attributes:
        name: "replace", "remove", "edit", …; "" for a rule that mends nothing.
    """

    name: str = ""
    params: tuple[str, ...] = ()

    def replacements(self, match: str) -> tuple[str, ...]:
        """Return what may stand instead of ``match``, the likeliest first."""
        if self.name == "replace":
            return self.params
        if self.name == "remove":
            return ("",)
        if self.name == "edit":
            kind, *params = self.params
            return (_EDITS[kind](match, params).strip(),)
        return ()


NO_ACTION: Final = Action()


def _substituted(match: str, params: list[str]) -> str:
    # Go writes $1 and ${1} where Python writes \1.
    template = compiled(r"\$\{?(\d+)\}?").sub(
        r"\\g<\1>", params[1].replace("\\", r"\\")
    )
    return compiled(params[0]).sub(template, match)


def _split(match: str, params: list[str]) -> str:
    pieces = match.split(params[0])
    number = int(params[1]) if params[1].isdigit() else 0
    return pieces[number] if number < len(pieces) else match


_EDITS: Final[Mapping[str, Callable[[str, list[str]], str]]] = {
    "regex": _substituted,
    "trim": lambda match, params: match.strip(params[0]),
    "trim_left": lambda match, params: match.lstrip(params[0]),
    "trim_right": lambda match, params: match.rstrip(params[0]),
    "truncate": lambda match, params: match.split(params[0])[0],
    "remove": lambda match, params: "".join(c for c in match if c not in params[0]),
    "replace": lambda match, params: match.replace(params[0], params[1]),
    "split": _split,
}
_COUNTS: Final = {"regex": 2, "replace": 2, "split": 2}


def read_action(keys: Keys) -> Action:
    """Read the ``action`` of a rule.

    Raises:
        ContentError: There is no such action, or its parameters do not fit.
    """
    inner = keys.inner("action")
    if inner is None:
        return Action()
    action = Action(inner.text("name"), inner.texts("params"))
    inner.finish()
    if action.name not in _NAMES:
        raise inner.refusal("name", _("There is no such action."))
    if action.name == "edit":
        kind, count = (action.params or ("",))[0], len(action.params) - 1
        if kind not in _EDITS or count != _COUNTS.get(kind, 1):
            raise inner.refusal("params", _("“{key}” do not fit the action “edit”."))
        if kind == "regex":
            inner.checked("params", compiled)
    return action


def is_supported(action: Action) -> bool:
    """Tell whether the action does something here."""
    return action.name not in NOT_SUPPORTED
