"""Running the style rules over every form of every part.

A block of text is judged once, however many forms and templates it appears in; what is
found is told once, with the conditions under which a candidate reads it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from governance.errors import as_sentence
from governance.kept import Kept
from governance.markup.mapped import MappedText, Place
from governance.names import Span
from governance.standards.block import Block, comments_in, told
from governance.standards.branching import with_branches
from governance.standards.checked import MOST_KEPT, Checked, Part, size_of
from governance.standards.finding import Finding, Severity
from governance.standards.mending import fixes_for
from governance.standards.prose import blocks_of
from governance.standards.reading import whole
from governance.standards.vale.checks.check import Memory
from governance.standards.vale.guide import StyleGuide
from governance.standards.vale.ini import Verdicts
from governance.standards.vale.patterns import PatternTooSlowError
from governance.standards.vale.rule import Alert, Rule

_Running: TypeAlias = tuple[tuple[Rule, Severity], ...]
_RAW = frozenset(["raw"])


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rules say about a block; ``slow`` ones could not be finished."""

    alerts: tuple[tuple[Rule, Severity, Alert], ...]
    slow: tuple[tuple[Rule, str], ...] = ()


def style_findings(checked: Checked, guide: StyleGuide) -> Iterator[Finding]:
    """Judge every part of a template by the style guide.

    A rule that cannot be read is told with every template: it judges none.
    """
    for problem in guide.problems:
        span = Span(problem.start, problem.end)
        yield checked.at(
            problem.code.replace("-", ".", 1),
            Severity.ERROR,
            as_sentence(problem.message),
            Place(problem.path, span),
        )
    for part in checked.parts:
        if part.expanded is not None:
            judge = _Judge(checked, guide, part)
            yield from _kept.get((guide, part), judge.told)


@dataclass(slots=True)
class _Judge:
    """Judges one part, and gathers what is found over its forms."""

    checked: Checked
    guide: StyleGuide
    part: Part
    found: dict[tuple[str, Place, str], Finding] = field(default_factory=dict)
    seen_in: dict[tuple[str, Place, str], list[int]] = field(default_factory=dict)
    slow: dict[str, Finding] = field(default_factory=dict)

    def told(self) -> tuple[Finding, ...]:
        """Return all findings of the part."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        verdicts = self.guide.ini.verdicts(self.part.path)
        for number, form in enumerate(self.part.forms):
            memories: dict[str, Memory] = {}
            for block in blocks_of(form.text, self.part.name):
                self._judge(block, verdicts, memories, number)
        for block in self._files():
            for number in range(len(self.part.forms)):
                self._judge(block, verdicts, {}, number)
        yield from self._limited()
        yield from self.slow.values()
        yield from self._controls()

    def _judge(
        self,
        block: Block,
        verdicts: Verdicts,
        memories: dict[str, Memory],
        number: int,
    ) -> None:
        said = _said(self.guide, verdicts, block.text, block.sections, block.parent)
        self._keep(block, said, number)
        for rule, severity in _running(
            self.guide, verdicts, block.sections, block.parent
        ):
            if rule.check.remembers:
                memory = memories.setdefault(rule.header.name, Memory())
                running = ((rule, severity),)
                self._keep(block, _judged(running, block.text, memory), number)

    def _keep(self, block: Block, said: _Said, number: int) -> None:
        for rule, severity, alert in said.alerts:
            match = block.text[alert.start : alert.end]
            is_silent = severity is not Severity.ERROR and block.silence.covers(
                rule.header.name, match
            )
            if is_silent:
                continue
            mapped = block.mapped(alert.start, alert.end)
            if _stands_in(rule, mapped):
                continue
            place = block.place(alert.start, alert.end)
            if place is None:
                continue
            key = (rule.header.name, place, alert.message)
            self.seen_in.setdefault(key, []).append(number)
            if key not in self.found:
                fixes = fixes_for(alert, block, self.part, self.checked.sources)
                self.found[key] = self.checked.at(
                    rule.header.name,
                    severity,
                    alert.message,
                    place,
                    self.part,
                    match=match,
                    fixes=fixes,
                )
        for rule, message in said.slow:
            self.slow[rule.header.name] = self.checked.in_file(
                "vale.slow", Severity.WARNING, message, rule.header.path
            )

    def _limited(self) -> Iterator[Finding]:
        limits = {rule.header.name: rule.header.limit for rule in self.guide.rules}
        counts: Counter[tuple[str, str]] = Counter()
        for key, finding in self.found.items():
            counts[finding.rule, finding.file] += 1
            limit = limits.get(finding.rule, 0)
            if not limit or counts[finding.rule, finding.file] <= limit:
                yield with_branches(finding, self.part, set(self.seen_in[key]))

    def _files(self) -> Iterator[Block]:
        """Return the author's files whole, for rules of the scope ``raw``."""
        for path in self.part.files:
            file = MappedText.of(path, self.checked.sources.texts[path])
            yield Block(file.text, whole(file, 0, len(file)), 0, _RAW, _RAW)

    def _controls(self) -> Iterator[Finding]:
        assert self.part.expanded is not None, "it was looked at before"
        if self.part.dialect is None:
            return
        for span in comments_in(self.part.expanded.text):
            yield self.checked.at(
                "vale.inline-control",
                Severity.SUGGESTION,
                told(),
                self.part.place(span),
                self.part,
            )


# Part and guide are the same for the same texts, and nothing else is looked at.
_kept: Final = Kept[tuple[StyleGuide, Part], tuple[Finding, ...]](
    MOST_KEPT, lambda key: size_of(key[1].expanded)
)


@lru_cache(maxsize=32_768)
def _said(
    guide: StyleGuide,
    verdicts: Verdicts,
    text: str,
    sections: frozenset[str],
    parent: frozenset[str],
) -> _Said:
    running = tuple(
        (rule, severity)
        for rule, severity in _running(guide, verdicts, sections, parent)
        if not rule.check.remembers
    )
    return _judged(running, text, Memory())


@lru_cache(maxsize=1024)
def _running(
    guide: StyleGuide,
    verdicts: Verdicts,
    sections: frozenset[str],
    parent: frozenset[str],
) -> _Running:
    return tuple(
        (rule, severity)
        for rule, severity in guide.rules_for(verdicts)
        if rule.header.scope.fits(sections, parent)
    )


def _judged(running: _Running, text: str, memory: Memory) -> _Said:
    alerts: list[tuple[Rule, Severity, Alert]] = []
    slow: list[tuple[Rule, str]] = []
    for rule, severity in running:
        try:
            for alert in rule.alerts(text, memory):
                alerts.append((rule, severity, alert))  # noqa: PERF401 -- may stop
        except PatternTooSlowError as error:
            slow.append((rule, str(error)))
    return _Said(tuple(alerts), tuple(slow))


def _stands_in(rule: Rule, match: MappedText) -> bool:
    """Tell whether a match lies in what only stands for a merge field."""
    if rule.check.judges_blocks or not match.text:
        return False
    return all(
        not stretch.is_verbatim and stretch.end - stretch.start > 1
        for stretch in match.stretches
    )
