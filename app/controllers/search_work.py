"""The work behind the search: looking in the background, replacing file by file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.workspace import Workspace
from governance.content.replace import replaced, require_readable
from governance.content.search import (
    BadQueryError,
    Found,
    Query,
    look,
    paths_in,
    pattern_of,
)
from governance.content.sources import Sources, require_text
from governance.errors import ContentError, ExpectedError, OperationCancelledError
from governance.names import Span
from governance.ports import Progress
from governance.texts import _
from widgets.search.sought import folder_of

MOST: Final = 100_000  # places; whoever finds more looks for something else
_PACE: Final = 0.2  # seconds between two batches
_SLOW: Final = 5  # files that an expression may be too slow in


class Stream(QObject):
    """Brings home what was found so far.

    Signals:
        found: The number of the search, and the files with places, in their order.
    """

    found = Signal(int, object)


@dataclass(frozen=True, slots=True)
class Searched:
    """How a search ended.

    Attributes:
        files: How many were looked through.
        is_cut: Whether there is more than is shown.
        slow: In how many files the expression took too long.
    """

    number: int
    files: int
    is_cut: bool = False
    slow: int = 0


def search(
    sources: Sources, query: Query, stream: Stream, number: int, progress: Progress
) -> Searched:
    """Look through ``sources``; the places go through ``stream`` as they are found.

    Raises:
        BadQueryError: Nobody can look for this.
        OperationCancelledError: The person wants something else.
    """
    pattern = pattern_of(query)
    paths = paths_in(sources, query.scope)
    batch: list[Found] = []
    left, slow, told = MOST, 0, monotonic()
    for done, path in enumerate(paths):
        if monotonic() - told > _PACE:
            told = monotonic()
            stream.found.emit(number, tuple(batch))
            batch = []
            progress.step(_("Searching"), done=done, total=len(paths))
        found = look(path, sources.texts[path], pattern, left)
        if found.hits or found.problem:
            batch.append(found)
            left -= len(found.hits)
            slow += bool(found.problem)
        if not left or slow >= _SLOW:
            stream.found.emit(number, tuple(batch))
            return Searched(number, done + 1, is_cut=done + 1 < len(paths), slow=slow)
    stream.found.emit(number, tuple(batch))
    return Searched(number, len(paths), slow=slow)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be replaced.

    Attributes:
        places: Path → the places in it, and the text that they were found in.
        instead: What stands there then.
        titles: The folder of a template, or a path → what people call it.
    """

    query: Query
    instead: str
    places: Mapping[str, tuple[str, tuple[Span, ...]]] = field(repr=False)
    titles: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of it.

    Attributes:
        before: The files that were written, as they were.
        after: The same files, as they are.
        places: How many were changed.
        things: How many templates and other files were.
        left: What was left alone, and why: title, sentence.
        is_stopped: Whether a person stopped it on the way.
    """

    before: Sources = field(repr=False)
    after: Sources = field(repr=False)
    places: int
    things: int
    left: tuple[tuple[str, str], ...] = ()
    is_stopped: bool = False


def replace(workspace: Workspace, wanted: Wanted, progress: Progress) -> Replaced:
    """Write what is changed, a template at a time; one that fails stops no other.

    Raises:
        ExpectedError: The folder cannot be read, or nothing can stand instead.
    """
    now = workspace.kept_folder.read()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in wanted.places:
        groups[folder_of(path)].append(path)
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    places, things, is_stopped = 0, 0, False
    for done, (thing, paths) in enumerate(groups.items()):
        title = wanted.titles.get(thing, thing)
        try:
            label = _("Replacing in {title}").format(title=title)
            progress.step(label, done=done, total=len(groups))
            texts = _texts(now, wanted, paths)
            before = _only(now, paths)
            workspace.folder.write(before, Sources(texts))
        except OperationCancelledError:
            is_stopped = True
            break
        except BadQueryError:
            raise
        except ExpectedError as error:
            left.append((title, str(error)))
            continue
        old |= before.texts
        new |= texts
        places += sum(len(wanted.places[path][1]) for path in paths)
        things += 1
    return Replaced(Sources(old), Sources(new), places, things, tuple(left), is_stopped)


def take_back(
    workspace: Workspace, done: Replaced, titles: Mapping[str, str], progress: Progress
) -> Replaced:
    """Put back what was replaced, but in files that somebody edited since.

    Raises:
        ExpectedError: The folder cannot be read.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in done.after.texts:
        groups[folder_of(path)].append(path)
    left: list[tuple[str, str]] = []
    for at, (thing, paths) in enumerate(groups.items()):
        title = titles.get(thing, thing)
        progress.step(title, done=at, total=len(groups))
        try:
            workspace.folder.write(_only(done.after, paths), _only(done.before, paths))
        except ExpectedError as error:
            left.append((title, str(error)))
    things = len(groups) - len(left)
    return Replaced(done.after, done.before, done.places, things, tuple(left))


def _texts(now: Sources, wanted: Wanted, paths: list[str]) -> dict[str, str]:
    """Return the new texts of one template.

    Raises:
        ExpectedError: One of them cannot be written so.
    """
    pattern = pattern_of(wanted.query)
    texts: dict[str, str] = {}
    for path in paths:
        text, spans = wanted.places[path]
        if now.texts.get(path) != text:
            raise ContentError(_("It changed since it was searched."))
        texts[path] = replaced(
            text, spans, pattern, wanted.instead, is_pattern=wanted.query.is_pattern
        )
        require_text(path, texts[path])
    before, after = _only(now, paths), Sources(texts)
    for path in paths:
        require_readable(path, before, after)
    return texts


def _only(sources: Sources, paths: list[str]) -> Sources:
    return Sources({path: sources.texts[path] for path in paths})
