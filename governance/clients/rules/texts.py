"""What a client does to single declarations, and to whole styles for their sake."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from governance.clients.colour import colours_in
from governance.clients.rule import (
    BUGS,
    CANIEMAIL,
    GMAIL_ALL,
    OUTLOOK,
    WORD,
    YAHOO,
    Confidence,
    OnDeclaration,
    OnText,
    Rule,
)
from governance.rendering.sheets import Declaration
from governance.texts import N_

_SPACED: Final = re.compile(
    r"\b(?:rgba?|hsla?)\(\s*[\d.]+(?:%|deg)?\s+[\d.]", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"(?<![\w.)])-\s*\.?\d")
_STICKY: Final = frozenset({"sticky", "-webkit-sticky"})
_MARGINS: Final = ("margin", "margin-*")
_BOLD: Final = 600
_SAME: Final = (400, 700)  # what normal and bold are anyway
_FONTS: Final = re.compile(r",(?![^(]*\))")
_BORDER: Final = re.compile(r"(?<![\w.#-])(\d+(?:\.\d+)?)px")
_WIDEST: Final = 8

_Change = Callable[[Declaration], Sequence[Declaration]]


def _unless(is_lost: Callable[[Declaration], object]) -> _Change:
    return lambda found: () if is_lost(found) else (found,)


def _nothing(_found: Declaration) -> Sequence[Declaration]:
    return ()


def _is_negative(found: Declaration) -> bool:
    return _NEGATIVE.search(found.value) is not None


def _min_height(found: Declaration) -> Sequence[Declaration]:
    return (replace(found, name="min-height"),)


def _word_weight(found: Declaration) -> Sequence[Declaration]:
    if not found.value.isdecimal():
        return (found,)
    weight = int(found.value[:6])
    if weight in _SAME:
        return (found,)
    value = "bold" if weight >= _BOLD else "normal"
    return (replace(found, value=value),)


def _word_background(found: Declaration) -> Sequence[Declaration]:
    """Leave the colour of the shorthand; a plain one says nothing else."""
    colours = colours_in(found.value)
    if found.value.strip().lower() in {"none", "transparent", *map(str.lower, colours)}:
        return (found,)
    if not colours:
        return ()
    return (replace(found, name="background-color", value=colours[-1]),)


def _word_border(found: Declaration) -> Sequence[Declaration]:
    value = _BORDER.sub(
        lambda width: f"{min(float(width.group(1)), _WIDEST):g}px", found.value
    )
    return (found,) if value == found.value else (replace(found, value=value),)


def _mso_padding(found: Declaration) -> Sequence[Declaration]:
    return (replace(found, name="padding", is_important=True),)


def _one_background(found: Declaration) -> Sequence[Declaration]:
    if len(_FONTS.split(found.value)) == 1:
        return (found,)
    value = _FONTS.sub("", found.value)
    return (replace(found, value=value),)


def _rule(  # noqa: PLR0917 -- a row of the table below
    id: str,  # noqa: A002 -- the word
    title: str,
    says: str,
    clients: frozenset[str],
    source: str,
    date: str,
    work: OnDeclaration | OnText,
    confidence: Confidence = Confidence.TESTED,
) -> Rule:
    return Rule(id, title, says, clients, source, date, confidence, work)


def _on(slug: str) -> str:
    return CANIEMAIL.format(slug)


_WORD_TIERS: Final = (
    "https://learn.microsoft.com/previous-versions/office/developer/office-2007/"
    "aa338201(v=office.12)"
)

RULES: Final = (
    _rule("G6", N_("A style with spaces in a colour is lost whole"),
          N_("This client drops all of a style in which a colour is written with "
             "spaces, as in rgb(0 0 0 / 50%)."), GMAIL_ALL, _on("css-rgba"),
          "2021-05-14", OnText(lambda text: _SPACED.search(text) is not None)),
    _rule("css-variables", N_("Variables are lost"),
          N_("This client ignores custom properties where they are declared."),
          GMAIL_ALL, _on("css-variables"), "2020-02-25",
          OnDeclaration(_nothing, ("--*",))),
    _rule("css-variables-values", N_("Values from variables are lost"),
          N_("This client ignores custom properties and what uses them."),
          WORD | OUTLOOK | YAHOO, _on("css-variables"), "2020-02-25",
          OnDeclaration(_unless(lambda found: found.name.startswith("--")
                                or "var(" in found.value))),
    _rule("G8", N_("Negative margins are lost"),
          N_("This client ignores negative margins: blocks do not overlap."),
          GMAIL_ALL | WORD | OUTLOOK | YAHOO, _on("css-margin"), "2019-10-01",
          OnDeclaration(_unless(_is_negative), _MARGINS)),
    _rule("css-text-indent", N_("Negative indents are lost"),
          N_("This client ignores a negative text-indent."), GMAIL_ALL | YAHOO,
          _on("css-text-indent"), "2021-01-31",
          OnDeclaration(_unless(_is_negative), ("text-indent",))),
    _rule("css-position", N_("Placed elements stand in line"),
          N_("This client ignores position: elements stand where they come."),
          GMAIL_ALL | WORD, _on("css-position"), "2021-05-16",
          OnDeclaration(_nothing, ("position",))),
    _rule("css-position-outlook", N_("Placed elements stand in line"),
          N_("This client only knows position: sticky."), OUTLOOK,
          _on("css-position"), "2021-05-16",
          OnDeclaration(_unless(lambda found: found.value not in _STICKY),
                        ("position",))),
    _rule("css-position-yahoo", N_("Placed elements stand in line"),
          N_("This client only knows position: relative."), YAHOO,
          _on("css-position"), "2021-05-16",
          OnDeclaration(_unless(lambda found: found.value != "relative"),
                        ("position",))),
    _rule("Y4", N_("A fixed height may grow"),
          N_("This client replaces height by min-height."), YAHOO,
          _on("css-height"), "2019-09-27", OnDeclaration(_min_height, ("height",))),
    _rule("css-background-image-yahoo", N_("Several backgrounds become none"),
          N_("This client removes the comma between two background images."), YAHOO,
          _on("css-background-image"), "2023-07-24",
          OnDeclaration(_one_background, ("background-image", "background"))),
    _rule("css-border-radius-yahoo", N_("Elliptic corners are lost"),
          N_("This client ignores border-radius with a slash."), YAHOO,
          _on("css-border-radius"), "2021-03-09",
          OnDeclaration(_unless(lambda found: "/" in found.value),
                        ("border-radius",))),
    _rule("W13", N_("Inline styles marked important are ignored"),
          N_("This client ignores a declaration in a style attribute that says "
             "!important; fonts are the exception."), WORD, _on("css-important"),
          "2021-11-30",
          OnDeclaration(_unless(lambda found: found.is_important
                                and found.name != "font-family"), where="inline")),
    _rule("W3", N_("Inner spacing stays on table cells only"),
          N_("This client ignores padding on everything but table cells."), WORD,
          _on("css-padding"), "2019-07-25",
          OnDeclaration(_nothing, ("padding", "padding-*"),
                        unless=frozenset({"td", "th"}))),
    _rule("W4", N_("The width is ignored here"),
          N_("This client ignores width on body, span, div, p and img."), WORD,
          _on("css-width"), "2019-09-27",
          OnDeclaration(_nothing, ("width",),
                        only=frozenset({"body", "span", "div", "p", "img"}))),
    _rule("W4-height", N_("The height is ignored here"),
          N_("This client ignores height on body, span, div and p."), WORD,
          _on("css-height"), "2019-09-27",
          OnDeclaration(_nothing, ("height",),
                        only=frozenset({"body", "span", "div", "p"}))),
    _rule("W5", N_("The maximum width is ignored"),
          N_("This client ignores max-width on everything but tables."), WORD,
          _on("css-max-width"), "2019-08-02",
          OnDeclaration(_nothing, ("max-width",), unless=frozenset({"table"}))),
    _rule("W8", N_("Of a background only the colour is shown"),
          N_("This client reads nothing but the colour of background."), WORD,
          _on("css-background"), "2023-07-24",
          OnDeclaration(_word_background, ("background",))),
    _rule("W10", N_("Blocks are not centred by their margins"),
          N_("This client ignores margin: auto."), WORD, _on("css-margin"),
          "2019-10-01",
          OnDeclaration(_unless(lambda found: "auto" in found.value), _MARGINS)),
    _rule("W2", N_("Margins are ignored here"),
          N_("This client knows no margins and no indents on body and span."), WORD,
          _WORD_TIERS, "2007",
          OnDeclaration(_nothing, (*_MARGINS, "text-indent"),
                        only=frozenset({"body", "span"})), Confidence.VENDOR),
    _rule("W14", N_("A hidden image is shown"),
          N_("This client ignores display: none on an image."), WORD,
          _on("css-display-none"), "2019-02-28",
          OnDeclaration(_unless(lambda found: found.value == "none"), ("display",),
                        only=frozenset({"img"}))),
    _rule("css-display", N_("Boxes in a line stand below each other"),
          N_("This client knows no display but none: a block stays a block, and a "
             "link a part of its line."), WORD, _on("css-display"), "2021-12-01",
          OnDeclaration(_unless(lambda found: found.value != "none"), ("display",))),
    _rule("mso-padding-alt", N_("Inner spacing for Outlook is used"),
          N_("This client reads mso-padding-alt on table cells as padding."), WORD,
          "https://wiki.suikawiki.org/n/mso-%2A", "2004",
          OnDeclaration(_mso_padding, ("mso-padding-alt",),
                        only=frozenset({"td", "th"})), Confidence.ARTICLE),
    _rule("W15", N_("Font weights become normal or bold"),
          N_("This client shows weights under 600 as normal, and the rest as bold."),
          WORD, _on("css-font-weight"), "2022-06-23",
          OnDeclaration(_word_weight, ("font-weight",))),
    _rule("css-border", N_("Wide borders become 8 pixels"),
          N_("This client draws no border wider than 8 pixels."), WORD,
          _on("css-border"), "2021-07-22",
          OnDeclaration(_word_border,
                        ("border", "border-width", "border-top", "border-right",
                         "border-bottom", "border-left", "border-*-width"))),
    _rule("css-text-decoration", N_("Lines through or over text are lost"),
          N_("This client knows one line at a time, and none over the text."), WORD,
          _on("css-text-decoration"), "2019-02-28",
          OnDeclaration(_unless(lambda found: "overline" in found.value
                                or len(found.value.split()) > 1),
                        ("text-decoration",))),
    _rule("css-overflow", N_("What is too large is shown"),
          N_("This client ignores overflow: nothing is cut off."), WORD,
          _on("css-overflow"), "2025-05-27",
          OnDeclaration(_nothing, ("overflow", "overflow-x", "overflow-y"))),
    _rule("email-bugs-135", N_("A gradient in a style attribute is lost"),
          N_("This client shows gradients as background-image only from a style "
             "sheet."), frozenset({"gmail-android"}), BUGS.format(135), "2021-12-29",
          OnDeclaration(_unless(lambda found: "gradient(" in found.value),
                        ("background-image",), where="inline")),
)  # fmt: skip
