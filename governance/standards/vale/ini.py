"""Reading .vale.ini: which rules run on which files, and how severe they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from governance.errors import Problem
from governance.markup.mapped import problem_at
from governance.names import Span
from governance.standards.finding import Severity
from governance.standards.vale.globs import fits, is_measured
from governance.texts import _

PATH: Final = ".vale.ini"

_SECTION: Final = re.compile(r"\s*\[(?P<name>.+)\]\s*(?:[#;].*)?")
_PAIR: Final = re.compile(r"\s*(?P<key>[^=:]+?)\s*[=:]\s*(?P<value>.*)")
_COMMENT: Final = re.compile(r"\s+[#;].*")
_SWITCHES: Final = {"YES": True, "NO": False}
# Vale reads these and they change nothing here: our parts are never Markdown, and what
# is Jinja or a tag is never text.
_WITHOUT_EFFECT: Final = frozenset(
    [
        *("Packages", "NLPEndpoint", "DictionaryPath", "IgnoredScopes", "Lang"),
        *("SkippedScopes", "IgnoredClasses", "BlockIgnores", "TokenIgnores"),
        *("Transform", "CommentDelimiters", "IgnorePatterns"),
    ]
)
_FORMATS: Final = frozenset(["formats", "asciidoctor"])


@dataclass(frozen=True, slots=True)
class Section:
    """What is said for the files that fit a glob.

    Attributes:
        glob: "*" is every file.
        styles: None where the section does not say.
        rules: Rule → off, on, or on with this severity.
    """

    glob: str
    styles: tuple[str, ...] | None = None
    rules: Mapping[str, bool | Severity] = field(default_factory=dict)

    def covers(self, path: str) -> bool:
        """Tell whether the section is for ``path``."""
        return fits(self.glob, path)


@dataclass(frozen=True, slots=True)
class Ini:
    """All of .vale.ini.

    Attributes:
        lowest: Rules below this severity do not run.
        problems: What could not be read; the rest holds.
        ignored: Keys that Vale knows and that have no effect here.
    """

    styles_path: str = "styles"
    lowest: Severity = Severity.SUGGESTION
    vocabularies: tuple[str, ...] = ()
    word_template: str = ""
    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()

    def verdicts(self, path: str) -> "Verdicts":
        """Return which rules run on ``path``.

        As Vale has it: the last section that fits says which styles; a rule's own line
        in a later section counts more.
        """
        styles: tuple[str, ...] = ()
        rules: dict[str, bool | Severity] = {}
        for section in self.sections:
            if section.covers(path):
                styles = styles if section.styles is None else section.styles
                rules |= section.rules
        return Verdicts(frozenset(styles), tuple(sorted(rules.items())))


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which rules run on a file; equal ones are equal for any file."""

    styles: frozenset[str]
    rules: tuple[tuple[str, bool | Severity], ...]

    def severity(self, name: str, level: Severity) -> Severity | None:
        """Return how severe the rule ``name`` is here, or None where it is off."""
        said = dict(self.rules).get(name)
        if said is False:
            return None
        if said is None:
            return level if name.partition(".")[0] in self.styles else None
        return level if said is True else said


@dataclass(slots=True)
class _Reader:
    path: str
    source: str
    values: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, "_Open"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)

    def refuse(self, sentence: str, span: Span) -> None:
        problem = problem_at("vale-ini", sentence, self.path, self.source, span)
        self.problems.append(problem)


@dataclass(slots=True)
class _Open:
    styles: tuple[str, ...] | None = None
    rules: dict[str, bool | Severity] = field(default_factory=dict)


def read_ini(source: str, path: str = PATH) -> Ini:
    """Read .vale.ini; what is wrong in it becomes a problem, and the rest holds."""
    reader = _Reader(path, source)
    section = ""
    for text, span in _lines(source):
        if head := _SECTION.fullmatch(text):
            section = head["name"].strip()
            if not is_measured(section):
                reader.refuse(_("This glob is too long, or has too many braces."), span)
            elif section not in _FORMATS:
                reader.sections.setdefault(section, _Open())
        elif section in _FORMATS or not is_measured(section):
            continue
        elif pair := _PAIR.fullmatch(text):
            _read_pair(reader, section, pair["key"], _value(pair["value"]), span)
        else:
            reader.refuse(_("This is neither a section nor “key = value”."), span)
    return Ini(
        (reader.values.get("StylesPath") or ["styles"])[0].strip("/"),
        _lowest(reader),
        _listed(reader.values.get("Vocab", ())),
        (reader.values.get("WordTemplate") or [""])[0],
        tuple(
            Section(glob, opened.styles, opened.rules)
            for glob, opened in _globals_first(reader.sections)
        ),
        tuple(reader.problems),
        tuple(sorted(reader.ignored)),
    )


def _read_pair(reader: _Reader, section: str, key: str, value: str, span: Span) -> None:
    if key in _WITHOUT_EFFECT:
        reader.ignored.add(key)
    elif not section:
        if key not in {"StylesPath", "MinAlertLevel", "Vocab", "WordTemplate"}:
            reader.refuse(_("“{key}” is no setting.").format(key=key), span)
        reader.values.setdefault(key, []).append(value)
    elif key == "BasedOnStyles":
        opened = reader.sections[section]
        opened.styles = (opened.styles or ()) + _listed([value])
    elif "." not in key:
        reader.refuse(_("“{key}” is no rule: write Style.Rule.").format(key=key), span)
    elif value in _SWITCHES:
        reader.sections[section].rules[key] = _SWITCHES[value]
    elif value in set(Severity):
        reader.sections[section].rules[key] = Severity(value)
    else:
        sentence = _("“{value}” must be YES, NO, suggestion, warning or error.")
        reader.refuse(sentence.format(value=value), span)


def _lowest(reader: _Reader) -> Severity:
    value = (reader.values.get("MinAlertLevel") or [Severity.SUGGESTION])[0]
    if value in set(Severity):
        return Severity(value)
    sentence = _("MinAlertLevel must be suggestion, warning or error.")
    at = reader.source.find("MinAlertLevel")
    reader.refuse(sentence, Span(at, at + len("MinAlertLevel")))
    return Severity.SUGGESTION


def _lines(source: str) -> Iterator[tuple[str, Span]]:
    at = 0
    for line in source.split("\n"):
        if line.strip() and line.lstrip()[0] not in "#;":
            yield line, Span(at, at + len(line))
        at += len(line) + 1


def _value(text: str) -> str:
    value = _COMMENT.split(f" {text}", maxsplit=1)[0].strip()
    for quote in ('"""', '"', "'", "`"):
        if len(value) >= 2 * len(quote) and value[: len(quote)] == quote:
            return value[len(quote) :].removesuffix(quote)
    return value


def _listed(values: Iterable[str]) -> tuple[str, ...]:
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


def _globals_first(sections: Mapping[str, _Open]) -> list[tuple[str, _Open]]:
    """Put [*] before the others, wherever it stands: it is what they refine."""
    return sorted(sections.items(), key=_is_particular)


def _is_particular(item: tuple[str, _Open]) -> bool:
    return item[0] != "*"
