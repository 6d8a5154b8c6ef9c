"""Whether all Jinja came through MJML and inlining, each piece where it has to be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from governance.markup.expression import Tag, read_construct
from governance.names import Span
from governance.rendering.shielded import Flaw, Shielded
from governance.rendering.stand_ins import Form
from governance.rendering.text_part import TextPart
from governance.texts import N_

LOST: Final = N_("what stands here would be lost: MJML has no place for it")
MOVED: Final = N_("what stands here would not keep its place: put it elsewhere")
DEEP: Final = N_("the elements are nested too deeply for mail clients")
TORN: Final = N_(
    "MJML puts the beginning and the end of this into different elements: put it "
    "around the whole element"
)


def losses(shielded: Shielded, html: str, plain: TextPart) -> tuple[Flaw, ...]:
    """Find the Jinja that a library dropped, doubled, moved or tore apart.

    Args:
        shielded: What the libraries were given.
        html: What they made of it.
        plain: What a person reads of that.
    """
    if not plain.is_whole:
        return (Flaw("html-too-deep", DEEP, "", Span(0, 0)),)
    stand_ins = shielded.stand_ins
    found = [number for number, _span in stand_ins.found(html)]
    lost = tuple(_lost(shielded, Counter(found)))
    return lost or (*_moved(shielded, found), *_torn(shielded, plain.elements))


def _lost(shielded: Shielded, counted: Counter[int]) -> Iterator[Flaw]:
    stand_ins = shielded.stand_ins
    body = max(shielded.text.find("<mj-body"), 0)
    in_body = len(stand_ins.found(shielded.text[:body]))
    for number, hidden in enumerate(stand_ins.hidden):
        count = counted[number]
        is_needed = hidden.is_block or number >= in_body
        if (is_needed and not count) or (hidden.form is Form.COMMENT and count > 1):
            yield _flaw("jinja-lost", LOST, shielded, number)


def _moved(shielded: Shielded, found: Sequence[int]) -> Iterator[Flaw]:
    last = -1
    for number in found:
        if shielded.stand_ins.hidden[number].form is Form.COMMENT:
            if number < last:
                yield _flaw("jinja-moved", MOVED, shielded, number)
                return
            last = number


def _torn(shielded: Shielded, elements: Mapping[str, int]) -> Iterator[Flaw]:
    stand_ins = shielded.stand_ins
    begun: list[tuple[int, int | None]] = []
    for number, hidden in enumerate(stand_ins.hidden):
        if hidden.form is not Form.COMMENT:
            continue
        tag = read_construct(hidden.text).tag
        element = elements.get(stand_ins.write(number))
        if tag in {Tag.IF, Tag.FOR}:
            begun.append((number, element))
        elif tag in {Tag.ELIF, Tag.ELSE, Tag.END_IF, Tag.END_FOR} and begun:
            beginning, where = begun[-1]
            if where != element:
                yield _flaw("jinja-torn", TORN, shielded, beginning)
                return
            if tag in {Tag.END_IF, Tag.END_FOR}:
                begun.pop()


def _flaw(code: str, message: str, shielded: Shielded, number: int) -> Flaw:
    stand_ins = shielded.stand_ins
    at = shielded.origin(shielded.text.find(stand_ins.write(number)))
    return Flaw(code, message, "", Span(at, at + len(stand_ins.hidden[number].text)))
