"""A change, rendered on both sides for a sample person: what a reviewer reads."""

from collections.abc import Iterable
from difflib import unified_diff

from app.workspace import Workspace
from governance.changes.compared import Kind, Stretch, compared, words
from governance.changes.reading import Look
from governance.content.fields import read_fields
from governance.content.samples import fitting_sample, sample_names_for
from governance.content.sources import Sources, changed
from governance.content.template import Template, find_template
from governance.errors import ExpectedError
from governance.names import ChangeId, Locale, TemplateId
from governance.ports import Progress
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.values import sample_values
from governance.texts import _
from widgets.reviews.change_state import PartTexts, Texts

_MOST: int = 40  # templates that are rendered; a whole library is read in parts


def looked_at(
    workspace: Workspace, change: ChangeId, progress: Progress
) -> tuple[Look, Texts]:
    """Build a change on this computer, render and check it.

    Raises:
        ExpectedError: As ``Reader.look``.
    """
    progress.step(_("Building the change"), done=0, total=2)
    look = workspace.reader.look(change)
    names = [
        TemplateId(one.name.removeprefix("templates/"))
        for one in look.proposed.subjects
        if one.name.startswith("templates/")
    ]
    parts: list[PartTexts] = []
    problem = ""
    for at, name in enumerate(names[:_MOST]):
        progress.step(_("Rendering"), done=at, total=len(names))
        try:
            parts += _template(workspace, name, look)
        except ExpectedError as error:
            problem = str(error)
    progress.step(_("Checking"), done=1, total=2)
    findings = workspace.reader.check(look).findings
    shown = tuple(one for one in findings if one.severity != "suggestion")
    return look, Texts(tuple(parts), _others(look), shown, problem)


def _template(
    workspace: Workspace, name: TemplateId, look: Look
) -> Iterable[PartTexts]:
    after = look.build.sources
    template = find_template(after, name)
    new = workspace.renderer.compile(name, after)
    old, earlier = None, None
    try:
        earlier = find_template(look.before, name)
        old = workspace.renderer.compile(name, look.before)
    except ExpectedError:
        old = None  # it is new, or was broken
    for locale in template.locales:
        now = _rendered(workspace, new, after, locale)
        has_old = old is not None and earlier and locale in earlier.locales
        was = (
            _rendered(workspace, old, look.before, locale) if has_old and old else None
        )
        yield _part(template, locale, was, now, look)


def _part(
    template: Template, locale: Locale, was: Rendered | None, now: Rendered, look: Look
) -> PartTexts:
    path = template.path(locale, "email.mjml") or template.path(locale, "email.html")
    return PartTexts(
        template.id,
        template.record.title,
        locale,
        compared((was.html if was else "") or "", now.html or ""),
        words((was.subject if was else "") or "", now.subject or ""),
        words((was.text if was else "") or "", now.text or ""),
        words((was.sms if was else "") or "", now.sms or "") if now.sms else (),
        _lines(look.before.texts.get(path or "", ""), look.build.sources.texts[path])
        if path
        else (),
    )


def _rendered(
    workspace: Workspace, compiled: Compiled, sources: Sources, locale: Locale
) -> Rendered:
    """Render for the first sample person that it fits.

    Raises:
        ExpectedError: It fits none.
    """
    fields = read_fields(sources)
    problem: ExpectedError | None = None
    for name in sample_names_for(sources, locale):
        try:
            values = sample_values(fitting_sample(sources, name), fields)
            return workspace.renderer.render(compiled, values, locale)
        except ExpectedError as error:
            problem = error
    raise problem or ExpectedError(_("There is no sample person."))


def _others(look: Look) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    """Return what differs and is rendered nowhere: partials, rules, journeys."""
    before, after = look.before, look.build.sources
    return tuple(
        (path, _lines(before.texts.get(path, ""), after.texts.get(path, "")))
        for path in changed(before, after)
        if not path.startswith("templates/")
        and (path in before.texts or path in after.texts)
    )


def _lines(before: str, after: str) -> tuple[Stretch, ...]:
    """Return two sources line by line; what is far from a change is left out."""
    found: list[Stretch] = []
    for line in unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3):
        if line.startswith(("---", "+++")):
            continue
        kind = {"+": Kind.ADDED, "-": Kind.REMOVED}.get(line[:1], Kind.SAME)
        text = "⋯" if line.startswith("@@") else line[1:]
        found.append(Stretch(kind, f"{text}\n"))
    return tuple(found)
