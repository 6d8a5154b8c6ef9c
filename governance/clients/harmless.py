"""Taking out of a message all that could act or load something by itself.

What is written is read again by a browser, which does not parse as lxml does, so
nothing is kept that the two could read differently: no comments, no raw text but that
of style sheets, no foreign markup but plain shapes, no names but plain ones.
"""

import re
from functools import lru_cache
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.tree import Element, take_away, unwrap

_GONE: Final = (
    "script", "link", "base", "object", "embed", "iframe", "frame", "frameset",
    "portal", "applet", "template", "xmp", "plaintext", "noembed", "noframes", "math",
    "fencedframe", "slot", "dialog", "param", "title",
    "isindex", "listing", "xml", "textarea", "select", "keygen", "meta",
)  # fmt: skip
_OPENED: Final = (
    "form", "noscript", "marquee", "button", "fieldset", "picture", "source", "track",
    "bgsound", "image", "use", "animate", "animatemotion", "animatetransform", "set",
    "foreignobject", "foreignObject",
)  # fmt: skip
_SHAPES: Final = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "defs", "lineargradient", "radialgradient", "stop", "text", "tspan",
    }
)  # fmt: skip
_ADDRESSES: Final = frozenset(
    {
    "href", "src", "action", "formaction", "background", "poster", "data", "cite",
    "longdesc", "xlink:href", "lowsrc", "dynsrc", "icon", "manifest", "codebase",
    "classid", "usemap", "profile",
}
)  # fmt: skip
_NEVER: Final = frozenset(
    {
        "srcdoc", "ping", "action", "formaction", "http-equiv", "srcset",
        "imagesrcset", "autofocus", "nonce", "contenteditable", "popover",
        "popovertarget", "is", "slot", "target",
    }
)  # fmt: skip
_SAFE: Final = re.compile(
    r"(?:https?:|mailto:|tel:|sms:|cid:|app:|data:image/(?:png|jpe?g|gif|webp)[;,]|#|/|"
    r"[^:]*\Z)",
    re.IGNORECASE,
)
_BLANK: Final = re.compile(r"[\x00-\x20\u00a0\u200b-\u200f\ufeff]+")
_PLAIN: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.:-]*")
_STYLE_END: Final = re.compile(r"</")
_IN_CSS: Final = re.compile(
    r"@import\b[^;}]*;?|@namespace\b[^;}]*;?|@charset\b[^;}]*;?|expression\s*\(|"
    r"-moz-binding\s*:|behavior\s*:|javascript\s*:",
    re.IGNORECASE,
)
# What most attributes are called; the others are looked at.
_USUAL: Final = frozenset(
    {
        "style", "class", "id", "align", "valign", "width", "height", "border",
        "cellpadding", "cellspacing", "role", "bgcolor", "color", "alt", "title", "dir",
        "lang", "colspan", "rowspan", "face", "size", "type", "media", "content",
        "name", "text", "rel", "hspace", "vspace",
    }
)  # fmt: skip
_SUSPECT: Final = re.compile(r"[(\\]|behavior|binding", re.IGNORECASE)


def tame_attributes(element: Element) -> None:
    """Take out the attributes that act, load or lead where a mail must not."""
    if not _is_plain(element.tag):
        element.tag = "span"
    items = element.items()
    if all(name in _USUAL for name, _value in items) and not _acts(
        element.get("style", "")
    ):
        return
    kept = [
        (name, value)
        for name, value in items
        if (name in _USUAL and (name != "style" or not _acts(value)))
        or (name not in _USUAL and _is_harmless(name, value))
    ]
    if len(kept) < len(items):
        element.attrib.clear()  # some odd names cannot be deleted one by one
        element.attrib.update(kept)


@lru_cache(maxsize=1024)
def _is_plain(name: str) -> bool:
    return _PLAIN.fullmatch(name) is not None


def _is_harmless(name: str, value: str) -> bool:
    lower = name.lower()
    return not (
        lower.startswith("on")
        or lower in _NEVER
        or not _is_plain(name)
        or (lower in _ADDRESSES and not _is_safe(value))
    )


def tame_elements(root: Element) -> None:
    """Take out the elements that act, and open those that only stand around text."""
    for element in list(root.iter(*_GONE)):
        take_away(element)
    for element in list(root.iter(*_OPENED)):
        unwrap(element)
    for element in list(root.iter("svg")):
        _keep_shapes(element)
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        take_away(element)
    for element in root.iter("style"):
        for child in list(element):
            element.remove(child)
        element.text = tame_sheet(element.text or "")


def _is_safe(address: str) -> bool:
    return _SAFE.match(_BLANK.sub("", address)) is not None


def _keep_shapes(svg: Element) -> None:
    for element in list(svg.iter()):
        if element is svg or element.getparent() is None:
            continue
        name = str(element.tag)  # a function for a comment
        if name.lower() not in _SHAPES:
            take_away(element)


def _unescaped(css: str) -> str:
    """Read the escapes of CSS, so that nothing hides behind them."""
    if "\\" not in css:
        return css
    css = re.sub(
        r"\\([0-9a-fA-F]{1,6})\s?",
        lambda found: chr(min(int(found.group(1), 16), 0x10FFFF)),
        css,
    )
    return css.replace("\\", "")


@lru_cache(maxsize=4096)
def _acts(style: str) -> bool:
    return bool(_SUSPECT.search(style) and _IN_CSS.search(_unescaped(style)))


def tame_sheet(text: str) -> str:
    """Return a style sheet that loads no other and cannot end early."""
    text = _IN_CSS.sub("", text)
    if "\\" in text and _IN_CSS.search(_unescaped(text)):
        text = ""  # escapes hide it, so nothing of it is believed
    return _STYLE_END.sub(r"<\\/", text)
