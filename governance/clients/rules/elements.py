"""What a client does to whole elements: style sheets, the body, images, media."""

import re
from collections.abc import Callable
from typing import Final

from governance.clients.css import whole_until
from governance.clients.mail import Mail
from governance.clients.page import Page
from governance.clients.rule import (
    BUGS,
    CANIEMAIL,
    GMAIL,
    GMAIL_ALL,
    OUTLOOK,
    WORD,
    YAHOO,
    Confidence,
    OnPage,
    Rule,
)
from governance.clients.tree import Element, new_element, take_away, unwrap
from governance.texts import N_

BUDGET: Final = 16_384  # bytes, email-bugs 90
_BODY_ATTRIBUTES: Final = ("style", "class", "id", "dir", "lang", "align")
_SEMANTIC: Final = {
    "gmail": ("details", "main", "nav", "summary"),
    "yahoo": (
        "article", "aside", "details", "figcaption", "figure", "footer", "header",
        "main", "mark", "nav", "section", "summary",
    ),
}  # fmt: skip
_BACKGROUND_IMAGE: Final = re.compile(
    r"(?:^|;)\s*background(?:-image)?\s*:[^;]*url\([^;]*", re.IGNORECASE
)
_COLOURED: Final = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)")
_BOX: Final = (
    "display:inline-block;box-sizing:border-box;overflow:hidden;vertical-align:middle;"
    "border:1px solid #c4c7cc;background:#f4f5f7;color:#3c4043;padding:4px;"
    "font:13px/1.3 Arial,sans-serif;text-decoration:none;"
)


def _no_body_styles(page: Page) -> None:
    for index, element in page.find("style"):
        if any(one.tag == "body" for one in element.iterancestors()):
            page.note("style", "", index)
            take_away(element)


def _has_body_styles(mail: Mail) -> bool:
    return any(
        one.tag == "body"
        for index in mail.by_tag.get("style", ())
        for one in mail.elements[index].iterancestors()
    )


def _is_over_budget(mail: Mail) -> bool:
    sheets = (mail.elements[index] for index in mail.by_tag.get("style", ()))
    return sum(len((sheet.text or "").encode()) for sheet in sheets) > BUDGET


def _has(*tags: str) -> Callable[[Mail], bool]:
    return lambda mail: mail.has(*tags)


def _no_styles(page: Page) -> None:
    for index, element in page.find("style"):
        page.note("style", "", index)
        take_away(element)


def _within_budget(page: Page) -> None:
    left = BUDGET
    for index, element in page.find("style"):
        text = element.text or ""
        size = len(text.encode())
        if size > left:
            element.text = whole_until(text, max(left, 0))
            page.note(f"{size} B", f"{len(element.text.encode())} B", index)
        left -= size


def _body_to_div(page: Page) -> None:
    body = page.body
    block = new_element("div")
    for name in _BODY_ATTRIBUTES:
        if name in body.attrib:
            block.set(name, body.get(name))
    if colour := body.get("bgcolor", ""):
        block.set("style", f"background-color:{colour};{block.get('style', '')}")
    block.text, body.text = body.text, None
    for child in list(body):
        block.append(child)
    for name in list(body.attrib):
        del body.attrib[name]
    body.append(new_element("u"))
    body.append(block)
    index = page.elements.index(body)
    page.note("body", "div", index)
    page.move(index, block)


def _gone(*tags: str) -> OnPage:
    def change(page: Page) -> None:
        for index, element in page.find(*tags):
            page.note(element.tag, "", index)
            take_away(element)

    return OnPage(change, _has(*tags))


def _opened(*tags: str) -> OnPage:
    def change(page: Page) -> None:
        for index, element in page.find(*tags):
            page.note(element.tag, "", index)
            unwrap(element)

    return OnPage(change, _has(*tags))


def _no_source(is_lost: Callable[[str], bool]) -> OnPage:
    def change(page: Page) -> None:
        for index, element in page.find("img"):
            address = element.get("src", "")
            if is_lost(address.strip().lower()):
                page.note(f"src={address[:40]}", "", index)
                del element.attrib["src"]

    def when(mail: Mail) -> bool:
        return any(
            is_lost(mail.elements[index].get("src", "").strip().lower())
            for index in mail.by_tag.get("img", ())
        )

    return OnPage(change, when)


def _no_media(page: Page) -> None:
    """Show what stands inside for clients that play nothing."""
    for index, element in page.find("video", "audio"):
        page.note(element.tag, "", index)
        for child in list(element.iter("source", "track")):
            unwrap(child)  # lxml takes what follows for their content
        unwrap(element)


def _images_off(page: Page) -> None:
    for index, element in page.find("img"):
        page.note("img", element.get("alt", ""), index)
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, _box(element))
    for index, element in page.with_attribute("background"):
        page.note("background", "", index)
        del element.attrib["background"]
    for index, _tag, _style in page.mail.styled:
        style = page.style(index)
        if "url(" in style:
            changed = _BACKGROUND_IMAGE.sub(_only_colour, style)
            if changed != style:
                page.note("background-image", "", index)
                page.restyle(index, changed)
    for index, element in page.find("style"):
        text = element.text or ""
        if "url(" in text:
            element.text = re.sub(r"url\([^)]*\)", "none", text)
            page.note("url()", "none", index)


def _only_colour(found: re.Match[str]) -> str:
    colours = _COLOURED.findall(re.sub(r"url\([^)]*\)", "", found.group()))
    start = ";" if found.group().startswith(";") else ""
    return f"{start}background-color:{colours[-1]}" if colours else start


