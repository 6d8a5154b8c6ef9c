"""What the editor completes: merge fields, partials, brand values, MJML's own words."""

from collections.abc import Iterator

from governance.content.brand import read_brand
from governance.content.fields import read_fields
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.markup.elements import ATTRIBUTES
from governance.markup.grammar import attributes
from governance.texts import _
from widgets.source_editor.port import Offer


def offers(sources: Sources) -> tuple[Offer, ...]:
    """Return everything that can be written, each with its meaning."""
    return (*_fields(sources), *_brand(sources), *_partials(sources), *_markup())


def _fields(sources: Sources) -> Iterator[Offer]:
    try:
        fields = read_fields(sources)
    except ExpectedError:
        return
    for name, field in fields.items():
        yield Offer(str(name), field.meaning)


def _brand(sources: Sources) -> Iterator[Offer]:
    try:
        for name in read_brand(sources).values:
            yield Offer(f"brand.{name}", _("A value of your brand."))
    except ExpectedError:
        return


def _partials(sources: Sources) -> Iterator[Offer]:
    for path in sources.paths:
        if path.startswith("partials/"):
            yield Offer(path, _("A part that several messages share."))


def _markup() -> Iterator[Offer]:
    names: set[str] = set()
    for element in sorted(ATTRIBUTES):
        yield Offer(f"<{element}", _("An MJML element."))
        names.update(attributes(element))
    for name in sorted(names):
        yield Offer(name, _("An MJML attribute."))
