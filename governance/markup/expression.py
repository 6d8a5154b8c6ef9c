"""What one Jinja construct says: its names, filters and tests, by Jinja's own parser.

Only what a message needs may be written. Each construct is parsed by itself and kept,
since a library writes the same few hundred again and again.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from governance.markup.faults import Fault
from governance.markup.reading import Reading, Use, words_of
from governance.names import Span
from governance.texts import _

_JINJA: Final = Environment(autoescape=True)


class Tag(StrEnum):
    """What a construct does."""

    OUTPUT = "output"
    COMMENT = "comment"
    RAW = "raw"
    END_RAW = "endraw"
    IF = "if"
    ELIF = "elif"
    ELSE = "else"
    END_IF = "endif"
    FOR = "for"
    END_FOR = "endfor"
    SET = "set"
    INCLUDE = "include"
    REFUSED = "refused"


# What Jinja has and messages do not: it hides text from those who approve it.
REFUSED_TAGS: Final = frozenset(
    {
        "autoescape", "block", "break", "call", "continue", "debug", "do", "endblock",
        "endcall", "endfilter", "endmacro", "endset", "endtrans", "endwith", "extends",
        "filter", "from", "import", "macro", "pluralize", "trans", "with",
    }
)  # fmt: skip

_TAGS: Final = frozenset(Tag) - {Tag.OUTPUT, Tag.COMMENT, Tag.REFUSED}
_BARE: Final = {Tag.ELSE, Tag.END_IF, Tag.END_FOR, Tag.RAW, Tag.END_RAW}
_CLOSED_BY: Final = {Tag.IF: "{% endif %}", Tag.FOR: "{% endfor %}"}


@dataclass(frozen=True, slots=True)
class Construct:
    """What one construct says.

    Attributes:
        names: What it reads, outside of the loop that it begins.
        inner_names: What a loop's own condition reads: ``for x in y if z``.
        targets: The names that it gives values to.
        include: The file that it includes, or "".
        expression: The condition, what is looped over, or what is printed or set.
        faults: Why it cannot be used; spans are in the construct's text.
    """

    tag: Tag
    names: tuple[Use, ...] = ()
    inner_names: tuple[Use, ...] = ()
    filters: tuple[Use, ...] = ()
    tests: tuple[Use, ...] = ()
    targets: tuple[str, ...] = ()
    include: str = ""
    expression: nodes.Node | None = None
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=8192)
def read_construct(text: str) -> Construct:
    """Read one construct, brackets included, as ``lex`` cuts them."""
    if text.startswith("{#"):
        return Construct(Tag.COMMENT)
    if text.startswith("{{"):
        return _parsed(Tag.OUTPUT, text, text)
    return _block(text)


def _block(text: str) -> Construct:
    if text[2:-2].strip("-+ \n\t") == Tag.RAW:
        return Construct(Tag.RAW)  # Jinja's lexer would look for its end
    words = words_of(text)
    word = words[0].text if words else ""
    if word not in _TAGS:
        return _refused(text, word)
    tag = Tag(word)
    if tag in _BARE:
        if len(words) > 1:
            reason = _("nothing else can stand in “{tag}”").format(tag=word)
            return _faulty(tag, "jinja-syntax", reason, text)
        return Construct(tag)
    whole = text
    if tag is Tag.ELIF:
        start = words[0].start
        whole = f"{text[:start]}if{text[start + len(word) :]}"
    return _parsed(tag, text, whole + _CLOSED_BY.get(_opener(tag), ""))


def _opener(tag: Tag) -> Tag:
    return Tag.IF if tag is Tag.ELIF else tag


def _refused(text: str, word: str) -> Construct:
    if word in REFUSED_TAGS:
        reason = _(
            "“{tag}” cannot be used in messages; write the text itself, or include a "
            "partial"
        ).format(tag=word)
        return _faulty(Tag.REFUSED, "jinja-refused", reason, text)
    reason = _("Jinja has no tag “{tag}”").format(tag=word)
    return _faulty(Tag.REFUSED, "jinja-syntax", reason, text)


def _faulty(tag: Tag, code: str, reason: str, text: str) -> Construct:
    return Construct(tag, faults=(Fault(code, reason, Span(0, len(text))),))


def _parsed(tag: Tag, text: str, whole: str) -> Construct:
    try:
        body = _JINJA.parse(whole).body
    except TemplateSyntaxError as error:
        reason = (error.message or _("this is no Jinja")).rstrip(".")
        return _faulty(tag, "jinja-syntax", reason, text)
    except (RecursionError, ValueError):
        return _faulty(tag, "jinja-syntax", _("this is too complicated"), text)
    return _said(tag, text, body[0] if body else None)


def _said(tag: Tag, text: str, statement: nodes.Node | None) -> Construct:
    reading = Reading(text)
    match statement:
        case nodes.Output() as output:
            return _output(reading, output)
        case nodes.If() as branch:
            names = reading.read([branch.test])
            return _made(reading, tag, expression=branch.test, names=names)
        case nodes.For() as loop:
            return _loop(reading, loop)
        case nodes.Assign() as assignment:
            return _assignment(reading, assignment)
        case nodes.Include() as include:
            return _include(reading, include)
        case _:
            reason = _("write it as {% set name = … %}")
            return _faulty(tag, "jinja-refused", reason, text)


def _output(reading: Reading, output: nodes.Output) -> Construct:
    expression = next(filter(_is_code, output.nodes), None)
    if expression is None:
        reading.fault("jinja-syntax", _("there is nothing to print here"))
        return _made(reading, Tag.OUTPUT)
    names = reading.read([expression])
    return _made(reading, Tag.OUTPUT, expression=expression, names=names)


def _loop(reading: Reading, loop: nodes.For) -> Construct:
    if loop.recursive:
        reading.fault("jinja-refused", _("a loop cannot call itself"))
    names = reading.read([loop.iter])
    inner = reading.read([loop.test] if loop.test else [])
    return _made(
        reading,
        Tag.FOR,
        expression=loop.iter,
        names=names,
        inner_names=inner,
        targets=_targets(loop.target),
    )


def _assignment(reading: Reading, assignment: nodes.Assign) -> Construct:
    names = reading.read([assignment.node])
    targets = _targets(assignment.target)
    if not targets:
        reading.fault("jinja-refused", _("only plain names can be set"))
    return _made(
        reading, Tag.SET, expression=assignment.node, names=names, targets=targets
    )


def _is_code(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.TemplateData)


def _include(reading: Reading, statement: nodes.Include) -> Construct:
    path = statement.template
    if not (isinstance(path, nodes.Const) and isinstance(path.value, str)):
        reason = _("name the included file itself: {% include “…” %}")
        reading.fault("include-computed", reason)
        return _made(reading, Tag.INCLUDE)
    if statement.ignore_missing or not statement.with_context:
        reason = _("“ignore missing” and “without context” cannot be used")
        reading.fault("jinja-refused", reason)
    return _made(reading, Tag.INCLUDE, include=path.value)


def _targets(target: nodes.Node) -> tuple[str, ...]:
    match target:
        case nodes.Name():
            return (target.name,)
        case nodes.Tuple():
            items = [item for item in target.items if isinstance(item, nodes.Name)]
            return tuple(item.name for item in items)
        case _:
            return ()


def _made(
    reading: Reading,
    tag: Tag,
    *,
    expression: nodes.Node | None = None,
    names: tuple[Use, ...] = (),
    inner_names: tuple[Use, ...] = (),
    targets: tuple[str, ...] = (),
    include: str = "",
) -> Construct:
    return Construct(
        tag,
        names=names,
        inner_names=inner_names,
        filters=tuple(reading.filters),
        tests=tuple(reading.tests),
        targets=targets,
        include=include,
        expression=expression,
        faults=tuple(reading.faults),
    )
