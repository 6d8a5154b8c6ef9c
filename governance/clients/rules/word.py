"""What Word's engine does to elements, in Outlook for Windows."""

import re
from dataclasses import replace
from typing import Final

from governance.clients.css import (
    Block,
    read_blocks,
    split,
    write_blocks,
    write_declarations,
)
from governance.clients.page import Page
from governance.clients.rule import BUGS, CANIEMAIL, WORD, Confidence, OnPage, Rule
from governance.clients.tree import Element, new_element, take_away, unwrap
from governance.rendering.sheets import Declaration, read_declarations
from governance.texts import N_

_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN_FROM_WORD: Final = re.compile(r"mso-hide\s*:\s*all", re.IGNORECASE)
_UNSHAPED: Final = frozenset({"v:fill", "v:stroke", "w:anchorlock", "o:lock", "v:path"})
_SERIF: Final = "'Times New Roman',serif"


def _first_class(page: Page) -> None:
    sheets = "".join(element.text or "" for _index, element in page.find("style"))
    for index, element in page.with_attribute("class"):
        names = element.get("class", "").split()
        if len(names) > 1:
            if any(f".{name}" in sheets for name in names[1:]):
                page.note(" ".join(names), names[0], index)
            element.set("class", names[0])


def _image_sizes(page: Page) -> None:
    """Drop what is no plain number: the image is then as large as it is."""
    for index, element in page.find("img"):
        for name in ("width", "height"):
            size = element.get(name, "").strip()
            if size and not size.isdecimal():
                page.note(f"{name}={size}", "", index)
                del element.attrib[name]


def _background_attribute(page: Page) -> None:
    for index, element in page.with_attribute("background"):
        if element.tag != "body":
            page.note(f"background={element.get('background')[:40]}", "", index)
            del element.attrib["background"]


def _tables_come_out(page: Page) -> None:
    """Show the tables in what is hidden, unless it is hidden from Word too."""
    for index, _tag, style in page.mail.styled:
        element = page.elements[index]
        if (
            "none" not in style
            or not _HIDDEN.search(style)
            or _HIDDEN_FROM_WORD.search(style)
        ):
            continue
        if element.tag == "table" or not page.is_there(element):
            continue
        tables = [
            one
            for one in element.iter("table")
            if _first_table(one, element) and not _is_hidden(one)
        ]
        parent = element.getparent()
        if not tables or parent is None:
            continue
        shown = new_element("div")
        for table in tables:
            table.tail = None
            shown.append(table)
        shown.tail, element.tail = element.tail, None
        parent.replace(element, shown)
        page.note("display:none", "", index)


def _first_table(table: Element, inside: Element) -> bool:
    for around in table.iterancestors():
        if around is inside:
            return True
        if around.tag == "table":
            return False
    return False


def _is_hidden(element: Element) -> bool:
    return _HIDDEN.search(element.get("style", "")) is not None


def _lost_fonts(page: Page) -> None:
    """Set text in Times New Roman where its first font was to be loaded."""
    fonts: set[str] = set()
    sheets = [
        (element, read_blocks(element.text or ""))
        for _index, element in page.find("style")
    ]
    for _element, blocks in sheets:
        fonts.update(_loaded(blocks))
    if not fonts:
        return
    for element, blocks in sheets:
        changed = tuple(_without_fonts(block, fonts) for block in blocks)
        if changed != blocks:
            element.text = write_blocks(changed)
    for index, _tag, _style in page.mail.styled:
        style = page.style(index)
        if "font" not in style:
            continue
        declarations = read_declarations(style)
        kept = tuple(_in_serif(one, fonts, declarations) for one in declarations)
        if kept != declarations:
            before = next(one.value for one in declarations if one not in kept)
            page.note(before, "Times New Roman", index)
            page.restyle(index, write_declarations(kept))


def _loaded(blocks: tuple[Block, ...]) -> set[str]:
    """Return the fonts that are to be loaded; Word itself names installed ones."""
    return {
        _font(one.value)
        for block in blocks
        if block.head.lower().startswith("@font-face")
        and any("url(" in one.value for one in block.declarations)
        for one in block.declarations
        if one.name == "font-family"
    }


def _font(name: str) -> str:
    return name.strip().strip("'\"").lower()


def _without_fonts(block: Block, fonts: set[str]) -> Block:
    if block.is_at_rule:
        return block
    kept = tuple(
        _in_serif(one, fonts, block.declarations) for one in block.declarations
    )
    return replace(block, declarations=kept)


def _in_serif(
    found: Declaration, fonts: set[str], around: tuple[Declaration, ...]
) -> Declaration:
    if found.name != "font-family":
        return found
    first = next(iter(split(found.value, ",")), "")
    if _font(first) not in fonts or any(one.name == "mso-font-alt" for one in around):
        return found
    return replace(found, value=_SERIF)


