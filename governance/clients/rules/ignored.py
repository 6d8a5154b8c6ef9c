"""Properties and values that clients ignore, as caniemail's dated tests found them."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from governance.clients.rule import CANIEMAIL, Confidence, OnDeclaration, Rule
from governance.clients.rules.ignored_words import WORDS
from governance.rendering.sheets import Declaration


class _Property(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    names: tuple[str, ...]
    date: str
    clients: frozenset[str]


class _Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    pattern: str
    date: str
    clients: frozenset[str]


class _Ignored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    property: tuple[_Property, ...]
    value: tuple[_Value, ...]


@cache
def ignored_rules() -> tuple[Rule, ...]:
    """Return a rule for each property and each kind of value that some ignore."""
    text = (files("resources") / "clients" / "ignored.toml").read_bytes()
    read = msgspec.toml.decode(text, type=_Ignored)
    return (
        *(_rule(one, OnDeclaration(_nothing, one.names)) for one in read.property),
        *(_rule(one, _without(one)) for one in read.value),
    )


def _rule(one: _Property | _Value, work: OnDeclaration) -> Rule:
    title, says = WORDS[one.id]
    return Rule(
        one.id,
        title,
        says,
        one.clients,
        CANIEMAIL.format(one.id),
        one.date,
        Confidence.TESTED,
        work,
    )


def _nothing(_found: Declaration) -> Sequence[Declaration]:
    return ()


def _without(one: _Value) -> OnDeclaration:
    pattern = re.compile(one.pattern, re.IGNORECASE)

    def change(found: Declaration) -> Sequence[Declaration]:
        return () if pattern.search(found.value) else (found,)

    return OnDeclaration(change, () if one.name == "*" else (one.name,))
