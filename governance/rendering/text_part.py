"""The plain text of an e-mail, from its HTML: for clients, watches and screen readers.

It works on compiled HTML in which stand-ins take the place of Jinja, so the text is a
template too. Lines are not wrapped: every client does that better.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from lxml import etree  # type: ignore[import-untyped]

from governance.rendering.text_rows import Row

_UNREAD: Final = frozenset({"head", "style", "script", "title", "noscript", "template"})
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"}
)
_LINES: Final = frozenset({"div", "section", "article", "header", "footer", "main"})
_BREAKING: Final = _PARAGRAPHS | _LINES | {"li", "tr"}
# Elements that say more than where a line ends.
_MEANING: Final = frozenset(
    {"a", "br", "hr", "img", "li", "ol", "pre", "td", "th", "tr", "ul"}
)
_DEEPEST: Final = 250  # lxml reads 255
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE
)
_BODY: Final = re.compile(r"<body(?=[\s>])", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_BLANK: Final = re.compile(r"\n\n\s*")  # lines have lost the spaces at their ends
_SCHEMES: Final = re.compile(r"(?:mailto:|tel:|https?://)", re.IGNORECASE)

_AT_JOINT: Final = -1  # nothing was written since the first cell of a row
_LINE: Final = "\n"
_PARAGRAPH: Final = "\n\n"


@lru_cache(maxsize=1_000)
def _hides(style: str) -> bool:
    return _HIDDEN.search(style) is not None


class _Node(Protocol):
    """What lxml shows of an element or a comment."""

    tag: object  # a text for an element, a function for anything else
    text: str | None
    tail: str | None

    def get(self, name: str) -> str | None: ...
    def __iter__(self) -> "Iterator[_Node]": ...


@dataclass(frozen=True, slots=True)
class TextPart:
    """The plain text of an HTML document.

    Attributes:
        elements: The stand-in of a tag, "<!--zq1qz-->" → which element it stands in,
            by a number: a loop that begins in one and ends in another breaks a mail.
        is_whole: Whether all of the document was read: lxml stops in great depth.
    """

    text: str
    elements: Mapping[str, int]
    is_whole: bool = True


def to_text(html: str, prefix: str) -> TextPart:
    """Return what a person reads of ``html``.

    Args:
        html: Compiled HTML with stand-ins in the place of Jinja.
        prefix: What each stand-in begins with.
    """
    writer = _Writer(re.compile(rf"{prefix}\d+qz"))
    found = _BODY.search(html)
    start = found.start() if found else 0
    for stand_in in re.findall(rf"<!--{prefix}\d+qz-->", html[:start]):
        writer.branch(stand_in, 0)  # what is set before the body is used in it
    root: _Node | None = etree.fromstring(html[start:], etree.HTMLParser())
    if root is not None:
        writer.walk(root, str(root.tag), 0)
    is_whole = writer.deepest < _DEEPEST
    return TextPart(tidied(writer.text()), writer.elements, is_whole)


def tidied(text: str) -> str:
    """Leave one empty line between paragraphs, and no space at the ends of lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK.sub(_PARAGRAPH, lines).strip("\n ")


_LISTS: Final = frozenset({"ol", "ul"})


