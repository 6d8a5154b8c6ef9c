"""A template rendered for a sample person, for the inspector."""

from dataclasses import dataclass, field

from app.workspace import Workspace
from governance.content.fields import read_fields
from governance.content.format import read_format
from governance.content.samples import fitting_sample, sample_names_for
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.errors import ExpectedError
from governance.names import Digest, TemplateId
from governance.ports import Progress
from governance.rendering.values import sample_values
from governance.texts import _


@dataclass(frozen=True, slots=True)
class Picture:
    """What came of it.

    Attributes:
        closure: Of what was rendered, so that it is known when it is old.
        html: "" where there is no e-mail.
        problem: Why there is no picture, "" if there is one.
    """

    closure: Digest
    html: str = field(repr=False)
    problem: str = ""


def picture(
    workspace: Workspace,
    sources: Sources,
    template: TemplateId,
    closure: Digest,
    _progress: Progress,
) -> Picture:
    """Render ``template`` for the first sample person that it fits."""
    problem = _("No sample person fits this message.")
    try:
        compiled = workspace.renderer.compile(template, sources)
        locales = find_template(sources, template).locales
        default = read_format(sources).default_locale
        locale = default if default in locales else locales[0]
        fields = read_fields(sources)
        for name in sample_names_for(sources, locale):
            try:
                values = sample_values(fitting_sample(sources, name), fields)
                made = workspace.renderer.render(compiled, values, locale)
            except ExpectedError as error:
                problem = str(error)
                continue
            return Picture(closure, made.html or _as_page(made.sms or made.chat or ""))
    except ExpectedError as error:
        problem = str(error)
    return Picture(closure, "", problem)


def _as_page(text: str) -> str:
    """Return a short message as a page."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        "<!doctype html><body style='font:26px/1.5 Inter,sans-serif;margin:32px;"
        f"white-space:pre-wrap;color:#191c23;background:#fff'>{safe}</body>"
    )