def _drawn(page: Page) -> None:
    """Turn drawn shapes into blocks that look alike."""
    drawn = [tag for tag in page.mail.by_tag if ":" in tag]
    for index, element in list(page.find(*drawn)):
        if not page.is_there(element):
            continue
        name = element.tag.lower()
        if name in {"v:roundrect", "v:rect", "v:oval"}:
            page.note(name, "", index)
            _to_block(element, name)
        elif name == "v:textbox":
            _replace(element, "div", {})
        elif name in {"v:image", "v:imagedata"}:
            kept = {"src": element.get("src", ""), "style": element.get("style", "")}
            _replace(element, "img", kept)
        elif name in _UNSHAPED or name.startswith(("o:", "w:", "v:")):
            unwrap(element)


def _to_block(element: Element, name: str) -> None:
    given = {one.name: one.value for one in read_declarations(element.get("style", ""))}
    href = element.get("href", "")
    drawn = {"box-sizing": "border-box"}
    if name != "v:rect" or href:
        drawn |= {"display": "inline-block", "text-align": "center"}
    sizes = ("width", "height")
    drawn |= {size: given[size] for size in sizes if given.get(size, "")[:1].isdigit()}
    drawn |= _filled(element) | _lined(element)
    if name == "v:oval":
        drawn["border-radius"] = "50%"
    elif name == "v:roundrect":
        drawn["border-radius"] = _radius(element.get("arcsize", ""), given)
    if "middle" in given.get("v-text-anchor", "") and "height" in given:
        drawn["line-height"] = given["height"]
    if href:
        drawn["text-decoration"] = "none"
    attributes = {"href": href} if href else {}
    attributes["style"] = ";".join(f"{one}:{value}" for one, value in drawn.items())
    _replace(element, "a" if href else "div", attributes)


def _replace(element: Element, tag: str, attributes: dict[str, str]) -> None:
    """Put another element in the place of a shape; the rules for styles pass it by."""
    made = new_element(tag, attributes)
    made.text, made.tail = element.text, element.tail
    for child in list(element):
        made.append(child)
    if (parent := element.getparent()) is not None:
        parent.replace(element, made)


def _filled(element: Element) -> dict[str, str]:
    colour, image = element.get("fillcolor", ""), ""
    for fill in list(element.iter("v:fill")):
        colour = fill.get("color", "") or colour
        image = fill.get("src", "")
        unwrap(fill)
    filled: dict[str, str] = {}
    if element.get("filled", "t").lower()[:1] != "f" and colour:
        filled["background-color"] = colour.split()[0]
    if image:
        address = re.sub(r"[\s'\"()\\\\]", "", image)
        filled["background-image"] = f"url('{address}')"
        filled["background-size"] = "cover"
    return filled


def _lined(element: Element) -> dict[str, str]:
    has_line = (element.get("stroke", "") or element.get("stroked", "t")).lower()
    if has_line[:1] == "f":
        return {}
    return {"border": f"1px solid {element.get('strokecolor', '#000000')}"}


def _radius(arc: str, given: dict[str, str]) -> str:
    """Return the corner's radius: a part of half of the shorter side."""
    try:
        part = float(arc.rstrip("%f") or "20") / (100 if arc.endswith("%") else 1)
    except ValueError:
        part = 0.2
    if arc.endswith("f"):
        part = part / 65536
    sides = [
        float(found.group())
        for size in ("width", "height")
        if (found := re.match(r"[\d.]+(?=px)", given.get(size, "")))
    ]
    shorter = min(sides, default=40.0)
    return f"{shorter * min(part, 1.0) / 2:g}px" if arc else "4px"


def _no_settings(page: Page) -> None:
    """Take away what only tells Office how to read the message."""
    for _index, element in page.find("xml"):
        take_away(element)


def _tables_and_settings(page: Page) -> None:
    _no_settings(page)
    _tables_come_out(page)


def _rule(  # noqa: PLR0917 -- a row of the table below
    id: str,  # noqa: A002 -- the word
    title: str,
    says: str,
    source: str,
    date: str,
    work: OnPage,
) -> Rule:
    return Rule(id, title, says, WORD, source, date, Confidence.TESTED, work)


RULES: Final = (
    _rule("W12", N_("Only the first class counts"),
          N_("This client reads the first class of an element, and ignores the rest."),
          BUGS.format(75), "2019", OnPage(_first_class)),
    _rule("W6", N_("An image is shown in its own size"),
          N_("This client reads width and height of an image as plain numbers only."),
          "https://github.com/hteumeuleu/email-guidelines", "2026",
          OnPage(_image_sizes)),
    _rule("html-background", N_("Background images are lost"),
          N_("This client reads the attribute background on the body only."),
          CANIEMAIL.format("html-background"), "2019-02-28",
          OnPage(_background_attribute)),
    _rule("W14-tables", N_("Tables in a hidden block are shown"),
          N_("This client does not hide tables inside of what is hidden, unless it "
             "says mso-hide: all."), CANIEMAIL.format("css-display-none"),
          "2019-02-28", OnPage(_tables_and_settings)),
    _rule("W16", N_("A web font becomes Times New Roman"),
          N_("This client does not load fonts, and forgets the other fonts named."),
          CANIEMAIL.format("css-at-font-face"), "2023-12-19", OnPage(_lost_fonts)),
    _rule("W17", N_("Shapes drawn for Outlook are shown"),
          N_("This client draws VML: buttons and backgrounds made for it appear."),
          BUGS.format(32), "2018", OnPage(_drawn)),
)  # fmt: skip