@dataclass(slots=True)
class _Writer:
    stand_in: re.Pattern[str]
    out: list[str] = field(default_factory=list)
    begun: int = 0
    deepest: int = 0
    elements: dict[str, int] = field(default_factory=dict)
    unread: int = 0  # how many elements around hide what is in them
    rows: list[Row] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the next number; 0 for bullets
    verbatim: int = 0
    ends: int = 2  # line ends that the writing has at its end

    def text(self) -> str:
        """Return what was written."""
        return "".join(self.out)

    def walk(self, node: _Node, name: str, depth: int) -> None:
        """Write the element ``name`` with all that it holds."""
        self.begun += 1
        self.deepest = max(self.deepest, depth)
        style = node.get("style")
        is_hidden = name in _UNREAD or (style is not None and _hides(style))
        self.unread += is_hidden
        is_read = not self.unread
        if is_read:
            if name in _BREAKING:
                self._break(name)
            if name in _MEANING:
                self._open(name, node)
        self._inside(node, name, depth)
        if is_read:
            if name in _MEANING:
                self._close(name, node)
            if name in _BREAKING:
                self._break(name)
        self.unread -= is_hidden

    def _inside(self, node: _Node, name: str, depth: int) -> None:
        me = self.begun
        if text := node.text:
            self._write(text)
        for child in node:
            tag = child.tag
            if isinstance(tag, str):
                self.walk(child, tag, depth + 1)
            elif (text := child.text) and self.stand_in.fullmatch(text):
                self._forget_numbers(name)
                self.branch(f"<!--{text}-->", me)
            if text := child.tail:
                self._write(text)

    def _forget_numbers(self, name: str) -> None:
        """Go on with bullets: nobody knows yet how many items a branch will leave."""
        if name in _LISTS and self.lists:
            self.lists[-1] = 0

    def branch(self, stand_in: str, element: int) -> None:
        """Write a tag of Jinja, which takes no place in the text."""
        self.elements[stand_in] = element
        if self.unread:
            return
        if self.rows:
            self.rows[-1].was_branch = True
        self.out.append(stand_in)

    def _open(self, name: str, node: _Node) -> None:
        match name:
            case "br":
                self._put(_LINE)
            case "hr":
                self._end_line(2)
            case "img" if self.links:
                self._write(node.get("alt") or "")  # the only words of a link
            case "a":
                self.links.append(len(self.out))
            case "ul" | "ol":
                self.lists.append(1 if name == "ol" else 0)
            case "li":
                self._put(self._bullet())
            case "tr":
                self.rows.append(Row())
            case "td" | "th" if self.rows:
                self._cell(self.rows[-1])
            case "pre":
                self.verbatim += 1
            case _:
                pass

    def _close(self, name: str, node: _Node) -> None:
        match name:
            case "a":
                self._link((node.get("href") or "").strip(), self.links.pop())
            case "ul" | "ol":
                self.lists.pop()
            case "td" | "th" if self.rows:
                self._end_cell(self.rows[-1])
            case "tr":
                self._row(self.rows.pop())
            case "pre":
                self.verbatim -= 1
            case _:
                pass

    def _put(self, text: str) -> None:
        if text:
            self.out.append(text)
            rest = len(text.rstrip("\n"))
            self.ends = len(text) - rest + (0 if rest else max(self.ends, 0))

    def _break(self, name: str) -> None:
        """Begin and end an element of ``_BREAKING`` on lines of its own."""
        if name in _PARAGRAPHS and not (name in {"ul", "ol"} and len(self.lists) > 1):
            row = self.rows[-1] if self.rows else None
            is_value = row is not None and row.joint > 0 and not row.is_layout
            self._end_line(1 if is_value else 2)
            if row is not None and row.cells == 1:
                row.is_layout = True
        elif name not in _PARAGRAPHS:
            self._end_line(1)

    def _end_line(self, wanted: int) -> None:
        """Write as many line ends as are missing; a tag of Jinja writes nothing."""
        if self.ends == _AT_JOINT:
            self.rows[-1].is_block = True  # it comes between name and value
        elif self.ends < wanted:
            self.out.append("\n" * (wanted - self.ends))
            self.ends = wanted

    def _bullet(self) -> str:
        if not self.lists or not self.lists[-1]:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "

    def _link(self, address: str, begun: int) -> None:
        words = "".join(self.out[begun:])
        shown = _SCHEMES.sub("", address).rstrip("/")
        said = _SPACE.sub(" ", words).strip()
        is_said = shown in {said, _SCHEMES.sub("", said).rstrip("/")}
        if not address or address.startswith("#") or (is_said and said):
            return
        if not said:
            self._put(address)
        elif address.lower().startswith(("mailto:", "tel:")):
            self._put(f" ({shown})")
        else:
            self._put(f": {address}")

    def _cell(self, row: Row) -> None:
        row.cells += 1
        if not row.was_branch or row.cells <= 2:  # noqa: PLR2004 -- name and value
            row.columns += 1
            if row.columns > 2:  # noqa: PLR2004
                self._put(" | ")
        row.was_branch = False

    def _end_cell(self, row: Row) -> None:
        if row.cells == 1 and not row.joint:
            row.joint = len(self.out)
            self.out.append("")
            row.ends, self.ends = max(self.ends, 0), _AT_JOINT

    def _row(self, row: Row) -> None:
        """Join a name and its value with a colon, columns with lines."""
        if self.ends == _AT_JOINT:
            self.ends = row.ends
        if row.columns < 2:  # noqa: PLR2004 -- a table for layout: a block of text
            self._end_line(2)
            return
        before = next((piece for piece in self.out[row.joint :: -1] if piece), "")
        before = before.rstrip(" ")
        if row.is_layout or before[-1:] in {"", "\n"}:
            self.out[row.joint] = _LINE
        elif row.columns > 2:  # noqa: PLR2004
            self.out[row.joint] = " | "
        else:
            colon = "" if before[-1:] in {":", "?", "."} else ":"
            self.out[row.joint] = colon + (_LINE if row.is_block else " ")

    def _write(self, text: str) -> None:
        if self.unread:
            return
        if self.verbatim:
            self._put(text)
        elif text.isspace():
            self._put("" if self._ends_line() else " ")
        else:
            text = _SPACE.sub(" ", text)
            is_doubled = text[:1] == " " and self._ends_line()
            self._put(text[1:] if is_doubled else text)

    def _ends_line(self) -> bool:
        for piece in reversed(self.out):
            if piece and not piece.startswith("<!--"):
                return piece[-1] in {"\n", " "}
        return True
