"""What is wrong in a text, and where its author finds it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from governance.errors import MarkupError, Problem, ended
from governance.markup.mapped import MappedText, problem_at, problem_of_file
from governance.names import Span
from governance.texts import _


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a text.

    Attributes:
        code: What kind of fault, in words with hyphens: "mjml-unknown-tag".
        reason: The sentence for people, without its full stop.
        span: Where, in the text that was looked at.
    """

    code: str
    reason: str
    span: Span


def located(
    faults: Iterable[Fault], text: MappedText, read: Callable[[str], str]
) -> tuple[Problem, ...]:
    """Return the faults of ``text`` as problems of the authors' own files.

    A fault of a partial that is included twice is told once.

    Raises:
        MissingFileError: ``read`` has no such file.
    """
    problems: dict[Problem, None] = {}
    for fault in faults:
        place = text.place(fault.span.start, fault.span.end)
        if place is None:
            problems[problem_of_file(fault.code, fault.reason, "")] = None
            continue
        source = read(place.path)
        problem = problem_at(fault.code, fault.reason, place.path, source, place.span)
        problems[problem] = None
    return tuple(problems)


def refusal(fault: Fault, path: str, source: str) -> MarkupError:
    """Return the error that tells the author of the file ``path`` of ``fault``."""
    return refused(problem_at(fault.code, fault.reason, path, source, fault.span))


def refused(*problems: Problem) -> MarkupError:
    """Return the error that tells an author of ``problems``, the first in words."""
    first = problems[0]
    reason = ended(first.message)
    if not first.line:
        text = f"{first.path}: {reason}" if first.path else reason
    elif first.path:
        text = _("{path}, line {line}: {reason}").format(
            path=first.path, line=first.line, reason=reason
        )
    else:
        text = _("Line {line}: {reason}").format(line=first.line, reason=reason)
    return MarkupError(text, problems)
