"""The rules that Vale itself brings: its vocabularies', and words twice in a row."""

from collections.abc import Iterator
from typing import Final

import yaml

from governance.standards.vale.read_rule import read_rule
from governance.standards.vale.rule import Rule
from governance.standards.vale.vocabulary import Vocabulary
from governance.texts import N_, _

STYLE: Final = "Vale"
# Vale's speller is not run here.
UNSUPPORTED: Final = frozenset(["Vale.Spelling"])

_TERMS: Final = N_("Use '%s' instead of '%s'.")
_AVOID: Final = N_("Avoid using '%s'.")
_REPETITION: Final = N_("'%s' is repeated!")


def built_in(vocabulary: Vocabulary) -> Iterator[Rule]:
    """Return Vale's own rules for ``vocabulary``.

    Raises:
        ContentError: An entry of the vocabulary is no regular expression.
    """
    repeated: dict[str, object] = {
        "extends": "repetition",
        "message": _(_REPETITION),
        "level": "error",
        "ignorecase": True,
        "alpha": True,
        "tokens": [r"[^\s]+"],
    }
    yield _rule("Repetition", repeated)
    phrases = [word for word in vocabulary.accepted if _is_phrase(word)]
    if phrases:
        terms: dict[str, object] = {
            "extends": "substitution",
            "message": _(_TERMS),
            "level": "error",
            "ignorecase": True,
            "vocab": False,
            "action": {"name": "replace"},
            "swap": {word.lower(): word for word in phrases},
        }
        yield _rule("Terms", terms)
    if vocabulary.rejected:
        avoided: dict[str, object] = {
            "extends": "existence",
            "message": _(_AVOID),
            "level": "error",
            "vocab": False,
            "tokens": list(vocabulary.rejected),
        }
        yield _rule("Avoid", avoided)


def _rule(name: str, keys: dict[str, object]) -> Rule:
    rule = read_rule(f"{STYLE}/{name}.yml", yaml.safe_dump(keys, allow_unicode=True))
    assert isinstance(rule, Rule)
    return rule


def _is_phrase(word: str) -> bool:
    return all(char.isalnum() or char in " -" for char in word)
