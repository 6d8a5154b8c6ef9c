"""``template.compile``: what only compiling shows, at its place in the source."""

from collections.abc import Iterator

from governance.errors import Problem, SourceError, as_sentence
from governance.markup.mapped import Place
from governance.names import Span
from governance.rendering.compile import compile_template
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity


def compile_findings(checked: Checked) -> Iterator[Finding]:
    """Compile, and tell what goes wrong or could be better.

    What is compiled is kept, so that preview and release need not do it again.
    """
    try:
        compiled = compile_template(checked.template, checked.sources)
    except SourceError as error:
        problems = error.problems or (Problem("compile", str(error), checked.file),)
        for problem in problems:
            yield _finding(checked, problem, "template.compile", Severity.ERROR)
        return
    for remark in compiled.remarks:
        yield _finding(checked, remark, f"mjml.{remark.code}", Severity.SUGGESTION)


def _finding(
    checked: Checked, problem: Problem, rule: str, severity: Severity
) -> Finding:
    path = problem.path or checked.file
    part = next((part for part in checked.parts if part.path == path), None)
    message = as_sentence(problem.message)
    place = Place(path, Span(problem.start, problem.end))
    return checked.at(rule, severity, message, place, part)
