"""Style sheets into the elements: premailer, shielded from what it gets wrong.

Premailer is only shown opaque marks: each rule that can be moved is one declaration
``qdr7:v``. It finds the elements, mostly of a skeleton; which declaration wins is
decided in ``cascade``. So no value passes through cssutils, and the author's own
sheets stay whole for the clients that read them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from governance.names import Span
from governance.rendering.cascade import Carried, Dresser, Tag
from governance.rendering.html_text import INSIDE, root_of, with_sheet, words_of
from governance.rendering.inliner_library import forget, transform
from governance.rendering.sheets import Left, read_sheet, seen_by
from governance.rendering.skeleton import Skeletons
from governance.texts import N_

CONDITIONAL: Final = N_(
    "A style sheet with a condition in it stays a style sheet: clients that read none "
    "show the message without it."
)
FAILED: Final = N_(
    "The style sheets could not be moved into the elements ({selector}): clients that "
    "read none show the message without them."
)

_DOCTYPE: Final = "<!DOCTYPE html>"  # any other spelling is lost: quirks mode
# Letters first, the space before them looked up after: so the search is quick.
_STYLE: Final = re.compile(
    r"([sS][tT][yY][lL][eE](?<=\s.{5})\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')"
)
_STYLED: Final = re.compile(
    r"<(?P<name>[a-zA-Z][^\s<>]*)(?P<before>[^<>]*?)"
    r"\sstyle=\"(?P<style>[^\"]*)\"(?P<after>[^<>]*)>"
)
_SHEET: Final = re.compile(
    rf"{INSIDE}(?:-->|\Z)|<style(?P<tag>(?=[\s>])[^>]*)>(?P<text>.*?)(?=</style|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_MEDIA: Final = re.compile(r"\smedia\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)

_premailer: Final = Lock()  # its cssutils is not safe in parallel threads


@dataclass(frozen=True, slots=True)
class Remark:
    """What stayed in a style sheet, and why.

    Attributes:
        span: The place in the HTML that was given.
        message: A sentence with the placeholder ``selector``, not yet translated.
    """

    span: Span
    selector: str
    message: str


@dataclass(frozen=True, slots=True)
class Inlined:
    """HTML whose elements carry their styles."""

    html: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style element: where its tag and its text stand."""

    tag: int
    text: Span
    is_moved: bool
    is_remarked: bool


def inline(
    html: str, *, stand_in: str = "\0", untouched: frozenset[str] = frozenset()
) -> Inlined:
    """Move the rules of the style sheets of ``html`` into its elements.

    It never raises: what cannot be moved stays where it is, with a remark.

    Args:
        html: A whole document, without Jinja.
        stand_in: What each stand-in for Jinja begins with.
        untouched: Sheets that stay sheets without a remark.
    """
    sheets = tuple(sheets_of(html, stand_in, untouched))
    remarks = tuple(
        Remark(Span(start, start + len(left.selector)), left.selector, left.message)
        for sheet in sheets
        if sheet.is_remarked
        for left in remarks_on(html[sheet.text.start : sheet.text.end], stand_in)
        for start in (sheet.text.start + left.span.start,)
    )
    plan = plan_of(html, sheets, stand_in)
    if not plan.lines:
        return Inlined(html, remarks)
    done, reason = short_way(html, plan), ""
    if done is None:
        done, reason = long_way(html, sheets, plan)
    if reason:
        return Inlined(html, (*remarks, Remark(Span(0, 0), reason, FAILED)))
    return Inlined(done, remarks)


def short_way(html: str, plan: "Plan") -> str | None:
    """Show premailer the skeleton of a document; none where that is not enough."""
    if "style" in plan.looked_at or "data-premailer" in plan.looked_at:
        return None  # only a whole document has these
    try:
        return plan.skeletons.inlined(html, _premailed)
    except Exception:  # noqa: BLE001 -- the long way tells why
        return None


def long_way(html: str, sheets: Sequence[Sheet], plan: "Plan") -> tuple[str, str]:
    """Show premailer a whole document; also return why that came to nothing."""
    work = _Work.on(html, sheets, plan)
    try:
        done = work.restored(_premailed(work.shown))
    except Exception as error:  # noqa: BLE001 -- lxml, cssselect and cssutils: anything
        return "", type(error).__name__
    return done, "" if words_of(done) == words_of(html) else "lxml"


def remarks_on(sheet: str, stand_in: str) -> tuple[Left, ...]:
    """Say what of a style sheet stays in it; spans count from its beginning."""
    if f"/*{stand_in}" in sheet:
        return (Left(Span(0, len(sheet)), "", CONDITIONAL),)
    return read_sheet(sheet).left


