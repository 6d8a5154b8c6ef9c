"""What the Jinja of one file uses, and what of it cannot be used."""

from dataclasses import dataclass, field
from typing import Final

from governance.errors import Problem
from governance.kept import kept_texts
from governance.markup.expression import Construct, Tag, read_construct
from governance.markup.faults import Fault
from governance.markup.lex import Kind, Token, lex
from governance.markup.mapped import problem_at
from governance.markup.reading import Use
from governance.names import Span
from governance.texts import _

DEEPEST_BLOCKS: Final = 40  # whoever walks through blocks may then do so by recursion


@dataclass(frozen=True, slots=True)
class Usage:
    """What a file uses; all spans are in the file.

    Attributes:
        names: The chains that are read and come from outside: no loop's own names,
            and none that the file sets before.
        includes: The files named by ``{% include %}``.
        faults: Blocks that do not fit, and what messages may not use.
    """

    names: tuple[Use, ...]
    filters: tuple[Use, ...]
    tests: tuple[Use, ...]
    includes: tuple[Use, ...]
    faults: tuple[Fault, ...]

    def problems(self, path: str, source: str) -> tuple[Problem, ...]:
        """Return the faults for the author of the file ``path``."""
        return tuple(
            problem_at(fault.code, fault.reason, path, source, fault.span)
            for fault in self.faults
        )


def usage(source: str, path: str = "") -> Usage:
    """Return what ``source`` uses.

    Raises:
        MarkupError: A construct is not closed, or is no Jinja.
    """
    lex(source, path)
    return _usage(source)


@kept_texts(1_000_000)
def _usage(source: str) -> Usage:
    walk = _Walk()
    for token in lex(source):
        if token.kind is Kind.JINJA:
            walk.take(token, read_construct(token.text))
    return walk.ended()


@dataclass(slots=True)
class _Open:
    """A block that is not closed yet.

    Attributes:
        targets: The names that a loop gives values to, while its body lasts.
        known: The names that were set before it began.
    """

    tag: Tag
    span: Span
    targets: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    has_else: bool = False


@dataclass(slots=True)
class _Walk:
    known: frozenset[str] = frozenset()
    open: list[_Open] = field(default_factory=list)
    names: list[Use] = field(default_factory=list)
    filters: list[Use] = field(default_factory=list)
    tests: list[Use] = field(default_factory=list)
    includes: list[Use] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, token: Token, said: Construct) -> None:
        """Count one construct; names are read before those that it sets are known."""
        at = token.span.start
        if said.faults:
            self.faults += [
                Fault(fault.code, fault.reason, _moved(fault.span, at))
                for fault in said.faults
            ]
        if said.filters:
            self.filters += _placed(said.filters, at)
        if said.tests:
            self.tests += _placed(said.tests, at)
        if said.names:
            self._read(said.names, at)
        if said.include:
            self.includes.append(Use(said.include, token.span))
        if said.tag is not Tag.OUTPUT:
            self._nest(token, said)
        if said.inner_names:
            self._read(said.inner_names, at)

    def ended(self) -> Usage:
        """Return what was found, and complain about what is still open."""
        for block in self.open:
            reason = _("“{tag}” is never closed").format(tag=block.tag.value)
            self.faults.append(Fault("block-unclosed", reason, block.span))
        return Usage(
            tuple(self.names),
            tuple(self.filters),
            tuple(self.tests),
            tuple(self.includes),
            tuple(sorted(self.faults, key=_start_of)),
        )

    def _read(self, names: tuple[Use, ...], at: int) -> None:
        for name, span in names:
            if name.partition(".")[0] not in self.known:
                self.names.append(Use(name, _moved(span, at)))

    def _nest(self, token: Token, said: Construct) -> None:
        match said.tag:
            case Tag.IF:
                self._open(_Open(Tag.IF, token.span))
            case Tag.FOR:
                block = _Open(Tag.FOR, token.span, frozenset(said.targets), self.known)
                self._open(block)
                self.known |= {"loop", *said.targets}
            case Tag.SET:
                self.known |= frozenset(said.targets)
            case Tag.ELIF | Tag.ELSE:
                self._go_on(token, said.tag)
            case Tag.END_IF | Tag.END_FOR:
                self._close(token, said.tag)
            case _:
                pass

    def _open(self, block: _Open) -> None:
        self.open.append(block)
        if len(self.open) == DEEPEST_BLOCKS:
            reason = _("conditions and loops are nested too deeply here")
            self.faults.append(Fault("too-deep", reason, block.span))

    def _go_on(self, token: Token, tag: Tag) -> None:
        block = self.open[-1] if self.open else None
        if block is None or (tag is Tag.ELIF and block.tag is not Tag.IF):
            reason = _("“{tag}” belongs to no “if”").format(tag=tag.value)
            self.faults.append(Fault("block-stray", reason, token.span))
            return
        if block.has_else:
            reason = _("“{tag}” stands after “else”").format(tag=tag.value)
            self.faults.append(Fault("block-stray", reason, token.span))
        block.has_else |= tag is Tag.ELSE
        if block.tag is Tag.FOR:
            self.known = block.known

    def _close(self, token: Token, tag: Tag) -> None:
        opener = Tag.IF if tag is Tag.END_IF else Tag.FOR
        if not self.open or self.open[-1].tag is not opener:
            reason = _("“{tag}” closes nothing that is open here").format(tag=tag.value)
            self.faults.append(Fault("block-stray", reason, token.span))
            return
        block = self.open.pop()
        if opener is Tag.FOR:
            self.known = block.known


def _placed(uses: tuple[Use, ...], at: int) -> list[Use]:
    return [Use(name, _moved(span, at)) for name, span in uses]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _start_of(fault: Fault) -> Span:
    return fault.span
