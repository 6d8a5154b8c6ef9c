"""A document as premailer needs it: its elements, without words and their own styles.

Which rule holds for which element is seen from names, order and the few attributes that
selectors look at, a tenth of a mail. What lxml would make of each tag and each text is
asked of lxml itself, once. Where its parser would repair, move or add something, what
comes back is not the skeleton that was given: such a document takes the long way.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from governance.rendering.cascade import Dresser, Tag
from governance.rendering.html_text import INSIDE, root_of

MOST_KEPT: Final = 20_000
_IGNORED: Final = ' data-premailer="ignore"'
_OWN: Final = "qd0:v"

_MARKUP: Final = re.compile(rf"({INSIDE}-->|<[^>]*>)")
# Whatever quotes a tag has, they are closed in it.
_START: Final = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>])(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>"
)
_END: Final = re.compile(r"</([a-zA-Z][a-zA-Z0-9:-]*)[ \t\n]*>")
_STYLE: Final = re.compile(r"\s(style\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_STYLE_BEGINS: Final = re.compile(r"\sstyle\s*=\s*[\"']", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\s([^\s\"'=<>]+)(?:=(?:\"[^\"]*\"|'[^']*'))?")
_CALM: Final = re.compile(r"[\t\n -%'-;=?-~\xa0-\ud7ff\uf900-\ufdcf]*")
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
_EMPTY_ITEM: Final = re.compile(r"<li(?:\s[^<>]*)?></li", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+")


class _OddError(Exception):
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


class _Bones(dict[str, Bone]):
    """Remembers what each tag and comment becomes; most are met again and again."""

    def __init__(self, attributes: frozenset[str]) -> None:
        super().__init__()
        self._attributes = attributes

    def __missing__(self, markup: str) -> Bone:
        if len(self) >= MOST_KEPT:
            self.clear()
        if _STRANGE.search(markup) or _IGNORED in markup:
            raise _OddError(markup)
        if markup.startswith("<!--"):
            bone = _comment(markup)
        elif end := _END.fullmatch(markup):
            text = f"</{end[1].lower()}>"
            bone = Bone(text, text)
        else:
            bone = _start(markup, self._attributes)
        self[markup] = bone
        return bone


@dataclass(frozen=True, slots=True)
class Skeletons:
    """Makes skeletons for one set of rules, and dresses what stands for their bones.

    Attributes:
        sheet: The rules as premailer sees them, each with a mark ``qdr7:v``.
        bones: What is known of tags and comments.
        texts: What is known of texts that lxml would write in another way.
    """

    sheet: str
    dresser: Dresser
    bones: Mapping[str, Bone]
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, sheet: str, attributes: frozenset[str], dresser: Dresser
    ) -> "Skeletons":
        """Make skeletons with nothing but ``attributes``, where selectors look."""
        return cls(sheet, dresser, _Bones(attributes))

    def inlined(self, html: str, run: Callable[[str], str]) -> str | None:
        """Return ``html`` as premailer would make it, or none where that is not sure.

        Args:
            html: A whole document.
            run: Premailer.
        """
        begin, end = root_of(html)
        pieces = _MARKUP.split(html[begin:end])
        markup = pieces[1::2]
        try:
            bones = [self.bones[text] for text in markup]
            body = _first(markup, "<body", range(len(markup)))
            last = _first(markup, "</body", range(len(markup) - 1, body, -1))
            pieces[2 * body + 2 : 2 * last + 1 : 2] = self._told(
                pieces[2 * body + 2 : 2 * last + 1 : 2]
            )
            above = self._head(pieces, bones[: body + 1])
        except _OddError:
            return None
        inner = "".join([bone.shown for bone in bones[body + 1 : last]])
        below = "".join(
            bone.shown + text
            for bone, text in zip(bones[last:], pieces[2 * last + 2 :: 2], strict=True)
        )
        if (
            "<style" in inner
            or "<title" in inner
            or above.count("</head>") != 1
            or ("<li" in inner and _EMPTY_ITEM.search(html))
        ):
            return None
        sheet = f"<style>{self.sheet}</style></head>"
        done = run(above.replace("</head>", sheet) + inner + below)
        given = (above + inner + below).replace(_IGNORED, "").split("<")
        made = done.replace(_IGNORED, "").split("<")
        if len(given) != len(made):
            return None
        pieces[1::2] = [bone.text for bone in bones]
        places = [place for place, bone in enumerate(bones) if bone.shown]
        for number, (before, after) in enumerate(zip(given, made, strict=True)):
            if before != after:
                place = places[number - 1]
                tag = bones[place].tag
                marks = _marks(before, after)
                if tag is None or not marks:
                    return None
                pieces[2 * place + 1] = self.dresser.dressed(tag, marks)
        return html[:begin] + "".join(pieces) + html[end:]

    def _head(self, pieces: list[str], bones: Sequence[Bone]) -> str:
        """Return what premailer sees down to the body; put its texts into ``pieces``.

        A text there is shown, since lxml would move it.
        """
        shown = [pieces[0]]
        for number, bone in enumerate(bones[:-1]):
            at = 2 * number + 2
            shown.append(bone.shown)
            name = bone.tag.name if bone.tag else ""
            is_raw = name in {"style", "title"}
            if is_raw and bones[number + 1].shown != f"</{name}>":
                raise _OddError(name)
            if name == "style":
                if _is_odd(pieces[at]):
                    raise _OddError(pieces[at])
            else:
                pieces[at] = self._text(pieces[at])
                if not is_raw:
                    shown.append(pieces[at])
        return "".join([*shown, bones[-1].shown])

    def _told(self, texts: list[str]) -> list[str]:
        """Return texts as lxml would write them."""
        joined = "\n".join(texts)
        if _CALM.fullmatch(joined) and not _is_odd(joined):
            return texts
        return [self._text(text) for text in texts]

    def _text(self, text: str) -> str:
        told = self.texts.get(text)
        if told is None:
            if "<" in text or _is_odd(text):
                raise _OddError(text)
            told = text if _CALM.fullmatch(text) else _text_of_lxml(text)
            if len(self.texts) >= MOST_KEPT:
                self.texts.clear()
            self.texts[text] = told
        return told


def _first(markup: Sequence[str], begin: str, places: range) -> int:
    for place in places:
        if markup[place].startswith(begin):
            return place
    raise _OddError(begin)


def _marks(before: str, after: str) -> tuple[int, ...]:
    """Return the rules that hold for an element: all that its tag may have got."""
    name, bracket, text = before.rpartition(">")
    begin, end = f'{name} style="', f'"{bracket}{text}'
    if not (bracket and after.startswith(begin) and after.endswith(end)):
        return ()
    return tuple(map(int, _NUMBER.findall(after[len(begin) : -len(end)])))


def _is_odd(text: str) -> bool:
    """Tell whether a text cannot stand as it is, or looks like a style attribute."""
    if _STRANGE.search(text) or _IGNORED in text:
        return True
    return "style" in text.lower() and _STYLE_BEGINS.search(text) is not None


def _comment(text: str) -> Bone:
    is_odd = _STYLE_BEGINS.search(_STYLE.sub(" ", text)) is not None
    if is_odd or _NO_COMMENT.search(text) or not text.endswith("-->"):
        raise _OddError(text)
    return Bone("", text)


def _start(text: str, attributes: frozenset[str]) -> Bone:
    found = _START.fullmatch(text)
    if found is None:
        raise _OddError(text)
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
        raise _OddError(text)
    own = styles[0][1] or styles[0][2] if styles else ""
    written = own.replace('"', "&quot;")
    kept = [
        attribute[0]
        for attribute in _ATTRIBUTE.finditer(before + after)
        if attribute[1] in attributes
    ]
    ignored = _IGNORED if name == "style" else ""
    return Bone(
        f"<{name}{ignored}{''.join(kept)}>{'x' if name == _ITEM else ''}",
        f'<{name}{before} style="{written}"{after}>' if styles else told,
        Tag(name, before, own, after),
    )


def _tag_of_lxml(text: str, name: str) -> str:
    """Return a start tag as lxml writes it."""
    root = etree.fromstring(text, etree.HTMLParser())
    for element in () if root is None else root.iter():
        if element.tag == name:
            told = etree.tostring(element, method="html", encoding="utf-8").decode()
            return str(told[: told.index(">") + 1])
    raise _OddError(text)


def _text_of_lxml(text: str) -> str:
    page = f"<html><head></head><body><p>{text}</p></body></html>"
    root = etree.fromstring(page, etree.HTMLParser())
    told = etree.tostring(root, method="html", encoding="utf-8").decode()
    begin, _p, rest = told.partition("<p>")
    inside, _end, end = rest.rpartition("</p>")
    if begin + end != page.replace(f"<p>{text}</p>", ""):
        raise _OddError(text)
    return str(inside)
