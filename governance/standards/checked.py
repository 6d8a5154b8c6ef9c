"""A template laid out for checking: its parts expanded, what they may use at hand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from governance.content.brand import BRAND_FILE, Brand, read_brand
from governance.content.fields import FIELDS_FILE, Fields, read_fields
from governance.content.format import RepositoryFormat, read_format
from governance.content.sources import Sources
from governance.content.template import TEMPLATE_FILE, Template
from governance.errors import ExpectedError, Problem, SourceError
from governance.kept import Kept
from governance.markup.expand import expand
from governance.markup.expression import Construct, read_construct
from governance.markup.lex import Kind, lex
from governance.markup.mapped import MappedText, Place
from governance.markup.tree import Dialect
from governance.markup.usage import Usage, usage
from governance.names import Locale, Span
from governance.standards.finding import (
    NO_LOCALE,
    NOWHERE,
    Finding,
    Fix,
    Severity,
    Spot,
    finding_at,
)
from governance.standards.forms import Form, forms_of

MOST_KEPT: Final = 800_000  # characters of parts; a large library has as many
_DIALECTS: Final = {".mjml": Dialect.MJML, ".html": Dialect.HTML}


@dataclass(frozen=True, slots=True)
class Code:
    """One Jinja construct of an expanded part.

    Attributes:
        span: Where it stands in the expanded text.
    """

    text: str
    span: Span
    said: Construct


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of one locale; of the same texts it is the very same part.

    Attributes:
        name: "email.mjml".
        expanded: With all that it includes; None where that cannot be had.
        problems: Why it cannot be had.
        forms: Every form that a candidate may get.
    """

    locale: Locale
    name: str
    path: str
    expanded: MappedText | None
    problems: tuple[Problem, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def dialect(self) -> Dialect | None:
        """What its markup is; None for plain text."""
        return _DIALECTS.get(self.name[self.name.rfind(".") :])

    @property
    def usage(self) -> Usage | None:
        """What it uses, with all that it includes."""
        return usage(self.expanded.text) if self.expanded else None

    @property
    def files(self) -> tuple[str, ...]:
        """The file, and those that it includes, sorted."""
        stretches = self.expanded.stretches if self.expanded else ()
        return tuple(sorted({self.path, *(one.place.path for one in stretches)}))

    def code(self) -> Iterator[Code]:
        """Return its Jinja, in order."""
        if self.expanded is None:
            return
        for token in lex(self.expanded.text):
            if token.kind is Kind.JINJA:
                yield Code(token.text, token.span, read_construct(token.text))

    def place(self, span: Span) -> Place:
        """Return where the author finds ``span`` of the expanded text."""
        place = self.expanded.place(span.start, span.end) if self.expanded else None
        return place or Place(self.path, NOWHERE)

    def verbatim(self, span: Span) -> Place | None:
        """Return the place that can be mended, or None."""
        return self.expanded.verbatim(span.start, span.end) if self.expanded else None


@dataclass(frozen=True, slots=True)
class Checked:
    """All that the rules look at.

    Attributes:
        format: None where countersign.toml cannot be read.
        broken: What is wrong with the files that every template shares.
    """

    template: Template
    sources: Sources
    fields: Fields
    brand: Brand
    format: RepositoryFormat | None
    parts: tuple[Part, ...]
    broken: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        """The template's own table file."""
        return f"{self.template.folder}/{TEMPLATE_FILE}"

    def at(
        self,
        rule: str,
        severity: Severity,
        message: str,
        place: Place,
        part: Part | None = None,
        *,
        match: str | None = None,
        fixes: Iterable[Fix] = (),
    ) -> Finding:
        """Return a finding at ``place`` of an author's file."""
        text = self.sources.texts.get(place.path, "")
        spot = Spot(
            place,
            part.name if part else "",
            part.locale if part else NO_LOCALE,
        )
        return finding_at(rule, severity, message, spot, text, match=match, fixes=fixes)

    def in_file(
        self, rule: str, severity: Severity, message: str, path: str, word: str = ""
    ) -> Finding:
        """Return a finding at the first ``word`` of a file, or at its begin."""
        text = self.sources.texts.get(path, "")
        start = max(0, text.find(word)) if word else 0
        end = start + len(word) if word and word in text else start
        return self.at(rule, severity, message, Place(path, Span(start, end)))


Rule: TypeAlias = Callable[[Checked], Iterator[Finding]]


def laid_out(template: Template, sources: Sources) -> Checked:
    """Lay out ``template``; what cannot be read is a problem, not an exception."""
    broken: list[Problem] = []
    fields, brand, form = Fields({}), Brand({}), None
    try:
        fields = read_fields(sources)
    except SourceError as error:
        broken += error.problems
    try:
        brand = read_brand(sources)
    except SourceError as error:
        broken += error.problems
    try:
        form = read_format(sources)
    except SourceError as error:
        broken += error.problems
    except ExpectedError as error:  # a newer format
        broken.append(Problem("format", str(error)))
    bare = Checked(template, sources, fields, brand, form, (), tuple(broken))
    parts = [
        _part(bare, where, name, path) for (where, name), path in template.parts.items()
    ]
    return replace(bare, parts=tuple(parts))


def _part(bare: Checked, where: Locale, name: str, path: str) -> Part:
    try:
        expanded = expand(path, bare.sources.read)
    except SourceError as error:
        return Part(where, name, path, None, error.problems)
    files = {path, *(one.place.path for one in expanded.stretches)}
    tables = bare.sources.texts.get(FIELDS_FILE), bare.sources.texts.get(BRAND_FILE)
    texts = tuple((file, bare.sources.texts[file]) for file in sorted(files))

    def laid_out() -> Part:
        is_markup = name.endswith(tuple(_DIALECTS))
        forms = forms_of(expanded, where, bare.fields, bare.brand, is_markup=is_markup)
        return Part(where, name, path, expanded, (), forms)

    return _parts.get((where, name, path, expanded, tables, texts), laid_out)


_Texts: TypeAlias = tuple[tuple[str, str], ...]
_Tables: TypeAlias = tuple[str | None, str | None]

_Made: TypeAlias = tuple[Locale, str, str, MappedText, _Tables, _Texts]


def size_of(text: MappedText | None) -> int:
    """Return how much of ``MOST_KEPT`` a part takes."""
    return 500 + (len(text) if text is not None else 0)


# A part of a template in one locale, by all that decides what it is. Its files alone do
# not: one that only includes another leaves no text of its own.
_parts: Final = Kept[_Made, Part](MOST_KEPT, lambda key: size_of(key[3]))
