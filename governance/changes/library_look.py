"""What was worked out of each template, and what of it still holds.

Texts that are the very same objects are not even compared, let alone read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final, TypeAlias

from governance.changes.library_row import LibraryRow
from governance.content.brand import BRAND_FILE
from governance.content.closure import closure_of
from governance.content.fields import FIELDS_FILE
from governance.content.format import FORMAT_FILE
from governance.content.sources import Sources
from governance.content.template import TEMPLATES, Template, read_template
from governance.names import Channel, Digest, Locale, PersonId, TemplateId

_DEPTH: Final = 3  # "templates", the stage, the template

# A folder, with path and text of each file in it.
Texts: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
# What sources of the same paths share, and each template folder's paths, sorted.
Lying: TypeAlias = tuple[object, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out of one template, and what it was worked out of.

    Attributes:
        own: The digest of the files in its folder.
        used: The other files that it uses → the digest of each.
        shared: The digest of the tables, and of which assets there are.
    """

    own: str
    used: Mapping[str, str]
    shared: str
    stage: str
    title: str
    channels: tuple[Channel, ...]
    locales: tuple[Locale, ...]
    owner: PersonId
    review: date | None
    closure: Digest
    goal: str
    helps: str


@dataclass(slots=True)
class Known:
    """What was worked out before, so that only what changed is worked out again.

    Belongs to one reader at a time. What cannot be read is never kept.

    Attributes:
        texts: Template → the texts in its folder when it was last found unchanged.
        shown: Template → what its row was made of, and the row.
        lying: Which files lie in which folder, and for which sources that holds.
    """

    worked: dict[TemplateId, Worked] = field(default_factory=dict)
    texts: dict[TemplateId, Texts] = field(default_factory=dict)
    shown: dict[TemplateId, tuple[Worked, object, LibraryRow]] = field(
        default_factory=dict
    )
    lying: list[Lying] = field(default_factory=list)

    def forget(self, names: Iterable[TemplateId]) -> None:
        """Keep nothing of templates that are there no more."""
        for name in tuple(names):
            for kept in (self.worked, self.texts, self.shown):
                kept.pop(name, None)


class Look:
    """One look at sources: digests that many templates ask for are made once."""

    def __init__(self, sources: Sources, known: Known) -> None:
        self.sources = sources
        self.known = known
        if not known.lying or known.lying[0][0] is not sources.folders:
            known.lying[:] = [(sources.folders, _by_folder(sources))]
        self._inside = known.lying[0][1]
        self._digests: dict[str, str] = {}
        tables = (
            sources.texts.get(one, "") for one in (FORMAT_FILE, FIELDS_FILE, BRAND_FILE)
        )
        self._shared = _digest_of("\0".join((*tables, *sorted(sources.assets))))

    def worked(self, name: TemplateId, folder: str) -> Worked:
        """Return what is known of a template, worked out now if need be.

        Raises:
            ExpectedError: It cannot be read.
        """
        paths, all_texts = self._inside[folder], self.sources.texts
        texts = folder, tuple([(path, all_texts[path]) for path in paths])
        before = self.known.worked.get(name)
        is_same = before is not None and self.known.texts.get(name) == texts
        own = before.own if before is not None and is_same else _own(texts[1])
        if before is not None and self._holds(before, own):
            self.known.texts[name] = texts
            return before
        self.known.forget((name,))
        template = read_template(self.sources, folder, paths)
        closure = closure_of(template, self.sources)
        inside = f"{folder}/"
        used = {
            path: self._digest(path)
            for path in closure.entries
            if path in self.sources.texts or path in self.sources.assets
            if not path.startswith(inside)
        }
        made = self.known.worked[name] = _worked(
            template, closure.digest, own, used, self._shared
        )
        self.known.texts[name] = texts
        return made

    def _holds(self, before: Worked, own: str) -> bool:
        return (
            before.own == own
            and before.shared == self._shared
            and all(self._digest(path) == was for path, was in before.used.items())
        )

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            sources = self.sources
            is_there = path in sources.texts or path in sources.assets
            self._digests[path] = sources.digest_of(path) if is_there else ""
        return self._digests[path]


def _worked(
    template: Template,
    closure: Digest,
    own: str,
    used: Mapping[str, str],
    shared: str,
) -> Worked:
    return Worked(
        own,
        used,
        shared,
        template.stage,
        template.record.title,
        template.message.channels,
        template.locales,
        template.record.owner,
        template.record.review,
        closure,
        template.record.goal,
        template.record.helps,
    )


def _by_folder(sources: Sources) -> Mapping[str, Sequence[str]]:
    """Return the paths in each template's folder, sorted."""
    found: dict[str, list[str]] = {}
    for path in sorted(sources.texts):
        if path.startswith(TEMPLATES):
            parts = path.split("/", _DEPTH)
            if len(parts) > _DEPTH:
                found.setdefault("/".join(parts[:_DEPTH]), []).append(path)
    return found


def _own(texts: tuple[tuple[str, str], ...]) -> str:
    return _digest_of("\0".join([part for pair in texts for part in pair]))


def _digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()
