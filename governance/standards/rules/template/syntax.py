"""What cannot be a template at all: broken Jinja, what messages may not use, includes.

The rule's name is what markup calls the problem: "template.include-circle".
"""

from collections.abc import Iterator

from governance.errors import as_sentence
from governance.markup.mapped import Place
from governance.names import Span
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity
from governance.standards.vendor import tokens_in


def broken_parts(checked: Checked) -> Iterator[Finding]:
    """Tell why a part cannot be read with all that it includes."""
    for part in checked.parts:
        for problem in part.problems:
            span = Span(problem.start, problem.end)
            text = checked.sources.texts.get(problem.path, "")
            foreign = tokens_in(text, checked.fields)
            if any(
                token.span.start <= span.start < token.span.end for token in foreign
            ):
                continue  # told as a token of a vendor
            yield checked.at(
                f"template.{problem.code}",
                Severity.ERROR,
                as_sentence(problem.message),
                Place(problem.path or part.path, span),
                part,
            )


def broken_files(checked: Checked) -> Iterator[Finding]:
    """Tell what is wrong with the files that every template shares."""
    for problem in checked.broken:
        yield checked.at(
            f"template.{problem.code}",
            Severity.ERROR,
            as_sentence(problem.message),
            Place(problem.path, Span(problem.start, problem.end)),
        )
