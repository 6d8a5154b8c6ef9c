"""Reading a rule from its YAML file, strictly."""

from collections.abc import Callable, Mapping
from typing import Final

from governance.errors import ContentError
from governance.standards.finding import Severity
from governance.standards.vale.actions import is_supported, read_action
from governance.standards.vale.checks.capitalization import read_capitalization
from governance.standards.vale.checks.check import Check, Options
from governance.standards.vale.checks.conditional import read_conditional
from governance.standards.vale.checks.existence import read_existence
from governance.standards.vale.checks.occurrence import read_occurrence
from governance.standards.vale.checks.repetition import read_repetition
from governance.standards.vale.checks.substitution import read_substitution
from governance.standards.vale.keys import Keys, read_keys
from governance.standards.vale.patterns import compiled
from governance.standards.vale.rule import (
    NOT_SUPPORTED,
    Header,
    Rule,
    RuleCase,
    Unsupported,
)
from governance.standards.vale.scope import Scope, read_scope
from governance.standards.vale.vocabulary import NO_WORDS, Vocabulary
from governance.texts import _

_READERS: Final[Mapping[str, Callable[[Keys, Options], Check]]] = {
    "capitalization": read_capitalization,
    "conditional": read_conditional,
    "existence": read_existence,
    "occurrence": read_occurrence,
    "repetition": read_repetition,
    "substitution": read_substitution,
}
# Cases of Vale's that are no plain text: they run with Vale alone.
_OTHER_INPUTS: Final = ("format", "view", "config")
# Where each check type has its regular expressions, to name the one that is wrong.
_PATTERNS: Final = (
    *("tokens", "raw", "swap", "token", "first", "second", "match", "exceptions"),
    "prefix",
)


def rule_name(path: str) -> str:
    """Return "Style.Rule" for ``styles/Style/Rule.yml``."""
    folder, _slash, file = path.rpartition("/")
    return f"{folder.rpartition('/')[2]}.{file.removesuffix('.yml')}"


def read_rule(
    path: str, source: str, vocabulary: Vocabulary = NO_WORDS, word_template: str = ""
) -> Rule | Unsupported:
    """Read the rule in the file ``path``.

    Raises:
        ContentError: It is no rule; the problem says where and why.
    """
    keys = read_keys(path, source)
    name = rule_name(path)
    extends = keys.text("extends").strip()
    if not extends:
        raise keys.refusal("extends", _("The key “{key}” is missing."))
    if extends in NOT_SUPPORTED or "." in extends:
        return Unsupported(name, path, extends)
    if extends not in _READERS:
        raise keys.refusal("extends", _("There is no such check type."))
    if keys.flag("code"):
        raise keys.refusal("code", _("“{key}” is no longer used: say “scope: raw”."))
    header = _header(keys, name, path)
    if not is_supported(header.action):
        return Unsupported(name, path, f"action {header.action.name}")
    replaces = header.action.name == "replace" and not header.action.params
    options = Options(vocabulary, word_template, replaces)
    check = _check(keys, _READERS[extends], options)
    keys.finish()
    return Rule(header, check)


def _check(
    keys: Keys, read: Callable[[Keys, Options], Check], options: Options
) -> Check:
    try:
        return read(keys, options)
    except ContentError as error:
        if not error.problems:  # a regular expression: find the one that is wrong
            for key in _PATTERNS:
                keys.checked(key, compiled)
            raise keys.refusal("extends", str(error).replace("{", "{{")) from error
        raise


def _header(keys: Keys, name: str, path: str) -> Header:
    if "message" not in keys:
        raise keys.refusal("message", _("The key “{key}” is missing."))
    keys.text("name")  # Vale lets it stand; the file's name counts
    level = keys.text("level", Severity.WARNING)
    if level not in set(Severity):
        raise keys.refusal(
            "level", _("“{key}” must be “suggestion”, “warning” or “error”.")
        )
    return Header(
        name,
        path,
        keys.text("message"),
        Severity(level),
        _scope(keys),
        keys.text("link"),
        keys.text("description"),
        int(keys.number("limit")),
        read_action(keys),
        tuple(
            _case(case)
            for case in keys.inners("tests")
            if not any(key in case for key in _OTHER_INPUTS)
        ),
    )


def _scope(keys: Keys) -> Scope:
    texts = keys.texts("scope")
    try:
        return read_scope(texts)
    except ContentError as error:
        raise keys.refusal("scope", str(error)) from error


def _case(keys: Keys) -> RuleCase:
    case = RuleCase(
        keys.text("name"),
        keys.text("input"),
        keys.text("want").strip() if "want" in keys else None,
        keys.texts("contains"),
        keys.texts("absent"),
    )
    keys.finish()
    if case.want is None and not case.contains and not case.absent:
        sentence = _("A case needs “want”, “contains” or “absent”.")
        raise keys.refusal("name", sentence)
    return case
