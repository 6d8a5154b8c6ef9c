"""Nesting: which element and which block each piece of a text lies in."""

from dataclasses import dataclass, field
from typing import Final

from governance.markup.expression import Tag
from governance.markup.faults import Fault
from governance.markup.tags import StartTag
from governance.markup.tree import (
    Arm,
    Condition,
    Dialect,
    Element,
    Leaf,
    Loop,
    Node,
    Stray,
)
from governance.names import Span
from governance.texts import _

# Deeper trees crash the MJML library, and no message needs them.
DEEPEST: Final = 100

_VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
        "param", "source", "track", "wbr",
    }
)  # fmt: skip

# HTML lets these end by themselves; MJML does not.
_ENDS_ITSELF: Final = frozenset(
    {
        "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option",
        "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
    }
)  # fmt: skip

_OPENER: Final = {Tag.END_IF: Tag.IF, Tag.END_FOR: Tag.FOR}


@dataclass(slots=True)
class _Frame:
    """Something that is open: an element, or a block with its ways so far."""

    start: int
    tag: StartTag | None = None
    name: str = ""
    block: Tag | None = None
    arm: tuple[str, Span] = ("", Span(0, 0))
    arms: list[Arm] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def next_arm(self, text: str, span: Span) -> None:
        self.arms.append(Arm(*self.arm, tuple(self.children)))
        self.arm, self.children = (text, span), []


@dataclass(slots=True)
class Nest:
    """Puts pieces into what is open, and notes what does not fit.

    Attributes:
        length: The length of the whole text.
    """

    dialect: Dialect
    length: int
    faults: list[Fault] = field(default_factory=list)
    is_full: bool = False
    _frames: list[_Frame] = field(default_factory=lambda: [_Frame(0)])
    _names: list[str] = field(default_factory=lambda: [""])

    @property
    def name(self) -> str:
        """The element that is open, through its blocks; "" for none."""
        return self._names[-1]

    def add(self, node: Leaf) -> None:
        """Put a leaf where the text is now."""
        self._frames[-1].children.append(node)

    def open(self, tag: StartTag) -> None:
        """Begin an element."""
        name = tag.name.lower()
        if tag.is_closed or name in _VOID:
            element = Element(
                tag.name, tag.inside, tag.tail, (), "", tag.span, tag.span
            )
            self._frames[-1].children.append(element)
            return
        self._names.append(name)
        self._begin(_Frame(tag.span.start, tag, name), tag.span)

    def close(self, name: str, text: str, span: Span) -> None:
        """End the element ``name``; what is open in it ends too, with a fault."""
        depth = self._depth_of(name)
        if depth is None:
            self._refuse_closing(name, span)
            self.add(Stray(text, span))
            return
        while len(self._frames) > depth + 1:
            self._leave_open(span.start)
        self._end_element(text, span.end)

    def open_block(self, tag: Tag, text: str, span: Span) -> None:
        """Begin a condition or a loop."""
        self._begin(_Frame(span.start, block=tag, arm=(text, span)), span)

    def next_arm(self, tag: Tag, text: str, span: Span) -> None:
        """Begin another way of the block that is open."""
        if not self._back_to_block(span, {Tag.IF, Tag.FOR}):
            reason = _("“{tag}” belongs to no “if”").format(tag=tag.value)
            self.faults.append(Fault("block-stray", reason, span))
            self.add(Stray(text, span))
            return
        self._frames[-1].next_arm(text, span)

    def close_block(self, tag: Tag, text: str, span: Span) -> None:
        """End the block that is open."""
        if not self._back_to_block(span, {_OPENER[tag]}):
            reason = _("“{tag}” closes nothing that is open here").format(tag=tag.value)
            self.faults.append(Fault("block-stray", reason, span))
            self.add(Stray(text, span))
            return
        self._end_block(text, span.end)

    def ended(self) -> tuple[Node, ...]:
        """End everything, and return the whole."""
        while len(self._frames) > 1:
            if self._frames[-1].block is None:
                self._leave_open(self.length)
                continue
            tag, span = self._frames[-1].block, self._frames[-1].arm[1]
            reason = _("“{tag}” is never closed").format(tag=tag.value)
            self._fault("block-unclosed", reason, span)
            self._end_block("", self.length)
        return tuple(self._frames[0].children)

    def _begin(self, frame: _Frame, span: Span) -> None:
        self._frames.append(frame)
        if len(self._frames) > DEEPEST:
            reason = _("elements and conditions are nested too deeply here")
            self._fault("too-deep", reason, span)
            self.is_full = True

    def _fault(self, code: str, reason: str, span: Span) -> None:
        if not self.is_full:
            self.faults.append(Fault(code, reason, span))

    def _depth_of(self, name: str) -> int | None:
        """Return which frame the element ``name`` is, if no block lies between."""
        wanted = name.lower()
        if self._frames[-1].name == wanted:  # nearly always, and no block's is
            return len(self._frames) - 1
        for depth in range(len(self._frames) - 1, 0, -1):
            frame = self._frames[depth]
            if frame.tag is None:
                return None
            if frame.name == wanted:
                return depth
        return None

    def _refuse_closing(self, name: str, span: Span) -> None:
        if name.lower() in self._names:
            reason = _(
                "“</{name}>” ends an element that began outside of this condition; put "
                "the condition around the whole element"
            )
            self._fault("tag-split", reason.format(name=name), span)
            return
        reason = _("“</{name}>” ends nothing that is open here").format(name=name)
        self._fault("tag-stray", reason, span)

    def _back_to_block(self, span: Span, tags: set[Tag]) -> bool:
        depth = len(self._frames) - 1
        while depth and self._frames[depth].block is None:
            depth -= 1
        if self._frames[depth].block not in tags:
            return False
        while len(self._frames) > depth + 1:
            self._leave_open(span.start)
        return True

    def _leave_open(self, end: int) -> None:
        tag = self._frames[-1].tag
        assert tag is not None, "blocks are ended by their own tags"
        is_html = self.dialect is Dialect.HTML
        if not (is_html and tag.name.lower() in _ENDS_ITSELF):
            reason = _("“<{name}>” is never closed here").format(name=tag.name)
            self._fault("tag-unclosed", reason, tag.span)
        self._end_element("", end)

    def _end_element(self, text: str, end: int) -> None:
        frame = self._frames.pop()
        self._names.pop()
        tag = frame.tag
        assert tag is not None, "an element is ended"
        element = Element(
            tag.name,
            tag.inside,
            tag.tail,
            tuple(frame.children),
            text,
            Span(frame.start, end),
            tag.span,
        )
        self._frames[-1].children.append(element)

    def _end_block(self, text: str, end: int) -> None:
        frame = self._frames.pop()
        frame.next_arm("", Span(end, end))
        kind = Condition if frame.block is Tag.IF else Loop
        span = Span(frame.start, end)
        self._frames[-1].children.append(kind(tuple(frame.arms), text, span))
