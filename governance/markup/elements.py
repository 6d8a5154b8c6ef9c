"""The elements of MJML 4 and their attributes, as data.

Taken from the validators of MJML 4.18; what the compiler (mrml) does not know is left
out, so that nothing silently disappears from a message.
"""

from collections.abc import Mapping
from typing import Final

_UNIT: Final = "unit(px,%)"
_UNITS: Final = "unit(px,%){1,4}"
_PIXELS: Final = "unit(px)"
_LINE: Final = "unit(px,%,)"
_SPACING: Final = "unitWithNegative(px,em)"
_SIDES: Final = "enum(left,center,right)"
_HEIGHTS: Final = "enum(top,middle,bottom)"
_DIRECTION: Final = "enum(ltr,rtl)"


def _all(kind: str, *names: str) -> Mapping[str, str]:
    return dict.fromkeys(names, kind)


def _sides(name: str, kind: str) -> Mapping[str, str]:
    return _all(
        kind, *(f"{name}-{side}" for side in ("top", "right", "bottom", "left"))
    )


_PADDING: Final = {"padding": _UNITS, **_sides("padding", _UNIT)}
_BORDER: Final = {"border": "string", **_sides("border", "string")}
_INNER_BORDER: Final = {"inner-border": "string", **_sides("inner-border", "string")}
_INNER_PADDING: Final = {"inner-padding": _UNITS, **_sides("inner-padding", _UNIT)}
_FACE: Final = {
    "color": "color",
    "font-family": "string",
    "font-size": _PIXELS,
    "font-weight": "string",
}
_FONT: Final = {**_FACE, "font-style": "string", "line-height": _LINE}
_LETTERS: Final = {"letter-spacing": _SPACING, "text-transform": "string"}
_LINK: Final = _all("string", "href", "name", "rel", "target", "title")
_PICTURE: Final = _all("string", "src", "srcset", "sizes", "alt")
_BOX: Final = {"container-background-color": "color", **_PADDING}
_BACKGROUND: Final = {
    "background-color": "color",
    "background-repeat": "enum(repeat,no-repeat)",
    **_all(
        "string",
        "background-url",
        "background-size",
        "background-position",
        "background-position-x",
        "background-position-y",
    ),
}
_ACCORDION_ICONS: Final = {
    "border": "string",
    "font-family": "string",
    "icon-align": _HEIGHTS,
    "icon-position": "enum(left,right)",
    **_all(_UNIT, "icon-width", "icon-height"),
    **_all(
        "string",
        "icon-wrapped-url",
        "icon-wrapped-alt",
        "icon-unwrapped-url",
        "icon-unwrapped-alt",
    ),
}
_ICONS: Final = {
    "icon-size": _UNIT,
    "icon-height": _UNIT,
    "icon-padding": _UNITS,
    "text-padding": _UNITS,
    "text-decoration": "string",
    "vertical-align": _HEIGHTS,
}
_SECTION: Final = {
    **_BACKGROUND,
    **_BORDER,
    **_PADDING,
    "border-radius": "string",
    "direction": _DIRECTION,
    "full-width": "enum(full-width,false,)",
    "text-align": _SIDES,
    "text-padding": _UNITS,
}

