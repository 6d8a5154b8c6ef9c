"""What the library lists besides templates: journeys, partials, fields and more."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from governance.content.fields import read_fields
from governance.content.samples import samples
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.journeys.read import read_journeys
from governance.texts import _
from widgets.library.state import LibraryFile


def library_files(sources: Sources) -> tuple[LibraryFile, ...]:
    """Return everything that is governed and no template; what is broken is named."""
    return (
        *_journeys(sources),
        *_partials(sources),
        *_fields(sources),
        *_rules(sources),
        *_samples(sources),
    )


def _journeys(sources: Sources) -> Iterator[LibraryFile]:
    try:
        for journey in read_journeys(sources.texts):
            steps = ", ".join(step.template for step in journey.steps)
            yield LibraryFile(
                f"journeys/{journey.id}.toml", "journeys", _name(journey.id), steps
            )
    except ExpectedError as error:
        for path in _under(sources, "journeys/"):
            yield LibraryFile(path, "journeys", _name(path), str(error))


def _partials(sources: Sources) -> Iterator[LibraryFile]:
    users = {
        path: sum(f'"{path}"' in text for text in sources.texts.values())
        for path in _under(sources, "partials/")
    }
    for path, count in users.items():
        folder = str(PurePosixPath(path).parent).removeprefix("partials").strip("/")
        yield LibraryFile(
            path,
            "partials",
            _name(path),
            _("included by {count} files").format(count=count),
            folder or _("All languages"),
        )


def _fields(sources: Sources) -> Iterator[LibraryFile]:
    try:
        for name, field in read_fields(sources).items():
            yield LibraryFile(
                f"fields.toml#{name}",
                "fields",
                name,
                f"{field.meaning} ({field.type})",
                name.partition(".")[0].capitalize(),
            )
    except ExpectedError as error:
        yield LibraryFile("fields.toml", "fields", "fields.toml", str(error))


def _rules(sources: Sources) -> Iterator[LibraryFile]:
    for path in _under(sources, "styles/"):
        if not path.endswith(".yml"):
            continue
        text = sources.read(path)
        said = (line for line in text.splitlines() if line.startswith("message:"))
        message = next(said, "").removeprefix("message:").strip().strip("\"'")
        group = PurePosixPath(path).parent.name
        yield LibraryFile(path, "styles", _name(path), message, group)


def _samples(sources: Sources) -> Iterator[LibraryFile]:
    try:
        for sample in samples(sources):
            path = f"samples/{sample.name}.toml"
            yield LibraryFile(path, "samples", sample.title, sample.note)
    except ExpectedError as error:
        for path in _under(sources, "samples/"):
            yield LibraryFile(path, "samples", _name(path), str(error))


def _under(sources: Sources, folder: str) -> Iterator[str]:
    return (path for path in sources.paths if path.startswith(folder))


def _name(path: str) -> str:
    return PurePosixPath(path).stem.replace("-", " ").capitalize()
