"""A repository's style guide: .vale.ini, its rules and its vocabularies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from governance.errors import ContentError, Problem
from governance.markup.mapped import problem_of_file
from governance.standards.finding import Severity
from governance.standards.vale.built_in import STYLE, UNSUPPORTED, built_in
from governance.standards.vale.cases import run_cases
from governance.standards.vale.ini import PATH, Ini, Verdicts, read_ini
from governance.standards.vale.patterns import PatternTooSlowError, compiled
from governance.standards.vale.read_rule import read_rule, rule_name
from governance.standards.vale.rule import Rule, Unsupported
from governance.standards.vale.vocabulary import Vocabulary, read_words
from governance.texts import _

# Where Vale keeps vocabularies, now and before its version 3.
_VOCABULARIES: Final = ("{styles}/config/vocabularies/{name}", "{styles}/Vocab/{name}")


@dataclass(frozen=True, slots=True, eq=False)
class StyleGuide:
    """The rules that a repository brings along; equal files give the same guide.

    Attributes:
        problems: Files that are no rules, and lines of .vale.ini that cannot be read.
        unsupported: Rules that Vale would run and we do not.
    """

    ini: Ini
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    unsupported: tuple[Unsupported, ...]

    def rules_for(self, verdicts: Verdicts) -> tuple[tuple[Rule, Severity], ...]:
        """Return the rules that run under ``verdicts``, with their severity."""
        return tuple(
            (rule, severity)
            for rule in self.rules
            if (severity := verdicts.severity(rule.header.name, rule.header.level))
            and severity.rank >= self.ini.lowest.rank
        )


def style_guide(texts: Mapping[str, str]) -> StyleGuide:
    """Return the style guide among the files ``texts``; without .vale.ini it is empty.

    What cannot be read becomes a problem; the rest is kept for equal files.
    """
    if PATH not in texts:
        return _guide("", ())
    styles = read_ini(texts[PATH]).styles_path
    files = tuple(
        (path, texts[path]) for path in sorted(texts) if path.startswith(f"{styles}/")
    )
    return _guide(texts[PATH], files)


def case_problems(guide: StyleGuide) -> Iterator[Problem]:
    """Run the cases of every rule, and tell of those that are not met."""
    for rule in guide.rules:
        try:
            failed = [result for result in run_cases(rule) if not result.is_met]
        except PatternTooSlowError as error:
            yield problem_of_file("vale-slow", str(error), rule.header.path)
            continue
        for result in failed:
            message = _("The case “{case}” is not met: the rule says {got}.").format(
                case=result.case.name,
                got=f"“{result.got}”" if result.got else _("nothing"),
            )
            yield problem_of_file("vale-case", message, rule.header.path)


@lru_cache(maxsize=4)
def _guide(ini_text: str, files: tuple[tuple[str, str], ...]) -> StyleGuide:
    ini = read_ini(ini_text)
    texts = dict(files)
    vocabulary, problems = _vocabulary(ini, texts)
    problems += ini.problems
    rules = [*built_in(vocabulary)]
    unsupported: list[Unsupported] = []
    for path, text in files:
        if not _is_rule(path, ini.styles_path):
            continue
        try:
            rule = read_rule(path, text, vocabulary, ini.word_template)
        except ContentError as error:
            problems += error.problems
            continue
        if isinstance(rule, Rule):
            rules.append(rule)
        else:
            unsupported.append(rule)
    names = {rule.header.name for rule in rules} | {rule.name for rule in unsupported}
    broken = {rule_name(problem.path) for problem in problems if problem.path != PATH}
    problems += tuple(_unknown(ini, names | broken | UNSUPPORTED))
    return StyleGuide(ini, tuple(rules), problems, tuple(unsupported))


def _is_rule(path: str, styles: str) -> bool:
    folders = path.removeprefix(f"{styles}/").split("/")
    return path.endswith(".yml") and len(folders) > 1 and folders[0] != "config"


def _unknown(ini: Ini, names: set[str]) -> Iterator[Problem]:
    styles = {name.partition(".")[0] for name in names} | {STYLE}
    for section in ini.sections:
        for style in section.styles or ():
            if style not in styles:
                message = _("[{glob}] asks for the style “{style}”, which has no rule.")
                yield problem_of_file(
                    "vale-ini", message.format(glob=section.glob, style=style), PATH
                )
        for rule in section.rules:
            if rule not in names:
                message = _("[{glob}] names the rule “{rule}”, which is not there.")
                yield problem_of_file(
                    "vale-ini", message.format(glob=section.glob, rule=rule), PATH
                )


def _vocabulary(
    ini: Ini, texts: Mapping[str, str]
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    accepted: list[str] = []
    rejected: list[str] = []
    problems: list[Problem] = []
    for name in ini.vocabularies:
        folders = [
            folder.format(styles=ini.styles_path, name=name) for folder in _VOCABULARIES
        ]
        lists = [
            texts.get(f"{folder}/{kind}.txt")
            for folder in folders
            for kind in ("accept", "reject")
        ]
        if not any(text is not None for text in lists):
            message = _("There is no vocabulary “{name}”.").format(name=name)
            problems.append(problem_of_file("vale-ini", message, PATH))
        for folder in folders:
            for kind, words in (("accept", accepted), ("reject", rejected)):
                path = f"{folder}/{kind}.txt"
                usable, refused = _usable(path, texts.get(path, ""))
                words.extend(usable)
                problems.extend(refused)
    return Vocabulary(tuple(accepted), tuple(rejected)), tuple(problems)


def _usable(path: str, text: str) -> tuple[list[str], list[Problem]]:
    usable: list[str] = []
    problems: list[Problem] = []
    for word in read_words(text):
        try:
            compiled(word)
        except ContentError as error:
            problems.append(problem_of_file("vale-rule", str(error), path))
        else:
            usable.append(word)
    return usable, problems
