"""Which selectors of a style sheet a client follows."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from governance.clients.css import Block, subject_of
from governance.clients.rule import (
    BUGS,
    CANIEMAIL,
    GMAIL,
    GMAIL_ALL,
    OUTLOOK,
    WORD,
    YAHOO,
    Circumstance,
    Confidence,
    OnBlock,
    Rule,
)
from governance.texts import N_

_QUOTED: Final = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")
_ATTRIBUTE: Final = re.compile(r"\[[^\]]*\]")
_CLASS_CHAIN: Final = re.compile(r"([.#][\w-]+)(?:[.#][\w-]+)+")
_WORD_LIST: Final = re.compile(r"\[\s*class\s*~=", re.IGNORECASE)
_PLAIN_VALUE: Final = re.compile(r"\[\s*[\w-]+\s*=[^\]]*\]")
_OUTLOOK_OWN: Final = re.compile(r"\[\s*data-og[a-z]{2}\b")
_ALONE: Final = re.compile(r"(?:^|(?<=[\s>+~]))\[(?!\s*data-og)[^\]]*\]\s*")
_YAHOO_CLASS: Final = re.compile(r"\.(?:[_-][\w-]*|[\w-]*__)(?![\w-])")


def _selectors(keep: Callable[[str], bool]) -> OnBlock:
    def change(block: Block, _circumstance: Circumstance) -> Block | None:
        if block.is_at_rule:
            return block
        selectors = block.selectors
        kept = [one for one in selectors if keep(one)]
        return block if len(kept) == len(selectors) else block.with_selectors(kept)

    return OnBlock(change)


def _rewritten(change_one: Callable[[str], str]) -> OnBlock:
    def change(block: Block, _circumstance: Circumstance) -> Block | None:
        if block.is_at_rule:
            return block
        selectors = block.selectors
        changed = [change_one(one) for one in selectors]
        if list(selectors) == changed:
            return block
        return block.with_selectors(one for one in changed if one)

    return OnBlock(change)


def _bare(selector: str) -> str:
    """Leave out what stands in brackets and quotes."""
    return _QUOTED.sub("", selector)


def _has(*marks: str) -> Callable[[str], bool]:
    return lambda selector: not any(mark in _bare(selector) for mark in marks)


def _has_only_class_lists(selector: str) -> bool:
    return all(_WORD_LIST.match(one) for one in _ATTRIBUTE.findall(selector))


def _has_only_values(selector: str) -> bool:
    return all(_PLAIN_VALUE.fullmatch(one) for one in _ATTRIBUTE.findall(selector))


def _first_of_chain(selector: str) -> str:
    return _CLASS_CHAIN.sub(r"\1", selector)


def _has_no_class_chain(selector: str) -> bool:
    return not re.search(r"\.[\w-]+\.[\w-]", _bare(selector))


def _outlook_attributes(selector: str) -> str:
    """Take a lone attribute away; one on an element makes the selector dead."""
    if "[" not in selector or _OUTLOOK_OWN.search(selector):
        return selector
    left = _ALONE.sub("", selector).strip()
    return "" if "[" in left else left


def _hovers_plain_types(selector: str) -> bool:
    if ":hover" not in selector:
        return True
    return re.search(r"(?:^|[\s>+~])[a-z][a-z0-9]*:hover", selector) is not None


def _not_the_body(selector: str) -> bool:
    bare = _bare(selector)
    first = re.split(r"[\s>+~]+", bare.strip())[0]
    return subject_of(bare) not in {"body", "html"} and not first.startswith(
        ("body", "html", ":root")
    )


def _after_comment(block: Block, _circumstance: Circumstance) -> Block | None:
    if not block.follows_comment or block.is_at_rule:
        return block
    return block.with_selectors(block.selectors[1:])


def _tested(  # noqa: PLR0917 -- a row of the table below
    slug: str,
    title: str,
    says: str,
    clients: Iterable[str],
    date: str,
    work: OnBlock,
    id: str = "",  # noqa: A002 -- the word
) -> Rule:
    return Rule(
        id or slug,
        title,
        says,
        frozenset(clients),
        CANIEMAIL.format(slug),
        date,
        Confidence.TESTED,
        work,
    )


def _bug(  # noqa: PLR0917 -- a row of the table below
    id: str,  # noqa: A002 -- the word
    number: int,
    title: str,
    says: str,
    clients: Iterable[str],
    date: str,
    work: OnBlock,
) -> Rule:
    return Rule(
        id,
        title,
        says,
        frozenset(clients),
        BUGS.format(number),
        date,
        Confidence.TESTED,
        work,
    )


_STRUCTURE: Final = (
    ":first-child", ":last-child", ":first-of-type", ":last-of-type", ":only-child",
    ":only-of-type",
)  # fmt: skip

_THUNDERBIRD: Final = frozenset({"thunderbird"})

RULES: Final = (
    _bug("Y1", 25, N_("The rule after a comment is lost"),
         N_("This client makes the comment a part of the selector after it, so it "
            "fits nothing."), YAHOO, "2021-02-25", OnBlock(_after_comment)),
    _bug("Y5", 22, N_("A class with _ or - at its edge is lost"),
         N_("This client breaks class names that begin with _ or -, or end with __."),
         YAHOO, "2016-10-21", _selectors(lambda one: not _YAHOO_CLASS.search(one))),
    _tested("css-selector-attribute", N_("Selectors for attributes are lost"),
            N_("This client only knows the form [class~=name]."), GMAIL, "2020-12-15",
            _selectors(_has_only_class_lists), "G10"),
    _tested("css-selector-attribute", N_("Selectors for attributes are lost"),
            N_("This client only knows the form [name=value]."), YAHOO, "2020-12-15",
            _selectors(_has_only_values), "css-selector-attribute-yahoo"),
    _tested("css-selector-attribute", N_("Selectors for attributes are lost"),
            N_("This client ignores selectors for attributes."), WORD, "2020-12-15",
            _selectors(lambda one: "[" not in one), "css-selector-attribute"),
    _bug("O2", 38, N_("A selector for an attribute means something else"),
         N_("This client takes “[name] .class” as “.class”, and ignores “a[name]”."),
         OUTLOOK, "2018-04-16", _rewritten(_outlook_attributes)),
    _bug("O1", 61, N_("Selectors with two classes are lost"),
         N_("This client renames classes, but in a chain only the first, so “.a.b” "
            "fits nothing."), {"outlook-new"}, "2019-09-04",
         _selectors(_has_no_class_chain)),
    _tested("css-selector-chaining", N_("A selector with two classes fits more"),
            N_("This client applies “.a.b” to everything with the class a."), WORD,
            "2019-10-13", _rewritten(_first_of_chain)),
    _tested("css-selector-child", N_("Selectors for children are lost"),
            N_("This client ignores selectors with >."), WORD, "2019-10-13",
            _selectors(_has(">"))),
    _tested("css-selector-adjacent-sibling", N_("Selectors for neighbours are lost"),
            N_("This client ignores selectors with +."), WORD, "2020-03-11",
            _selectors(_has("+"))),
    _tested("css-selector-general-sibling", N_("Selectors for neighbours are lost"),
            N_("This client ignores selectors with ~."), WORD, "2020-03-11",
            _selectors(_has("~"))),
    _tested("css-selector-universal", N_("The selector for everything is lost"),
            N_("This client ignores selectors with *."), WORD, "2019-10-13",
            _selectors(_has("*"))),
    _tested("css-pseudo-class-hover", N_("Nothing changes under the pointer"),
            N_("This client ignores :hover."), WORD | {"gmail-ios"}, "2019-10-23",
            _selectors(_has(":hover"))),
    _tested("css-pseudo-class-hover", N_("Some things do not change under the pointer"),
            N_("This client knows :hover only right after an element's name."),
            {"outlook-new"}, "2019-10-23", _selectors(_hovers_plain_types),
            "css-pseudo-class-hover-outlook"),
    _tested("css-pseudo-class-nth-child", N_("Selectors for a position are lost"),
            N_("This client ignores :nth-child and its like."),
            GMAIL_ALL | WORD | OUTLOOK | YAHOO, "2019-10-19",
            _selectors(_has(":nth-"))),
    _tested("css-pseudo-class-first-child", N_("Selectors for a position are lost"),
            N_("This client ignores :first-child and its like."), GMAIL_ALL | WORD,
            "2019-10-16", _selectors(_has(*_STRUCTURE))),
    _tested("css-pseudo-class-not", N_("Selectors with :not are lost"),
            N_("This client ignores :not."), GMAIL_ALL | WORD | OUTLOOK | YAHOO,
            "2019-10-23", _selectors(_has(":not("))),
    _tested("css-pseudo-class-has", N_("Selectors with :has are lost"),
            N_("This client ignores :has."),
            GMAIL_ALL | WORD | OUTLOOK | YAHOO | _THUNDERBIRD, "2022-03-15",
            _selectors(_has(":has("))),
    _tested("css-pseudo-element-before", N_("Content added by styles is lost"),
            N_("This client ignores ::before and ::after."), GMAIL_ALL | WORD | YAHOO,
            "2020-05-21", _selectors(_has(":before", ":after"))),
    _tested("html-body", N_("Styles of the body are lost"),
            N_("This client replaces the body, so selectors for it fit nothing."),
            GMAIL_ALL | OUTLOOK | {"yahoo"}, "2021-11-30", _selectors(_not_the_body),
            "html-body-selectors"),
)  # fmt: skip
