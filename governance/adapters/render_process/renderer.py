"""Renderer and Checker, by the render process."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Final, TypeVar

from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.wire import (
    Answer,
    CheckAnswer,
    CheckJob,
    CompileAnswer,
    CompileJob,
    Failure,
    Job,
    KeepCompiled,
    KeepSources,
    PreviewAnswer,
    PreviewJob,
    RenderAnswer,
    RenderJob,
    Unknown,
)
from governance.clients.previews import Looked, Previews
from governance.content.sources import Sources
from governance.errors import (
    BadNameError,
    BadPathError,
    BadTextError,
    BadValueError,
    ContentError,
    ExpectedError,
    MarkupError,
    MissingFileError,
    MissingValueError,
    RendererUnavailableError,
    RenderTooExpensiveError,
    SourceError,
    UnknownFormatError,
    UnknownNameError,
)
from governance.names import Digest, Locale, TemplateId
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.stored_values import to_json
from governance.rendering.values import RecipientValues
from governance.standards.finding import Finding
from governance.texts import _

LARGEST_SOURCES: Final = 8_000_000  # code points of all texts together
MOST_REMEMBERED: Final = 4

_ERRORS: Final[Mapping[str, Callable[[str], ExpectedError]]] = {
    error.__name__: error for error in (BadNameError, BadValueError, UnknownFormatError)
}
_SOURCE_ERRORS: Final = {
    error.__name__: error
    for error in (
        *(SourceError, MarkupError, MissingFileError, MissingValueError),
        *(BadPathError, BadTextError, ContentError, RenderTooExpensiveError),
        UnknownNameError,
    )
}

Wanted = TypeVar("Wanted", bound=Answer)


class ProcessRenderer:
    """Compiles, renders and checks in a child process; safe in several threads."""

    def __init__(self, process: RenderProcess) -> None:
        self._process = process
        self._lock = Lock()
        self._generation = -1
        self._sent: OrderedDict[Digest, Sources] = OrderedDict()
        self._messages: set[Digest] = set()

    def compile(self, template: TemplateId, sources: Sources) -> Compiled:
        """Compile a template in all its locales, as ``Renderer`` promises."""
        return self.compile_many((template,), sources)[0]

    def compile_many(
        self, templates: Sequence[TemplateId], sources: Sources
    ) -> tuple[Compiled, ...]:
        """Compile several templates, as ``Renderer`` promises."""
        job = CompileJob(sources.digest, list(templates))
        answer = self._about(sources, job, CompileAnswer)
        return tuple(Compiled(one.parts, tuple(one.remarks)) for one in answer.compiled)

    def check(
        self, sources: Sources, templates: Sequence[TemplateId] | None
    ) -> tuple[Finding, ...]:
        """Check templates, or everything, as ``Checker`` promises."""
        names = None if templates is None else list(templates)
        job = CheckJob(sources.digest, names)
        return tuple(self._about(sources, job, CheckAnswer).findings)

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Render one message, as ``Renderer`` promises."""
        return self.render_many(compiled, (values,), locale)[0]

    def render_many(
        self, compiled: Compiled, values: Sequence[RecipientValues], locale: Locale
    ) -> tuple[Rendered, ...]:
        """Render one message for several recipients, as ``Renderer`` promises."""
        digest = compiled.digest
        job = RenderJob(digest, [to_json(one) for one in values], locale)
        with self._lock:
            self._notice_new_child()
            if digest not in self._messages:
                self._keep(digest, compiled)
            answer = self._process.ask(job)
            if isinstance(answer, Unknown):
                self._keep(digest, compiled)
                answer = self._process.ask(job)
        return tuple(_wanted(answer, RenderAnswer).rendered)

    def preview(
        self, what: Looked, sources: Sources, known: Sequence[Digest] = ()
    ) -> tuple[Rendered, Previews]:
        """Render a message for a recipient, and show it as mail clients do.

        Raises:
            SourceError: It cannot be compiled, or rendered for any of the recipients.
            RenderTooExpensiveError: It takes more than any message may.
        """
        job = PreviewJob(
            sources.digest,
            what.template,
            what.locale,
            [to_json(one) for one in what.values],
            list(what.wanted),
            list(known),
            what.closer,
        )
        answer = self._about(sources, job, PreviewAnswer)
        return answer.rendered, answer.previews

    def close(self) -> None:
        """End the child process."""
        self._process.close()

    def _about(self, sources: Sources, job: Job, kind: type[Wanted]) -> Wanted:
        with self._lock:
            self._notice_new_child()
            digest = sources.digest
            if digest not in self._sent:
                self._send(digest, sources)
            answer = self._process.ask(job)
            if isinstance(answer, Unknown):
                self._sent.clear()
                self._send(digest, sources)
                answer = self._process.ask(job)
        return _wanted(answer, kind)

    def _send(self, digest: Digest, sources: Sources) -> None:
        """Give the child the sources: what differs from the last ones it has."""
        if sum(map(len, sources.texts.values())) > LARGEST_SOURCES:
            message = _("The repository's texts are larger than any library may be.")
            raise RenderTooExpensiveError(message)
        base, before = (
            next(reversed(self._sent.items()))
            if self._sent
            else (Digest(""), Sources())
        )
        job = KeepSources(
            digest,
            base,
            _news(before.texts, sources.texts),
            _news(before.assets, sources.assets),
            [
                path
                for path in (*before.texts, *before.assets)
                if path not in sources.texts and path not in sources.assets
            ],
        )
        answer = self._process.ask(job)
        self._notice_new_child()
        if isinstance(answer, Unknown) or (base and base not in self._sent):
            self._sent.clear()
            whole = KeepSources(
                digest, Digest(""), dict(sources.texts), dict(sources.assets), []
            )
            answer = self._process.ask(whole)
        if isinstance(answer, Failure):
            raise _error(answer)
        self._sent[digest] = sources
        while len(self._sent) > MOST_REMEMBERED:
            self._sent.popitem(last=False)

    def _keep(self, digest: Digest, compiled: Compiled) -> None:
        self._process.ask(KeepCompiled(digest, dict(compiled.parts)))
        self._notice_new_child()
        self._messages.add(digest)

    def _notice_new_child(self) -> None:
        self._process.start()
        if self._generation != self._process.generation:
            self._generation = self._process.generation
            self._sent.clear()
            self._messages.clear()


Content = TypeVar("Content", str, bytes)


def _news(
    before: Mapping[str, Content], after: Mapping[str, Content]
) -> dict[str, Content]:
    return {path: one for path, one in after.items() if before.get(path) != one}


def _wanted(answer: Answer, kind: type[Wanted]) -> Wanted:
    if isinstance(answer, Failure):
        raise _error(answer)
    if not isinstance(answer, kind):
        raise RendererUnavailableError(
            _("The process that renders messages answers something else.")
        )
    return answer


def _error(failure: Failure) -> ExpectedError:
    if failure.error in _SOURCE_ERRORS:
        return _SOURCE_ERRORS[failure.error](failure.text, tuple(failure.problems))
    return _ERRORS.get(failure.error, RendererUnavailableError)(failure.text)