def sheets_of(
    html: str, stand_in: str, untouched: frozenset[str] = frozenset()
) -> Iterator[Sheet]:
    """Find the style elements that are for a screen."""
    lowered = html.lower()
    last = lowered.rfind("<style")
    end = lowered.find("</style", last) + len("</style")
    if last < 0:
        return
    if end < last or len(lowered) != len(html):
        end = len(html)
    for found in _SHEET.finditer(html, 0, end):
        if found["tag"] is None:
            continue  # a comment, which may hold sheets for Outlook
        media = _MEDIA.search(found["tag"])
        if media and media[1].strip().lower() not in {"", "all", "screen"}:
            continue
        text = found["text"]
        is_ours = text not in untouched
        is_moved = is_ours and f"/*{stand_in}" not in text
        tag = found.start() + len("<style")
        yield Sheet(tag, Span(*found.span("text")), is_moved, is_ours)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the sheets of a document ask for.

    Attributes:
        lines: The selectors of the rules, in their order.
        looked_at: What the selectors look at.
    """

    lines: tuple[str, ...]
    looked_at: frozenset[str]
    dresser: Dresser
    skeletons: Skeletons


def plan_of(html: str, sheets: Iterable[Sheet], stand_in: str) -> Plan:
    """Read the sheets of a document that can be moved."""
    moved = [one.text for one in sheets if one.is_moved]
    return _plan(tuple(html[text.start : text.end] for text in moved), stand_in)


@lru_cache(maxsize=64)
def _plan(sheets: tuple[str, ...], stand_in: str) -> Plan:
    rules = [
        rule
        for sheet in sheets
        for rule in read_sheet(sheet).rules
        if not any(stand_in in selector for selector, _specificity in rule.selectors)
    ]
    carried: list[Carried] = []
    lines: list[str] = []
    looked_at: set[str] = set()
    for order, rule in enumerate(rules):
        for selector, specificity in rule.selectors:
            lines.append(selector)
            looked_at |= seen_by(selector)
            carried.append(Carried(rule.declarations, specificity, order))
    dresser = Dresser(tuple(carried), stand_in)
    skeletons = Skeletons.of(_marked(lines, "qd"), frozenset(looked_at), dresser)
    return Plan(tuple(lines), frozenset(looked_at), dresser, skeletons)


def _marked(lines: Sequence[str], prefix: str) -> str:
    return "".join(f"{one}{{{prefix}r{place}:v}}" for place, one in enumerate(lines))


@dataclass(frozen=True, slots=True)
class _Work:
    """One document on its way through premailer.

    Attributes:
        shown: What premailer sees.
        own: The style attributes, for which ``qd7:v`` stands.
    """

    shown: str
    prologue: str
    epilogue: str
    prefix: str
    own: tuple[str, ...]
    dresser: Dresser

    @classmethod
    def on(cls, html: str, sheets: Sequence[Sheet], plan: Plan) -> "_Work":
        """Put marks in the place of all that premailer would spoil."""
        prefix = "qd"
        while re.search(rf"{prefix}r?\d", html):
            prefix += "q"
        own: list[str] = []

        def hide(found: re.Match[str]) -> str:
            own.append(found[2] if found[2] is not None else found[3])
            quote = found[0][-1]
            return f"{found[1]}{quote}{prefix}{len(own) - 1}:v{quote}"

        marked, at = "", 0
        for sheet in sheets:
            marked += html[at : sheet.tag] + ' data-premailer="ignore"'
            at = sheet.tag
        marked = _STYLE.sub(hide, marked + html[at:])
        begin, end = root_of(marked)
        ours = f"<style>{_marked(plan.lines, prefix)}</style>"
        shown = with_sheet(marked[begin:end], ours)
        return cls(
            shown, marked[:begin], marked[end:], prefix, tuple(own), plan.dresser
        )

    def restored(self, html: str) -> str:
        """Put what the marks stand for in their place."""
        html = self.prologue + html + self.epilogue
        html = html.replace(' data-premailer="ignore"', "")
        out, at = [], 0
        marks = re.compile(rf"{self.prefix}(r?)(\d+):v")
        for found in re.finditer(rf"{self.prefix}r\d+:v", html):
            if found.start() < at:
                continue  # in a tag that is done
            begin = html.rfind("<", at, found.start())
            end = html.index(">", found.end()) + 1
            out += [html[at:begin], self._tag(html[begin:end], marks)]
            at = end
        html = "".join([*out, html[at:]])
        # What no rule touched, and what stands in comments for Outlook, as it was.
        parts = re.split(rf"{self.prefix}(\d+):v", html)
        parts[1::2] = [
            self._own(int(number), before[-1:])
            for before, number in zip(parts[::2], parts[1::2], strict=False)
        ]
        return "".join(parts)

    def _own(self, number: int, quote: str) -> str:
        text = self.own[number]
        return text.replace('"', "&quot;") if quote == '"' else text

    def _tag(self, tag: str, marks: re.Pattern[str]) -> str:
        """Dress one tag."""
        found = _STYLED.fullmatch(tag)
        if found is None:
            raise ValueError(tag)
        name, before, style, after = found.groups()
        names = marks.findall(style)
        numbers = tuple(int(number) for is_rule, number in names if is_rule)
        texts = [self.own[int(number)] for is_rule, number in names if not is_rule]
        own = texts[0] if texts else ""
        parted = Tag(name, before, own, after)
        return self.dresser.dressed("\0".join(parted), parted, numbers)


def _premailed(shown: str) -> str:
    with _premailer:
        try:
            done = transform(_DOCTYPE + shown)
        except TypeError:  # two kinds of entries under one key of its cache
            forget()
            done = transform(_DOCTYPE + shown)
    return done.removeprefix(_DOCTYPE).strip("\n")
