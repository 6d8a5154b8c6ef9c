"""Style sheets as trees of blocks, to be changed and written again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from governance.rendering.sheets import Declaration, read_declarations

_TOKEN: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z) | <!--|--> | \\. | "(?:\\.|[^"\\\n])*(?:"|\n|\Z)
    | '(?:\\.|[^'\\\n])*(?:'|\n|\Z) | [{}();\[\],]""",
    re.DOTALL | re.VERBOSE,
)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SUBJECT: Final = re.compile(r"([a-zA-Z][\w-]*)?[^\s>+~]*\Z")
_NESTING: Final = ("@media", "@supports", "@document", "@layer", "@container")
_DEEPEST: Final = 16
_LONGEST: Final = 1_000  # characters of a selector


@dataclass(frozen=True, slots=True)
class Block:
    """A rule of a style sheet, or an at-rule with what is in it.

    Attributes:
        head: The selectors, or "@media …"; no comments, single spaces.
        blocks: What an at-rule holds.
        declarations: What a rule, or "@font-face", says.
        is_statement: Whether it ends with a semicolon: "@import …".
        follows_comment: Whether a comment stands right before it.
    """

    head: str
    blocks: tuple["Block", ...] = ()
    declarations: tuple[Declaration, ...] = ()
    is_statement: bool = False
    follows_comment: bool = False

    @property
    def is_at_rule(self) -> bool:
        """Tell a rule that begins with "@" from one with selectors."""
        return self.head.startswith("@")

    @property
    def holds_blocks(self) -> bool:
        """Tell whether rules stand inside."""
        return self.head.lower().startswith((*_NESTING, "@keyframes", "@-"))

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors, cut at their commas; those that no author writes left out."""
        if self.is_at_rule:
            return ()
        return tuple(one for one in split(self.head, ",") if len(one) <= _LONGEST)

    def with_selectors(self, kept: Iterable[str]) -> "Block | None":
        """Return the rule with other selectors, ``None`` without any."""
        head = ",".join(kept)
        if head == self.head or (not head and not self.head):
            return self
        return replace(self, head=head) if head else None


@lru_cache(maxsize=64)
def read_blocks(text: str) -> tuple[Block, ...]:
    """Read a style sheet; what is broken ends where a browser ends it, or is lost."""
    return tuple(_blocks(text, 0, len(text), 0))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write a style sheet so that nothing in it ends the element around it."""
    return "\n".join(map(_written, blocks)).replace("</", "<\\/")


def write_declarations(declarations: Iterable[Declaration]) -> str:
    """Write the inside of a rule or of a style attribute."""
    return ";".join(map(one_written, declarations))


def one_written(found: Declaration) -> str:
    """Write one declaration."""
    if not found.name:
        return found.value
    important = " !important" if found.is_important else ""
    return f"{found.name}:{found.value}{important}"


def split(text: str, mark: str) -> tuple[str, ...]:
    """Cut ``text`` at each ``mark`` that stands in no brackets and no quotes."""
    if mark not in text:
        return (text.strip(),) if text.strip() else ()
    parts, start, depth = [], 0, 0
    for token in _TOKEN.finditer(text):
        found = token.group()
        if found in {"(", "["}:
            depth += 1
        elif found in {")", "]"}:
            depth -= 1
        elif found == mark and depth <= 0:
            parts.append(text[start : token.start()].strip())
            start = token.end()
    parts.append(text[start:].strip())
    return tuple(part for part in parts if part)


def whole_until(text: str, size: int) -> str:
    """Return the rules of a style sheet that end within ``size`` bytes."""
    within = text.encode()[:size].decode("utf-8", "ignore")
    level, end = 0, 0
    for token in _TOKEN.finditer(within):
        mark = token.group()
        if mark == "{":
            level += 1
        elif mark == "}":
            level = max(level - 1, 0)
            if level == 0:
                end = token.end()
        elif mark == ";" and level == 0:
            end = token.end()
    return within[:end]


@lru_cache(maxsize=2048)
def subject_of(selector: str) -> str:
    """Return the element's name that ``selector`` ends with, "" where it has none."""
    found = _SUBJECT.search(selector)
    return (found.group(1) or "").lower() if found else ""


@dataclass(slots=True)
class _Scan:
    """Where a reader of a style sheet is.

    Attributes:
        start: Where the next head begins.
        opened: Where the body of the block began that is read now.
        level: How many blocks are open.
        bracket: How many round brackets are open outside of them: "url(a;b.css)".
    """

    text: str
    start: int
    depth: int
    opened: int = 0
    level: int = 0
    bracket: int = 0
    follows_comment: bool = False

    def head(self, end: int) -> str:
        """Return what stands since the last block, without comments."""
        return _clean(self.text[self.start : end])

    def outside(self, token: re.Match[str]) -> Block | None:
        """Read a mark that stands in no block."""
        mark = token.group()
        if mark in {"(", ")"}:
            self.bracket = max(self.bracket + (1 if mark == "(" else -1), 0)
        elif mark == ";" and not self.bracket:
            head = self.head(token.start())
            found = Block(head, is_statement=True, follows_comment=self.follows_comment)
            self.start, self.follows_comment = token.end(), False
            return found if found.is_at_rule else None
        elif not self.head(token.start()):
            if mark.startswith("/*"):
                self.follows_comment = True
            elif mark in {"<!--", "-->", "}"}:
                self.start = token.end()
        return None

    def block(self, end: int) -> Block:
        """Return the block that ends there."""
        head = self.head(self.opened - 1)
        block = Block(head, follows_comment=self.follows_comment)
        if not block.holds_blocks:
            inside = read_declarations(self.text[self.opened : end])
            return replace(block, declarations=inside)
        if self.depth >= _DEEPEST:
            return block
        within = _blocks(self.text, self.opened, end, self.depth + 1)
        return replace(block, blocks=tuple(within))


def _blocks(text: str, start: int, end: int, depth: int) -> Iterator[Block]:
    scan = _Scan(text, start, depth)
    for token in _TOKEN.finditer(text, start, end):
        mark = token.group()
        if mark == "{":
            scan.level += 1
            if scan.level == 1:
                scan.opened = token.end()
        elif mark == "}" and scan.level:
            scan.level -= 1
            if scan.level == 0:
                yield scan.block(token.start())
                scan.start, scan.follows_comment = token.end(), False
                scan.bracket = 0
        elif scan.level == 0 and (found := scan.outside(token)):
            yield found
    if scan.level and text[scan.opened : end].strip():
        yield scan.block(end)


def _written(block: Block) -> str:
    if block.is_statement:
        return f"{block.head};"
    if block.holds_blocks:
        inside = "\n".join(map(_written, block.blocks))
        return f"{block.head}{{{inside}}}"
    return f"{block.head}{{{write_declarations(block.declarations)}}}"


def _clean(text: str) -> str:
    if "/*" in text:
        text = _COMMENT.sub(" ", text)
    return " ".join(text.split())
