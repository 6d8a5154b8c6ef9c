"""A change, rendered on both sides for a sample person: what a reviewer reads."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import unified_diff

from app.controllers.studio.previewing import place_of_words
from app.workspace import Workspace
from governance.changes.compared import Kind, Mark, Stretch, compared, words
from governance.changes.reading import Look
from governance.content.fields import read_fields
from governance.content.samples import fitting_sample, sample_names_for
from governance.content.sources import Sources, changed
from governance.content.template import Template, find_template
from governance.errors import ExpectedError
from governance.names import ChangeId, Commit, Locale, TemplateId
from governance.ports import Progress
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.values import sample_values
from governance.standards.finding import Finding
from governance.texts import _
from widgets.diff.state import pairs
from widgets.reviews.change_values import PartTexts, Texts
from widgets.reviews.since import Since

_MOST: int = 40  # templates that are rendered; a whole library is read in parts


def looked_at(
    workspace: Workspace,
    change: ChangeId,
    progress: Progress,
    *,
    is_checked: bool = True,
) -> tuple[Look, Texts]:
    """Build a change on this computer, render it, and check it where that is wanted.

    Raises:
        ExpectedError: As ``Reader.look``.
    """
    progress.step(_("Building the change"), done=0, total=2)
    look = workspace.reader.look(change)
    names = _templates(look)
    parts: list[PartTexts] = []
    problem = ""
    for at, name in enumerate(names):
        progress.step(_("Rendering"), done=at, total=len(names))
        try:
            parts += _template(workspace, name, look)
        except ExpectedError as error:
            problem = str(error)
    findings: tuple[Finding, ...] = ()
    if is_checked:
        progress.step(_("Checking"), done=1, total=2)
        findings = workspace.reader.check(look).findings
    shown = tuple(one for one in findings if one.severity != "suggestion")
    return look, Texts(tuple(parts), _others(look), shown, problem)


def looked_at_since(
    workspace: Workspace, change: ChangeId, seen: Since | None, progress: Progress
) -> tuple[Look, Texts, Texts | None]:
    """Build a change as ``looked_at`` does; say also what differs from ``seen``.

    Raises:
        ExpectedError: As ``Reader.look``.
    """
    look, texts = looked_at(workspace, change, progress)
    if seen is None:
        return look, texts, None
    try:
        return look, texts, since(workspace, look, seen.commit)
    except ExpectedError:
        return look, texts, None  # the earlier text is gone: everything is shown


def since(workspace: Workspace, look: Look, commit: Commit) -> Texts:
    """Return what differs between an earlier proposal and what is proposed now.

    Raises:
        ExpectedError: The earlier one cannot be read or rendered any more.
    """
    earlier = replace(look, before=workspace.reader.sources(commit))
    parts = [
        part
        for name in _templates(look)
        for part in _template(workspace, name, earlier)
    ]
    return Texts(tuple(parts), _others(earlier))


def _templates(look: Look) -> tuple[TemplateId, ...]:
    """Return the templates that are rendered: the first so many of those it alters."""
    names = tuple(
        TemplateId(one.name.removeprefix("templates/"))
        for one in look.proposed.subjects
        if one.name.startswith("templates/")
    )
    return names[:_MOST]


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
    mail = compared((was.html if was else "") or "", now.html or "")
    source = look.build.sources.texts.get(path or "", "")
    return PartTexts(
        template.id,
        template.record.title,
        locale,
        mail,
        words((was.subject if was else "") or "", now.subject or ""),
        words((was.text if was else "") or "", now.text or ""),
        words((was.sms if was else "") or "", now.sms or "") if now.sms else (),
        pairs(look.before.texts.get(path or "", ""), source),
        tuple(place_of(mark, path or "", source) for mark in mail.marks),
    )


def place_of(mark: Mark, path: str, source: str) -> str:
    """Return where a change of the mail stands in its source, "" if nobody can say."""
    added = max(
        (one.text for one in mark.words if one.kind is Kind.ADDED), key=len, default=""
    )
    kept = max(
        (one.text for one in mark.words if one.kind is Kind.SAME), key=len, default=""
    )
    for said in (added, kept):
        found = place_of_words(source, said) if path and said else None
        if found is not None:
            return f"{path}:{source.count(chr(10), 0, found[0]) + 1}"
    return ""


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