ATTRIBUTES: Final[Mapping[str, Mapping[str, str]]] = {
    "mjml": _all("string", "lang", "dir", "owa"),
    "mj-head": {},
    "mj-attributes": {},
    "mj-all": {},
    "mj-class": {"name": "string"},
    "mj-breakpoint": {"width": _PIXELS},
    "mj-font": _all("string", "name", "href"),
    "mj-preview": {},
    "mj-style": {"inline": "enum(inline)"},
    "mj-title": {},
    "mj-body": {"width": _PIXELS, "background-color": "color"},
    "mj-raw": {"position": "enum(file-start)"},
    "mj-wrapper": {**_SECTION, "gap": _PIXELS},
    "mj-section": _SECTION,
    "mj-group": {
        "background-color": "color",
        "direction": _DIRECTION,
        "vertical-align": _HEIGHTS,
        "width": _UNIT,
    },
    "mj-column": {
        **_BORDER,
        **_INNER_BORDER,
        **_PADDING,
        **_all("color", "background-color", "inner-background-color"),
        **_all(_UNITS, "border-radius", "inner-border-radius"),
        "direction": _DIRECTION,
        "vertical-align": _HEIGHTS,
        "width": _UNIT,
    },
    "mj-hero": {
        **_PADDING,
        **_INNER_PADDING,
        **_all("string", "mode", "background-url", "background-position"),
        **_all(_UNIT, "height", "background-width", "background-height"),
        **_all("color", "background-color", "inner-background-color"),
        "border-radius": "string",
        "container-background-color": "color",
        "vertical-align": _HEIGHTS,
    },
    "mj-accordion": {**_BOX, **_ACCORDION_ICONS},
    "mj-accordion-element": {"background-color": "color", **_ACCORDION_ICONS},
    "mj-accordion-title": {"background-color": "color", **_FACE, **_PADDING},
    "mj-accordion-text": {
        "background-color": "color",
        **_FACE,
        **_PADDING,
        "letter-spacing": _SPACING,
        "line-height": _LINE,
    },
    "mj-button": {
        **_BOX,
        **_BORDER,
        **_FONT,
        **_LETTERS,
        **_LINK,
        "align": _SIDES,
        "background-color": "color",
        "border-radius": "string",
        "height": _UNIT,
        "inner-padding": _UNITS,
        "text-align": _SIDES,
        "text-decoration": "string",
        "vertical-align": _HEIGHTS,
        "width": _UNIT,
    },
    "mj-carousel": {
        **_BOX,
        "align": _SIDES,
        "border-radius": _UNITS,
        "icon-width": _UNIT,
        **_all("string", "left-icon", "right-icon", "tb-border"),
        "thumbnails": "enum(visible,hidden,supported)",
        **_all(_UNIT, "tb-border-radius", "tb-width"),
        **_all("color", "tb-hover-border-color", "tb-selected-border-color"),
    },
    "mj-carousel-image": {
        **_all("string", "alt", "href", "rel", "target", "title", "src"),
        **_all("string", "thumbnails-src", "tb-border"),
        **_all(_UNITS, "border-radius", "tb-border-radius"),
    },
    "mj-divider": {
        **_BOX,
        "align": _SIDES,
        "border-color": "color",
        "border-style": "string",
        "border-width": _PIXELS,
        "width": _UNIT,
    },
    "mj-image": {
        **_BOX,
        **_BORDER,
        **_LINK,
        **_PICTURE,
        "align": _SIDES,
        "border-radius": _UNITS,
        "fluid-on-mobile": "boolean",
        "font-size": _PIXELS,
        "height": "unit(px,auto)",
        "max-height": _UNIT,
        "usemap": "string",
        "width": _PIXELS,
    },
    "mj-navbar": {
        **_PADDING,
        **_all(_SIDES, "align", "ico-align"),
        **_all("string", "base-url", "hamburger", "ico-open", "ico-close"),
        **_all("string", "ico-font-family", "ico-text-transform"),
        "ico-color": "color",
        "ico-font-size": _UNIT,
        "ico-line-height": _LINE,
        "ico-padding": _UNITS,
        **_sides("ico-padding", _UNIT),
        "ico-text-decoration": "string",
    },
    "mj-navbar-link": {
        **_FONT,
        **_LETTERS,
        **_LINK,
        **_PADDING,
        "text-decoration": "string",
    },
    "mj-social": {
        **_BOX,
        **_FONT,
        **_ICONS,
        "align": _SIDES,
        "border-radius": _UNIT,
        "inner-padding": _UNITS,
        "mode": "enum(horizontal,vertical)",
        "table-layout": "enum(auto,fixed)",
    },
    "mj-social-element": {
        **_FONT,
        **_ICONS,
        **_LINK,
        **_PICTURE,
        **_PADDING,
        "align": _SIDES,
        "background-color": "color",
        "border-radius": _PIXELS,
        "icon-position": "enum(left,right)",
    },
    "mj-spacer": {**_BOX, **_BORDER, "height": _UNIT},
    "mj-table": {
        **_BOX,
        **_FACE,
        **_all("integer", "cellpadding", "cellspacing"),
        "align": _SIDES,
        "border": "string",
        "line-height": _LINE,
        "role": "enum(none,presentation)",
        "table-layout": "enum(auto,fixed,initial,inherit)",
        "vertical-align": _HEIGHTS,
        "width": "unit(px,%,auto)",
    },
    "mj-text": {
        **_BOX,
        **_FONT,
        **_LETTERS,
        "align": "enum(left,right,center,justify)",
        "background-color": "color",
        "height": _UNIT,
        "text-decoration": "string",
        "vertical-align": _HEIGHTS,
    },
}

_IN_COLUMNS: Final = (
    "mj-accordion",
    "mj-button",
    "mj-carousel",
    "mj-divider",
    "mj-image",
    "mj-navbar",
    "mj-raw",
    "mj-social",
    "mj-spacer",
    "mj-table",
    "mj-text",
)

# What may stand in what; an element that is not named here holds HTML or text.
CHILDREN: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("mjml",),
    "mjml": ("mj-head", "mj-body", "mj-raw"),
    "mj-head": (
        "mj-attributes",
        "mj-breakpoint",
        "mj-font",
        "mj-preview",
        "mj-raw",
        "mj-style",
        "mj-title",
    ),
    "mj-attributes": tuple(name for name in ATTRIBUTES if name != "mjml"),
    "mj-all": (),
    "mj-class": (),
    "mj-breakpoint": (),
    "mj-font": (),
    "mj-body": ("mj-hero", "mj-raw", "mj-section", "mj-wrapper"),
    "mj-wrapper": ("mj-hero", "mj-raw", "mj-section"),
    "mj-section": ("mj-column", "mj-group", "mj-raw"),
    "mj-group": ("mj-column", "mj-raw"),
    "mj-column": _IN_COLUMNS,
    "mj-hero": _IN_COLUMNS,
    "mj-accordion": ("mj-accordion-element", "mj-raw"),
    "mj-accordion-element": ("mj-accordion-title", "mj-accordion-text", "mj-raw"),
    "mj-carousel": ("mj-carousel-image",),
    "mj-carousel-image": (),
    "mj-divider": (),
    "mj-image": (),
    "mj-navbar": ("mj-navbar-link", "mj-raw"),
    "mj-social": ("mj-social-element", "mj-raw"),
    "mj-spacer": (),
}

# What an element cannot do without, and what it should not do without.
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "mj-class": ("name",),
    "mj-font": ("name", "href"),
    "mj-breakpoint": ("width",),
}
WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "mj-image": ("src", "alt"),
    "mj-carousel-image": ("src", "alt"),
    "mj-button": ("href",),
}

# What a number of siblings decides at compile time, when no condition is decided yet:
# widths of columns, pictures of a carousel.
COUNTED: Final[Mapping[str, frozenset[str]]] = {
    "mj-section": frozenset({"mj-column", "mj-group"}),
    "mj-group": frozenset({"mj-column"}),
    "mj-carousel": frozenset({"mj-carousel-image"}),
}
