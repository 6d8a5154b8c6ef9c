"""Premailer with a cache that is large enough.

Its default of 128 entries thrashes on any real mail (measured: 157 ms instead of 30).
The size is read from the environment when premailer is imported and never again, so
this one module of the room may touch ``os``.
"""

import os
from typing import Final, TypeAlias

os.environ.setdefault("PREMAILER_CACHE_MAXSIZE", "20000")

import cssutils  # type: ignore[import-untyped]
from premailer import Premailer  # type: ignore[import-untyped]
from premailer.cache import cache  # type: ignore[import-untyped]

# Specificity, selector, declarations.
_Rule: TypeAlias = tuple[tuple[int, ...], str, str]
_Sheet: TypeAlias = tuple[tuple[_Rule, ...], tuple[object, ...]]

_MOST_SHEETS: Final = 256
_rules: Final[dict[tuple[str, int], _Sheet]] = {}

# cssutils talks to standard error about each property that it does not know.
cssutils.log.setLevel(100)


class _Inliner(Premailer):  # type: ignore[misc]
    """Premailer that asks cssutils once what a sheet says."""

    def _parse_style_rules(
        self, css_body: str, ruleset_index: int
    ) -> tuple[list[_Rule], list[object]]:
        kept = _rules.get((css_body, ruleset_index))
        if kept is None:
            rules, left = super()._parse_style_rules(css_body, ruleset_index)
            if len(_rules) >= _MOST_SHEETS:
                _rules.clear()
            kept = _rules[css_body, ruleset_index] = tuple(rules), tuple(left)
        return list(kept[0]), list(kept[1])

    def _style_to_basic_html_attributes(self, *_: object, **__: object) -> None:
        """Do nothing: what it sees are marks, which say nothing of a width."""


def transform(html: str) -> str:
    """Move the style sheets of ``html`` into its elements, as premailer does it.

    Not for parallel threads, and it raises whatever lxml, cssselect and cssutils raise:
    only ``inlining`` calls it.
    """
    inliner = _Inliner(
        html,
        keep_style_tags=False,  # it sees one sheet, ours
        strip_important=False,
        disable_validation=True,
        cache_css_parsing=True,
        disable_leftover_css=True,  # it would look for a head, which is there
        allow_network=False,
        allow_loading_external_files=False,
        align_floating_images=False,
        disable_basic_attributes=["align"],
        exclude_pseudoclasses=True,
        include_star_selectors=True,  # [href*="…"]; rules for every element never come
        disable_link_rewrites=True,
        remove_unset_properties=False,
    )
    return str(inliner.transform(pretty_print=False))


def forget() -> None:
    """Empty the cache, whose keys may have been mixed up."""
    cache.clear()
    _rules.clear()
