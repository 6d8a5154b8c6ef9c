"""A block of readable text, as style rules see it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from governance.markup.mapped import MappedText, Place
from governance.names import Span
from governance.standards.reading import Joined, Reading
from governance.texts import _

_COMMENT: Final = re.compile(r"<!--(?P<said>.*?)-->", re.DOTALL)
_CONTROL: Final = re.compile(r"\s*vale\s+(?P<said>.+?)\s*", re.DOTALL)
_SWITCH: Final = re.compile(
    r"(?P<rule>[^\s\[\]=]+\.[^\s\[\]=]+)(?:\[(?P<match>.+)\])?\s*=\s*(?P<on>YES|NO)"
)


@dataclass(frozen=True, slots=True)
class Silence:
    """What comments of the author switch off for a while.

    An error is never silenced: it must not go out, whatever a comment says. Whatever
    is silenced is told as a finding of its own, since only a waiver has an owner.

    Attributes:
        is_off: Whether every rule is off.
        rules: "Style.Rule", or "Style.Rule[match]", → whether it is off.
    """

    is_off: bool = False
    rules: tuple[tuple[str, bool], ...] = ()

    def covers(self, rule: str, match: str) -> bool:
        """Tell whether a finding of ``rule`` on ``match`` is silenced."""
        said = dict(self.rules)
        return self.is_off or said.get(f"{rule}[{match}]", said.get(rule, False))

    def after(self, comment: str) -> "Silence":
        """Return what holds after ``comment``, without its ``<!--`` and ``-->``."""
        control = _CONTROL.fullmatch(comment)
        if control is None:
            return self
        said = control["said"]
        if said in {"off", "on"}:
            return Silence(said == "off", self.rules)
        switch = _SWITCH.fullmatch(said)
        if switch is None:
            return self
        match = (switch["match"] or "").strip("\"' ")
        key = f"{switch['rule']}[{match}]" if match else switch["rule"]
        rules: Mapping[str, bool] = {**dict(self.rules), key: switch["on"] == "NO"}
        return Silence(self.is_off, tuple(sorted(rules.items())))


SPEAKS: Final = Silence()


def comments_in(source: str) -> Iterator[Span]:
    """Return where comments of ``source`` switch rules off."""
    for comment in _COMMENT.finditer(source):
        if SPEAKS.after(comment["said"]) != SPEAKS:
            yield Span(*comment.span())


def told() -> str:
    """Return what is said of a comment that switches rules off."""
    return _(
        "This comment switches style rules off without anyone answering for it; errors "
        "stay. Ask for a waiver instead."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A piece of text with the scopes that it belongs to.

    Attributes:
        reading: What it is a stretch of.
        start: Where it begins there.
        sections: {"text", "heading", "h1"}: what a rule's scope is compared with.
        parent: Of what it is cut from, for scopes that leave something out.
    """

    text: str
    reading: Reading | Joined
    start: int
    sections: frozenset[str]
    parent: frozenset[str]
    silence: Silence = SPEAKS

    def mapped(self, start: int, end: int) -> MappedText:
        """Return a stretch of the block with its places."""
        return self.reading.mapped(self.start + start, self.start + end)

    def place(self, start: int, end: int) -> Place | None:
        """Return where the author finds a stretch of the block."""
        return self.reading.place(self.start + start, self.start + end)
