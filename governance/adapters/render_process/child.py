"""The render process itself: one job after the other, each within its limits."""

import gc
import os
import sys
import traceback
from collections import OrderedDict
from contextlib import suppress
from typing import BinaryIO, Final, TypeVar

from governance.adapters.render_process.limits import Limits
from governance.adapters.render_process.wire import (
    Answer,
    Bug,
    CheckAnswer,
    CheckJob,
    CompileAnswer,
    CompileJob,
    Failure,
    Job,
    KeepCompiled,
    KeepSources,
    Parts,
    PreviewAnswer,
    PreviewJob,
    Ready,
    RenderAnswer,
    RenderJob,
    Unknown,
    framed,
    read_job,
)
from governance.clients.previews import previews
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.errors import ExpectedError, SourceError
from governance.names import Digest, TemplateId
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered, render
from governance.rendering.stored_values import from_json
from governance.standards.check import check_repository, check_template
from governance.standards.finding import Finding

TEXT: Final = "plain-text"  # the client that shows only that part
MOST_SOURCES: Final = 8
MOST_COMPILED: Final = 256

Kept = TypeVar("Kept")


class Worker:
    """Does jobs, and keeps what they are about."""

    def __init__(self) -> None:
        self._sources: OrderedDict[Digest, Sources] = OrderedDict()
        self._compiled: OrderedDict[Digest, Compiled] = OrderedDict()

    def answer(self, job: Job) -> Answer:
        """Do one job; whatever goes wrong is an answer too, but lack of memory.

        Raises:
            MemoryError: The process should not be used again.
        """
        try:
            return self._done(job)
        except SourceError as error:
            return Failure(type(error).__name__, str(error), list(error.problems))
        except ExpectedError as error:
            return Failure(type(error).__name__, str(error), [])
        except MemoryError:
            raise
        except RecursionError:
            return Failure("RenderTooExpensiveError", "", [])
        except Exception:  # noqa: BLE001 -- carried to the parent whole
            return Bug(traceback.format_exc())

    def _done(self, job: Job) -> Answer:
        match job:
            case KeepSources():
                return self._keep_sources(job)
            case KeepCompiled():
                _keep(self._compiled, job.digest, Compiled(job.parts), MOST_COMPILED)
                return Ready()
            case CompileJob():
                return self._compile(job)
            case RenderJob():
                return self._render(job)
            case PreviewJob():
                return self._preview(job)
            case CheckJob():
                return self._check(job)

    def _keep_sources(self, job: KeepSources) -> Answer:
        base = Sources()
        if job.base:
            known = _found(self._sources, job.base)
            if known is None:
                return Unknown()
            base = known
        gone = frozenset(job.gone)
        texts = {path: text for path, text in base.texts.items() if path not in gone}
        assets = {path: data for path, data in base.assets.items() if path not in gone}
        sources = Sources({**texts, **job.texts}, {**assets, **job.assets})
        _keep(self._sources, job.digest, sources, MOST_SOURCES)
        return Ready()

    def _compile(self, job: CompileJob) -> Answer:
        sources = _found(self._sources, job.sources)
        if sources is None:
            return Unknown()
        compiled = [
            compile_template(find_template(sources, name), sources)
            for name in job.templates
        ]
        return CompileAnswer(
            [Parts(dict(one.parts), list(one.remarks)) for one in compiled]
        )

    def _render(self, job: RenderJob) -> Answer:
        compiled = _found(self._compiled, job.compiled)
        if compiled is None:
            return Unknown()
        return RenderAnswer(
            [render(compiled, from_json(one), job.locale) for one in job.values]
        )

    def _preview(self, job: PreviewJob) -> Answer:
        sources = _found(self._sources, job.sources)
        if sources is None:
            return Unknown()
        compiled = compile_template(find_template(sources, job.template), sources)
        if not any(one.client == TEXT for one in (*job.wanted, job.closer) if one):
            compiled = _without_text(compiled)
        rendered = _rendered(compiled, job)
        shown = previews(
            rendered.html or "",
            rendered.text or "",
            job.wanted if rendered.html is not None else (),
            job.known,
            job.closer if rendered.html is not None else None,
        )
        return PreviewAnswer(rendered, shown)

    def _check(self, job: CheckJob) -> Answer:
        sources = _found(self._sources, job.sources)
        if sources is None:
            return Unknown()
        return CheckAnswer(list(_findings(sources, job.templates)))


def serve(jobs: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Do jobs until the parent has gone; memory is limited from the start."""
    limits.limit_memory()
    worker = Worker()
    _say(answers, Ready())
    while (job := read_job(jobs)) is not None:
        limits.limit_time()
        try:
            _say(answers, worker.answer(job))
        except MemoryError:
            worker = Worker()
            _say(answers, Failure("RenderTooExpensiveError", "", []))
            return  # with what memory was lost on, the next job could fail too


def main() -> None:
    """Serve on standard input and output, which nothing else may write to."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # What is loaded stays, and what a job makes has no circles to look for: a tenth of
    # the time of a compile went into looking.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    serve(sys.stdin.buffer, answers, Limits.from_arguments(sys.argv[1:]))


def _without_text(compiled: Compiled) -> Compiled:
    """Leave out the plain text beside HTML: Jinja reads it as long as the HTML."""
    parts = {
        part: text
        for part, text in compiled.parts.items()
        if not part.endswith("/email.txt")
        or f"{part.removesuffix('txt')}html" not in compiled.parts
    }
    return Compiled(parts)


def _rendered(compiled: Compiled, job: PreviewJob) -> Rendered:
    """Render the message for the first recipient whom it fits.

    Raises:
        SourceError: It fits none; what the last one says.
    """
    for values in job.values[:-1]:
        with suppress(ExpectedError):
            return render(compiled, from_json(values), job.locale)
    return render(compiled, from_json(job.values[-1]), job.locale)


def _findings(
    sources: Sources, templates: list[TemplateId] | None
) -> tuple[Finding, ...]:
    if templates is None:
        return check_repository(sources)
    return tuple(
        finding
        for name in templates
        for finding in check_template(find_template(sources, name), sources)
    )


def _say(answers: BinaryIO, answer: Answer) -> None:
    try:
        frame = framed(answer)
    except OverflowError:
        frame = framed(Failure("RenderTooExpensiveError", "", []))
    answers.write(frame)
    answers.flush()


def _keep(
    kept: "OrderedDict[Digest, Kept]", digest: Digest, value: Kept, most: int
) -> None:
    kept[digest] = value
    kept.move_to_end(digest)
    while len(kept) > most:
        kept.popitem(last=False)


def _found(kept: "OrderedDict[Digest, Kept]", digest: Digest) -> Kept | None:
    if digest in kept:
        kept.move_to_end(digest)
    return kept.get(digest)
