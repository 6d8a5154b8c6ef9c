"""Checking a template, or the whole repository."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from governance.content.brand import read_brand
from governance.content.fields import read_fields
from governance.content.format import read_format
from governance.content.samples import fitting_sample, sample_names
from governance.content.sources import Sources
from governance.content.template import Template, read_template, template_folders
from governance.content.uses import uses_of
from governance.errors import ExpectedError, Problem, SourceError, as_sentence
from governance.journeys.read import journey_ids, journey_path, read_journey
from governance.markup.mapped import Place
from governance.names import Span, TemplateId
from governance.standards.engine import each_once, judged
from governance.standards.finding import Finding, Severity, Spot, finding_at
from governance.standards.rules.journey.steps import Steps
from governance.standards.vale.guide import case_problems, style_guide
from governance.standards.vale.ini import PATH as VALE_INI
from governance.texts import _


def check_template(template: Template, sources: Sources) -> tuple[Finding, ...]:
    """Return all that is to be said of ``template``, in order of file and place."""
    return judged(template, sources)


def check_repository(
    sources: Sources, paths: Sequence[str] | None = None
) -> tuple[Finding, ...]:
    """Return all that is to be said of the repository, in order of file and place.

    With ``paths``, only of the templates and files that lie there: "templates/offer",
    "partials/en/footer.mjml". What cannot be read is a finding, not an exception.
    """
    found: list[Finding] = []
    readable: dict[TemplateId, Template] = {}
    for template in _templates(sources, found):
        readable[template.id] = template
        if paths is None or any(_overlap(template.folder, path) for path in paths):
            found += judged(template, sources)
        elif _uses(template, sources, paths):
            said = judged(template, sources)
            found += [finding for finding in said if _lies_in(finding, paths)]
    shared = [
        *_guide_findings(sources),
        *_table_findings(sources),
        *_journey_findings(sources, readable),
    ]
    found += [one for one in shared if paths is None or _lies_in(one, paths)]
    return each_once(found)


def _templates(sources: Sources, found: list[Finding]) -> Iterator[Template]:
    try:
        folders = template_folders(sources)
    except SourceError as error:
        found += _findings(error.problems, sources, "template")
        return
    for folder in folders.values():
        try:
            yield read_template(sources, folder)
        except SourceError as error:
            found += _findings(error.problems, sources, "template")


def _guide_findings(sources: Sources) -> Iterator[Finding]:
    guide = style_guide(sources.texts)
    yield from _findings(guide.problems, sources, "")
    yield from _findings(case_problems(guide), sources, "", severity=Severity.WARNING)
    for rule in guide.unsupported:
        message = _("“{what}” is not supported yet: the rule does not run.")
        yield _finding(
            Problem("vale-unsupported", message.format(what=rule.what), rule.path),
            sources,
            "",
            Severity.SUGGESTION,
        )
    if guide.ini.ignored:
        message = _("These settings have no effect here: {names}.")
        names = ", ".join(guide.ini.ignored)
        problem = Problem("vale-ini", message.format(names=names), VALE_INI)
        yield _finding(problem, sources, "", Severity.SUGGESTION)


def _table_findings(sources: Sources) -> Iterator[Finding]:
    """Tell what is wrong with the tables that no template may have shown."""
    readers: tuple[Callable[[], object], ...] = (
        partial(read_format, sources),
        partial(read_fields, sources),
        partial(read_brand, sources),
        *(partial(fitting_sample, sources, name) for name in sample_names(sources)),
    )
    for read in readers:
        try:
            read()
        except SourceError as error:
            problems = error.problems or (Problem("format", str(error)),)
            yield from _findings(problems, sources, "template")
        except ExpectedError as error:
            yield _finding(
                Problem("format", str(error)), sources, "template", Severity.ERROR
            )


def _journey_findings(
    sources: Sources, templates: Mapping[TemplateId, Template]
) -> Iterator[Finding]:
    try:
        fields = read_fields(sources)
    except SourceError:
        return  # told with the tables
    for name in journey_ids(sources.texts):
        try:
            journey = read_journey(sources.texts, name)
        except SourceError as error:
            problems = error.problems or (
                Problem("unreadable", str(error), journey_path(name)),
            )
            yield from _findings(problems, sources, "journey")
        else:
            yield from Steps(journey, sources, templates, fields).findings()


def _findings(
    problems: Iterable[Problem],
    sources: Sources,
    family: str,
    *,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    return (_finding(problem, sources, family, severity) for problem in problems)


def _finding(
    problem: Problem, sources: Sources, family: str, severity: Severity
) -> Finding:
    rule = f"{family}.{problem.code}" if family else problem.code.replace("-", ".", 1)
    text = sources.texts.get(problem.path, "")
    end = min(problem.end, len(text))
    spot = Spot(Place(problem.path, Span(min(problem.start, end), end)))
    message = as_sentence(problem.message)
    return finding_at(rule, severity, message, spot, text)


def _uses(template: Template, sources: Sources, paths: Sequence[str]) -> bool:
    try:
        used = uses_of(template, sources).texts
    except SourceError:
        return True
    return any(_within(file, path) for file in used for path in paths)


def _lies_in(finding: Finding, paths: Sequence[str]) -> bool:
    return any(_within(finding.file, path) for path in paths)


def _overlap(folder: str, path: str) -> bool:
    return _within(folder, path) or _within(path, folder)


def _within(path: str, folder: str) -> bool:
    clean = folder.strip("/")
    return clean in {"", "."} or path == clean or path.startswith(f"{clean}/")