def _box(image: Element) -> Element:
    """Make what a client shows in the place of an image that it does not load."""
    shape = ""
    for name in ("width", "height"):
        size = image.get(name, "")
        if size.isdecimal():
            shape += f"{name}:{size}px;"
    own = ";".join(
        part
        for part in image.get("style", "").split(";")
        if part.strip()
        .lower()
        .startswith(("display:none", "display: none", "mso-hide"))
    )
    box = new_element("span", {"style": f"{_BOX}{shape}max-width:100%;{own}"})
    box.text, box.tail = image.get("alt", ""), image.tail
    return box


def _rule(  # noqa: PLR0917 -- a row of the table below
    id: str,  # noqa: A002 -- the word
    title: str,
    says: str,
    clients: frozenset[str],
    source: str,
    date: str,
    work: OnPage,
    confidence: Confidence = Confidence.TESTED,
) -> Rule:
    return Rule(id, title, says, clients, source, date, confidence, work)


def _on(slug: str) -> str:
    return CANIEMAIL.format(slug)


_NO_MEDIA_CLIENTS: Final = GMAIL_ALL | WORD | OUTLOOK | YAHOO

RULES: Final = (
    _rule("G2", N_("All style sheets are lost"),
          N_("This client removes style sheets for accounts of other providers: only "
             "style attributes are left."), frozenset({"gmail-other"}),
          _on("html-style"), "2023-07-27", OnPage(_no_styles, _has("style"))),
    _rule("G4", N_("All style sheets are lost"),
          N_("This client removes style sheets: only style attributes are left."),
          frozenset({"gmail-mobile-web"}), _on("html-style"), "2023-07-27",
          OnPage(_no_styles, _has("style"))),
    _rule("G1", N_("Style sheets in the body are lost"),
          N_("This client reads style sheets in the head only."), GMAIL,
          _on("html-style"), "2023-07-27", OnPage(_no_body_styles, _has_body_styles)),
    _rule("G3", N_("The end of the style sheets is lost"),
          N_("This client reads the first 16 KB of style sheets, and drops the rest."),
          frozenset({"gmail-web"}), BUGS.format(90), "2023-07-27",
          OnPage(_within_budget, _is_over_budget)),
    _rule("G12", N_("The body becomes a block"),
          N_("This client puts a block in the place of the body, with its class and "
             "style."), GMAIL_ALL | OUTLOOK | {"yahoo"}, _on("html-body"),
          "2021-11-30", OnPage(_body_to_div)),
    _rule("html-link", N_("Linked style sheets are not loaded"),
          N_("This client ignores link elements."),
          GMAIL_ALL | OUTLOOK | YAHOO | {"samsung", "thunderbird"}, _on("html-link"),
          "2023-12-21", _gone("link")),
    _rule("html-svg", N_("Drawings are not shown"),
          N_("This client removes svg elements."), _NO_MEDIA_CLIENTS,
          _on("html-svg"), "2020-02-06", _gone("svg")),
    _rule("html-video", N_("Films and sounds are not played"),
          N_("This client shows what stands inside of a video or audio element."),
          _NO_MEDIA_CLIENTS, _on("html-video"), "2019-09-16",
          OnPage(_no_media, _has("video", "audio"))),
    _rule("html-picture", N_("One image is shown at every width"),
          N_("This client ignores picture and shows the image in it."),
          _NO_MEDIA_CLIENTS, _on("html-picture"), "2024-04-15",
          _opened("picture", "source")),
    _rule("html-form", N_("Forms do not work"),
          N_("This client shows what is in a form as text."), WORD, _on("html-form"),
          "2019-09-10", _opened("form")),
    _rule("html-semantics", N_("Some elements lose their meaning"),
          N_("This client replaces details, main, nav and summary."), GMAIL_ALL,
          _on("html-semantics"), "2019-07-29", _opened(*_SEMANTIC["gmail"])),
    _rule("html-semantics-yahoo", N_("Some elements lose their meaning"),
          N_("This client removes the tags of sections, headers and the like, with "
             "their styles."), YAHOO | WORD, _on("html-semantics"), "2019-07-29",
          _opened(*_SEMANTIC["yahoo"])),
    _rule("G13", N_("Images in the message itself are lost"),
          N_("This client drops images whose source is data:."), GMAIL_ALL,
          _on("image-base64"), "2020-02-06",
          _no_source(lambda address: address.startswith("data:"))),
    _rule("image-base64", N_("A moving image in the message itself is lost"),
          N_("This client does not show data: images of the type GIF."), WORD,
          _on("image-base64"), "2020-02-06",
          _no_source(lambda address: address.startswith("data:image/gif"))),
    _rule("image-svg", N_("SVG images are not shown"),
          N_("This client does not show images of the type SVG."),
          GMAIL | {"gmail-mobile-web"}, _on("image-svg"), "2023-01-15",
          _no_source(lambda address: address.partition("?")[0].endswith(".svg"))),
    _rule("image-webp", N_("WebP images are not shown"),
          N_("This client does not show images of the type WebP."), WORD,
          _on("image-webp"), "2021-02-06",
          _no_source(lambda address: address.partition("?")[0].endswith(".webp"))),
    _rule("X1", N_("Images are not loaded"),
          N_("Until the reader asks for them, each image is a box with its "
             "alternative text."), frozenset({"images-off"}),
          "https://www.campaignmonitor.com/resources/guides/image-blocking/", "2026",
          OnPage(_images_off), Confidence.ARTICLE),
)  # fmt: skip
