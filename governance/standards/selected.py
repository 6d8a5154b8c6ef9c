"""Which templates are to be checked for what somebody names, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from governance.content.sources import Sources
from governance.content.template import TEMPLATES, find_template, template_folders
from governance.content.uses import uses_of
from governance.errors import UnknownNameError
from governance.names import TemplateId
from governance.standards.finding import Finding
from governance.texts import _

_PARTIALS: Final = "partials"


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody wants to be checked.

    Attributes:
        templates: Those to check; None for the whole repository.
        places: The files and folders of which findings are told; empty for all.
    """

    templates: tuple[TemplateId, ...] | None
    places: tuple[str, ...]

    def told(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return the findings that somebody asked for."""
        return tuple(
            one
            for one in findings
            if not self.places or any(_within(one.file, path) for path in self.places)
        )


def selected(sources: Sources, paths: Sequence[str]) -> Selection:
    """Say what ``paths`` name: files, folders or templates; everything without any.

    A template is named with all that it includes, a partial with all who include it.

    Raises:
        UnknownNameError: One of them names nothing.
    """
    folders = template_folders(sources)
    templates: set[TemplateId] = set()
    places: list[str] = []
    is_whole = not paths
    for path in paths:
        wanted = folders.get(TemplateId(path), path)
        inside = {name for name, folder in folders.items() if _within(folder, wanted)}
        owner = {name for name, folder in folders.items() if _within(wanted, folder)}
        if not (inside or any(_within(one, wanted) for one in sources.paths)):
            message = _("There is no file, folder or template “{path}” here.")
            raise UnknownNameError.among(message.format(path=path), path, folders)
        places.append(wanted)
        places += [text for name in inside for text in _texts(name, sources)]
        templates |= inside | owner
        if _within(wanted, _PARTIALS):
            templates |= {
                name
                for name in folders
                if any(_within(text, wanted) for text in _texts(name, sources))
            }
        elif not _within(wanted, TEMPLATES):
            is_whole = True
    return Selection(None if is_whole else tuple(sorted(templates)), tuple(places))


def _texts(name: TemplateId, sources: Sources) -> tuple[str, ...]:
    return uses_of(find_template(sources, name), sources).texts


def _within(path: str, folder: str) -> bool:
    folder = folder.rstrip("/")
    return path == folder or path.startswith(f"{folder}/")
