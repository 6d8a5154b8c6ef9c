"""A part as a program: what it shows, once its questions are answered."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from governance.markup.conditions import (
    NONE,
    TWO,
    Constant,
    Formula,
    Questions,
    Undecided,
    decide,
    keys_of,
)
from governance.markup.expression import Tag, read_construct
from governance.markup.lex import Token


@dataclass(slots=True)
class Way:
    """One way through a block.

    Attributes:
        formula: What has to hold; True for the last way.
        number: Its number in the whole program.
        needs: The questions that decide whether it is reached at all.
    """

    formula: Formula
    number: int
    needs: frozenset[str]
    body: "list[Step]" = field(default_factory=list)


@dataclass(slots=True)
class Choice:
    """A condition with its ways, in order."""

    ways: list[Way]


@dataclass(slots=True)
class Repeat:
    """A loop: its body, and what stands for an empty list."""

    key: str
    ways: list[Way]


Step: TypeAlias = int | Choice | Repeat


@dataclass(slots=True)
class Program:
    """A part as steps: numbers of tokens, choices and repeats."""

    steps: list[Step]
    ways: list[Way]
    questions: Questions


def program_of(tokens: tuple[Token, ...]) -> Program:
    """Read a part's tokens as a program."""
    return _Builder(_aliases(tokens)).build(tokens)


def _aliases(tokens: tuple[Token, ...]) -> Questions:
    """Find what is set once, outside of every block, and so means one thing."""
    questions, depth = Questions(), 0
    times: Counter[str] = Counter()
    for token in tokens:
        if not token.is_block:
            continue
        said = read_construct(token.text)
        depth += said.tag in {Tag.IF, Tag.FOR}
        depth -= said.tag in {Tag.END_IF, Tag.END_FOR}
        times.update(said.targets)
        if said.tag is Tag.SET and len(said.targets) == 1 and said.expression:
            name = said.targets[0]
            is_itself = name in {use.name.partition(".")[0] for use in said.names}
            if depth == 0 and not is_itself:
                questions.aliases[name] = said.expression
    for name, count in times.items():
        if count > 1:
            questions.aliases.pop(name, None)
    return questions


@dataclass(slots=True)
class _Builder:
    questions: Questions
    ways: list[Way] = field(default_factory=list)
    open: list[Choice | Repeat] = field(default_factory=list)

    def build(self, tokens: tuple[Token, ...]) -> Program:
        steps: list[Step] = []
        for number, token in enumerate(tokens):
            body = self.open[-1].ways[-1].body if self.open else steps
            said = read_construct(token.text) if token.is_block else None
            tag = said.tag if said else None
            expression = said.expression if said else None
            if tag is Tag.IF and expression:
                choice = Choice([self._way(self.questions.formula(expression))])
                body.append(choice)
                self.open.append(choice)
            elif tag is Tag.FOR and expression:
                key = self.questions.loop(expression)
                repeat = Repeat(key, [self._way(True, key)])  # noqa: FBT003 -- holds
                body.append(repeat)
                self.open.append(repeat)
            elif tag is Tag.ELIF and expression and self.open:
                formula = self.questions.formula(expression)
                self.open[-1].ways.append(self._way(formula))
            elif tag is Tag.ELSE and self.open:
                self._else()
            elif tag in {Tag.END_IF, Tag.END_FOR} and self.open:
                self._end()
            elif tag in {None, Tag.SET} and not token.is_comment:
                body.append(number)
        return Program(steps, self.ways, self.questions)

    def _else(self) -> None:
        block = self.open[-1]
        key = block.key if isinstance(block, Repeat) else ""
        block.ways.append(self._way(True, key))  # noqa: FBT003 -- holds

    def _end(self) -> None:
        block = self.open[-1]
        if isinstance(block, Repeat) and len(block.ways) == 1:
            self._else()
        if isinstance(block, Choice) and block.ways[-1].formula is not True:
            self._else()
        self.open.pop()

    def _way(self, formula: Formula, key: str = "") -> Way:
        """Number a way, and gather what decides whether it is reached."""
        needs = keys_of(formula) | ({key} if key else set())
        for block in self.open:
            needs |= {key for way in block.ways for key in way.needs}
        way = Way(formula, len(self.ways), frozenset(needs))
        self.ways.append(way)
        return way


@dataclass(slots=True)
class Run:
    """One run through a program.

    Attributes:
        answers: What was asked, with its answer, in order.
        shown: The numbers of the tokens that are shown.
        taken: The numbers of the ways that were taken; a loop's are its counts.
    """

    answers: dict[str, str]
    shown: list[int] = field(default_factory=list)
    taken: set[tuple[int, str]] = field(default_factory=set)


Chooser: TypeAlias = Callable[[str], str | None]


class UndecidedError(Exception):
    """A question that nobody answers; never leaves this room."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def run_through(program: Program, answers: Mapping[str, str], choose: Chooser) -> Run:
    """Run ``program``; what is not answered yet, ``choose`` answers.

    Raises:
        UndecidedError: ``choose`` leaves it open.
    """
    run = Run(dict(answers))
    _walk(program.steps, run, choose, {})
    return run


def _walk(
    steps: list[Step],
    run: Run,
    choose: Chooser,
    known: Mapping[str, Constant],
) -> None:
    for step in steps:
        match step:
            case int():
                run.shown.append(step)
            case Choice():
                for way in step.ways:
                    if _holds(way.formula, run, choose, known):
                        run.taken.add((way.number, ""))
                        _walk(way.body, run, choose, known)
                        break
            case Repeat():
                answer = _answer(step.key, run, choose)
                body, empty = step.ways
                run.taken.add((body.number, answer))
                times = 0 if answer == NONE else 1 + (answer == TWO)
                for index in range(times):
                    inside = {**known, **_loop_values(index, times)}
                    _walk(body.body, run, choose, inside)
                if not times:
                    _walk(empty.body, run, choose, known)


def _loop_values(index: int, times: int) -> Mapping[str, Constant]:
    return {
        "loop.first": index == 0,
        "loop.last": index == times - 1,
        "loop.index": index + 1,
        "loop.index0": index,
        "loop.length": times,
        "loop.revindex": times - index,
        "loop.revindex0": times - index - 1,
    }


def _holds(
    formula: Formula, run: Run, choose: Chooser, known: Mapping[str, Constant]
) -> bool:
    while True:
        decided = decide(formula, run.answers, known)
        if not isinstance(decided, Undecided):
            return decided
        _answer(decided.key, run, choose)


def _answer(key: str, run: Run, choose: Chooser) -> str:
    if key not in run.answers:
        chosen = choose(key)
        if chosen is None:
            raise UndecidedError(key)
        run.answers[key] = chosen
    return run.answers[key]
