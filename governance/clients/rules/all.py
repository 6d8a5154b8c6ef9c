"""All rules, in the order in which they are applied."""

from functools import cache

from governance.clients.rule import Rule
from governance.clients.rules import dark, elements, media, sheets, source, texts, word
from governance.clients.rules.ignored import ignored_rules


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule: shapes are drawn before their styles are looked at."""
    return (
        *source.RULES,
        *word.RULES,
        *elements.RULES,
        *media.RULES,
        *sheets.RULES,
        *texts.RULES,
        *ignored_rules(),
        *dark.RULES,
    )


@cache
def rules_of(client: str) -> tuple[Rule, ...]:
    """Return the rules of the client called ``client``, in their order."""
    return tuple(rule for rule in all_rules() if client in rule.clients)


@cache
def rule(id: str) -> Rule:  # noqa: A002 -- the word
    """Return the rule that is called so.

    Raises:
        KeyError: There is none.
    """
    return {one.id: one for one in all_rules()}[id]
