"""Every form that a part can take: each reachable way through its conditions and loops.

Questions that belong together are answered together (see ``conditions``). Where there
are too many forms, each way of each condition is still in at least one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from governance.kept import kept_texts
from governance.markup.conditions import label
from governance.markup.faults import refusal
from governance.markup.lex import Kind, Token, lex
from governance.markup.mapped import MappedText
from governance.markup.programs import (
    Program,
    Repeat,
    Run,
    UndecidedError,
    Way,
    program_of,
    run_through,
)
from governance.markup.usage import usage

MOST: Final = 64
_TRIES: Final = 2_000  # for one way that may be unreachable


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a form: text, or Jinja that prints or sets a value."""

    kind: Kind
    text: MappedText


@dataclass(frozen=True, slots=True)
class Branch:
    """One form of a part.

    Attributes:
        conditions: What holds in it, to people: "interview.mode is video".
        pieces: Its text, with what it prints still as Jinja.
    """

    conditions: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """All that holds in it; "" for a part without conditions."""
        return ", ".join(self.conditions)

    @property
    def text(self) -> MappedText:
        """The whole of it."""
        return MappedText.joined(piece.text for piece in self.pieces)


def branches(text: MappedText, most: int = MOST) -> tuple[Branch, ...]:
    """Return every form of ``text``, a part with all that it includes.

    Raises:
        MarkupError: What ``expand`` would have refused.
    """
    tokens = lex(text.text)
    for fault in usage(text.text).faults:
        raise refusal(fault, "", text.text)
    pieces: dict[int, Piece] = {}
    found = []
    for conditions, numbers in _forms(text.text, most):
        for number in numbers:
            if number not in pieces:
                start, end = _trimmed(tokens, number)
                pieces[number] = Piece(tokens[number].kind, text[start:end])
        kept = tuple(pieces[number] for number in numbers if pieces[number].text.text)
        found.append(Branch(conditions, kept))
    return tuple(found)


_Form: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]


@kept_texts(1_000_000)
def _forms(source: str, most: int) -> tuple[_Form, ...]:
    program = program_of(lex(source))
    runs = _every_run(program, most) or _covering_runs(program, most)
    seen: set[tuple[int, ...]] = set()
    forms = []
    for run in runs:
        shown = tuple(run.shown)
        if shown in seen:
            continue
        seen.add(shown)
        labels = tuple(
            label(key, program.questions.by_key[key], answer)
            for key, answer in run.answers.items()
        )
        forms.append((labels, shown))
    return tuple(forms)


def _trimmed(tokens: tuple[Token, ...], number: int) -> tuple[int, int]:
    """Return what is left of a text beside tags that trim its white space."""
    token = tokens[number]
    start, end = token.span.start, token.span.end
    if token.kind is Kind.JINJA:
        return start, end
    text = token.text
    if number and tokens[number - 1].trims_after:
        start = end - len(text.lstrip())
    if number + 1 < len(tokens) and tokens[number + 1].trims_before:
        end = token.span.start + len(text.rstrip())
    return start, max(start, end)


def _open(_key: str) -> str | None:
    return None


def _every_run(program: Program, most: int) -> list[Run]:
    """Return every run, or none if there are more than ``most``."""
    runs: list[Run] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        try:
            runs.append(run_through(program, answers, _open))
        except UndecidedError as error:
            choices = program.questions.by_key[error.key].answers()
            waiting.extend({**answers, error.key: each} for each in reversed(choices))
        if len(runs) > most:
            return []
    return runs


def _covering_runs(program: Program, most: int) -> list[Run]:
    """Return at most ``most`` runs in which every reachable way is taken once."""
    balance = _Balance(program)
    runs: list[Run] = []
    covered: set[tuple[int, str]] = set()
    for way, answer in _wanted(program):
        if len(runs) == most:
            break
        if (way.number, answer) not in covered:
            run = _reaching(program, way, answer, balance)
            if run is not None:
                runs.append(run)
                covered |= run.taken
    while len(runs) < most:
        runs.append(run_through(program, {}, balance.choose))
        balance.count(runs[-1])
    return runs


def _wanted(program: Program) -> Iterator[tuple[Way, str]]:
    loops = {
        step.ways[0].number: step.key
        for body in [program.steps, *(way.body for way in program.ways)]
        for step in body
        if isinstance(step, Repeat)
    }
    empties = {
        step.ways[1].number
        for body in [program.steps, *(way.body for way in program.ways)]
        for step in body
        if isinstance(step, Repeat)
    }
    for way in program.ways:
        if way.number in loops:
            question = program.questions.by_key[loops[way.number]]
            for answer in question.answers():
                yield way, answer
        elif way.number not in empties:
            yield way, ""


def _reaching(
    program: Program, way: Way, answer: str, balance: "_Balance"
) -> Run | None:
    """Find a run in which ``way`` is taken, or None if it is unreachable."""

    def choose(key: str) -> str | None:
        return None if key in way.needs else balance.choose(key)

    waiting: list[dict[str, str]] = [{}]
    for _try in range(_TRIES):
        if not waiting:
            break
        answers = waiting.pop()
        try:
            run = run_through(program, answers, choose)
        except UndecidedError as error:
            choices = program.questions.by_key[error.key].answers()
            waiting.extend({**answers, error.key: each} for each in reversed(choices))
            continue
        if (way.number, answer) in run.taken:
            balance.count(run)
            return run
    return None


@dataclass(slots=True)
class _Balance:
    """Chooses the answers that were chosen least so far, beside the one before."""

    program: Program
    singles: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    before: str = ""

    def choose(self, key: str) -> str:
        answers = self.program.questions.by_key[key].answers()
        chosen = min(answers, key=lambda answer: self._weight(key, answer))
        self.before = f"{key}{chosen}"
        return chosen

    def count(self, run: Run) -> None:
        before = ""
        for key, answer in run.answers.items():
            self.singles[key, answer] += 1
            self.pairs[before, key, answer] += 1
            before = f"{key}{answer}"
        self.before = ""

    def _weight(self, key: str, answer: str) -> tuple[int, int]:
        return self.pairs[self.before, key, answer], self.singles[key, answer]
