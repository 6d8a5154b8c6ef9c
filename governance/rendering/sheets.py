"""Style sheets as text: their rules and declarations, cut without losing a letter.

cssutils, which premailer reads sheets with, drops what it does not know. So only whole
rules and whole declarations are told apart here, and a value is never looked into.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cssselect
from cssselect.parser import (
    Attrib,
    Class,
    CombinedSelector,
    Element,
    Hash,
    SelectorSyntaxError,
)

from governance.names import Span
from governance.texts import N_

# What nests, and what hides the brackets and semicolons in it.
_TOKEN: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z) | <!--|--> | \\. | "(?:\\.|[^"\\])*(?:"|\Z)
    | '(?:\\.|[^'\\])*(?:'|\Z) | [{}();\[\],]""",
    re.DOTALL | re.VERBOSE,
)
_IMPORTANT: Final = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)

DYNAMIC: Final = N_(
    "“{selector}” depends on state or on neighbours, so it stays in the style sheet: "
    "clients that read no style sheets do not show it."
)
UNREADABLE: Final = N_(
    "“{selector}” cannot be moved into the elements, so it stays in the style sheet: "
    "clients that read no style sheets do not show it."
)
NESTED: Final = N_(
    "A rule inside another one is left alone: most mail clients do not know them."
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property with its value.

    Attributes:
        name: In lower case; "" for what is no declaration.
        value: As written, without "!important".
    """

    name: str
    value: str
    is_important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be moved into the elements.

    Attributes:
        selectors: Each with its specificity (ids; classes and attributes; elements).
    """

    selectors: tuple[tuple[str, tuple[int, int, int]], ...]
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A rule that stays in the sheet, and why.

    Attributes:
        span: The selector or rule, in the sheet.
        message: A sentence with the placeholder ``selector``, not yet translated.
    """

    span: Span
    selector: str
    message: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a style sheet can be moved, and what cannot."""

    rules: tuple[Rule, ...]
    left: tuple[Left, ...]


@lru_cache(maxsize=512)
def read_sheet(text: str) -> Sheet:
    """Read a style sheet; at-rules stay where they are and are no warning."""
    rules: list[Rule] = []
    left: list[Left] = []
    for prelude, body in _blocks(text):
        inside = text[body.start : body.end]
        if "{" in _COMMENT.sub("", inside):
            span = Span(prelude.start, body.end)
            name = text[prelude.start : prelude.end].strip()
            left.append(Left(span, name, NESTED))
            continue
        selectors = []
        for span in _split(text, prelude, ","):
            selector = " ".join(_COMMENT.sub("", text[span.start : span.end]).split())
            if not selector:
                continue
            message, specificity = _judged(selector)
            if selector == ":root":
                continue  # what only clients that read sheets ask for
            if message:
                left.append(Left(span, selector, message))
            else:
                selectors.append((selector, specificity))
        declarations = tuple(read_declarations(inside))
        if selectors and declarations:
            rules.append(Rule(tuple(selectors), declarations))
    return Sheet(tuple(rules), tuple(left))


@lru_cache(maxsize=4096)
def read_declarations(text: str) -> tuple[Declaration, ...]:
    """Read the inside of a rule or of a style attribute, entities already replaced."""
    found = []
    for span in _split(text, Span(0, len(text)), ";"):
        written = _COMMENT.sub("", text[span.start : span.end]).strip()
        name, colon, value = written.partition(":")
        if not written:
            continue
        if not colon:
            found.append(Declaration("", written, is_important=False))
            continue
        kept = _IMPORTANT.sub("", value).strip()
        is_important = kept != value.strip()
        name = name.strip()
        name = name if name.startswith("--") else name.lower()
        found.append(Declaration(name, kept, is_important=is_important))
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield the prelude and the body of each rule that is no at-rule."""
    start, depth, opened = 0, 0, 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in {"<!--", "-->"} and depth == 0:
            start = token.end()
        elif mark == ";" and depth == 0:
            start = token.end()  # @import …;
        elif mark == "{":
            depth += 1
            if depth == 1:
                opened = token.end()
        elif mark == "}" and depth:
            depth -= 1
            if depth == 0:
                prelude = _trimmed(text, Span(start, opened - 1))
                if not text.startswith("@", prelude.start):
                    yield prelude, Span(opened, token.start())
                start = token.end()


def _split(text: str, within: Span, mark: str) -> Iterator[Span]:
    start, depth = within.start, 0
    for token in _TOKEN.finditer(text, within.start, within.end):
        if token.group() in {"(", "[", "{"}:
            depth += 1
        elif token.group() in {")", "]", "}"}:
            depth -= 1
        elif token.group() == mark and depth <= 0:
            yield _trimmed(text, Span(start, token.start()))
            start = token.end()
    yield _trimmed(text, Span(start, within.end))


def _trimmed(text: str, span: Span) -> Span:
    """Leave out white space and comments at both ends."""
    start, end = span.start, span.end
    while start < end:
        if text[start].isspace():
            start += 1
        elif comment := _COMMENT.match(text, start, end):
            start = comment.end()
        else:
            break
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=4096)
def _judged(selector: str) -> tuple[str, tuple[int, int, int]]:
    """Return why ``selector`` cannot be moved, or "" and its specificity."""
    nowhere = (0, 0, 0)
    try:
        parsed = cssselect.parse(selector)
    except (SelectorSyntaxError, ValueError, RecursionError):
        return UNREADABLE, nowhere
    if len(parsed) != 1 or parsed[0].pseudo_element:
        return DYNAMIC, nowhere
    if not _is_plain(parsed[0].parsed_tree):
        return DYNAMIC, nowhere
    if any(mark in selector for mark in ",:\\"):
        return UNREADABLE, nowhere  # in quotes, where premailer would cut or stop
    return "", parsed[0].specificity()


@lru_cache(maxsize=4096)
def seen_by(selector: str) -> frozenset[str]:
    """Return the attributes that a selector which can be moved looks at.

    Of "class" it looks at one name alone, ".name", where it asks for no more.
    """
    found = set()
    todo: list[object] = [cssselect.parse(selector)[0].parsed_tree]
    while todo:
        tree = todo.pop()
        if isinstance(tree, CombinedSelector):
            todo += [tree.selector, tree.subselector]
        elif isinstance(tree, Hash | Class | Attrib):
            todo.append(tree.selector)
            if isinstance(tree, Attrib):
                found.add(tree.attrib)
            elif isinstance(tree, Class):
                found.add(f".{tree.class_name}")
            else:
                found.add("id")
    return frozenset(found)


def _is_plain(tree: object) -> bool:
    """Tell whether a selector holds for an element whatever stands beside it."""
    if isinstance(tree, CombinedSelector):
        if tree.combinator not in {" ", ">"}:
            return False
        return _is_plain(tree.selector) and _is_plain(tree.subselector)
    narrowed = False
    while isinstance(tree, Hash | Class | Attrib):
        tree, narrowed = tree.selector, True
    if not isinstance(tree, Element) or tree.namespace is not None:
        return False
    return narrowed or tree.element is not None  # "*" alone would be everywhere
