"""The library: every template with where it stands, for lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from governance.content.brand import BRAND_FILE
from governance.content.closure import closure_of
from governance.content.fields import FIELDS_FILE
from governance.content.format import FORMAT_FILE
from governance.content.sources import Sources
from governance.content.template import (
    TEMPLATES,
    Template,
    read_template,
    template_folders,
)
from governance.errors import ExpectedError
from governance.ledger.state import LedgerState, Stage, Version
from governance.names import (
    ChangeId,
    Channel,
    Digest,
    Locale,
    PersonId,
    SubjectName,
    TemplateId,
)
from governance.texts import _

_DEPTH: Final = 3  # "templates", the stage, the template


class Standing(StrEnum):
    """Where a template stands, the most pressing first."""

    BROKEN = "broken"  # it cannot be read
    IN_REVIEW = "in review"
    HELD = "held"
    DRAFT = "draft"  # never released
    EDITED = "edited"  # other than the version that candidates get
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One template.

    Attributes:
        live: The N of the version that candidates get, None before the first.
        problem: Why it cannot be read, "" if it can.
        change: The change that proposes it, if one is open.
        review: When somebody should look at it again.
        goal: What it should bring about.
        helps: When it is sent, in its author's words.
    """

    id: TemplateId
    stage: str
    title: str
    standing: Standing
    channels: tuple[Channel, ...]
    locales: tuple[Locale, ...]
    owner: PersonId
    closure: Digest
    live: int | None
    change: ChangeId | None = None
    problem: str = ""
    review: date | None = None
    goal: str = ""
    helps: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        words = {
            Standing.BROKEN: _("Cannot be read"),
            Standing.IN_REVIEW: _("In review"),
            Standing.HELD: _("Held"),
            Standing.DRAFT: _("Draft"),
            Standing.EDITED: _("Edited since v{version}"),
            Standing.LIVE: _("Live, v{version}"),
        }
        return words[self.standing].format(version=self.live)


def subject_of(template: TemplateId) -> SubjectName:
    """Return what the ledger calls ``template``."""
    return SubjectName(f"templates/{template}")


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
    """

    worked: dict[TemplateId, Worked] = field(default_factory=dict)


def library(
    sources: Sources, state: LedgerState, known: Known | None = None
) -> tuple[LibraryRow, ...]:
    """Return every template of ``sources``, in order of stage and id.

    One that cannot be read has a row that says why, and hides no other. What ``known``
    holds of files that are still the same is believed, and it holds the rest after it.

    Raises:
        ContentError: A folder's name names no template, or two have the same id.
    """
    folders = template_folders(sources)
    look = _Look(sources, known or Known(), _by_folder(sources))
    reviewed = _reviewed(state)
    rows = tuple(
        _row(look, state, name, folder, reviewed) for name, folder in folders.items()
    )
    for name in look.known.worked.keys() - folders.keys():
        del look.known.worked[name]
    return rows


class _Look:
    """One look at sources: digests that many templates ask for are made once."""

    def __init__(
        self, sources: Sources, known: Known, inside: Mapping[str, Sequence[str]]
    ) -> None:
        self.sources = sources
        self.known = known
        self._inside = inside
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
        paths = self._inside[folder]
        own = _digest_of(
            "\0".join(part for path in paths for part in (path, self._text(path)))
        )
        before = self.known.worked.get(name)
        if before is not None and self._holds(before, own):
            return before
        self.known.worked.pop(name, None)
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
        return made

    def _holds(self, before: Worked, own: str) -> bool:
        return (
            before.own == own
            and before.shared == self._shared
            and all(self._digest(path) == was for path, was in before.used.items())
        )

    def _text(self, path: str) -> str:
        return self.sources.texts[path]

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


def _digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _row(
    look: _Look,
    state: LedgerState,
    name: TemplateId,
    folder: str,
    reviewed: Mapping[SubjectName, ChangeId],
) -> LibraryRow:
    subject = subject_of(name)
    live = state.current(subject)
    number = live.number if live else None
    try:
        worked = look.worked(name, folder)
    except ExpectedError as error:
        return LibraryRow(
            name,
            folder.split("/")[1],
            name,
            Standing.BROKEN,
            (),
            (),
            PersonId(""),
            Digest(""),
            number,
            problem=str(error),
        )
    change = reviewed.get(subject)
    if change:
        standing = Standing.IN_REVIEW
    elif state.holds.get(subject):
        standing = Standing.HELD
    else:
        standing = _standing(live, worked.closure)
    return LibraryRow(
        name,
        worked.stage,
        worked.title,
        standing,
        worked.channels,
        worked.locales,
        worked.owner,
        worked.closure,
        number,
        change,
        review=worked.review,
        goal=worked.goal,
        helps=worked.helps,
    )


def _standing(live: Version | None, closure: Digest) -> Standing:
    if live is None:
        return Standing.DRAFT
    return Standing.LIVE if live.closure == closure else Standing.EDITED


def _reviewed(state: LedgerState) -> Mapping[SubjectName, ChangeId]:
    """Return which subject is proposed by which open change."""
    return {
        subject.name: change.id
        for change in state.changes.values()
        if change.stage is Stage.OPEN
        for subject in change.subjects
    }
