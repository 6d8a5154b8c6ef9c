"""What it means that a client ignores a property or a value, in words."""

from collections.abc import Mapping
from typing import Final

from governance.texts import N_

# By the feature's name at caniemail: what is lost, and what happens.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "css-animation": (
        N_("Animations stand still"),
        N_("This client ignores animations: the first state stays."),
    ),
    "css-aspect-ratio": (
        N_("Proportions are ignored"),
        N_("This client ignores aspect-ratio: the height follows the content."),
    ),
    "css-backdrop-filter": (
        N_("Blurred backgrounds are lost"),
        N_("This client ignores backdrop-filter."),
    ),
    "css-background-blend-mode": (
        N_("Blended backgrounds are lost"),
        N_("This client ignores background-blend-mode."),
    ),
    "css-background-image": (
        N_("Background images are lost"),
        N_("This client shows no background images: their text stands on the colour."),
    ),
    "css-background-position": (
        N_("The place of a background is ignored"),
        N_("This client ignores background-position."),
    ),
    "css-background-repeat": (
        N_("Repeated backgrounds are ignored"),
        N_("This client ignores background-repeat."),
    ),
    "css-background-size": (
        N_("The size of a background is ignored"),
        N_("This client ignores background-size: images keep their own size."),
    ),
    "css-border-image": (
        N_("Picture borders are lost"),
        N_("This client ignores border-image."),
    ),
    "css-border-radius": (
        N_("Rounded corners are lost"),
        N_("This client ignores rounded corners: buttons and panels get square ones."),
    ),
    "css-border-spacing": (
        N_("The space between cells is ignored"),
        N_("This client ignores border-spacing."),
    ),
    "css-box-shadow": (
        N_("Shadows are lost"),
        N_("This client ignores box-shadow: panels lie flat."),
    ),
    "css-box-sizing": (
        N_("Boxes grow by their padding"),
        N_("This client ignores box-sizing: padding and border widen the box."),
    ),
    "css-caption-side": (
        N_("Table captions stand above"),
        N_("This client ignores caption-side."),
    ),
    "css-clip-path": (
        N_("Cut shapes are shown whole"),
        N_("This client ignores clip-path."),
    ),
    "css-column-count": (
        N_("Text columns become one"),
        N_("This client ignores column-count."),
    ),
    "css-column-layout-properties": (
        N_("Text columns become one"),
        N_("This client ignores the properties of text columns."),
    ),
    "css-filter": (N_("Filters are lost"), N_("This client ignores filter.")),
    "css-flex-direction": (
        N_("The direction of flexible boxes is ignored"),
        N_("This client ignores flex-direction: boxes stand in a row."),
    ),
    "css-flex-wrap": (
        N_("Flexible boxes do not wrap"),
        N_("This client ignores flex-wrap: boxes stay in one line."),
    ),
    "css-align-items": (
        N_("Alignment in flexible boxes is ignored"),
        N_("This client ignores align-items."),
    ),
    "css-justify-content": (
        N_("Spacing in flexible boxes is ignored"),
        N_("This client ignores justify-content."),
    ),
    "css-float": (
        N_("Floating blocks stand in line"),
        N_("This client ignores float: blocks stand below each other."),
    ),
    "css-grid-template": (
        N_("Grids lose their columns"),
        N_("This client ignores grid-template: cells stand below each other."),
    ),
    "css-hyphens": (N_("Words are not divided"), N_("This client ignores hyphens.")),
    "css-left-right-top-bottom": (
        N_("Shifted elements stand where they would anyway"),
        N_("This client ignores left, right, top and bottom."),
    ),
    "css-list-style-image": (
        N_("Picture bullets become dots"),
        N_("This client ignores list-style-image."),
    ),
    "css-list-style-position": (
        N_("The place of bullets is ignored"),
        N_("This client ignores list-style-position."),
    ),
    "css-margin-block-start-end": (
        N_("Logical margins are lost"),
        N_("This client ignores margin-block."),
    ),
    "css-margin-inline-start-end": (
        N_("Logical margins are lost"),
        N_("This client ignores margin-inline."),
    ),
    "css-margin-inline-block": (
        N_("Logical margins are lost"),
        N_("This client ignores margin-inline and margin-block."),
    ),
    "css-mask-image": (N_("Masks are lost"), N_("This client ignores mask-image.")),
    "css-max-height": (
        N_("The maximum height is ignored"),
        N_("This client ignores max-height: what should be cut off is shown."),
    ),
    "css-min-height": (
        N_("The minimum height is ignored"),
        N_("This client ignores min-height."),
    ),
    "css-min-width": (
        N_("The minimum width is ignored"),
        N_("This client ignores min-width."),
    ),
    "css-mix-blend-mode": (
        N_("Blending is lost"),
        N_("This client ignores mix-blend-mode."),
    ),
    "css-object-fit": (
        N_("Images are stretched"),
        N_("This client ignores object-fit: an image fills its box."),
    ),
    "css-object-position": (
        N_("The part of an image is ignored"),
        N_("This client ignores object-position."),
    ),
    "css-opacity": (
        N_("Transparency is lost"),
        N_("This client ignores opacity: nothing shines through."),
    ),
    "css-outline": (N_("Outlines are lost"), N_("This client ignores outline.")),
    "css-outline-offset": (
        N_("Outlines lie close"),
        N_("This client ignores outline-offset."),
    ),
    "css-padding-block-start-end": (
        N_("Logical padding is lost"),
        N_("This client ignores padding-block."),
    ),
    "css-padding-inline-start-end": (
        N_("Logical padding is lost"),
        N_("This client ignores padding-inline."),
    ),
    "css-padding-inline-block": (
        N_("Logical padding is lost"),
        N_("This client ignores padding-inline and padding-block."),
    ),
    "css-shape-outside": (
        N_("Text does not flow around shapes"),
        N_("This client ignores shape-outside."),
    ),
    "css-table-layout": (
        N_("Fixed table layouts are ignored"),
        N_("This client ignores table-layout: columns follow their content."),
    ),
    "css-text-decoration-color": (
        N_("The colour of underlines is lost"),
        N_("This client ignores text-decoration-color."),
    ),
    "css-text-decoration-style": (
        N_("The style of underlines is lost"),
        N_("This client ignores text-decoration-style."),
    ),
    "css-text-decoration-thickness": (
        N_("The thickness of underlines is lost"),
        N_("This client ignores text-decoration-thickness."),
    ),
    "css-text-overflow": (
        N_("Long texts are cut without dots"),
        N_("This client ignores text-overflow."),
    ),
    "css-text-shadow": (
        N_("Text shadows are lost"),
        N_("This client ignores text-shadow."),
    ),
    "css-text-underline-offset": (
        N_("Underlines lie close"),
        N_("This client ignores text-underline-offset."),
    ),
    "css-text-wrap": (
        N_("Balanced lines are lost"),
        N_("This client ignores text-wrap."),
    ),
    "css-transform": (
        N_("Turned and scaled elements stand straight"),
        N_("This client ignores transform."),
    ),
    "css-transition": (
        N_("Transitions are lost"),
        N_("This client ignores transition."),
    ),
    "css-visibility": (
        N_("Invisible elements are shown"),
        N_("This client ignores visibility: what should be hidden is shown."),
    ),
    "css-white-space": (
        N_("Line breaks are made anywhere"),
        N_("This client ignores white-space."),
    ),
    "css-word-break": (
        N_("Long words are not broken"),
        N_("This client ignores word-break."),
    ),
    "css-overflow-wrap": (
        N_("Long words are not broken"),
        N_("This client ignores overflow-wrap."),
    ),
    "css-word-spacing": (
        N_("The space between words is ignored"),
        N_("This client ignores word-spacing."),
    ),
    "css-writing-mode": (
        N_("Vertical text lies flat"),
        N_("This client ignores writing-mode."),
    ),
    "css-z-index": (N_("Layers are ignored"), N_("This client ignores z-index.")),
    "css-accent-color": (
        N_("Form fields keep their own colour"),
        N_("This client ignores accent-color."),
    ),
    "css-gap": (N_("Gaps between boxes are lost"), N_("This client ignores gap.")),
    "css-display-flex": (
        N_("Flexible boxes become blocks"),
        N_("This client ignores display: flex, so boxes stand below each other."),
    ),
    "css-display-grid": (
        N_("Grids become blocks"),
        N_("This client ignores display: grid, so cells stand below each other."),
    ),
    "css-unit-calc": (
        N_("Computed lengths are lost"),
        N_("This client drops declarations with calc()."),
    ),
    "css-unit-rem": (
        N_("Lengths in rem are lost"),
        N_("This client drops declarations in rem: its own sizes take their place."),
    ),
    "css-unit-vw": (
        N_("Lengths in vw are lost"),
        N_("This client drops declarations in vw."),
    ),
    "css-unit-vh": (
        N_("Lengths in vh are lost"),
        N_("This client drops declarations in vh."),
    ),
    "css-unit-ch": (
        N_("Lengths in ch are lost"),
        N_("This client drops declarations in ch."),
    ),
    "css-function-clamp": (
        N_("Lengths with limits are lost"),
        N_("This client drops declarations with clamp()."),
    ),
    "css-function-max": (
        N_("Computed lengths are lost"),
        N_("This client drops declarations with max()."),
    ),
    "css-function-min": (
        N_("Computed lengths are lost"),
        N_("This client drops declarations with min()."),
    ),
    "css-function-light-dark": (
        N_("Colours for light and dark are lost"),
        N_("This client drops declarations with light-dark()."),
    ),
    "css-rgba": (
        N_("Transparent colours are lost"),
        N_("This client drops declarations with transparent colours."),
    ),
    "css-modern-color": (
        N_("New colour notations are lost"),
        N_("This client drops declarations with lab(), oklch() and the like."),
    ),
    "css-linear-gradient": (
        N_("Colour gradients are lost"),
        N_("This client drops linear gradients: the background colour stays."),
    ),
    "css-radial-gradient": (
        N_("Colour gradients are lost"),
        N_("This client drops radial gradients: the background colour stays."),
    ),
    "css-conic-gradient": (
        N_("Colour gradients are lost"),
        N_("This client drops conic gradients: the background colour stays."),
    ),
}
