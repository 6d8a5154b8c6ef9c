"""Whether elements and conditions nest: what a branch begins has to end in it."""

from dataclasses import dataclass, field
from typing import Final

from governance.markup.expression import Tag
from governance.names import Span
from governance.rendering.tags import is_void
from governance.texts import N_

BRANCH: Final = N_(
    "the element that begins or ends in this branch has to do both in it; otherwise "
    "the message falls apart for some candidates"
)
WRONG_END: Final = N_("“</{name}>” closes nothing that is open here")
NOT_CLOSED: Final = N_("“<{name}>” is never closed")

# Elements whose end tag HTML lets authors leave out, and that they do leave out.
_OPTIONAL: Final = frozenset({"p", "li", "dt", "dd", "option", "html", "body", "head"})


@dataclass(slots=True)
class Nesting:
    """Follows the open elements of one text."""

    is_mjml: bool
    problems: list[tuple[str, str, str, Span]] = field(default_factory=list)
    open: list[tuple[str, Span]] = field(default_factory=list)
    branches: list[tuple[tuple[str, Span], ...]] = field(default_factory=list)
    is_broken: bool = False

    def start(self, span: Span, name: str, *, is_closed: bool) -> None:
        """Take a start tag; ``is_closed`` if it ends in "/>"."""
        if is_void(name) or (is_closed and self.is_mjml):
            return
        if not self.is_mjml and name in _OPTIONAL:
            return
        self.open.append((name, span))

    def end(self, span: Span, name: str) -> None:
        """Take an end tag."""
        if is_void(name) or (not self.is_mjml and name in _OPTIONAL):
            return
        names = [opened for opened, _span in self.open]
        if self.is_mjml and names[-1:] != [name]:
            if not self.is_broken:
                self._tell_of_end(span, name, names)
            self.is_broken = True
        if name in names:
            last = len(names) - 1 - names[::-1].index(name)
            del self.open[last:]

    def jinja(self, span: Span, tag: Tag) -> None:
        """Take a tag of Jinja that stands between elements."""
        now = tuple(self.open)
        if tag in {Tag.IF, Tag.FOR}:
            self.branches.append(now)
        elif tag in {Tag.ELIF, Tag.ELSE, Tag.END_IF, Tag.END_FOR} and self.branches:
            if now != self.branches[-1] and not self.is_broken:
                self.problems.append(("branch-nesting", BRANCH, "", span))
                self.is_broken = True
            if tag in {Tag.END_IF, Tag.END_FOR}:
                self.branches.pop()

    def finish(self) -> None:
        """Say what is still open; HTML closes such elements itself."""
        if self.is_mjml and self.open and not self.is_broken:
            name, span = self.open[-1]
            self.problems.append(("mjml-unclosed", NOT_CLOSED, name, span))

    def _tell_of_end(self, span: Span, name: str, names: list[str]) -> None:
        if name in names and self.open:
            opened, where = self.open[-1]
            self.problems.append(("mjml-unclosed", NOT_CLOSED, opened, where))
        else:
            self.problems.append(("mjml-stray-end", WRONG_END, name, span))
