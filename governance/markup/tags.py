"""Reading one start tag with its attributes."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from governance.markup.faults import Fault
from governance.markup.lex import Token
from governance.markup.tree import Attribute, Loose
from governance.names import Span
from governance.texts import _

_NAME: Final = re.compile(r"<([a-zA-Z][^\s<>/\0\"'=]*)")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")
_ATTRIBUTE: Final = re.compile(
    r"""(\s*)([^\s"'<>/=\0]+)(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>=\0]+)))?"""
)
# A tag as most are: each value in double quotes, and nothing else in it.
_WHOLE: Final = re.compile(
    r"""<[a-zA-Z][^\s<>/\0"'=]*(?:\s+[^\s"'<>/=\0]+\s*=\s*"[^"<>]*")*\s*/?>"""
)
_QUOTES: Final = {4: '"', 5: "'", 6: ""}  # by the group that holds the value
_TAIL: Final = re.compile(r"\s*/?>")
_JUNK: Final = re.compile(r"[^\s<>\0]+?(?=[\s<>\0]|/>|$)")
_SPACE: Final = re.compile(r"\s+")


class StartTag(NamedTuple):
    """A tag that begins an element; what is inside has its places counted from it.

    Attributes:
        is_plain: Whether MJML can read all of its names.
    """

    name: str
    inside: tuple[Attribute | Loose, ...]
    tail: str
    span: Span
    is_plain: bool

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes, in order."""
        return tuple(item for item in self.inside if isinstance(item, Attribute))

    @property
    def is_closed(self) -> bool:
        """Whether it ends itself: ``<br />``."""
        return self.tail.endswith("/>")


def bare_tag(name: str, tail: str, span: Span) -> StartTag:
    """Return a tag without attributes."""
    return StartTag(name, (), tail, span, _is_plain(name))


def read_tag(
    source: str, visible: str, code: Mapping[int, Token], start: int
) -> tuple[StartTag | None, int, list[Fault]]:
    """Read the tag at ``start``, and return it, its end and what is wrong with it.

    ``visible`` is ``source`` with its Jinja hidden. Of a tag that is never finished
    only the end of what was read is returned.
    """
    whole = _WHOLE.match(visible, start)
    if whole is None:
        return _read(source, visible, code, start)
    end = whole.end()
    tag, faults = _alone(source[start:end], visible[start:end])
    here = StartTag(tag.name, tag.inside, tag.tail, Span(start, end), tag.is_plain)
    return here, end, [_moved(fault, start) for fault in faults]


@lru_cache(maxsize=4096)
def _alone(source: str, visible: str) -> tuple[StartTag, tuple[Fault, ...]]:
    """Read a tag that is whole; a library writes the same few hundred."""
    tag, _end, faults = _read(source, visible, {}, 0)
    assert tag is not None, "it is whole"
    return tag, tuple(faults)


def _read(
    source: str, visible: str, code: Mapping[int, Token], start: int
) -> tuple[StartTag | None, int, list[Fault]]:
    found = _NAME.match(visible, start)
    assert found is not None, "whoever calls saw a name"
    at = found.end()
    inside: list[Attribute | Loose] = []
    faults: list[Fault] = []
    while True:
        if (item := _ATTRIBUTE.match(visible, at)) and _is_apart(inside, item):
            inside.append(_attribute(source, visible, item, start))
            faults += _doubts(item)
            at = item.end()
        elif tail := _TAIL.match(visible, at):
            faults += _doubled(inside, start)
            names = [found[1], *(each.name for each in _attributes(inside))]
            span = Span(start, tail.end())
            is_plain = all(map(_is_plain, names))
            tag = StartTag(found[1], tuple(inside), tail.group(), span, is_plain)
            return tag, span.end, faults
        elif token := code.get(at):
            span = Span(at - start, token.span.end - start)
            inside.append(Loose(token.text, span, is_code=True))
            at = token.span.end
        elif space := _SPACE.match(visible, at):
            inside.append(_loose(source, at, space.end(), start))
            at = space.end()
        elif at >= len(visible) or visible[at] == "<":
            reason = _("the tag “<{name}” is never finished").format(name=found[1])
            return None, at, [*faults, Fault("tag-broken", reason, Span(start, at))]
        else:
            end = _out_of_place_end(visible, at)
            faults.append(_out_of_place(source, at, end))
            inside.append(_loose(source, at, end, start))
            at = end


def odd_names(tag: StartTag) -> list[Fault]:
    """Return the names that HTML may have and MJML cannot read."""
    start = tag.span.start
    names = [(tag.name, Span(1, 1 + len(tag.name)))]
    names += [(item.name, item.name_span) for item in tag.attributes]
    return [
        Fault(
            "name-broken",
            _("“{name}” is no name that MJML can read").format(name=name),
            Span(start + begin, start + end),
        )
        for name, (begin, end) in names
        if not _is_plain(name)
    ]


@lru_cache(maxsize=1_000)
def _is_plain(name: str) -> bool:
    return _PLAIN_NAME.fullmatch(name) is not None


def _is_apart(inside: list[Attribute | Loose], item: re.Match[str]) -> bool:
    """Tell whether an attribute stands apart from what is before it."""
    return bool(item[1]) or not inside or isinstance(inside[-1], Loose)


def _attributes(inside: list[Attribute | Loose]) -> Iterator[Attribute]:
    return (item for item in inside if isinstance(item, Attribute))


def _attribute(
    source: str, visible: str, item: re.Match[str], origin: int
) -> Attribute:
    group = item.lastindex or 0
    start, end = item.span(group) if group in _QUOTES else (item.end(), item.end())
    before, name, equals = item.group(1, 2, 3)
    return Attribute(
        before,
        name,
        equals or "",
        _QUOTES.get(group, ""),
        source[start:end],
        Span(item.start(2) - origin, item.end(2) - origin),
        Span(start - origin, end - origin),
        visible.find("\0", start, end) >= 0,
    )


def _doubts(item: re.Match[str]) -> list[Fault]:
    if item[6] is not None:
        reason = _("put the value of “{name}” in quotation marks")
        code = "attribute-unquoted"
    elif "<" in (item[4] or item[5] or ""):
        reason = _("the quotation mark after “{name}” seems not to be closed")
        code = "attribute-unclosed"
    else:
        return []
    return [Fault(code, reason.format(name=item[2]), Span(*item.span(2)))]


def _doubled(inside: list[Attribute | Loose], origin: int) -> Iterator[Fault]:
    seen: set[str] = set()
    for attribute in _attributes(inside):
        name = attribute.name.lower()
        if name in seen:
            reason = _("“{name}” is given twice").format(name=attribute.name)
            start, end = attribute.name_span
            span = Span(start + origin, end + origin)
            yield Fault("attribute-doubled", reason, span)
        seen.add(name)


def _moved(fault: Fault, by: int) -> Fault:
    span = Span(fault.span.start + by, fault.span.end + by)
    return Fault(fault.code, fault.reason, span)


def _out_of_place_end(visible: str, at: int) -> int:
    found = _JUNK.match(visible, at)
    return found.end() if found else at + 1


def _out_of_place(source: str, start: int, end: int) -> Fault:
    quote = next((at for at in range(start, end) if source[at] in "\"'"), -1)
    if quote >= 0:
        reason = _("this quotation mark has no partner")
        return Fault("attribute-unclosed", reason, Span(quote, quote + 1))
    reason = _("“{text}” has no place in a tag").format(text=source[start:end])
    return Fault("tag-broken", reason, Span(start, end))


def _loose(source: str, start: int, end: int, origin: int) -> Loose:
    span = Span(start - origin, end - origin)
    return Loose(source[start:end], span, is_code=False)
