"""HTML of a clipboard read as paragraphs: Word's, Outlook's, and everybody else's.

Word writes lists as paragraphs ("mso-list:l0 level1") whose signs stand in a section
for readers without lists; Outlook hides comments and pictures in markup of its own.
"""

import re
from html.parser import HTMLParser
from typing import Final

from governance.content.pasted import BREAK, Block, Kind, Pasted, Run
from governance.errors import ContentError
from governance.texts import N_, _

LARGEST: Final = 2_000_000  # characters; a book has fewer
_DEEPEST: Final = 100
_DEEPEST_LIST: Final = 6

_VOID: Final = frozenset({"br", "img", "hr", "meta", "link", "col", "input", "wbr"})
_SKIPPED: Final = frozenset(
    {"head", "style", "script", "title", "xml", "object", "iframe", "svg", "math"}
    | {"noscript", "template", "del", "select", "textarea", "button", "form"}
)
_BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table"}
    | {"blockquote", "pre", "dd", "dt", "section", "article", "header", "footer"}
    | {"center", "address", "ul", "ol", "li", "body", "html"}
)
_HEADINGS: Final = {"h1": Kind.FIRST, "h2": Kind.SECOND, "h3": Kind.THIRD}
_LINKS: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
_LEVEL: Final = re.compile(r"mso-list:[^;]*\blevel([1-9])", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\(?(?:[0-9]+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)
_BOLD: Final = re.compile(r"(?<![\w-])font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD: Final = re.compile(
    r"(?<![\w-])font-weight:\s*(normal|[1-5]00)", re.IGNORECASE
)
_ITALIC: Final = re.compile(r"(?<![\w-])font-style:\s*italic", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    r"display:\s*none|mso-hide:\s*all|mso-element:\s*(?:comment|footnote)-list"
    r"|mso-element:\s*comment",
    re.IGNORECASE,
)
_COMMENTS: Final = frozenset({"msocommentreference", "msocomanchor", "msocomtxt"})
_UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\0]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\u00a0]{2,}|[ \t\r\n\f]")
_SOURCE: Final = re.compile(r"</?mj|</\w+>|\{[%{]|/>")


class PastedTooLargeError(ContentError):
    """More was copied than any message holds."""

    remedy = N_("Copy less of it.")


def is_source(text: str) -> bool:
    """Tell whether a copied text is code, which has to stay as it is."""
    return _SOURCE.search(text) is not None


def pasted(html: str) -> Pasted:
    """Read what was copied.

    Raises:
        PastedTooLargeError: It is longer than any message.
    """
    if len(html) > LARGEST:
        raise PastedTooLargeError(_("What was copied is longer than any message."))
    start, end = html.find("<!--StartFragment"), html.rfind("<!--EndFragment")
    if 0 <= start < end:
        html = html[start:end]
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.made()


class _Open:
    """An element that is open."""

    __slots__ = ("before", "is_skipped", "name")

    def __init__(self, name: str, before: Run, *, is_skipped: bool) -> None:
        self.name = name
        self.before = before  # how words looked outside of it
        self.is_skipped = is_skipped


