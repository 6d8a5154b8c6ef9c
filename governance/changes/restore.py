"""Restoring: today's sources with one subject as it was, to the byte, and nothing else.

A subject's own files come back as they were. A shared file comes back too if nobody
else uses it; if somebody does, their message would change without anybody's approval.
"""

from governance.changes.affected import (
    affected,
    journey_closure,
    journey_subject,
    template_subject,
)
from governance.changes.merge import overlaid
from governance.content.closure import Closure, closure_of
from governance.content.sources import Sources
from governance.content.template import find_template, template_folders
from governance.errors import ConflictError, ExpectedError
from governance.journeys.compiled import compile_journey
from governance.journeys.read import journey_path, read_journey
from governance.names import (
    Digest,
    JourneyId,
    SubjectName,
    TemplateId,
    journey_id,
    template_id,
)
from governance.texts import _


def restored(
    subject: SubjectName, then: Sources, now: Sources
) -> tuple[Sources, Digest]:
    """Return ``now`` with ``subject`` as it was ``then``, and its closure digest.

    Raises:
        ConflictError: That would change another message too, or cannot be done.
        ContentError: What was there cannot be read any more.
        MarkupError: What was there cannot be followed any more.
    """
    kind, _slash, name = subject.partition("/")
    if kind == "templates":
        return _template(template_id(name), then, now)
    if kind == "journeys":
        return _journey(journey_id(name), then, now)
    raise ConflictError(
        _("Files that are in no message come back only by a change that restores them.")
    )


def _template(
    template: TemplateId, then: Sources, now: Sources
) -> tuple[Sources, Digest]:
    wanted = closure_of(find_template(then, template), then)
    folders = {
        folders[template]
        for folders in (template_folders(then), template_folders(now))
        if template in folders
    }
    own = tuple(
        path
        for path in {*then.paths, *now.paths}
        if any(path.startswith(f"{folder}/") for folder in folders)
    )
    sources = overlaid(now, then, own)
    if shared := _files(_differing(template, wanted, sources)):
        sources = overlaid(sources, then, shared)
    if left := _differing(template, wanted, sources):
        raise _in_the_way(left)
    _require_nobody_else(template_subject(template), now, sources, shared)
    return sources, wanted.digest


def _journey(journey: JourneyId, then: Sources, now: Sources) -> tuple[Sources, Digest]:
    path = journey_path(journey)
    text = compile_journey(read_journey(then.texts, journey))
    sources = overlaid(now, then, (path,))
    _require_nobody_else(journey_subject(journey), now, sources, ())
    return sources, journey_closure(journey, text)


def _differing(
    template: TemplateId, wanted: Closure, sources: Sources
) -> tuple[str, ...]:
    """Return the entries of the closure that are not as they were."""
    try:
        found = closure_of(find_template(sources, template), sources).entries
    except ExpectedError:  # a partial is gone since
        found = {}
    names = {*wanted.entries, *found}
    return tuple(
        sorted(name for name in names if wanted.entries.get(name) != found.get(name))
    )


def _files(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if "#" not in name)


def _require_nobody_else(
    subject: SubjectName, now: Sources, sources: Sources, shared: tuple[str, ...]
) -> None:
    found = affected(now, sources)
    others = {
        *map(template_subject, found.templates),
        *map(journey_subject, found.journeys),
        *found.gone,
    } - {subject}
    if others:
        raise ConflictError(
            _(
                "{files} would have to go back too, which {others} use as well. Open a "
                "change that restores the text."
            ).format(
                files=", ".join(shared) or subject, others=", ".join(sorted(others))
            )
        )


def _in_the_way(names: tuple[str, ...]) -> ConflictError:
    return ConflictError(
        _(
            "{names} is not as it was then and cannot go back alone. Open a change "
            "that restores the text."
        ).format(names=", ".join(names))
    )
