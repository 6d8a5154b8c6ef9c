"""What a job of the live loop takes: rendered, simulated, checked, off the window."""

from collections.abc import Mapping

from app.live_job import Frame, Job
from app.workspace import LateRenderer
from governance.clients.previews import Looked
from governance.content.cases import Forced
from governance.content.fields import Fields, read_fields
from governance.content.samples import fitting_sample, sample_names_for
from governance.errors import ExpectedError
from governance.names import Digest
from governance.ports import Progress
from governance.rendering.values import (
    RecipientValues,
    default_values,
    sample_values,
    value_of,
)
from governance.standards.finding import Finding


def rendered(
    renderer: LateRenderer,
    job: Job,
    pages: Mapping[Digest, bytes],
    _progress: Progress,
) -> Frame:
    """Render and simulate what a job asks for; what goes wrong is told in the frame."""
    try:
        values = _values(job)
    except ExpectedError as error:
        return Frame(job, None, str(error))
    looked = Looked(job.template, job.locale, tuple(values), job.wanted, job.closer)
    try:
        mail, shown = renderer.preview(looked, job.sources, tuple(pages))
    except ExpectedError as error:
        return Frame(job, None, str(error))
    closer = shown.closer
    named = {one.digest for one in shown.shown}
    if closer is not None:
        named |= {closer.shown.digest, closer.written}
    known = {**pages, **shown.pages}
    return Frame(job, mail, "", shown, {one: known[one] for one in named})


def _values(job: Job) -> list[RecipientValues]:
    """Return the values of the sample people to try.

    Raises:
        ContentError: None of them can be read.
    """
    fields = read_fields(job.sources)
    names = (job.sample,) if job.sample else sample_names_for(job.sources, job.locale)
    if not names:
        return [_in_case(default_values(fields), fields, job.forced)]
    found, problem = [], None
    for name in names:
        try:
            values = sample_values(fitting_sample(job.sources, name), fields)
            found.append(_in_case(values, fields, job.forced))
        except ExpectedError as error:
            problem = error
    if not found and problem is not None:
        raise problem
    return found


def _in_case(
    values: RecipientValues, fields: Fields, forced: Forced
) -> RecipientValues:
    """Return a sample's values in the case that a person wants to see."""
    if not forced:
        return values
    given = {
        name: value_of(fields[name], value)
        for name, value in forced.items()
        if name in fields and value is not None
    }
    kept = {name: value for name, value in values.items() if name not in forced}
    return RecipientValues({**kept, **given})


def checked(
    renderer: LateRenderer, job: Job, _progress: Progress
) -> tuple[int, tuple[Finding, ...]]:
    """Return a job's revision, and the findings of its template."""
    return job.revision, renderer.check(job.sources, (job.template,))
