"""Compiling one part: a text as it is, an e-mail through MJML and inlining."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from governance.content.brand import read_brand
from governance.content.fields import Fields, read_fields
from governance.content.sources import Sources
from governance.errors import Problem
from governance.markup.expand import expand
from governance.markup.expression import Tag, read_construct
from governance.markup.faults import refused
from governance.markup.lex import Kind, lex
from governance.markup.mapped import MappedText, problem_at
from governance.markup.tree import Dialect
from governance.markup.usage import usage
from governance.markup.validate import problems_of_part
from governance.names import FieldName, Locale, Span
from governance.rendering.brand_values import BrandValues, branded
from governance.rendering.document import dressed, whole_document
from governance.rendering.inlining import Inlined, inline, remarks_on
from governance.rendering.losses import losses
from governance.rendering.mjml import REFUSED, MjmlRefusedError, own_sheets, to_html
from governance.rendering.safety import unsafe
from governance.rendering.sandbox import FILTER_NAMES
from governance.rendering.shield import shield
from governance.rendering.shielded import Flaw, Shielded
from governance.rendering.text_part import to_text
from governance.texts import N_, _

_SHEET: Final = re.compile(r"<mj-style[^>]*>(.*?)</mj-style", re.DOTALL)

NO_FIELD: Final = N_("“{name}” is no merge field of “fields.toml”")
NO_FILTER: Final = N_("there is no filter “{name}”")


@dataclass(frozen=True, slots=True)
class Material:
    """What every part of a repository is compiled with."""

    sources: Sources
    read: Callable[[str], str]
    brand: BrandValues
    fields: Fields

    @classmethod
    def of(cls, sources: Sources, read: Callable[[str], str]) -> "Material":
        """Read brand and fields.

        Raises:
            ContentError: One of the two says something impossible.
        """
        brand = tuple(read_brand(sources).values.items())
        return cls(sources, read, brand, read_fields(sources))


@dataclass(frozen=True, slots=True)
class Email:
    """A compiled e-mail.

    Attributes:
        text: Its plain text, derived from the HTML.
    """

    html: str
    text: str
    remarks: tuple[Problem, ...]


def expanded(path: str, material: Material) -> MappedText:
    """Return the file with its includes; its merge fields and filters exist.

    Raises:
        MarkupError: A file is missing, is no Jinja, or names what does not exist.
    """
    text = expand(path, material.read)
    flaws = [
        Flaw("unknown-field", NO_FIELD, use.name, use.span)
        for use in usage(text.text).names
        if not _is_known(use.name, material)
    ]
    flaws += [
        Flaw("unknown-filter", NO_FILTER, use.name, use.span)
        for use in usage(text.text).filters
        if use.name not in FILTER_NAMES
    ]
    _require_none(flaws, text, material)
    return text


def used_fields(text: MappedText, fields: Fields) -> tuple[FieldName, ...]:
    """Return the merge fields that a text reads."""
    found = (fields.within(use.name) for use in usage(text.text).names)
    return tuple(name for names in found for name in names)


def compiled_text(text: MappedText, material: Material) -> str:
    """Compile a part without markup: brand values in, comments out.

    Raises:
        MarkupError: It names a brand value that is not there.
    """
    written: list[str] = []
    flaws: list[Flaw] = []
    for token in lex(text.text):
        if token.kind is Kind.TEXT:
            written.append(token.text)
            continue
        said = branded(token.text, material.brand)
        if said.fault:
            flaws.append(Flaw("brand-name", said.fault, "", token.span))
        is_silent = read_construct(token.text).tag is Tag.COMMENT
        if is_silent and not (token.trims_before or token.trims_after):
            continue
        written.append(said.jinja if said.literal is None else said.literal)
    _require_none(flaws, text, material)
    return "".join(written).strip()


def compiled_email(
    path: str, preheader: MappedText, where: Locale, material: Material
) -> tuple[Email, tuple[FieldName, ...]]:
    """Compile an e-mail in MJML or HTML; also return the fields that it reads.

    Raises:
        MarkupError: It cannot be compiled; the error names each place.
    """
    is_mjml = path.endswith(".mjml")
    source = expanded(path, material)
    names = used_fields(source, material.fields)
    dialect = Dialect.MJML if is_mjml else Dialect.HTML
    if problems := problems_of_part(source, dialect, material.read):
        raise refused(*problems)
    if not is_mjml:
        source = whole_document(source, path)
    source = dressed(source, path, where, preheader)
    shielded = shield(source, material.brand, is_mjml=is_mjml)
    _require_none(shielded.flaws, source, material)
    prefix = shielded.stand_ins.prefix
    if is_mjml:
        html = _html_of(shielded, material)
        done = inline(html, stand_in=prefix, untouched=own_sheets())
        remarks = _sheet_remarks(shielded)
    else:
        done = inline(shielded.text, stand_in=prefix)
        remarks = _remarks_of(done, shielded)
    plain = to_text(done.html, prefix)
    _require_none(losses(shielded, done.html, plain), source, material)
    _require_none(unsafe(shielded, done.html, material.fields), source, material)
    email = Email(
        shielded.stand_ins.restored(done.html),
        shielded.stand_ins.restored(plain.text),
        tuple(_problem(flaw, source, material) for flaw in remarks),
    )
    return email, names


def _html_of(shielded: Shielded, material: Material) -> str:
    try:
        return to_html(shielded.text)
    except MjmlRefusedError as error:
        start = max(error.start, 0)
        end = error.end if error.end >= 0 else len(shielded.text)
        span = Span(shielded.origin(start), shielded.origin(end))
        flaw = Flaw("mjml-refused", REFUSED, str(error), span)
        raise refused(_problem(flaw, shielded.source, material)) from error


def _sheet_remarks(shielded: Shielded) -> list[Flaw]:
    """Say what of the author's own MJML sheets will stay sheets."""
    found = []
    for sheet in _SHEET.finditer(shielded.text):
        for left in remarks_on(sheet[1], shielded.stand_ins.prefix):
            begin = sheet.start(1) + left.span.start
            end = sheet.start(1) + left.span.end
            span = Span(shielded.origin(begin), shielded.origin(end))
            found.append(Flaw("style-stays", left.message, left.selector, span))
    return found


def _remarks_of(done: Inlined, shielded: Shielded) -> list[Flaw]:
    return [
        Flaw(
            "style-stays",
            remark.message,
            remark.selector,
            Span(shielded.origin(remark.span.start), shielded.origin(remark.span.end)),
        )
        for remark in done.remarks
    ]


def _is_known(name: str, material: Material) -> bool:
    return name.partition(".")[0] == "brand" or bool(material.fields.within(name))


def _require_none(
    flaws: "list[Flaw] | tuple[Flaw, ...]", text: MappedText, material: Material
) -> None:
    if flaws:
        raise refused(*(_problem(flaw, text, material) for flaw in flaws))


def _problem(flaw: Flaw, text: MappedText, material: Material) -> Problem:
    message = _(flaw.message).replace("{name}", flaw.name)
    message = message.replace("{selector}", flaw.name)
    place = text.place(flaw.span.start, flaw.span.end)
    if place is None:
        return Problem(flaw.code, message)
    source = material.sources.read(place.path)
    return problem_at(flaw.code, message, place.path, source, place.span)
