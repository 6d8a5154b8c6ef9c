"""From what a style rule suggests to edits of the author's own file."""

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Final

from governance.content.sources import Sources
from governance.markup.mapped import Place
from governance.names import Span
from governance.standards.block import Block
from governance.standards.checked import Part
from governance.standards.finding import Fix, replacement
from governance.standards.vale.rule import Alert
from governance.texts import _

_CODE: Final = re.compile(r"[<>{}]")
_NEXT_WORD: Final = re.compile(r"[ \t]*,?[ \t]+(\w)")


def fixes_for(
    alert: Alert, block: Block, part: Part, sources: Sources
) -> Iterator[Fix]:
    """Return the edits that would mend ``alert``, the likeliest first.

    Nothing is offered where the match is spread over tags, merge fields or two files:
    an edit would take them along.
    """
    place = _mendable(alert, block, sources)
    if place is None:
        return
    for words in alert.replacements:
        if not words:
            yield _removed(alert, block.text, place, sources.texts[place.path])
            continue
        written = escape(words, quote=False) if part.dialect else words
        title = _("Write “{words}”").format(words=words)
        yield replacement(place, written, title)


def _mendable(alert: Alert, block: Block, sources: Sources) -> Place | None:
    if not alert.replacements or alert.start == alert.end:
        return None
    stretches = block.mapped(alert.start, alert.end).stretches
    for before, after in pairwise(stretches):
        if (
            before.place.path != after.place.path
            or before.place.span.end != after.place.span.start
        ):
            return None
    place = Place(
        stretches[0].place.path,
        Span(stretches[0].place.span.start, stretches[-1].place.span.end),
    )
    source = sources.texts[place.path][place.span.start : place.span.end]
    return None if _CODE.search(source) else place


def _removed(alert: Alert, text: str, place: Place, source: str) -> Fix:
    """Take a word out, with the space that it leaves.

    At the begin of a sentence the next word gets its capital.
    """
    title = _("Take “{words}” out").format(words=text[alert.start : alert.end])
    start, end = place.span.start, place.span.end
    begins = not text[: alert.start].strip(" “\"'(") or text[
        : alert.start
    ].rstrip().endswith((".", "!", "?"))
    following = _NEXT_WORD.match(source, end)
    if begins and following:
        span = Span(start, following.end())
        return replacement(Place(place.path, span), following[1].upper(), title)
    if source[start - 2 : start] == ", " and source[end : end + 1] == ",":
        start, end = start - 2, end + 1
    elif source[end : end + 1] == " " and source[start - 1 : start] in {
        "",
        " ",
        "\n",
        ">",
    }:
        end += 1
    elif source[start - 1 : start] == " ":
        start -= 1
    return replacement(Place(place.path, Span(start, end)), "", title)
