"""The live loop: what is typed is rendered and checked; the latest wins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.messages import Messages
from app.tasks import Lane, Task, Tasks
from app.workspace import ProcessRenderer
from governance.clients.previews import Looked, Previews, Wanted
from governance.content.cases import Forced
from governance.content.fields import Fields, read_fields
from governance.content.samples import fitting_sample, sample_names_for
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.names import Digest, Locale, SampleName, TemplateId
from governance.ports import Progress
from governance.rendering.render import Rendered
from governance.rendering.values import (
    RecipientValues,
    default_values,
    sample_values,
    value_of,
)
from governance.standards.finding import Finding


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be seen.

    Attributes:
        revision: Of the document; an answer bears it.
        sample: None for the first one that fits.
        wanted: The mail clients that show it.
        closer: The one whose changes are read.
        forced: Values in place of the sample's, None for none at all.
    """

    revision: int
    sources: Sources = field(repr=False)
    template: TemplateId
    locale: Locale
    sample: SampleName | None = None
    wanted: tuple[Wanted, ...] = ()
    closer: Wanted | None = None
    forced: Forced = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """What came of a job.

    Attributes:
        mail: None where it cannot be rendered.
        problem: Why not, "" if it can.
        previews: What the clients make of it.
        pages: Digest → page, of all that ``previews`` names.
    """

    job: Job
    mail: Rendered | None
    problem: str = ""
    previews: Previews | None = field(default=None, repr=False)
    pages: Mapping[Digest, bytes] = field(default_factory=dict, repr=False)


class Live(QObject):
    """Takes jobs and never blocks.

    Signals:
        rendered: A ``Frame``.
        checked: The revision, and the findings of the whole template.
    """

    rendered = Signal(object)
    checked = Signal(int, object)

    def __init__(
        self,
        renderer: ProcessRenderer,
        tasks: Tasks,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._tasks = tasks
        self._messages = messages
        self._task: Task | None = None
        self._next: Job | None = None
        self._unchecked: Job | None = None
        self._pages: Mapping[Digest, bytes] = {}

    def offer(self, job: Job) -> None:
        """Have ``job`` done; one that waits already is forgotten."""
        self._next = job
        self._go_on()

    def close(self) -> None:
        """End the process; called when no task runs any more."""
        self._renderer.close()

    def _go_on(self) -> None:
        if self._task is not None:
            return
        if self._next is not None:
            job, self._next = self._next, None
            self._unchecked = job
            work = partial(_render, self._renderer, job, self._pages)
            self._task = self._tasks.start(Lane.LIVE, work)
            self._task.succeeded.connect(self._on_rendered)
        elif self._unchecked is not None:
            job, self._unchecked = self._unchecked, None
            work_of_check = partial(_check, self._renderer, job)
            self._task = self._tasks.start(Lane.LIVE, work_of_check)
            self._task.succeeded.connect(self._on_checked)
        else:
            return
        self._task.failed.connect(self._messages.log)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_rendered(self, frame: Frame) -> None:
        if frame.mail is not None:
            self._pages = frame.pages
        self.rendered.emit(frame)

    @Slot(object)
    def _on_checked(self, found: tuple[int, tuple[Finding, ...]]) -> None:
        self.checked.emit(*found)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self._go_on()


def _render(
    renderer: ProcessRenderer,
    job: Job,
    pages: Mapping[Digest, bytes],
    _progress: Progress,
) -> Frame:
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


def _check(
    renderer: ProcessRenderer, job: Job, _progress: Progress
) -> tuple[int, tuple[Finding, ...]]:
    return job.revision, renderer.check(job.sources, (job.template,))
