"""A file with all that it includes, as one text that knows its places.

Included text stands where its tag stood, so what it sets is known after it, and what
trims white space at its border trims its neighbour's too. White space control of the
tag itself (``{%- include … -%}``) works as Jinja's does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from governance.errors import MissingFileError
from governance.markup.expression import Tag, read_construct
from governance.markup.faults import refused
from governance.markup.lex import LONGEST_SOURCE, Kind, Token, lex
from governance.markup.mapped import MappedText, problem_at
from governance.markup.usage import usage
from governance.texts import _

DEEPEST_INCLUDE: Final = 16
MOST_INCLUDES: Final = 2_000


def expand(path: str, read: Callable[[str], str]) -> MappedText:
    """Return the file ``path`` with its includes in their places.

    Raises:
        MissingFileError: A file is not there; the error says which file names it.
        MarkupError: A file is no Jinja, uses what messages may not, has blocks that do
            not fit, includes itself, or grows without limit.
    """
    return MappedText.joined(_Expansion(read).pieces(path, ()))


@dataclass(slots=True)
class _Expansion:
    read: Callable[[str], str]
    length: int = 0
    count: int = 0

    def pieces(self, path: str, within: tuple[str, ...]) -> Iterator[MappedText]:
        source = self.read(path)
        used = usage(source, path)
        if problems := used.problems(path, source):
            raise refused(*problems)
        whole = MappedText.of(path, source)
        if not used.includes and self.length + len(source) <= LONGEST_SOURCE:
            self.length += len(source)
            yield whole
            return
        tokens = lex(source, path)
        begun = ended = 0  # what goes out in one piece
        for number, token in enumerate(tokens):
            if token.kind is Kind.JINJA:
                said = read_construct(token.text)
                if said.tag is Tag.INCLUDE:
                    yield whole[begun:ended]
                    begun = ended = token.span.end
                    chain = (*within, path)
                    self._require_sane(said.include, chain, token, source)
                    yield from self._included(said.include, chain, token, source)
                    continue
            start, end = _trimmed(tokens, number)
            self.length += end - start
            if self.length > LONGEST_SOURCE:
                reason = _("with all that it includes, the message is too long")
                raise refused(
                    problem_at("include-too-long", reason, path, source, token.span)
                )
            if start != ended:
                yield whole[begun:ended]
                begun = start
            ended = end
        yield whole[begun:ended]

    def _included(
        self, name: str, chain: tuple[str, ...], token: Token, source: str
    ) -> Iterator[MappedText]:
        try:
            self.read(name)
        except MissingFileError as error:
            reason = _("the included file “{name}” is missing").format(name=name)
            problem = problem_at(
                "include-missing", reason, chain[-1], source, token.span
            )
            told = refused(problem)
            raise MissingFileError(str(told), told.problems) from error
        yield from self.pieces(name, chain)

    def _require_sane(
        self, name: str, chain: tuple[str, ...], token: Token, source: str
    ) -> None:
        if name in chain:
            circle = " → ".join([*chain[chain.index(name) :], name])
            reason = _("“{name}” includes itself: {chain}").format(
                name=name, chain=circle
            )
            code = "include-circle"
        elif len(chain) >= DEEPEST_INCLUDE:
            code = "include-too-deep"
            reason = _("includes are nested too deeply: {chain}").format(
                chain=" → ".join(chain)
            )
        elif self.count >= MOST_INCLUDES:
            code = "include-too-long"
            reason = _("the message includes too many files")
        else:
            self.count += 1
            return
        raise refused(problem_at(code, reason, chain[-1], source, token.span))


def _trimmed(tokens: tuple[Token, ...], number: int) -> tuple[int, int]:
    """Return what of a text stays beside an include that trims its white space."""
    token = tokens[number]
    start, end = token.span.start, token.span.end
    if token.kind is not Kind.TEXT:
        return start, end
    before = tokens[number - 1] if number else None
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    if before is not None and before.trims_after and _includes(before):
        start = end - len(token.text.lstrip())
    if after is not None and after.trims_before and _includes(after):
        end = start + len(token.text[start - token.span.start :].rstrip())
    return start, max(start, end)


def _includes(token: Token) -> bool:
    return read_construct(token.text).tag is Tag.INCLUDE
