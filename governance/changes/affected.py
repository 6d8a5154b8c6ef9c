"""What a change alters: every message and journey whose closure differs, and the rest.

A partial that a message includes alters the message, wherever the partial lies. What no
closure speaks of (titles and owners, samples, rules of style) is the subject
``repository``, with the file's bytes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from governance.content.closure import Closure, closure_of
from governance.content.format import FORMAT_FILE
from governance.content.sources import Sources, changed, is_asset
from governance.content.template import (
    TEMPLATE_FILE,
    TEMPLATES,
    Template,
    read_template,
    template_folders,
)
from governance.errors import ExpectedError
from governance.journeys.compiled import compile_journey
from governance.journeys.read import journey_ids, journey_path, read_journey
from governance.names import Digest, JourneyId, SubjectName, TemplateId
from governance.trust.canonical import canonical, digest

REPOSITORY: Final = SubjectName("repository")
MESSAGE: Final = "message"
JOURNEY: Final = "journey"
RECORD: Final = "record"
STANDARDS: Final = "standards"

_STANDARDS: Final = ("styles/", ".vale.ini", "countersign.toml")
_SHARED: Final = ("partials/", "assets/", "fields.toml", "brand.toml", FORMAT_FILE)


@dataclass(frozen=True, slots=True)
class Affected:
    """What differs between two states of the sources.

    Attributes:
        templates: Those that are there after it, with their closure.
        journeys: Those that are there after it, with their canonical text.
        gone: The templates and journeys that are not.
        rest: Path → digest of the file after it, "" where it is gone.
    """

    templates: Mapping[TemplateId, Closure]
    journeys: Mapping[JourneyId, str]
    gone: tuple[SubjectName, ...]
    rest: Mapping[str, Digest]

    @property
    def rest_classes(self) -> tuple[str, ...]:
        """The policy's classes that the rest touches."""
        found = {STANDARDS if _is_standard(path) else RECORD for path in self.rest}
        found |= {MESSAGE for name in self.gone if name.startswith(TEMPLATES)}
        found |= {JOURNEY for name in self.gone if not name.startswith(TEMPLATES)}
        return tuple(sorted(found))

    @property
    def rest_closure(self) -> Digest:
        """The digest of the rest."""
        return digest(canonical(self.rest))


def affected(
    before: Sources, after: Sources, also: Collection[SubjectName] = ()
) -> Affected:
    """Compare two states of the sources; what is named in ``also`` counts in any case.

    Raises:
        MarkupError: A template as it is after it cannot be followed.
        ContentError: A table as it is after it says something impossible.
    """
    paths = changed(before, after)
    templates = _templates(before, after, paths, also)
    journeys = _journeys(before, after, paths, also)
    covered = {name for closure in templates.values() for name in closure.entries}
    covered |= {journey_path(journey) for journey in journeys}
    rest = {
        path: _digest(after, path)
        for path in paths
        if path not in covered and not _is_message_only(before, after, path)
    }
    return Affected(templates, journeys, _gone(before, after), rest)


def template_subject(template: TemplateId) -> SubjectName:
    """Name a template as a subject."""
    return SubjectName(f"templates/{template}")


def journey_subject(journey: JourneyId) -> SubjectName:
    """Name a journey as a subject."""
    return SubjectName(f"journeys/{journey}")


def journey_closure(journey: JourneyId, text: str) -> Digest:
    """Return the closure digest of a journey, whose canonical text is ``text``."""
    return digest(
        canonical({f"{journey_path(journey)}#journey": digest(text.encode())})
    )


def _templates(
    before: Sources,
    after: Sources,
    paths: tuple[str, ...],
    also: Collection[SubjectName],
) -> dict[TemplateId, Closure]:
    is_shared = any(path.startswith(_SHARED) for path in paths)
    earlier, found = template_folders(before), {}
    for template, folder in template_folders(after).items():
        is_own = earlier.get(template) != folder or any(
            path.startswith(f"{folder}/") for path in paths
        )
        is_named = template_subject(template) in also
        if not (is_own or is_shared or is_named):
            continue
        closure = closure_of(read_template(after, folder), after)
        if is_named or closure != _closure_before(before, earlier.get(template)):
            found[template] = closure
    return found


def _closure_before(before: Sources, folder: str | None) -> Closure | None:
    """Return what a template was made of; what was broken is different in any case."""
    if folder is None:
        return None
    try:
        return closure_of(read_template(before, folder), before)
    except ExpectedError:
        return None


def _journeys(
    before: Sources,
    after: Sources,
    paths: tuple[str, ...],
    also: Collection[SubjectName],
) -> dict[JourneyId, str]:
    found = {}
    for journey in journey_ids(after.texts):
        is_named = journey_subject(journey) in also
        if not (is_named or journey_path(journey) in paths):
            continue
        text = compile_journey(read_journey(after.texts, journey))
        if is_named or text != _journey_before(before, journey):
            found[journey] = text
    return found


def _journey_before(before: Sources, journey: JourneyId) -> str | None:
    if journey_path(journey) not in before.texts:
        return None
    try:
        return compile_journey(read_journey(before.texts, journey))
    except ExpectedError:
        return None


def _gone(before: Sources, after: Sources) -> tuple[SubjectName, ...]:
    templates = template_folders(before).keys() - template_folders(after).keys()
    journeys = set(journey_ids(before.texts)) - set(journey_ids(after.texts))
    return tuple(
        sorted([*map(template_subject, templates), *map(journey_subject, journeys)])
    )


def _is_message_only(before: Sources, after: Sources, path: str) -> bool:
    """Whether a template's table changed only in what its closure speaks of."""
    if not (path.startswith(TEMPLATES) and path.endswith(f"/{TEMPLATE_FILE}")):
        return False
    folder = path.rpartition("/")[0]
    then, now = _template(before, folder), _template(after, folder)
    return bool(then and now and then.record == now.record)


def _template(sources: Sources, folder: str) -> Template | None:
    try:
        return read_template(sources, folder)
    except ExpectedError:
        return None


def _digest(sources: Sources, path: str) -> Digest:
    is_there = path in (sources.assets if is_asset(path) else sources.texts)
    return sources.digest_of(path) if is_there else Digest("")


def _is_standard(path: str) -> bool:
    return path.startswith(_STANDARDS)
