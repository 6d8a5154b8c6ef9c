"""What the tour says, and what it proved."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from governance.errors import ExpectedError
from governance.texts import _

JSON: TypeAlias = dict[str, object]


class NotHeldError(ExpectedError):
    """A step of the tour did not prove what it is there to prove."""


@dataclass(slots=True)
class Step:
    """One step.

    Attributes:
        seconds: How long it took.
        proved: What it proved, a sentence each.
    """

    id: str
    ok: bool = False
    seconds: float = 0.0
    proved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was tried, and what it was refused with."""

    attempt: str
    code: str
    sentence: str


@dataclass(slots=True)
class Telling:
    """Tells the story while it happens, and remembers it for programs.

    Attributes:
        say: Prints a line for people.
    """

    say: Callable[[str], None]
    steps: list[Step] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[None]:
        """Tell a step; what goes wrong in it ends the tour.

        Raises:
            ExpectedError: Whatever the step failed with.
        """
        self.steps.append(Step(name))
        started = time.monotonic()
        self.say(f"\n{len(self.steps)}. {title}")
        try:
            yield
            self.steps[-1].ok = True
        finally:
            self.steps[-1].seconds = round(time.monotonic() - started, 3)

    def tell(self, text: str) -> None:
        """Say what happens."""
        self.say(f"   {text}")

    def prove(self, text: str, *, holds: bool) -> None:
        """Say what was proved.

        Raises:
            NotHeldError: It does not hold.
        """
        if not holds:
            raise NotHeldError(_("This does not hold: {text}").format(text=text))
        self.steps[-1].proved.append(text)
        self.say(f"   ✓ {text}")

    def refuse(
        self,
        attempt: str,
        deed: Callable[[], object],
        *codes: str,
    ) -> None:
        """Try something that must be refused with one of ``codes``, and tell it.

        Raises:
            NotHeldError: It was not refused, or with another code.
        """
        try:
            deed()
        except ExpectedError as error:
            code, sentence = code_of(error), str(error)
        else:
            raise NotHeldError(_("This was not refused: {text}").format(text=attempt))
        self.note_refusal(attempt, code, sentence, *codes)

    def note_refusal(self, attempt: str, code: str, sentence: str, *codes: str) -> None:
        """Tell what was refused elsewhere.

        Raises:
            NotHeldError: It was refused with another code than one of ``codes``.
        """
        self.refusals.append(Refusal(attempt, code, sentence))
        text = _("{attempt}: refused. {sentence}").format(
            attempt=attempt, sentence=sentence
        )
        shown = text if f"({code})" in text else f"{text} ({code})"
        self.prove(shown, holds=code in codes)

    def as_json(self) -> JSON:
        """Return the steps and the refusals."""
        return {
            "refusals": [
                {"attempt": one.attempt, "code": one.code, "sentence": one.sentence}
                for one in self.refusals
            ],
            "steps": [
                {
                    "id": one.id,
                    "ok": one.ok,
                    "seconds": one.seconds,
                    "proved": list(one.proved),
                }
                for one in self.steps
            ],
        }


def code_of(error: ExpectedError) -> str:
    """Return the word for programs: the error's own, or that of its first problem."""
    problems = getattr(error, "problems", ())
    return error.code or (problems[0].code if problems else type(error).__name__)
