"""Reading one start tag with its attributes."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from governance.markup.faults import Fault
from governance.markup.lex import Token
from governance.markup.tree import Attribute, Loose
from governance.names import Span
from governance.texts import _

_NAME: Final = re.compile(r"<([a-zA-Z][^\s<>/\0\"'=]*)")
_BARE: Final = re.compile(r"<([a-zA-Z][^\s<>/\0\"'=]*)(\s*/?>)")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")
_ATTRIBUTE: Final = re.compile(
    r"""(\s*)([^\s"'<>/=\0]+)(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>=\0]+)))?"""
)
_QUOTES: Final = {4: '"', 5: "'", 6: ""}  # by the group that holds the value
_TAIL: Final = re.compile(r"\s*/?>")
_JUNK: Final = re.compile(r"[^\s<>\0]+?(?=[\s<>\0]|/>|$)")
_SPACE: Final = re.compile(r"\s+")


class StartTag(NamedTuple):
    """A tag that begins an element."""

    name: str
    inside: tuple[Attribute | Loose, ...]
    tail: str
    span: Span

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes, in order."""
        if not self.inside:
            return ()
        return tuple(item for item in self.inside if isinstance(item, Attribute))

    @property
    def is_closed(self) -> bool:
        """Whether it ends itself: ``<br />``."""
        return self.tail.endswith("/>")


def read_tag(
    source: str, visible: str, code: Mapping[int, Token], start: int
) -> tuple[StartTag | None, int, list[Fault]]:
    """Read the tag at ``start``, and return it, its end and what is wrong with it.

    ``visible`` is ``source`` with its Jinja hidden. Of a tag that is never finished
    only the end of what was read is returned.
    """
    if bare := _BARE.match(visible, start):
        end = bare.end()
        return StartTag(bare[1], (), bare[2], Span(start, end)), end, []
    found = _NAME.match(visible, start)
    assert found is not None, "whoever calls saw a name"
    at = found.end()
    inside: list[Attribute | Loose] = []
    faults: list[Fault] = []
    while True:
        if (item := _ATTRIBUTE.match(visible, at)) and _is_apart(inside, item):
            inside.append(_attribute(source, visible, item))
            if item[6] is not None or visible.find("<", *item.span()) >= 0:
                faults += _doubts(item)
            at = item.end()
        elif tail := _TAIL.match(visible, at):
            span = Span(start, tail.end())
            tag = StartTag(found[1], tuple(inside), tail.group(), span)
            return tag, tail.end(), faults + _doubled(tag)
        elif token := code.get(at):
            inside.append(Loose(token.text, token.span, is_code=True))
            at = token.span.end
        elif space := _SPACE.match(visible, at):
            inside.append(_loose(source, at, space.end()))
            at = space.end()
        elif at >= len(visible) or visible[at] == "<":
            reason = _("the tag “<{name}” is never finished").format(name=found[1])
            return None, at, [*faults, Fault("tag-broken", reason, Span(start, at))]
        else:
            end = _out_of_place_end(visible, at)
            faults.append(_out_of_place(source, at, end))
            inside.append(_loose(source, at, end))
            at = end


def odd_names(tag: StartTag) -> list[Fault]:
    """Return the names that HTML may have and MJML cannot read."""
    odd = []
    if not _is_plain(tag.name):
        start = tag.span.start + 1
        odd.append((tag.name, Span(start, start + len(tag.name))))
    odd += [
        (item.name, item.name_span)
        for item in tag.inside
        if isinstance(item, Attribute) and not _is_plain(item.name)
    ]
    return [
        Fault(
            "name-broken",
            _("“{name}” is no name that MJML can read").format(name=name),
            span,
        )
        for name, span in odd
    ]


@lru_cache(maxsize=1_000)
def _is_plain(name: str) -> bool:
    return _PLAIN_NAME.fullmatch(name) is not None


def _is_apart(inside: list[Attribute | Loose], item: re.Match[str]) -> bool:
    """Tell whether an attribute stands apart from what is before it."""
    return bool(item[1]) or not inside or isinstance(inside[-1], Loose)


def _attribute(source: str, visible: str, item: re.Match[str]) -> Attribute:
    group = item.lastindex or 0
    start, end = item.span(group) if group in _QUOTES else (item.end(), item.end())
    before, name, equals = item.group(1, 2, 3)
    return Attribute(
        before,
        name,
        equals or "",
        _QUOTES.get(group, ""),
        source[start:end],
        Span(*item.span(2)),
        Span(start, end),
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


def _doubled(tag: StartTag) -> list[Fault]:
    if len(tag.inside) < 2:  # noqa: PLR2004 -- one has no double
        return []
    seen: set[str] = set()
    faults = []
    for attribute in tag.attributes:
        name = attribute.name.lower()
        if name in seen:
            reason = _("“{name}” is given twice").format(name=attribute.name)
            faults.append(Fault("attribute-doubled", reason, attribute.name_span))
        seen.add(name)
    return faults


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


def _loose(source: str, start: int, end: int) -> Loose:
    return Loose(source[start:end], Span(start, end), is_code=False)
