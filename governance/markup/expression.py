"""What one Jinja construct says: its names, filters and tests, by Jinja's own parser.

Only what a message needs may be written. Each construct is parsed by itself and kept,
since a library writes the same few hundred again and again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from governance.markup.faults import Fault
from governance.names import Span
from governance.texts import _

DEEPEST_EXPRESSION: Final = 40

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
class Use:
    """A name, filter or test where it is used.

    Attributes:
        name: "candidate.first_name"; a filter's or a test's own name.
        span: In the construct's text, its brackets included.
    """

    name: str
    span: Span


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
    if text[2:-2].strip("-+ \n\t") == Tag.RAW:
        return Construct(Tag.RAW)  # Jinja's lexer would look for its end
    words = _words(text)
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
    reading = _Reading(text)
    match statement:
        case nodes.Output() as output:
            return _output(reading, output)
        case nodes.If() as branch:
            names = reading.read([branch.test])
            return reading.made(tag, expression=branch.test, names=names)
        case nodes.For() as loop:
            return _loop(reading, loop)
        case nodes.Assign() as assignment:
            return _assignment(reading, assignment)
        case nodes.Include() as include:
            return _include(reading, include)
        case _:
            reason = _("write it as {% set name = … %}")
            return _faulty(tag, "jinja-refused", reason, text)


def _output(reading: "_Reading", output: nodes.Output) -> Construct:
    expression = next(filter(_is_code, output.nodes), None)
    if expression is None:
        reading.fault("jinja-syntax", _("there is nothing to print here"))
        return reading.made(Tag.OUTPUT)
    names = reading.read([expression])
    return reading.made(Tag.OUTPUT, expression=expression, names=names)


def _loop(reading: "_Reading", loop: nodes.For) -> Construct:
    if loop.recursive:
        reading.fault("jinja-refused", _("a loop cannot call itself"))
    names = reading.read([loop.iter])
    inner = reading.read([loop.test] if loop.test else [])
    return reading.made(
        Tag.FOR,
        expression=loop.iter,
        names=names,
        inner_names=inner,
        targets=_targets(loop.target),
    )


def _assignment(reading: "_Reading", assignment: nodes.Assign) -> Construct:
    names = reading.read([assignment.node])
    targets = _targets(assignment.target)
    if not targets:
        reading.fault("jinja-refused", _("only plain names can be set"))
    return reading.made(
        Tag.SET, expression=assignment.node, names=names, targets=targets
    )


def _is_code(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.TemplateData)


def _include(reading: "_Reading", statement: nodes.Include) -> Construct:
    path = statement.template
    if not (isinstance(path, nodes.Const) and isinstance(path.value, str)):
        reason = _("name the included file itself: {% include “…” %}")
        reading.fault("include-computed", reason)
        return reading.made(Tag.INCLUDE)
    if statement.ignore_missing or not statement.with_context:
        reason = _("“ignore missing” and “without context” cannot be used")
        reading.fault("jinja-refused", reason)
    return reading.made(Tag.INCLUDE, include=path.value)


def _targets(target: nodes.Node) -> tuple[str, ...]:
    match target:
        case nodes.Name():
            return (target.name,)
        case nodes.Tuple():
            items = [item for item in target.items if isinstance(item, nodes.Name)]
            return tuple(item.name for item in items)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A chain of names as written: "candidate.first_name", or a filter's name."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[_Word, ...]:
    """Return the chains of names in a construct, in order; strings are none."""
    words: list[_Word] = []
    at = 0
    before = ""
    for _line, name, piece in _JINJA.lex(text):
        start = text.index(piece, at)
        at = start + len(piece)
        if name == "whitespace":
            continue
        if name == "name" and before == "name.":
            last = words.pop()
            words.append(_Word(f"{last.text}.{piece}", last.start, at))
        elif name == "name":
            words.append(_Word(piece, start, at))
        before = "name." if (before, piece) == ("name", ".") else name
    return tuple(words)


@dataclass(slots=True)
class _Reading:
    """Walks an expression without recursion and gathers what it uses."""

    text: str
    filters: list[Use] = field(default_factory=list)
    tests: list[Use] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def read(self, roots: Iterable[nodes.Node]) -> tuple[Use, ...]:
        names: list[Use] = []
        waiting = [(root, 0) for root in roots]
        while waiting:
            node, depth = waiting.pop()
            if depth > DEEPEST_EXPRESSION:
                self.fault("jinja-syntax", _("this is too complicated"))
                break
            if chain := self._chain(node):
                names.append(Use(chain, self._find(chain)))
                continue
            match node:
                case nodes.Filter():
                    self.filters.append(Use(node.name, self._find(node.name)))
                case nodes.Test():
                    self.tests.append(Use(node.name, self._find(node.name)))
                case nodes.Call():
                    reason = _("nothing can be called in a message; use a filter")
                    self.fault("jinja-call", reason)
                case nodes.Getattr():
                    self._check_attribute(node.attr)
                case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                    self._check_attribute(key)
                case _:
                    pass
            children = [(child, depth + 1) for child in node.iter_child_nodes()]
            waiting.extend(reversed(children))
        return tuple(names)

    def fault(self, code: str, reason: str, span: Span | None = None) -> None:
        self.faults.append(Fault(code, reason, span or Span(0, len(self.text))))

    def made(
        self,
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
            filters=tuple(self.filters),
            tests=tuple(self.tests),
            targets=targets,
            include=include,
            expression=expression,
            faults=tuple(self.faults),
        )

    def _chain(self, node: nodes.Node) -> str:
        """Return "a.b.c" for names joined by dots or by ["…"], else ""."""
        attributes: list[str] = []
        while True:
            match node:
                case nodes.Name():
                    self._check_attribute(node.name)
                    for attribute in attributes:
                        self._check_attribute(attribute)
                    return ".".join([node.name, *reversed(attributes)])
                case nodes.Getattr():
                    attributes.append(node.attr)
                    node = node.node
                case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                    attributes.append(key)
                    node = node.node
                case nodes.Getitem():
                    self._check_subscript(node.arg)
                    return ""
                case _:
                    return ""

    def _check_attribute(self, name: str) -> None:
        if name.startswith("_"):
            reason = _("“{name}” is private to the program").format(name=name)
            self.fault("jinja-private", reason)

    def _check_subscript(self, key: nodes.Node) -> None:
        match key:
            case nodes.Const(value=int()):
                return
            case _:
                reason = _("name the merge field itself instead of computing it")
                self.fault("jinja-computed-name", reason)

    def _find(self, name: str) -> Span:
        """Return where ``name`` stands: its first place that is not taken yet."""
        words = _words(self.text)
        for exact in (True, False):
            for number, word in enumerate(words):
                is_it = word.text == name if exact else _is_part(word.text, name)
                if is_it and number not in self.used:
                    self.used.add(number)
                    return Span(word.start, word.end)
        return Span(0, len(self.text))


def _is_part(word: str, name: str) -> bool:
    return name.startswith(f"{word}.") or word.startswith(f"{name}.")