class _Reader(HTMLParser):
    """Gathers blocks; forgiving as browsers are, and blind to what it does not know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._open: list[_Open] = []
        self._lists: list[bool] = []  # whether each open list is ordered
        self._runs: list[Run] = []
        self._look = Run("")
        self._kind, self._level, self._is_ordered = Kind.PARAGRAPH, 0, False
        self._skipped = 0
        self._is_sign, self._sign = False, ""
        self._pictures = self._tables = 0

    def made(self) -> Pasted:
        """Return what was read."""
        self._flush()
        return Pasted(tuple(self._blocks), self._pictures, self._tables)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag in _VOID:
            self._void(tag)
            return
        if len(self._open) >= _DEEPEST:
            return
        style = said.get("style", "")
        is_hidden = (
            tag in _SKIPPED
            or tag.startswith(("v:", "w:", "m:"))
            or bool(_HIDDEN.search(style))
            or not _COMMENTS.isdisjoint(said.get("class", "").lower().split())
        )
        self._open.append(_Open(tag, self._look, is_skipped=is_hidden))
        self._skipped += is_hidden
        if self._skipped:
            return
        self._tables += tag == "table"
        if tag in _BLOCKS:
            self._begin(tag, style)
        self._look = _looking(self._look, tag, style, said.get("href", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [one.name for one in self._open]
        if tag not in names:
            return
        while True:
            one = self._open.pop()
            self._skipped -= one.is_skipped
            if not self._skipped and not one.is_skipped:
                self._end(one.name)
            self._look = one.before
            if one.name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        text = _UNSEEN.sub("", data)
        if self._is_sign:
            self._sign += text
        elif text:
            look = self._look
            self._runs.append(Run(text, look.is_bold, look.is_italic, look.link))

    def handle_comment(self, data: str) -> None:
        self._mark(data)

    def unknown_decl(self, data: str) -> None:
        self._mark(data)

    def handle_decl(self, decl: str) -> None:
        self._mark(decl.removeprefix("["))

    def handle_pi(self, data: str) -> None:
        """Pass over "<?xml:namespace …>"."""

    def _mark(self, data: str) -> None:
        """Notice where the signs of Word's lists begin and end."""
        words = data.strip(" []<>!-").lower()
        if words == "if !supportlists":
            self._is_sign = True
        elif words == "endif" and self._is_sign:
            self._is_sign = False
            if self._kind is Kind.ITEM and not self._lists:
                self._is_ordered = bool(_NUMBER.match(self._sign.strip()))
            self._sign = ""

    def _void(self, tag: str) -> None:
        if self._skipped:
            return
        if tag == "br":
            self._runs.append(Run(BREAK))
        elif tag == "img":
            self._pictures += 1
        elif tag == "hr":
            self._flush()

    def _begin(self, tag: str, style: str) -> None:
        if tag in {"ul", "ol"}:
            self._flush()
            self._lists.append(tag == "ol")
            return
        in_item = any(one.name == "li" for one in self._open[:-1])
        if in_item and self._kind is Kind.ITEM and tag != "li":
            if _has_words(self._runs):  # a second paragraph of one item
                self._runs.append(Run(BREAK))
            return
        self._flush()
        level = _LEVEL.search(style)
        if tag == "li" and self._lists:
            self._kind, self._level = Kind.ITEM, min(len(self._lists), _DEEPEST_LIST)
            self._is_ordered = self._lists[-1]
        elif level is not None and not self._lists:
            self._kind = Kind.ITEM
            self._level = min(int(level.group(1)), _DEEPEST_LIST)
            self._is_ordered = False
        else:
            self._kind = _HEADINGS.get(tag, Kind.PARAGRAPH)
            self._level, self._is_ordered = 0, False

    def _end(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._flush()
            if self._lists:
                self._lists.pop()
            return
        in_item = any(one.name == "li" for one in self._open)
        if tag in _BLOCKS and not (in_item and tag != "li"):
            self._flush()

    def _flush(self) -> None:
        """End the block that is being read."""
        runs = _tidied(self._runs)
        if runs:
            self._blocks.append(Block(self._kind, runs, self._level, self._is_ordered))
        self._runs = []
        self._kind, self._level, self._is_ordered = Kind.PARAGRAPH, 0, False


def _looking(look: Run, tag: str, style: str, href: str) -> Run:
    """Return how words look inside of an element."""
    is_bold = look.is_bold or tag in {"b", "strong", "h4", "h5", "h6"}
    is_bold = is_bold or bool(_BOLD.search(style))
    if _NOT_BOLD.search(style):
        is_bold = False
    if tag in _HEADINGS:
        is_bold = False  # it is one already
    is_italic = look.is_italic or tag in {"i", "em"} or bool(_ITALIC.search(style))
    link = look.link
    if tag == "a":
        address = href.strip()
        link = address if _LINKS.fullmatch(address) else ""
    return Run("", is_bold, is_italic, link)


def _has_words(runs: list[Run]) -> bool:
    return any(run.text.strip() for run in runs)


def _tidied(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs with one space between words, and none at the ends."""
    tidy: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = run.text
        if text != BREAK:
            text = _SPACES.sub(" ", text)
            if ends_in_space:
                text = text.lstrip(" \u00a0")
        elif tidy and tidy[-1].text.endswith(" "):
            tidy[-1] = _but(tidy[-1], tidy[-1].text.rstrip(" "))
        if not text:
            continue
        ends_in_space = text[-1] in f" {BREAK}"
        tidy.append(_but(run, text))
    while tidy and not tidy[-1].text.rstrip(f" {BREAK}\u00a0"):
        tidy.pop()
    while tidy and tidy[0].text == BREAK:
        del tidy[0]
    if tidy:
        tidy[-1] = _but(tidy[-1], tidy[-1].text.rstrip(" \u00a0"))
    return tuple(tidy)


def _but(run: Run, text: str) -> Run:
    return Run(text, run.is_bold, run.is_italic, run.link)
