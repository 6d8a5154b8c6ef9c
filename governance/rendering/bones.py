"""What becomes of each tag and each text where no rule holds for it, and what is seen.

lxml writes attributes, entities and empty elements in its own way. It is asked once for
each spelling: most are met again and again.
"""

import re
from typing import Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from governance.rendering.cascade import Tag

MOST_KEPT: Final = 20_000
IGNORED: Final = ' data-premailer="ignore"'
_OWN: Final = "qd0:v"

# Whatever quotes a tag has, they are closed in it.
_START: Final = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>])(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>"
)
_END: Final = re.compile(r"</([a-zA-Z][a-zA-Z0-9:-]*)[ \t\n]*>")
_STYLE: Final = re.compile(r"\s(style\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_STYLE_BEGINS: Final = re.compile(r"\sstyle\s*=\s*[\"']", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\s([^\s\"'=<>]+)(?:=(?:\"([^\"]*)\"|'[^']*'))?")
_SPACE: Final = re.compile(r"[ \t\r\n]+")
CALM: Final = re.compile(r"[\t\n -%'-;=?-~\xa0-\ud7ff\uf900-\ufdcf]*")
_STRANGE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NO_COMMENT: Final = re.compile(r"\A<!---?>|--!>")  # these end it to a browser
_VOID: Final = frozenset(
    {
        *("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param"),
        *("embed", "frame"),
    }
)
# What stands in these is no markup, or not read as elsewhere.
_APART: Final = frozenset(
    {
        *("script", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"),
        *(
            "plaintext",
            "template",
            "svg",
            "math",
            "pre",
            "listing",
            "select",
            "frameset",
        ),
    }
)
# lxml leaves out the end of an item without words.
_ITEM: Final = "li"


class OddError(Exception):
    """Only lxml can say what becomes of this."""


class Bone(NamedTuple):
    """A tag or comment.

    Attributes:
        shown: What premailer sees of it; nothing of a comment.
        text: What it becomes where no rule holds for it.
        tag: A start tag, to be dressed where one does.
    """

    shown: str
    text: str
    tag: Tag | None = None


class Bones(dict[str, Bone]):
    """Remembers what each tag and comment becomes; most are met again and again."""

    def __init__(self, looked_at: frozenset[str]) -> None:
        super().__init__()
        self._looked_at = looked_at

    def __missing__(self, markup: str) -> Bone:
        if len(self) >= MOST_KEPT:
            self.clear()
        if _STRANGE.search(markup) or IGNORED in markup:
            raise OddError(markup)
        if markup.startswith("<!--"):
            bone = _comment(markup)
        elif end := _END.fullmatch(markup):
            text = f"</{end[1].lower()}>"
            bone = Bone(text, text)
        else:
            bone = _start(markup, self._looked_at)
        self[markup] = bone
        return bone


class Texts(dict[str, str]):
    """Remembers how lxml writes each text."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        if "<" in text or is_odd(text):
            raise OddError(text)
        told = text if CALM.fullmatch(text) else _text_of_lxml(text)
        self[text] = told
        return told


def is_odd(text: str) -> bool:
    """Tell whether a text cannot stand as it is, or looks like a style attribute."""
    if _STRANGE.search(text) or IGNORED in text:
        return True
    return "style" in text.lower() and _STYLE_BEGINS.search(text) is not None


def _comment(text: str) -> Bone:
    is_odd = _STYLE_BEGINS.search(_STYLE.sub(" ", text)) is not None
    if is_odd or _NO_COMMENT.search(text) or not text.endswith("-->"):
        raise OddError(text)
    return Bone("", text)


def _start(text: str, looked_at: frozenset[str]) -> Bone:
    found = _START.fullmatch(text)
    if found is None:
        raise OddError(text)
    name = found[1].lower()
    is_ended = text.endswith("/>") and name not in _VOID
    styles = _STYLE.findall(text)
    rest = _STYLE.sub(rf' \g<1>"{_OWN}"', text)
    told = _tag_of_lxml(rest, name)
    before, mark, after = told[len(name) + 1 : -1].partition(f' style="{_OWN}"')
    if (
        name in _APART
        or is_ended
        or len(styles) > 1
        or bool(styles) != bool(mark)
        or _STYLE_BEGINS.search(before + after)
    ):
        raise OddError(text)
    own = styles[0][1] or styles[0][2] if styles else ""
    written = own.replace('"', "&quot;")
    kept = [
        _kept(attribute, looked_at) for attribute in _ATTRIBUTE.finditer(before + after)
    ]
    ignored = IGNORED if name == "style" else ""
    return Bone(
        f"<{name}{ignored}{''.join(kept)}>{'x' if name == _ITEM else ''}",
        f'<{name}{before} style="{written}"{after}>' if styles else told,
        Tag(name, before, own, after),
    )


def _kept(attribute: re.Match[str], looked_at: frozenset[str]) -> str:
    """Return as much of an attribute as a selector can see."""
    if attribute[1] in looked_at:
        return attribute[0]
    if attribute[1] != "class" or not attribute[2]:
        return ""
    names = [name for name in _SPACE.split(attribute[2]) if f".{name}" in looked_at]
    return f' class="{" ".join(names)}"' if names else ""


def _tag_of_lxml(text: str, name: str) -> str:
    """Return a start tag as lxml writes it."""
    root = etree.fromstring(text, etree.HTMLParser())
    for element in () if root is None else root.iter():
        if element.tag == name:
            told = etree.tostring(element, method="html", encoding="utf-8").decode()
            return str(told[: told.index(">") + 1])
    raise OddError(text)


def _text_of_lxml(text: str) -> str:
    page = f"<html><head></head><body><p>{text}</p></body></html>"
    root = etree.fromstring(page, etree.HTMLParser())
    told = etree.tostring(root, method="html", encoding="utf-8").decode()
    begin, _p, rest = told.partition("<p>")
    inside, _end, end = rest.rpartition("</p>")
    if begin + end != page.replace(f"<p>{text}</p>", ""):
        raise OddError(text)
    return str(inside)
